//! What the person wants of sounds and the like, on this device (experience.md M7), and whether the browser lets it be.

use leptos::prelude::*;
use portal_core::inbox::Preferences;

use crate::browser::{self, Shelf, Store};
use crate::reactive::SetIfChanged;

/// The preferences of this device; they name nobody.
const STORE: Store = Store::new(Shelf::Device, "portal.messages");

/// See the module.
#[derive(Clone, Copy)]
pub(super) struct Wishes {
    kept: RwSignal<Preferences>,
    /// The browser did not let a tone sound.
    pub(super) is_mute: RwSignal<bool>,
}

impl Wishes {
    /// Reads what is kept, now and whenever another tab changes it.
    pub(super) fn start() -> Self {
        let wishes = Self { kept: RwSignal::new(read()), is_mute: RwSignal::new(false) };
        browser::on_stored("portal.messages", move || wishes.kept.set_if_changed(read()));
        wishes
    }

    /// Reads them; changes are followed.
    pub(super) fn with<R>(self, look: impl FnOnce(&Preferences) -> R) -> R {
        self.kept.with(look)
    }

    /// Reads them as they are now.
    pub(super) fn with_untracked<R>(self, look: impl FnOnce(&Preferences) -> R) -> R {
        self.kept.with_untracked(look)
    }

    /// Changes and keeps them.
    pub(super) fn change(self, change: impl FnOnce(&mut Preferences)) {
        self.kept.update(change);
        STORE.write(&self.kept.with_untracked(Preferences::to_text));
    }
}

fn read() -> Preferences {
    STORE.read().as_deref().map(Preferences::parse).unwrap_or_default()
}
