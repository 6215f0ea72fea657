//! The session record of this tab, in sessionStorage so that a reload keeps the session (hostile.md 25), and in
//! localStorage too where the person wants to stay signed in. boot.js reads the same record to ask for the
//! applications before the program has loaded. Beside it the marker that all tabs share, without a secret in it.

use portal_core::session::{Marker, Record};

use crate::browser::{Shelf, Store};

const TAB: Store = Store::new(Shelf::Tab, "portal.session");
const KEPT: Store = Store::new(Shelf::Device, "portal.session");
/// The key of the marker.
pub(super) const MARKER_KEY: &str = "portal.tabs";
const MARKER: Store = Store::new(Shelf::Device, MARKER_KEY);

/// Keeps the record. Without storage the session lives until the page is reloaded.
pub(super) fn save(record: &Record, api_base: &str) {
    let text = record.to_text(api_base);
    TAB.write(&text);
    if record.began.keep {
        KEPT.write(&text);
    }
}

/// Erases the record.
pub(super) fn erase() {
    TAB.erase();
    KEPT.erase();
}

/// The record that boot.js found or was given, if it is whole; what is not is erased.
pub(super) fn load(handed_over: Option<&str>) -> Option<Record> {
    let text = handed_over.map(str::to_owned).or_else(|| TAB.read()).or_else(|| KEPT.read())?;
    let record = Record::parse(&text);
    if record.is_none() {
        erase();
    }
    record
}

/// The record of a session that outlives the tab, as the tab that used it last left it.
pub(super) fn kept() -> Option<Record> {
    Record::parse(&KEPT.read()?)
}

/// The marker.
pub(super) fn marker() -> Option<Marker> {
    Marker::parse(&MARKER.read()?)
}

/// Writes the marker.
pub(super) fn mark(marker: &Marker) {
    MARKER.write(&marker.to_text());
}
