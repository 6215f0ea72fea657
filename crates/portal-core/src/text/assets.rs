//! The English words of the assets.

use super::texts;

texts! {
    /// A text of the assets.
    Assets, ASSETS_WORDS:

    Title "assets.title" = "Assets",
}
