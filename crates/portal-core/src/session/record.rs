//! What is kept of a session, and its text in the store that all tabs share.

use portal_api::{AccessToken, Organization, RefreshToken, UserId, Viewer};
use serde::{Deserialize, Serialize};

use super::{Began, Tokens};

/// Changes when the text does; a record of another version is not taken up.
const VERSION: u32 = 3;

/// What is kept of a session. Its text holds tokens: it goes into the encrypted store and nowhere else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// The beginning of the session.
    pub began: Began,
    /// The tokens.
    pub tokens: Tokens,
    /// The signed-in user.
    pub viewer: Viewer,
    /// The organization chosen; `None` before the choice.
    pub organization: Option<Organization>,
}

/// The text of a [`Record`]. boot.js reads `access`, `apiBase` and `organization` of it.
#[derive(Serialize, Deserialize)]
struct RecordText {
    v: u32,
    #[serde(rename = "apiBase", default)]
    api_base: String,
    access: String,
    refresh: Option<String>,
    #[serde(rename = "refreshExpires")]
    refresh_expires: Option<i64>,
    #[serde(default)]
    user: ViewerText,
    organization: Option<OrganizationText>,
}

#[derive(Serialize, Deserialize, Default)]
struct ViewerText {
    id: Option<String>,
    #[serde(default)]
    name: String,
    email: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct OrganizationText {
    id: String,
    name: String,
}

impl Record {
    /// The record as text. `api_base` is the address of the service, so that the next start can ask before it has read
    /// the settings. The beginning of the session and the number of the pair are stored beside the text, where the
    /// store compares them.
    pub fn to_text(&self, api_base: &str) -> String {
        let Self { tokens, viewer, organization, .. } = self;
        let text = RecordText {
            v: VERSION,
            api_base: api_base.to_owned(),
            access: tokens.access.reveal().to_owned(),
            refresh: tokens.refresh.as_ref().map(|refresh| refresh.reveal().to_owned()),
            refresh_expires: tokens.refresh_expires,
            user: ViewerText {
                id: viewer.id.as_ref().map(|id| id.as_str().to_owned()),
                name: viewer.name.clone(),
                email: viewer.email.clone(),
            },
            organization: organization.as_ref().map(|organization| OrganizationText {
                id: organization.id.as_str().to_owned(),
                name: organization.name.clone(),
            }),
        };
        // Texts and numbers alone cannot fail to become JSON.
        serde_json::to_string(&text).unwrap_or_default()
    }

    /// Reads the text of a session's pair; `None` for anything else, whatever it is.
    pub fn parse(text: &str, began: Began, pair: u64) -> Option<Self> {
        let read: RecordText =
            serde_json::from_str(text).ok().filter(|read: &RecordText| read.v == VERSION)?;
        let organization = match read.organization {
            Some(OrganizationText { id, name }) => Some(Organization::new(&id, Some(&name))?),
            None => None,
        };
        Some(Self {
            began,
            tokens: Tokens {
                access: AccessToken::parse(&read.access)?,
                refresh: read.refresh.as_deref().and_then(RefreshToken::parse),
                refresh_expires: read.refresh_expires,
                pair,
                lost: false,
            },
            viewer: Viewer {
                id: read.user.id.as_deref().and_then(UserId::parse),
                name: read.user.name,
                email: read.user.email,
            },
            organization,
        })
    }
}
