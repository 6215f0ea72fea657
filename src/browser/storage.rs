//! Web storage, which may be full, switched off or hold what an older version wrote (hostile.md 84): reading gives
//! nothing then, and writing does nothing.

use leptos::prelude::window;
use web_sys::Storage;

/// How many keys are remembered side by side in one store.
const KEPT: usize = 20;

/// What all keys of the portal begin with; others on its origin are not its own.
const OWN: &str = "portal.";

/// Which store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shelf {
    /// Of this tab; ends with it.
    Tab,
    /// Of all tabs; for preferences without secrets.
    Device,
}

/// One key of a store.
#[derive(Clone, Copy, Debug)]
pub struct Store {
    shelf: Shelf,
    key: &'static str,
}

impl Store {
    /// Names a key.
    pub const fn new(shelf: Shelf, key: &'static str) -> Self {
        Self { shelf, key }
    }

    /// The text kept.
    pub fn read(self) -> Option<String> {
        self.storage()?.get_item(self.key).ok()?
    }

    /// Keeps a text; says whether it was kept.
    pub fn write(self, text: &str) -> bool {
        self.storage().is_some_and(|storage| storage.set_item(self.key, text).is_ok())
    }

    /// Erases the text.
    pub fn erase(self) {
        if let Some(storage) = self.storage() {
            // Refused only where storage is off, and then there is nothing to erase.
            let _ = storage.remove_item(self.key);
        }
    }

    /// What was last remembered for a key, of the few that [`Store::remember_for`] keeps.
    pub fn remembered_for(self, key: &str) -> Option<String> {
        let kept = self.read()?;
        kept.lines().find_map(|line| Some(line.strip_prefix(key)?.strip_prefix(' ')?.to_owned()))
    }

    /// Remembers a text of one line for a key, in place of what was; the oldest of too many keys are forgotten.
    pub fn remember_for(self, key: &str, text: &str) {
        let kept = self.read().unwrap_or_default();
        let others = kept.lines().filter(|line| !line.starts_with(key)).take(KEPT - 1);
        let newest = format!("{key} {text}");
        self.write(&core::iter::once(newest.as_str()).chain(others).collect::<Vec<_>>().join("\n"));
    }

    fn storage(self) -> Option<Storage> {
        storage(self.shelf)
    }
}

/// The keys of a store that are the portal's, in no order.
pub fn kept(shelf: Shelf) -> Vec<String> {
    let Some(storage) = storage(shelf) else { return Vec::new() };
    let count = storage.length().unwrap_or_default();
    let keys = (0..count).filter_map(|place| storage.key(place).ok().flatten());
    keys.filter(|key| key.starts_with(OWN)).collect()
}

/// Erases a key of a store.
pub fn forget(shelf: Shelf, key: &str) {
    if let Some(storage) = storage(shelf) {
        // As in `erase`.
        let _ = storage.remove_item(key);
    }
}

fn storage(shelf: Shelf) -> Option<Storage> {
    match shelf {
        Shelf::Tab => window().session_storage(),
        Shelf::Device => window().local_storage(),
    }
    .ok()?
}
