//! Which addresses may be opened, and how: the one policy for tiles, menu entries, messages and frames.
//!
//! Addresses come from the service and are not trusted. The decision is made on the parts that an address parser
//! gives, never on the text, because browsers drop tabs and controls before they read it (hostile.md 2).

mod frame;
mod own;
mod rights;

use portal_api::Application;

pub use frame::{FrameContext, frame_address};
pub use own::{TabRule, is_isolated};
pub use rights::{Right, permissions, sandbox};

use crate::names::is_unseen;
use crate::text::Text;

/// The longest address that is looked at, in bytes (hostile.md 6).
pub const MAX_ADDRESS_BYTES: usize = 8 * 1024;

/// Schemes that a deployment cannot allow: they run script in, or read from, the page that opens them, or no
/// browser opens them from a page.
pub(crate) const NEVER: [&str; 8] =
    ["javascript", "vbscript", "data", "blob", "filesystem", "about", "view-source", "file"];

/// The parts of a parsed address that the policy looks at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parts {
    /// In lower case, without the colon.
    pub scheme: String,
    /// Whether the address carries a user name or a password.
    pub username: bool,
    /// The host without the port, empty where the scheme has none.
    pub host: String,
    /// `https://host:port` without a default port, or `null`.
    pub origin: String,
    /// The whole address as the parser writes it.
    pub href: String,
}

/// Reads addresses: the browser's own `URL` in the page, the `url` crate in tests (hostile.md §1.2, ASVS 1.5.3).
pub trait ParseAddress {
    /// The parts of `address`, read relative to `base`; `None` where it is no address.
    fn parse(&self, address: &str, base: &str) -> Option<Parts>;
}

impl<F: Fn(&str, &str) -> Option<Parts>> ParseAddress for F {
    fn parse(&self, address: &str, base: &str) -> Option<Parts> {
        self(address, base)
    }
}

/// What a deployment allows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LaunchPolicy {
    /// The portal's own origin.
    pub portal_origin: String,
    /// The absolute address that relative ones are read against: the portal's origin and base path, unless
    /// portal.json says otherwise.
    pub application_base: String,
    /// Origins besides the portal's own that may stand in a frame.
    pub frame_origins: Vec<String>,
    /// Schemes besides http and https, in lower case without the colon; opened in a new tab only.
    pub schemes: Vec<String>,
    /// What pages of some origins may do in a frame beyond what all may. Those of the portal's own origin never may.
    pub rights: Vec<(String, Vec<Right>)>,
    /// Whether pages of the portal's own origin may open in a tab of their own without being asked for their sandbox.
    pub trusts_own_tabs: bool,
}

/// An address that passed the policy. Only [`decide`] makes one.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Address(String);

impl Address {
    /// The whole address, as the parser wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its origin, `https://host:port` as parsers write it; `None` for schemes that have none. There is no user name in
    /// it: [`decide`] refuses those.
    pub fn origin(&self) -> Option<&str> {
        let scheme = ["https://", "http://"].into_iter().find(|scheme| self.0.starts_with(scheme))?;
        let host = self.0.get(scheme.len()..)?;
        let end = scheme.len() + host.find(['/', '?', '#']).unwrap_or(host.len());
        self.0.get(..end)
    }
}

/// Why an address opens in a new tab and not in a frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NewTabReason {
    /// `http:` from an https portal; said on the tile (hostile.md 14).
    Insecure,
    /// The origin is not in the frame list.
    OtherOrigin,
    /// A scheme that the deployment allows; another program opens it.
    Scheme,
    /// The deployment wants tiles to open in a new tab; see [`Launch::in_tab`].
    Wanted,
}

/// Why an address is refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// It would run a script in the portal (hostile.md 1).
    Script,
    /// A scheme that is not allowed, named.
    Scheme(String),
    /// It carries a user name or password, which hides the true host (hostile.md 5).
    Credentials,
    /// It is the portal's own host without encryption. A browser or server that leads it to https makes it a page of the
    /// portal's own origin, outside of any frame.
    OwnHost,
    /// No parser can read it.
    Unreadable,
    /// Longer than [`MAX_ADDRESS_BYTES`].
    TooLong,
}

/// What opening an application or a menu entry does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Launch {
    /// It opens in a frame of the portal.
    Frame(Address),
    /// It opens in a new tab.
    NewTab(Address, NewTabReason),
    /// It has an address that is not opened.
    Refused(Refusal),
    /// The administrator switched the application off (experience.md, "What can be opened").
    Disabled,
    /// It has no address.
    NoAddress,
}

impl Launch {
    /// The address, where it can be opened.
    pub fn address(&self) -> Option<&Address> {
        match self {
            Self::Frame(address) | Self::NewTab(address, _) => Some(address),
            Self::Refused(_) | Self::Disabled | Self::NoAddress => None,
        }
    }

    /// The same for a tile of a deployment that opens applications in a new tab (`openIn`). One without an address of
    /// its own stays in the portal, where its menu is; so does a page of the portal's own origin, whose tab has to be
    /// asked for first.
    #[must_use]
    pub fn in_tab(self, policy: &LaunchPolicy) -> Self {
        match self {
            Self::Frame(address) if policy.tab_rule(&address) == TabRule::Free => {
                Self::NewTab(address, NewTabReason::Wanted)
            }
            other => other,
        }
    }

