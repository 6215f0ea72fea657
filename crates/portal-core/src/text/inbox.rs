//! The English words of the messages of applications.

use super::texts;

texts! {
    /// A text of the messages of applications.
    Inbox, INBOX_WORDS:

    Title "messages.title" = "Messages",
}
