//! The English words of the people.

use super::texts;

texts! {
    /// A text of the people.
    People, PEOPLE_WORDS:

    Title "people.title" = "People",
}
