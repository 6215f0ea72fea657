//! What the frame of an application lets it do: what holds for all, and what the deployment gives to some origins
//! besides (`frameRights`). Nothing here lets a page navigate the portal's own tab (hostile.md 53).

use super::{Address, LaunchPolicy};

/// For every frame, in the `sandbox` attribute.
const SANDBOX: &str = "allow-scripts allow-forms allow-popups allow-downloads";
/// For frames of other origins besides: they keep their origin, and so do the windows that they open.
const OTHER_ORIGIN: &str = " allow-popups-to-escape-sandbox allow-same-origin";
/// For every frame, in the `allow` attribute.
const PERMISSIONS: &str = "fullscreen";

/// The words of `frameRights`; the first [`SANDBOXED`] belong into the `sandbox` attribute, the others into `allow`.
const WORDS: [&str; 11] = [
    "modals",
    "pointer-lock",
    "presentation",
    "orientation-lock",
    "storage-access",
    "clipboard-read",
    "clipboard-write",
    "autoplay",
    "screen-wake-lock",
    "encrypted-media",
    "picture-in-picture",
];
const SANDBOXED: usize = 5;

/// Something that pages of an origin may do in a frame beyond what all may.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Right(usize);

impl Right {
    /// The right of this name, as portal.json has it.
    pub fn parse(word: &str) -> Option<Self> {
        WORDS.iter().position(|known| *known == word).map(Self)
    }

    /// All there are.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..WORDS.len()).map(Self)
    }

    /// Its name.
    pub fn word(self) -> &'static str {
        WORDS.get(self.0).copied().unwrap_or_default()
    }

    fn is_sandboxed(self) -> bool {
        self.0 < SANDBOXED
    }
}

/// The `sandbox` attribute of a frame with this address. A page of the portal's own origin runs with an opaque one: with
/// `allow-same-origin` it could reach into the portal and take the sandbox off. A window that it opens inherits the sandbox,
/// or one click would give a page the portal's own origin. It gets no right of `frameRights` either.
pub fn sandbox(address: &Address, policy: &LaunchPolicy) -> String {
    let mut out = SANDBOX.to_owned();
    if !policy.is_own(address) {
        out.push_str(OTHER_ORIGIN);
    }
    for right in rights(address, policy).filter(|right| right.is_sandboxed()) {
        out.push_str(" allow-");
        out.push_str(right.word());
        if right.word() == "storage-access" {
            // A press in the page is needed all the same.
            out.push_str("-by-user-activation");
        }
    }
    out
}

/// The `allow` attribute of a frame with this address.
pub fn permissions(address: &Address, policy: &LaunchPolicy) -> String {
    let mut out = PERMISSIONS.to_owned();
    for right in rights(address, policy).filter(|right| !right.is_sandboxed()) {
        out.push_str("; ");
        out.push_str(right.word());
    }
    out
}

fn rights<'p>(address: &Address, policy: &'p LaunchPolicy) -> impl Iterator<Item = Right> + 'p {
    let origin = address.origin().filter(|origin| *origin != policy.portal_origin);
    let listed = policy.rights.iter().find(|(listed, _)| Some(&**listed) == origin);
    listed.into_iter().flat_map(|(_, rights)| rights.iter().copied())
}
