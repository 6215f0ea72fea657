//! The English words about the portal.

use super::texts;

texts! {
    /// A text about the portal.
    About, ABOUT_WORDS:

    Title "about.title" = "About",
}
