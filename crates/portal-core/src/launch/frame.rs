//! What an application in a frame is told: the members added to its address.

use portal_api::encoding;

use super::Address;

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
