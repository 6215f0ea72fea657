//! The settings of a deployment (portal.json), checked. A bad file is refused as a whole and the wrong key is
//! named (experience.md G6): a setting that is quietly ignored is worse than a portal that does not start.

mod check;
mod read;

use crate::launch::{LaunchPolicy, Right};
use crate::names::Locale;
use crate::sign_on::Provider;

pub(crate) use check::{is_safe_place, is_this_computer};

/// What the portal shows first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Landing {
    /// `launcher`: the tiles.
    #[default]
    Launcher,
    /// `last-app`: the application used last, as the EnOS portal does (experience.md 0.1).
    LastApplication,
}

/// `signOn`: a provider that signs people in for the portal.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SignOn {
    /// `url`, checked; see [`SignOn::provider`].
    address: Option<String>,
    /// `name`: what people call it.
    pub name: Option<String>,
    /// `channel`: what the service is told that the sign-in comes from (contract.md 1.2).
    pub channel: Option<String>,
}

impl SignOn {
    /// Where people are sent; `None` where the deployment has no provider.
    pub fn provider(&self) -> Option<Provider> {
        self.address.clone().map(Provider::checked)
    }
}

/// `keptFrames`, where the file does not say.
const KEPT_FRAMES: u32 = 5;

/// The settings. All keys of the file are optional.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// `apiBase`: where the service answers, without a slash at the end; a path of the portal's origin or an
    /// absolute address.
    pub api_base: String,
    /// `title`: the product's name on screen.
    pub title: Option<String>,
    /// `locales`: the languages offered, the first one before a choice that fits none. Never empty.
    pub locales: Vec<Locale>,
    /// `landing`
    pub landing: Landing,
    /// `applicationBase`: what relative application addresses are read against, absolute.
    pub application_base: Option<String>,
    /// `frameOrigins`: origins that may stand in a frame, as parsers write them.
    pub frame_origins: Vec<String>,
    /// `tokenOrigins`: origins of `frameOrigins` whose pages get the access token when they ask for it.
    pub token_origins: Vec<String>,
    /// `bridgeOrigins`: origins whose pages speak the portal's bridge, so that one that does not greet is not there.
    /// Origins of `frameOrigins`, or the portal's own.
    pub bridge_origins: Vec<String>,
    /// `frameRights`: what pages of an origin may do in a frame beyond what all may. Origins of `frameOrigins`.
    pub frame_rights: Vec<(String, Vec<Right>)>,
    /// `keptFrames`: how many of the pages visited last stay alive, 1 to 20.
    pub kept_frames: u32,
    /// `openIn`: whether a tile opens an application that has an address of its own in a new tab.
    pub opens_in_tab: bool,
    /// `ownOriginTabs`: whether every page of the portal's own origin may open in a tab of its own, whatever its server
    /// sends with it.
    pub trusts_own_tabs: bool,
    /// `launchSchemes`: schemes besides http and https that applications may use, in lower case.
    pub schemes: Vec<String>,
    /// `contact`: whom to ask, as shown.
    pub contact: Option<String>,
    /// `helpUrl`
    pub help_url: Option<String>,
    /// `privacyUrl`
    pub privacy_url: Option<String>,
    /// `idleMinutes`: how long a session may stand unused, in minutes, 15 to 720; `None` for as long as the service
    /// lets it.
    pub idle_minutes: Option<u32>,
    /// `accessTokenLifetime`: how long an access token lives, in seconds; the API does not tell it (contract.md 0.4).
    pub access_token_lifetime: Option<u32>,
    /// `keepSignedIn`: whether people may stay signed in when they close the browser.
    pub keep_signed_in: bool,
    /// `signOn`
    pub sign_on: SignOn,
    /// `passwordSignIn`: whether people may sign in by account and password.
    pub password_sign_in: bool,
    /// `userDomains`: whether the service is asked if the domain of an e-mail address has a sign-in of its own.
    pub user_domains: bool,
    /// `forgotPasswordUrl`
    pub forgot_password_url: Option<String>,
    /// `serverOperations`: which of [`SERVER_OPERATIONS`] what stands before the service lets a page call for its user.
    pub server_operations: Vec<String>,
}

/// The operations that are meant for a server which signs with an application's key, not for a browser (contract.md §1,
/// last column of the table), by their names in the documentation. A test holds them against the endpoints.
pub const SERVER_OPERATIONS: [&str; 9] = [
    "Authorize Asset",
    "Create Message",
    "Get App User List",
    "Get Assets by Organization",
    "Get Organization User List",
    "Get Unresolved Messages",
    "Get Users with Asset Access",
    "Sync Asset",
    "Update Message",
];

