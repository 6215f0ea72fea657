//! Web storage, which may be full, switched off or hold what an older version wrote (hostile.md 84): reading gives
//! nothing then, and writing does nothing.

use leptos::prelude::window;
use web_sys::Storage;

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

    fn storage(self) -> Option<Storage> {
        match self.shelf {
            Shelf::Tab => window().session_storage(),
            Shelf::Device => window().local_storage(),
        }
        .ok()?
    }
}
