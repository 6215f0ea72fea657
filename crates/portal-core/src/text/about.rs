//! The English words about the portal.

use super::texts;

texts! {
    /// A text about the portal.
    About, ABOUT_WORDS:

    Title "about.title" = "About",
    ThisPortal "about.portal" = "This portal",
    Product "about.product" = "Product",
    Version "about.version" = "Version",
    Build "about.build" = "Build",
    BuildOwn "about.build_own" = "made without build ids",
    Licence "about.licence" = "Licence",
    LicenceName "about.licence_name" = "Apache License, version 2.0",
    Service "about.service" = "Service",
    ServerOperations "about.server_operations" = "Operations for servers",
    ServerOperationsNone "about.server_operations_none" = "None is allowed here",
    Help "about.help" = "Help",
    Contact "about.contact" = "Contact",
    ContactNone "about.contact_none" = "The settings of this portal name no contact. Ask who told you about it.",
    HelpLink "about.help_link" = "Help for this portal",
    Kept "about.kept" = "Kept in this browser",
    KeptAbout "about.kept.about" = "The portal has no account of its own for you: what it remembers stays on this device.",
    KeptNothing "about.kept.nothing" = "Nothing besides your session.",
    KeptSession "about.kept.session" = "Your session is not in this list. Sign out to end it.",
    KeptTab "about.kept.tab" = "this tab only",
    KeptDevice "about.kept.device" = "this device",
    KeptTheme "about.kept.theme" = "Theme",
    KeptLanguage "about.kept.language" = "Language",
    KeptAccount "about.kept.account" = "Account to sign in with",
    KeptOrganizations "about.kept.organizations" = "Organization of the last time, without its name",
    KeptLast "about.kept.last" = "Application of the last time",
    KeptMenu "about.kept.menu" = "Whether the menu is a rail",
    KeptBranches "about.kept.branches" = "Branches of menus that are open",
    KeptLauncher "about.kept.launcher" = "Where you left the applications",
    KeptLanded "about.kept.landed" = "That the start page was shown",
    KeptKeep "about.kept.keep" = "Whether you want to stay signed in",
    KeptOther "about.kept.other" = "Other: {key}",
    Erase "about.erase" = "Erase what this browser keeps",
    EraseTitle "about.erase.title" = "Erase what this browser keeps?",
    EraseDetail "about.erase.detail" = "Language, theme and everything else in the list are forgotten on this device, in all tabs. You stay signed in. It cannot be undone.",
    EraseDo "about.erase.do" = "Erase",
    Erased "about.erased" = "Erased. You are still signed in.",
}
