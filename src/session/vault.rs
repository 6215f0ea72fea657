//! The session record of this tab, in sessionStorage so that a reload keeps the session (hostile.md 25). boot.js
//! reads the same record to ask for the applications before the program has loaded.

use portal_api::json::{self, Json};
use portal_api::{AccessToken, Organization, RefreshToken, UserId, Viewer};
use portal_core::session::{Record, Tokens};

use crate::browser::{Shelf, Store};

const STORE: Store = Store::new(Shelf::Tab, "portal.session");
/// Changes when the record's shape does; a record of another version is not taken up.
const VERSION: i64 = 1;

/// Keeps the record.
pub(super) fn save(record: &Record, api_base: &str) {
    let Record { tokens, viewer, organization } = record;
    let user = Json::object([
        ("id", viewer.id.as_ref().map(UserId::as_str).into()),
        ("name", viewer.name.as_str().into()),
        ("email", viewer.email.as_deref().into()),
    ]);
    let organization = organization
        .as_ref()
        .map(|o| Json::object([("id", o.id.as_str().into()), ("name", o.name.as_str().into())]));
    let text = Json::object([
        ("v", VERSION.into()),
        ("apiBase", api_base.into()),
        ("access", tokens.access.reveal().into()),
        ("refresh", tokens.refresh.as_ref().map(RefreshToken::reveal).into()),
        ("refreshExpires", tokens.refresh_expires.into()),
        ("user", user),
        ("organization", organization.into()),
    ]);
    // Without storage the session lives until the page is reloaded.
    STORE.write(&text.to_text());
}

/// Erases the record.
pub(super) fn erase() {
    STORE.erase();
}

/// The record, if it is whole; what is not is erased.
pub(super) fn load() -> Option<Record> {
    let text = STORE.read()?;
    let record = json::parse(&text).ok().and_then(|record| read(&record));
    if record.is_none() {
        erase();
    }
    record
}

fn read(record: &Json<'_>) -> Option<Record> {
    if record.get("v")?.as_i64() != Some(VERSION) {
        return None;
    }
    let text = |key: &str| record.get(key).and_then(Json::as_str);
    let tokens = Tokens {
        access: AccessToken::parse(text("access")?)?,
        refresh: text("refresh").and_then(RefreshToken::parse),
        refresh_expires: record.get("refreshExpires").and_then(Json::as_i64),
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
    Some(Record { tokens, viewer, organization })
}
