//! Whose messages are heard, where answers go, and who may have a token (hostile.md 50 to 52).

use crate::launch::{Address, LaunchPolicy};
use crate::settings::is_this_computer;

/// What is known of the page in a frame, from the address that the portal put there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trust {
    /// A page of another origin, `https://host:port`: messages come from it and answers go to it alone.
    Origin(String),
    /// A page of the portal's own origin, which the sandbox of its frame takes away (`launch::sandbox`). It is known by
    /// its window alone, and whatever else got into that frame could read the answers.
    Opaque,
}

impl Trust {
    /// The trust in a frame with this address.
    pub fn of(address: &Address, policy: &LaunchPolicy) -> Self {
        match address.origin() {
            Some(origin) if origin != policy.portal_origin => Self::Origin(origin.to_owned()),
            _ => Self::Opaque,
        }
    }

    /// Whether a message with this `origin` can be of the page. That its `source` is the frame's window is for the
    /// browser to say.
    pub fn admits(&self, origin_of_event: &str) -> bool {
        match self {
            Self::Origin(origin) => origin == origin_of_event,
            Self::Opaque => origin_of_event == "null",
        }
    }

    /// The target origin of answers. No window can be named by an opaque origin, so those go to whoever is in the
    /// frame, and never hold a token, or of the person more than name and language.
    pub fn target(&self) -> &str {
        match self {
            Self::Origin(origin) => origin,
            Self::Opaque => "*",
        }
    }
}

/// That an origin may have the access token. Only [`token_grant`] makes one, so that a token cannot get into an answer
/// by mistake.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TokenGrant(String);

impl TokenGrant {
    /// The one target origin that the token may be sent to.
    pub fn origin(&self) -> &str {
        &self.0
    }
}

/// Looks whether a page may have the token: its origin is one of `token_origins`, letter by letter, and nobody on the
/// way can read along (hostile.md 26).
pub fn token_grant(trust: &Trust, token_origins: &[String]) -> Option<TokenGrant> {
    let Trust::Origin(origin) = trust else { return None };
    let granted = token_origins.contains(origin) && is_private(origin);
    granted.then(|| TokenGrant(origin.clone()))
}

/// https, or a host of this computer.
fn is_private(origin: &str) -> bool {
    let Some(authority) = origin.strip_prefix("http://") else { return origin.starts_with("https://") };
    let port = |(_, port): &(&str, &str)| port.bytes().all(|digit| digit.is_ascii_digit());
    is_this_computer(authority.rsplit_once(':').filter(port).map_or(authority, |(host, _)| host))
}
