//! The English words. Tests and assistive technology rely on those of experience.md, "Words on screen".

use super::texts;

texts! {
    /// A text of the launcher, or of what may have to be said before anything else has come.
    Text, WORDS:

    // Everywhere
    Product "product" = "Application Portal",
    SkipToContent "skip_to_content" = "Skip to content",
    PageTitle "page_title" = "{page} · {organization} · {product}",
    PageTitleSignedOut "page_title.signed_out" = "{page} · {product}",
    TryAgain "try_again" = "Try again",
    LazyMissing "lazy.missing" = "A part of the portal did not arrive",
    LazyMissingDetail "lazy.missing_detail" = "Check the connection, then try again.",
    LazyOutdated "lazy.outdated" = "A new version of the portal is available",
    LazyOutdatedDetail "lazy.outdated_detail" = "Reload the page to use it. If this continues, contact your administrator: the server still delivers an old start page.",
    LoadingSlow "loading.slow" = "This is taking longer than usual",
    LoadingCancel "loading.cancel" = "Cancel",
    Contact "contact" = "Contact: {contact}",

    // Launcher
    LauncherTitle "launcher.title" = "Applications",
    LauncherList "launcher.list" = "Applications",
    LauncherSearch "launcher.search" = "Search applications",
    LauncherSearchClear "launcher.search_clear" = "Clear search",
    LauncherCategory "launcher.category" = "Category",
    LauncherAll "launcher.all" = "All",
    LauncherUncategorized "launcher.uncategorized" = "Uncategorized",
    LauncherShownOne "launcher.shown.one" = "{count} application",
    LauncherShownOther "launcher.shown.other" = "{count} applications",
    LauncherShownOfOne "launcher.shown_of.one" = "{shown} of {count} application",
    LauncherShownOfOther "launcher.shown_of.other" = "{shown} of {count} applications",
    LauncherNone "launcher.none" = "There is no application for you in this organization.",
    LauncherNoneDetail "launcher.none_detail" = "Ask your administrator to assign applications to you.",
    LauncherNoMatch "launcher.no_match" = "No application matches.",
    LauncherNoMatchFor "launcher.no_match_for" = "No application matches “{query}”.",
    LauncherNoMatchDetail "launcher.no_match_detail" = "Clear the search, or ask your administrator for the application that you miss.",
    LauncherShowAll "launcher.show_all" = "Show all applications",
    LauncherDroppedOne "launcher.dropped.one" = "{count} application could not be read and is not shown.",
    LauncherDroppedOther "launcher.dropped.other" = "{count} applications could not be read and are not shown.",

    // Categories that a reply does not name (contract.md 1.26)
    CategoryWind "category.wind" = "Wind",
    CategorySolar "category.solar" = "Solar",
    CategoryHydroelectricity "category.hydroelectricity" = "Hydroelectricity",
    CategoryThermal "category.thermal" = "Thermal",
    CategoryStorage "category.storage" = "Storage",
    CategoryPile "category.pile" = "Pile",
    CategoryElectricitySale "category.electricity_sale" = "Electricity Sale",
    CategoryDistributionNetwork "category.distribution_network" = "Distribution Network",
    CategoryMicroNetwork "category.micro_network" = "Micro Intelligent Network",
    CategoryIndustryPark "category.industry_park" = "Industry Park",
    CategorySmartBuilding "category.smart_building" = "Smart Building",
    CategorySmartCity "category.smart_city" = "Smart City",
    CategoryAi "category.ai" = "AI",
    CategoryOther "category.other" = "Other",
    CategoryComprehensive "category.comprehensive" = "Comprehensive",
    CategorySubstation "category.substation" = "Substation",

    // Tiles
    TileMobile "tile.mobile" = "Mobile",
    TileShortcut "tile.shortcut" = "Shortcut",
    TileOpenNewTab "tile.open_new_tab" = "Open in a new tab",
    LaunchNewTab "launch.new_tab" = "Opens in a new tab",
    LaunchInsecure "launch.insecure" = "Opens in a new tab, not encrypted",
    LaunchOtherProgram "launch.other_program" = "Opens in another program",
    LaunchDisabled "launch.disabled" = "Not enabled",
    LaunchNoAddress "launch.no_address" = "No address",
    RefusedScript "refused.script" = "Address refused: it would run a script",
    RefusedScheme "refused.scheme" = "Address refused: “{scheme}:” is not allowed",
    RefusedCredentials "refused.credentials" = "Address refused: it carries a user name or a password",
    RefusedOwnHost "refused.own_host" = "Address refused: it is the portal's own address without encryption",
    RefusedUnreadable "refused.unreadable" = "Address refused: it cannot be read",
    RefusedTooLong "refused.too_long" = "Address refused: it is too long",

    // Banner and account menu
    BannerOrganization "banner.organization" = "Organization: {organization}",
    AccountMenu "account.menu" = "Account menu",
    AccountSignOut "account.sign_out" = "Sign out",

    // Not found, start, new version
    BootReload "boot.reload" = "Reload the page",
}
