//! Who calls, and what the user may do, as the service says: asked of it where it is not known.

use portal_api::application::GetUserApplications;
use portal_api::asset::CheckAssetPermission;
use portal_api::authentication::GetTokenInformation;
use portal_api::message::GetUnresolvedMessages;
use portal_api::people::GetManageableUserList;
use portal_api::{AccessToken, ApplicationId, AssetId, MessageId, OrganizationId, Page, UserId};

use super::Upstream;
use super::ask::{ask, code_of};
use super::facts::{Known, Who};
use super::refusal::Refusal;

/// A page of unresolved messages, and how many are looked through for the ids of one call.
const MESSAGES: Page = Page { number: 0, size: 1000 };
const MESSAGE_PAGES: u32 = 20;

/// Who calls, as the service says.
pub(super) struct Session<'a> {
    upstream: &'a Upstream,
    id: &'a str,
    token: &'a AccessToken,
    known: &'a Known,
    user: Option<UserId>,
    organization: OrganizationId,
}

impl<'a> Session<'a> {
    /// Asks whose token it is (contract.md 1.3), if that is not known.
    pub(super) async fn of(
        upstream: &'a Upstream,
        id: &'a str,
        token: &'a AccessToken,
        known: &'a Known,
    ) -> Result<Self, Refusal> {
        let asked = async {
            let found = ask(upstream, id, token, &GetTokenInformation).await?;
            let found = found.map_err(|error| Refusal::NoSession(code_of(&error).unwrap_or(401)))?;
            let organization = found.organization.ok_or(Refusal::NoSession(512))?.id;
            Ok(Who { user: found.viewer.id, organization })
        };
        let Who { user, organization } = known.who(asked).await?.clone();
        Ok(Self { upstream, id, token, known, user, organization })
    }

    pub(super) fn within(&self, organization: &OrganizationId) -> Result<(), Refusal> {
        if *organization == self.organization {
            return Ok(());
        }
        Err(Refusal::Forbidden("The call is not about the organization of the session"))
    }

    /// Only for administrators of the organization. Who is one is known to the service alone: it lists its users to
    /// nobody else (contract.md 1.8).
    pub(super) async fn administrator(&self) -> Result<(), Refusal> {
        let page = Page { number: 0, size: 1 };
        let listed = ask(self.upstream, self.id, self.token, &GetManageableUserList { page }).await?;
        listed
            .map(drop)
            .map_err(|_| Refusal::Forbidden("Only administrators of the organization may do this"))
    }

    /// For the user's own affairs, or for administrators.
    pub(super) async fn own_or_administrator(&self, user: &UserId) -> Result<(), Refusal> {
        if self.user.as_ref() == Some(user) { Ok(()) } else { self.administrator().await }
    }

    pub(super) async fn has_applications(&self, wanted: &[&ApplicationId]) -> Result<(), Refusal> {
        let refused = Refusal::Forbidden("The user does not have this application");
        let asked = async {
            let listed = ask(self.upstream, self.id, self.token, &GetUserApplications).await?;
            let listed = listed.map_err(|_| refused.clone())?.entries;
            Ok(listed.into_iter().map(|application| application.id).collect())
        };
        let own = self.known.applications(asked).await?;
        if wanted.iter().all(|wanted| own.contains(*wanted)) { Ok(()) } else { Err(refused) }
    }

    pub(super) async fn sees(&self, asset: &AssetId) -> Result<(), Refusal> {
        let check = CheckAssetPermission { assets: vec![asset.clone()] };
        match ask(self.upstream, self.id, self.token, &check).await? {
            Ok(true) => Ok(()),
            _ => Err(Refusal::Forbidden("The user may not see this asset")),
        }
    }

    /// Which of these messages the service lists as unresolved for the organization: they name none when they are changed
    /// (contract.md 1.27).
    pub(super) async fn unresolved(
        &self,
        application: &ApplicationId,
        mut wanted: Vec<MessageId>,
    ) -> Result<Vec<MessageId>, Refusal> {
        let mut found = Vec::new();
        for number in 0..MESSAGE_PAGES {
            let list = GetUnresolvedMessages {
                application: application.clone(),
                organization: self.organization.clone(),
                page: Page { number, ..MESSAGES },
            };
            let listed = ask(self.upstream, self.id, self.token, &list).await?;
            let Ok(listed) = listed.map(|page| page.listed.entries) else { break };
            let (here, elsewhere): (Vec<_>, Vec<_>) = wanted.into_iter().partition(|id| listed.contains(id));
            found.extend(here);
            wanted = elsewhere;
            if wanted.is_empty() || listed.is_empty() {
                break;
            }
        }
        Ok(found)
    }
}