impl Default for Settings {
    fn default() -> Self {
        Self {
            api_base: portal_api::SERVICE_PREFIX.to_owned(),
            title: None,
            locales: ["en-US", "zh-CN"].into_iter().filter_map(Locale::parse).collect(),
            landing: Landing::Launcher,
            application_base: None,
            frame_origins: Vec::new(),
            token_origins: Vec::new(),
            bridge_origins: Vec::new(),
            frame_rights: Vec::new(),
            kept_frames: KEPT_FRAMES,
            opens_in_tab: false,
            trusts_own_tabs: false,
            schemes: Vec::new(),
            contact: None,
            help_url: None,
            privacy_url: None,
            idle_minutes: None,
            access_token_lifetime: None,
            keep_signed_in: false,
            sign_on: SignOn::default(),
            password_sign_in: true,
            user_domains: false,
            forgot_password_url: None,
            server_operations: Vec::new(),
        }
    }
}

impl Settings {
    /// How long a session may stand unused, in milliseconds.
    pub fn idle_ms(&self) -> Option<i64> {
        self.idle_minutes.map(|minutes| i64::from(minutes) * 60_000)
    }

    /// Whether the deployment lets the page call an operation that is meant for servers.
    pub fn lets_call(&self, operation: &str) -> bool {
        self.server_operations.iter().any(|named| named == operation)
    }

    /// The launch policy of a portal at `portal`, its own absolute address with the base path.
    pub fn launch_policy(&self, portal: &str, portal_origin: &str) -> LaunchPolicy {
        LaunchPolicy {
            portal_origin: portal_origin.to_owned(),
            application_base: self.application_base.clone().unwrap_or_else(|| portal.to_owned()),
            frame_origins: self.frame_origins.clone(),
            schemes: self.schemes.clone(),
            rights: self.frame_rights.clone(),
            trusts_own_tabs: self.trusts_own_tabs,
        }
    }
}

/// A key of portal.json that cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettingsError {
    /// The key, such as `frameOrigins[1]`; empty for the file as a whole.
    pub key: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Problem {
    /// The file is no JSON.
    NotJson,
    /// The file, `signOn` or `frameRights` is JSON, but no object.
    NotAnObject,
    /// No setting has this name.
    Unknown,
    /// The key stands there twice.
    Repeated,
    /// It must be a text.
    NotText,
    /// It must be a list.
    NotAList,
    /// It must be a whole number within limits.
    NotInRange,
    /// It must be true or false.
    NotYesOrNo,
    /// Without `signOn` the password is the only way in.
    OnlyWayIn,
    /// It must not be empty.
    Empty,
    /// No language such as `en-US`.
    NotALocale,
    /// `landing` is `launcher` or `last-app`.
    NotALanding,
    /// No operation that is meant for servers, by its name in the documentation.
    NotAnOperation,
    /// `openIn` is `shell` or `tab`.
    NotAnOpening,
    /// `ownOriginTabs` is `isolated` or `trusted`.
    NotATrust,
    /// Neither a path that begins with one slash nor an http or https address, or one with a user name; a base
    /// must have no query and no hash either.
    NotAnAddress,
    /// A foreign address must be https (hostile.md 22).
    Insecure,
    /// An origin is scheme and host, such as `https://apps.example.com`.
    NotAnOrigin,
    /// Pages of an origin that is not in `frameOrigins` are in no frame, and the setting would have no effect.
    NotFramed,
    /// Pages of the portal's own origin run with an opaque one and get nothing of the kind (hostile.md 51, 53).
    OwnOrigin,
    /// No right that a frame can be given.
    NotARight,
    /// No name of a scheme, such as `msteams`.
    NotAScheme,
    /// A scheme that is never allowed, or needs no allowing.
    ForbiddenScheme,
}

impl Problem {
    /// The problem in English: whoever writes the file reads its documentation, which is English.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotJson => "the file is not JSON",
            Self::NotAnObject => "must be one JSON object",
            Self::Unknown => "there is no such setting",
            Self::Repeated => "the setting stands there twice",
            Self::NotText => "must be a text",
            Self::NotAList => "must be a list",
            Self::NotInRange => "must be a whole number within the limits of this setting",
            Self::NotYesOrNo => "must be true or false",
            Self::OnlyWayIn => "cannot be false without signOn: nobody could sign in",
            Self::Empty => "must not be empty",
            Self::NotALocale => "must be a language such as en-US",
            Self::NotALanding => "must be launcher or last-app",
            Self::NotAnOpening => "must be shell or tab",
            Self::NotATrust => "must be isolated or trusted",
            Self::NotAnOperation => {
                "must be the name of an operation that is meant for servers, such as Get Unresolved Messages"
            }
            Self::NotAnAddress => {
                "must be a path such as /app-portal-service, or an http or https address, without user name"
            }
            Self::Insecure => "an address on another host must begin with https:",
            Self::NotAnOrigin => "must be scheme and host only, such as https://apps.example.com",
            Self::NotFramed => "has no effect for an origin that is not in frameOrigins",
            Self::OwnOrigin => "cannot be given to the portal's own origin",
            Self::NotARight => "there is no such right",
            Self::NotAScheme => "must be the name of a scheme, such as msteams",
            Self::ForbiddenScheme => "this scheme cannot be allowed",
        }
    }
}