    /// What the tile says about it: why it cannot be opened, or that it leaves the portal's tab. A text with the
    /// placeholder `{scheme}` takes [`Launch::scheme`].
    pub fn reason(&self) -> Option<Text> {
        Some(match self {
            Self::Frame(_) => return None,
            Self::NewTab(_, NewTabReason::Insecure) => Text::LaunchInsecure,
            Self::NewTab(_, NewTabReason::OtherOrigin | NewTabReason::Wanted) => Text::LaunchNewTab,
            Self::NewTab(_, NewTabReason::Scheme) => Text::LaunchOtherProgram,
            Self::Refused(Refusal::Script) => Text::RefusedScript,
            Self::Refused(Refusal::Scheme(_)) => Text::RefusedScheme,
            Self::Refused(Refusal::Credentials) => Text::RefusedCredentials,
            Self::Refused(Refusal::OwnHost) => Text::RefusedOwnHost,
            Self::Refused(Refusal::Unreadable) => Text::RefusedUnreadable,
            Self::Refused(Refusal::TooLong) => Text::RefusedTooLong,
            Self::Disabled => Text::LaunchDisabled,
            Self::NoAddress => Text::LaunchNoAddress,
        })
    }

    /// The scheme that was refused.
    pub fn scheme(&self) -> Option<&str> {
        match self {
            Self::Refused(Refusal::Scheme(scheme)) => Some(scheme),
            _ => None,
        }
    }
}

/// Decides on an address as sent. Relative addresses belong to [`LaunchPolicy::application_base`]: `/x` stands
/// below its path, so that a portal at `/demo/` finds `/apps/a.html` at `/demo/apps/a.html`.
pub fn decide(policy: &LaunchPolicy, parser: &dyn ParseAddress, raw: Option<&str>) -> Launch {
    // A browser takes away blanks and controls around an address itself; a no-break space or a byte order mark before
    // a scheme would make a path of it (hostile.md 2).
    let raw = raw.unwrap_or_default().trim_matches(|c: char| c.is_whitespace() || is_unseen(c));
    if raw.is_empty() {
        return Launch::NoAddress;
    }
    if raw.len() > MAX_ADDRESS_BYTES {
        return Launch::Refused(Refusal::TooLong);
    }
    match resolve(policy, parser, raw) {
        Some(parts) => judge(policy, parts),
        None => Launch::Refused(Refusal::Unreadable),
    }
}

/// What opening an application does: nothing where it is switched off, else what its address says. An
/// application without address ([`Launch::NoAddress`]) opens its first menu entry; the caller knows the menus.
pub fn application_launch(policy: &LaunchPolicy, parser: &dyn ParseAddress, app: &Application) -> Launch {
    if app.enabled { decide(policy, parser, app.address.as_deref()) } else { Launch::Disabled }
}

fn judge(policy: &LaunchPolicy, parts: Parts) -> Launch {
    let scheme = parts.scheme.as_str();
    if scheme == "javascript" || scheme == "vbscript" {
        return Launch::Refused(Refusal::Script);
    }
    let web = scheme == "https" || scheme == "http";
    let listed = policy.schemes.iter().any(|allowed| allowed == scheme) && !NEVER.contains(&scheme);
    if !web && !listed {
        return Launch::Refused(Refusal::Scheme(parts.scheme));
    }
    if parts.username {
        return Launch::Refused(Refusal::Credentials);
    }
    if web && parts.host.is_empty() {
        return Launch::Refused(Refusal::Unreadable);
    }
    let address = Address(parts.href);
    if !web {
        Launch::NewTab(address, NewTabReason::Scheme)
    } else if parts.origin == policy.portal_origin {
        Launch::Frame(address)
    } else if policy.becomes_own(&parts.origin) {
        Launch::Refused(Refusal::OwnHost)
    } else if scheme == "http" && policy.portal_origin.starts_with("https:") {
        // A browser does not load it into a frame of an https page, listed or not.
        Launch::NewTab(address, NewTabReason::Insecure)
    } else if policy.frame_origins.contains(&parts.origin) {
        Launch::Frame(address)
    } else {
        Launch::NewTab(address, NewTabReason::OtherOrigin)
    }
}

fn resolve(policy: &LaunchPolicy, parser: &dyn ParseAddress, raw: &str) -> Option<Parts> {
    let base = policy.application_base.trim_end_matches('/');
    let parts = parser.parse(raw, &format!("{base}/"))?;
    if !root_relative(raw) {
        return Some(parts);
    }
    // The parsed path, in which no ".." is left: "/../x" does not climb out of the application base.
    let path = parts.href.strip_prefix(parts.origin.as_str())?;
    parser.parse(&format!("{base}{path}"), base)
}

/// Whether the address begins with exactly one slash, as a parser reads it. This only says where a path is put;
/// whether it may be opened is decided on what the parser made of it.
fn root_relative(raw: &str) -> bool {
    let slash = |c: char| c == '/' || c == '\\';
    let raw = raw.trim_start_matches(|c: char| c <= ' ');
    let mut seen = raw.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r'));
    seen.next().is_some_and(slash) && !seen.next().is_some_and(slash)
}
