//! Server-to-server operations for a browser: the application's key would lend its rights to whoever calls, so each call
//! is held against what the user of the token may do, asked of the service itself, and written anew, so that the service
//! reads nothing that was not looked at. What has no rule here does not pass.

use axum::body::Bytes;
use portal_api::asset::{AuthorizeAsset, GetAssetsByOrganization, GetUsersWithAssetAccess, SyncAsset};
use portal_api::message::{CreateMessage, GetUnresolvedMessages, MOST_UPDATES, UpdateMessage};
use portal_api::people::{GetAppUserList, GetOrganizationUserList};
use portal_api::role::{GetOrganizationLanguageList, GetOrganizationRoles, GetUserPermissions, GetUserRoles};
use portal_api::structure::GetStructureByUser;
use portal_api::{Access as _, AccessToken, Endpoint, Parts, Spec};

use super::Upstream;
use super::facts::Known;
use super::refusal::Refusal;
use super::session::Session;

/// Of how many applications the messages of one call may be: each is asked about.
const MESSAGE_APPLICATIONS: usize = 5;

/// An operation that passes on a condition.
trait Lent: Endpoint {
    /// Refuses, or lets the call pass, or what is left of it.
    async fn may(&mut self, session: &Session<'_>) -> Result<(), Refusal>;
}

/// A call as it came. Read, its body can be forty times as large: it is read for those who have a session, and what it was
/// is dropped before the service is asked anything more.
pub(super) struct Unread {
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Bytes,
}

impl Unread {
    fn read<E: Endpoint>(self) -> Result<E, Refusal> {
        let Self { query, headers, body } = self;
        let none = Refusal::Invalid("The body is no JSON");
        let text = core::str::from_utf8(&body).map_err(|_| none.clone())?.trim_ascii();
        let body = match text {
            "" => None,
            text => Some(portal_api::Body::parse(text).map_err(|_| none)?),
        };
        let parts = Parts { query, headers, body };
        E::read(&parts).map_err(|_| Refusal::Invalid("A parameter is missing or invalid"))
    }
}

/// Holds a call against the rules. Gives the parts to send in place of those that came.
pub(super) async fn check(
    upstream: &Upstream,
    id: &str,
    spec: &Spec,
    token: Option<&AccessToken>,
    unread: Unread,
) -> Result<(Parts, bool), Refusal> {
    let token = token.ok_or(Refusal::Forbidden("This call needs the token of a user"))?;
    let known = upstream.facts.of(token);
    let held = hold(upstream, id, spec, token, &known, unread).await;
    upstream.facts.settle(token);
    held
}

async fn hold(
    upstream: &Upstream,
    id: &str,
    spec: &Spec,
    token: &AccessToken,
    known: &Known,
    unread: Unread,
) -> Result<(Parts, bool), Refusal> {
    let session = Session::of(upstream, id, token, known).await?;
    macro_rules! lend {
        ($($endpoint:ty),* $(,)?) => {
            $(if spec.operation == <$endpoint>::SPEC.operation {
                return lend::<$endpoint>(&session, unread).await;
            })*
        };
    }
    lend!(
        GetOrganizationUserList,
        GetAppUserList,
        AuthorizeAsset,
        GetAssetsByOrganization,
        SyncAsset,
        GetUsersWithAssetAccess,
        CreateMessage,
        UpdateMessage,
        GetUnresolvedMessages,
        GetOrganizationLanguageList,
        GetOrganizationRoles,
        GetUserRoles,
        GetUserPermissions,
        GetStructureByUser,
    );
    Err(Refusal::NotAllowed)
}

/// The parts as this server writes them, and whether the user's token goes along.
async fn lend<E: Lent>(session: &Session<'_>, unread: Unread) -> Result<(Parts, bool), Refusal> {
    let mut call = unread.read::<E>()?;
    call.may(session).await?;
    let mut written = Parts::default();
    call.write(&mut written);
    Ok((written, E::Access::NEEDS_TOKEN))
}

impl Lent for GetOrganizationUserList {
    async fn may(&mut self, session: &Session<'_>) -> Result<(), Refusal> {
        session.within(&self.organization)
    }
}

impl Lent for GetAppUserList {
    /// The service itself asks for an administrator's token; the organization is that of the token.
    async fn may(&mut self, _: &Session<'_>) -> Result<(), Refusal> {
        Ok(())
    }
}

impl Lent for AuthorizeAsset {
    async fn may(&mut self, session: &Session<'_>) -> Result<(), Refusal> {
        session.within(&self.organization)?;
        session.administrator().await
    }
}

impl Lent for GetAssetsByOrganization {
    async fn may(&mut self, session: &Session<'_>) -> Result<(), Refusal> {
        session.within(&self.organization)?;
        session.own_or_administrator(&self.user).await
    }
}

impl Lent for SyncAsset {
    async fn may(&mut self, session: &Session<'_>) -> Result<(), Refusal> {
        session.within(&self.organization)?;
        session.administrator().await
    }
}

impl Lent for GetUsersWithAssetAccess {
    async fn may(&mut self, session: &Session<'_>) -> Result<(), Refusal> {
        session.within(&self.organization)?;
        session.sees(&self.asset).await
    }
}

impl Lent for CreateMessage {
    async fn may(&mut self, session: &Session<'_>) -> Result<(), Refusal> {
        for message in &self.messages {
            session.within(&message.organization)?;
        }
        session.administrator().await?;
        let linked = self.messages.iter().filter_map(|message| message.linked_application.as_ref());
        let own = self.messages.iter().map(|message| &message.application);
        session.has_applications(&own.chain(linked).collect::<Vec<_>>()).await
    }
}

impl Lent for UpdateMessage {
    /// Messages that wait for the organization go on. Others stay behind: somebody dealt with them a moment ago, or they
    /// are none of the caller's.
    async fn may(&mut self, session: &Session<'_>) -> Result<(), Refusal> {
        let mut applications: Vec<_> =
            self.messages.iter().map(|message| message.application.clone()).collect();
        applications.sort();
        applications.dedup();
        if applications.len() > MESSAGE_APPLICATIONS || self.messages.len() > MOST_UPDATES {
            return Err(Refusal::Invalid("The messages are too many, or of too many applications"));
        }
        session.has_applications(&applications.iter().collect::<Vec<_>>()).await?;
        let mut passing = Vec::new();
        for application in applications {
            let of_it = self.messages.iter().filter(|message| message.application == application);
            let ids =
                session.unresolved(&application, of_it.clone().map(|message| message.id.clone()).collect());
            let ids = ids.await?;
            passing.extend(of_it.filter(|message| ids.contains(&message.id)).cloned());
        }
        self.messages = passing;
        if self.messages.is_empty() {
            return Err(Refusal::Forbidden("None of these messages waits for the organization"));
        }
        Ok(())
    }
}

impl Lent for GetUnresolvedMessages {
    async fn may(&mut self, session: &Session<'_>) -> Result<(), Refusal> {
        session.within(&self.organization)?;
        session.has_applications(&[&self.application]).await
    }
}

impl Lent for GetOrganizationLanguageList {
    async fn may(&mut self, session: &Session<'_>) -> Result<(), Refusal> {
        session.within(&self.organization)
    }
}

impl Lent for GetOrganizationRoles {
    async fn may(&mut self, session: &Session<'_>) -> Result<(), Refusal> {
        session.within(&self.organization)
    }
}

impl Lent for GetUserRoles {
    async fn may(&mut self, session: &Session<'_>) -> Result<(), Refusal> {
        session.within(&self.organization)?;
        session.own_or_administrator(&self.user).await
    }
}

impl Lent for GetUserPermissions {
    async fn may(&mut self, session: &Session<'_>) -> Result<(), Refusal> {
        session.within(&self.organization)?;
        session.own_or_administrator(&self.user).await
    }
}

impl Lent for GetStructureByUser {
    async fn may(&mut self, session: &Session<'_>) -> Result<(), Refusal> {
        session.within(&self.organization)
    }
}
