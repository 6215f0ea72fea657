//! The English words of the console.

use super::texts;

texts! {
    /// A text of the console.
    Console, CONSOLE_WORDS:

    Title "console.title" = "Console",
}
