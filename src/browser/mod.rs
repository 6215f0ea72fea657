//! The only door to the browser. Everything else asks here, so that what the page can do stands in one folder.

mod address;
mod any;
mod clipboard;
pub mod dom;
pub mod draw;
mod fetch;
pub mod frames;
pub mod history;
mod host;
#[cfg(feature = "demo")]
mod in_page;
mod intl;
pub mod keyboard;
mod links;
mod page;
mod probe;
mod reach;
pub mod regain;
pub mod scroll;
mod session_store;
pub mod sight;
pub mod sign_on;
pub mod sound;
mod storage;
mod tabs;
mod time;
pub mod viewport;
mod wait;

pub use address::BrowserAddresses;
pub use clipboard::copy;
pub use fetch::get_text;
pub use host::Host;
pub use intl::{Collator, date, language_name, languages, number_text};
pub use links::on_link;
pub use page::{
    base, build, crashed, is_hidden, is_online, is_outdated, later_style, now, on_network, on_seen,
    on_visible, origin, random, reload, renew, reveal, set_language, set_theme, set_title, settings_text,
    when_idle,
};
pub use probe::page_policy;
pub use session_store::{session_store, tabs_channel};
pub use storage::{Shelf, Store, forget, kept};
pub use tabs::{Channel, Turn, Waited, clock, handed_over, is_in_use, number, on_stored, on_use, turn};
pub use time::{minute_here, offset_minutes, time_text};
pub use wait::{Timer, sleep, spawn};
