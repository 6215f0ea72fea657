//! Pages of the portal's own origin. In a frame they run with an opaque origin. In a tab of their own nothing takes the
//! portal's origin from them but their server: with it a page reads the storage of the portal and listens to its tabs.

use super::{Address, LaunchPolicy};

/// Whether an address may open in a tab of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TabRule {
    /// It may.
    Free,
    /// Only where its server isolates it; see [`is_isolated`].
    Isolated,
}

impl LaunchPolicy {
    /// Whether an address is of the portal's own origin.
    pub fn is_own(&self, address: &Address) -> bool {
        address.origin() == Some(&*self.portal_origin)
    }

    /// Whether an address may open in a tab of its own.
    pub fn tab_rule(&self, address: &Address) -> TabRule {
        if self.is_own(address) && !self.trusts_own_tabs { TabRule::Isolated } else { TabRule::Free }
    }

    /// Whether an origin is the portal's own but for the encryption.
    pub(super) fn becomes_own(&self, origin: &str) -> bool {
        let Some(host) = origin.strip_prefix("http://").filter(|_| !self.trusts_own_tabs) else {
            return false;
        };
        let Some(own) = self.portal_origin.strip_prefix("https://") else { return false };
        host.strip_suffix(":443").unwrap_or(host) == own
    }
}

/// Whether the content security policy that came with a page takes its origin away. `policy` is the header as a browser
/// gives it: several policies are joined by commas, and each of them holds.
pub fn is_isolated(policy: &str) -> bool {
    policy.split(',').any(takes_origin)
}

/// Of the directives of one name in a policy the first holds.
fn takes_origin(policy: &str) -> bool {
    let mut directives = policy.split(';').map(|directive| directive.split_ascii_whitespace());
    let sandbox = directives.find_map(|mut words| {
        words.next().filter(|name| name.eq_ignore_ascii_case("sandbox"))?;
        Some(words)
    });
    let keeps = |word: &str| {
        ["allow-same-origin", "allow-popups-to-escape-sandbox"]
            .iter()
            .any(|keeps| word.eq_ignore_ascii_case(keeps))
    };
    sandbox.is_some_and(|mut words| !words.any(keeps))
}
