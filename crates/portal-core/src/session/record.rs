//! A session that a reload of the page, or another tab, can take up again, and its text.

use portal_api::json::{self, Json};
use portal_api::{AccessToken, Organization, RefreshToken, UserId, Viewer};

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
        self.to_json(api_base).to_text()
    }

    pub(super) fn to_json(&self, api_base: &str) -> Json<'static> {
        let Self { began, tokens, viewer, organization } = self;
        let text = |text: &str| Json::from(text).into_owned();
        let user = Json::object([
            ("id", viewer.id.as_ref().map(|id| text(id.as_str())).into()),
            ("name", text(&viewer.name)),
            ("email", viewer.email.as_deref().map(text).into()),
        ]);
        let organization = organization
            .as_ref()
            .map(|chosen| Json::object([("id", text(chosen.id.as_str())), ("name", text(&chosen.name))]));
        Json::object([
            ("v", VERSION.into()),
            ("apiBase", text(api_base)),
            ("id", text(&began.id)),
            ("since", began.since.into()),
            ("keep", Json::Bool(began.keep)),
            ("pair", i64::try_from(tokens.pair).unwrap_or(i64::MAX).into()),
            ("access", text(tokens.access.reveal())),
            ("refresh", tokens.refresh.as_ref().map(|refresh| text(refresh.reveal())).into()),
            ("refreshExpires", tokens.refresh_expires.into()),
            ("user", user),
            ("organization", organization.into()),
        ])
    }

    /// Reads a record; `None` for anything else, whatever it is.
    pub fn parse(text: &str) -> Option<Self> {
        Self::read(&json::parse(text).ok()?)
    }

    pub(super) fn read(record: &Json<'_>) -> Option<Self> {
        if record.get("v")?.as_i64() != Some(VERSION) {
            return None;
        }
        let text = |key: &str| record.get(key).and_then(Json::as_str);
        let number = |key: &str| record.get(key).and_then(Json::as_i64);
        let tokens = Tokens {
            access: AccessToken::parse(text("access")?)?,
            refresh: text("refresh").and_then(RefreshToken::parse),
            refresh_expires: number("refreshExpires"),
            pair: u64::try_from(number("pair")?).ok()?,
        };
        let began = Began {
            id: text("id")?.to_owned(),
            since: number("since")?,
            keep: record.get("keep").is_some_and(|keep| *keep == Json::Bool(true)),
        };
        let member = |of: &str, key: &str| record.get(of)?.get(key)?.as_str().map(str::to_owned);
        let viewer = Viewer {
            id: member("user", "id").and_then(|id| UserId::parse(&id)),
            name: member("user", "name").unwrap_or_default(),
            email: member("user", "email"),
        };
        let organization = match member("organization", "id") {
            Some(id) => Some(Organization::new(&id, member("organization", "name").as_deref())?),
            None => None,
        };
        Some(Self { began, tokens, viewer, organization })
    }
}
