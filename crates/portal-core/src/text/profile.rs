//! The English words of the profile.

use super::texts;

texts! {
    /// A text of the profile.
    Profile, PROFILE_WORDS:

    Title "profile.title" = "Profile",
    You "profile.you" = "You",
    Session "profile.session" = "This sign-in",
    SessionAbout "profile.session.about" = "What the service says of the sign-in that this tab works with.",
    SessionElsewhere "profile.session.elsewhere" = "The service works in another organization than this page.",
    User "profile.user" = "User",
    UserId "profile.user_id" = "User id",
    Organization "profile.organization" = "Organization",
    OrganizationId "profile.organization_id" = "Organization id",
    Switch "profile.switch" = "Switch organization",
    Languages "profile.languages" = "Languages of the organization",
    LanguagesNone "profile.languages_none" = "The organization names no language.",
    LanguagesCurrent "profile.languages_current" = "shown now",
    RolesAll "profile.roles_all" = "All roles of the organization",
    RolesAllNone "profile.roles_all_none" = "The organization has no role.",
    Unknown "profile.unknown" = "The service has not said who you are.",
    Preferences "profile.preferences" = "Language and theme",
    PreferencesAbout "profile.preferences.about" = "Kept in this browser, and used at once.",
    Password "profile.password" = "Confirm your password",
    PasswordAbout "profile.password.about" = "Asks the service whether a password is yours. Nothing is changed by it.",
    PasswordConfirm "profile.password.confirm" = "Confirm",
    PasswordBusy "profile.password.busy" = "Asking",
    PasswordRight "profile.password.right" = "This is your password.",
    PasswordWrong "profile.password.wrong" = "This is not your password.",
    PasswordLocked "profile.password.locked" = "Too many wrong passwords. The service takes no more for a while; you stay signed in.",
    PasswordElsewhere "profile.password.elsewhere" = "How to change it",
}
