//! The English words of the profile.

use super::texts;

texts! {
    /// A text of the profile.
    Profile, PROFILE_WORDS:

    Title "profile.title" = "Profile",
}
