//! What an application in a frame gets: the members added to its address, and what its frame lets it do.

use portal_api::encoding;

use super::{Address, LaunchPolicy};

/// hostile.md 53. Nothing here lets a page navigate the portal's own tab.
const SANDBOX: &str =
    "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads allow-same-origin";
/// For a page of the portal's own origin: with `allow-same-origin` it could reach into the portal and take the
/// sandbox off.
const SANDBOX_OWN_ORIGIN: &str =
    "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads";

/// What the portal tells a framed page about its place (contract.md 4.1). Never a token (hostile.md 26).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FrameContext<'a> {
    /// The application's id.
    pub app_id: &'a str,
    /// The menu entry's identifier.
    pub menu_code: Option<&'a str>,
    /// The id of the application's category.
    pub category_id: Option<&'a str>,
    /// The state of a deep link, decoded.
    pub state: Option<&'a str>,
    /// The language, as `en-US`.
    pub locale: &'a str,
}

/// The address of a frame: appId, menuCode, categoryId, state and locale added to the query, before the hash.
pub fn frame_address(address: &Address, context: &FrameContext<'_>) -> String {
    let (body, hash) = match address.0.split_once('#') {
        Some((body, hash)) => (body, Some(hash)),
        None => (address.0.as_str(), None),
    };
    let mut out = String::from(body);
    let members = [
        ("appId", Some(context.app_id)),
        ("menuCode", context.menu_code),
        ("categoryId", context.category_id),
        ("state", context.state),
        ("locale", Some(context.locale)),
    ];
    for (key, value) in members {
        let Some(value) = value else { continue };
        if !out.contains('?') {
            out.push('?');
        } else if !out.ends_with(['?', '&']) {
            out.push('&');
        }
        out.push_str(key);
        out.push('=');
        out.push_str(&encoding::encode(value));
    }
    if let Some(hash) = hash {
        out.push('#');
        out.push_str(hash);
    }
    out
}

/// The `sandbox` attribute of a frame with this address.
pub fn sandbox(address: &Address, policy: &LaunchPolicy) -> &'static str {
    let after = address.0.strip_prefix(policy.portal_origin.as_str());
    // A longer host name begins with the same letters: the origin ends where the path begins.
    let own = after.is_some_and(|after| after.is_empty() || after.starts_with(['/', '?', '#']));
    if own { SANDBOX_OWN_ORIGIN } else { SANDBOX }
}
