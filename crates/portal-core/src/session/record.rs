//! A session that a reload of the page, or another tab, can take up again, and its text.

use std::borrow::Cow;

use portal_api::json;
use portal_api::{AccessToken, Organization, RefreshToken, UserId, Viewer};
use serde::{Deserialize, Serialize};

use super::{Began, Tokens};

/// Changes when the text does; a record of another version is not taken up (hostile.md 84).
const VERSION: i64 = 2;

/// What is kept of a session. Its text holds tokens: it goes into the tab's own storage and to tabs of this origin,
/// nowhere else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// The beginning of the session.
    pub began: Began,
    /// The tokens.
    pub tokens: Tokens,
    /// Who is signed in.
    pub viewer: Viewer,
    /// The organization chosen; `None` before the choice.
    pub organization: Option<Organization>,
}

impl Record {
    /// The record as text. `api_base` is where the service is, so that the next start can ask before it has read the
    /// settings.
    pub fn to_text(&self, api_base: &str) -> String {
        json::to_text(&self.wire(api_base))
    }

    pub(super) fn wire<'a>(&'a self, api_base: &'a str) -> Wire<'a> {
        let Self { began, tokens, viewer, organization } = self;
        Wire {
            version: VERSION,
            api_base: api_base.into(),
            id: began.id.as_str().into(),
            since: began.since,
            keep: began.keep,
            pair: tokens.pair,
            access: tokens.access.reveal().into(),
            refresh: tokens.refresh.as_ref().map(|refresh| refresh.reveal().into()),
            refresh_expires: tokens.refresh_expires,
            user: Named {
                id: viewer.id.as_ref().map(|id| id.as_str().into()),
                name: Some(viewer.name.as_str().into()),
                email: viewer.email.as_deref().map(Cow::Borrowed),
            },
            organization: organization.as_ref().map(|chosen| Named {
                id: Some(chosen.id.as_str().into()),
                name: Some(chosen.name.as_str().into()),
                email: None,
            }),
        }
    }

    /// Reads a record; `None` for anything else, whatever it is.
    pub fn parse(text: &str) -> Option<Self> {
        Self::read(serde_json::from_str(text).ok()?)
    }

    pub(super) fn read(wire: Wire<'_>) -> Option<Self> {
        if wire.version != VERSION {
            return None;
        }
        let tokens = Tokens {
            access: AccessToken::parse(&wire.access)?,
            refresh: wire.refresh.as_deref().and_then(RefreshToken::parse),
            refresh_expires: wire.refresh_expires,
            pair: wire.pair,
        };
        let began = Began { id: wire.id.into_owned(), since: wire.since, keep: wire.keep };
        let viewer = Viewer {
            id: wire.user.id.as_deref().and_then(UserId::parse),
            name: wire.user.name.map(Cow::into_owned).unwrap_or_default(),
            email: wire.user.email.map(Cow::into_owned),
        };
        let organization = match wire.organization {
            Some(Named { id: Some(id), name, .. }) => Some(Organization::new(&id, name.as_deref())?),
            _ => None,
        };
        Some(Self { began, tokens, viewer, organization })
    }
}

/// A record as JSON. boot.js reads `apiBase`, `access` and `organization`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Wire<'a> {
    #[serde(rename = "v")]
    version: i64,
    #[serde(default)]
    api_base: Cow<'a, str>,
    id: Cow<'a, str>,
    since: i64,
    #[serde(default)]
    keep: bool,
    pair: u64,
    access: Cow<'a, str>,
    refresh: Option<Cow<'a, str>>,
    refresh_expires: Option<i64>,
    #[serde(default)]
    user: Named<'a>,
    organization: Option<Named<'a>>,
}

#[derive(Serialize, Deserialize, Default)]
struct Named<'a> {
    id: Option<Cow<'a, str>>,
    name: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<Cow<'a, str>>,
}
