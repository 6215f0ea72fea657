//! Tokens that describe themselves: user, organization, end, checksum. So they outlive a reload of the page and of
//! the service in it, and a service without memory still knows whose they are (contract.md 0.4).

use serde_json::{Value, json};

use crate::checksum::{from_base64, keyed, mix, to_base64};

const ACCESS_PREFIX: &str = "APP_PORTAL_S_";
/// How long refresh tokens live: 30 days (contract.md 0.4).
pub(crate) const REFRESH_LIFETIME_SECONDS: i64 = 30 * 24 * 3600;
/// The latest end that five bytes can hold: the year 36812.
const LATEST: i64 = (1 << 40) - 1;
const USER: u8 = 1;
const ORGANIZATION: u8 = 2;
const ACCESS: u8 = 3;
const REFRESH: u8 = 4;

/// What an access token says. Users and organizations are named by a checksum of their ids: 24 bytes is all that
/// the 45 characters of a token can hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Access {
    /// See [`user_mark`].
    pub(crate) user: u32,
    /// See [`organization_mark`]; nought before an organization is chosen.
    pub(crate) organization: u32,
    /// When it ends, in seconds since 1970.
    pub(crate) expires: i64,
    /// Tells this token from all others, and tells nothing about it.
    pub(crate) mark: u64,
}

/// The user's part of an access token.
pub(crate) fn user_mark(id: &str) -> u32 {
    short(keyed(USER, &[id.as_bytes()]))
}

/// The organization's part of an access token; never nought.
pub(crate) fn organization_mark(id: &str) -> u32 {
    short(keyed(ORGANIZATION, &[id.as_bytes()])).max(1)
}

fn short(number: u64) -> u32 {
    u32::try_from(number >> 32).unwrap_or(0)
}

/// Writes an access token. `variety` makes two tokens of the same second differ.
pub(crate) fn write_access(user: u32, organization: u32, expires: i64, variety: u64) -> String {
    let [_, _, _, expires @ ..] = u64::try_from(expires.clamp(0, LATEST)).unwrap_or(0).to_be_bytes();
    let [_, _, _, _, _, variety @ ..] = mix(variety).to_be_bytes();
    let mut bytes = Vec::with_capacity(24);
    bytes.extend_from_slice(&user.to_be_bytes());
    bytes.extend_from_slice(&organization.to_be_bytes());
    bytes.extend_from_slice(&expires);
    bytes.extend_from_slice(&variety);
    let mark = keyed(ACCESS, &[&bytes]);
    bytes.extend_from_slice(&mark.to_be_bytes());
    format!("{ACCESS_PREFIX}{}", to_base64(&bytes))
}

/// Reads an access token, whether or not it has ended; `None` for one that this service never wrote.
pub(crate) fn read_access(token: &str) -> Option<Access> {
    let bytes = from_base64(token.strip_prefix(ACCESS_PREFIX)?)?;
    let (signed, checksum) = bytes.split_last_chunk::<8>()?;
    let mark = u64::from_be_bytes(*checksum);
    if signed.len() != 16 || keyed(ACCESS, &[signed]) != mark {
        return None;
    }
    let (user, rest) = signed.split_first_chunk::<4>()?;
    let (organization, rest) = rest.split_first_chunk::<4>()?;
    let expires = rest.first_chunk::<5>()?.iter().fold(0_i64, |sum, byte| sum << 8 | i64::from(*byte));
    Some(Access {
        user: u32::from_be_bytes(*user),
        organization: u32::from_be_bytes(*organization),
        expires,
        mark,
    })
}

/// What a refresh token says; bound to one organization (contract.md 0.4).
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Refresh {
    pub(crate) user: String,
    pub(crate) organization: String,
    /// When it was written, in seconds since 1970.
    pub(crate) issued: i64,
    /// When it ends, in seconds since 1970.
    pub(crate) expires: i64,
}

/// Names for the claims of a refresh token that only a person reads.
pub(crate) struct Names<'a> {
    pub(crate) user: &'a str,
    pub(crate) organization: &'a str,
    pub(crate) admin: bool,
}

/// Writes a refresh token in the shape of a JWT, with the claims of contract.md 0.4.
pub(crate) fn write_refresh(refresh: &Refresh, names: &Names<'_>, variety: u64) -> String {
    let claims = json!({
        "sub": refresh.user,
        "userId": refresh.user,
        "userName": names.user,
        "adminLevel": i32::from(names.admin),
        "iss": "APP-PORTAL",
        "workingOrganizationId": refresh.organization,
        "workingOrganizationName": names.organization,
        "iat": refresh.issued,
        "exp": refresh.expires,
        "jti": format!("{:016x}", mix(variety)),
    });
    let header = to_base64(br#"{"typ":"JWT","alg":"HS256"}"#);
    let signed = format!("{header}.{}", to_base64(claims.to_string().as_bytes()));
    let signature = signature(&signed);
    format!("{signed}.{signature}")
}

/// Reads a refresh token, whether or not it has ended; `None` for one that this service never wrote.
pub(crate) fn read_refresh(token: &str) -> Option<Refresh> {
    let (signed, given) = token.rsplit_once('.')?;
    if signature(signed) != given {
        return None;
    }
    let (_, claims) = signed.split_once('.')?;
    let claims: Value = serde_json::from_slice(&from_base64(claims)?).ok()?;
    let text = |key: &str| claims.get(key).and_then(Value::as_str).map(str::to_owned);
    let seconds = |key: &str| claims.get(key).and_then(Value::as_i64);
    Some(Refresh {
        user: text("userId")?,
        organization: text("workingOrganizationId")?,
        issued: seconds("iat")?,
        expires: seconds("exp")?,
    })
}

/// 32 bytes, as long as the signature that its header promises.
fn signature(signed: &str) -> String {
    let bytes: Vec<u8> =
        (0..4_u8).flat_map(|part| keyed(REFRESH + part, &[signed.as_bytes()]).to_be_bytes()).collect();
    to_base64(&bytes)
}

#[cfg(test)]
mod tests {
    use super::{Names, Refresh, read_access, read_refresh, write_access, write_refresh};
    use proptest::prelude::{any, prop_assert_eq, proptest};

    // contract.md 0.4: APP_PORTAL_S_ and 32 characters, 45 in all.
    #[test]
    fn access_tokens_have_the_documented_form() {
        let token = write_access(1, 2, 1_800_000_000, 3);
        assert_eq!((token.len(), token.starts_with("APP_PORTAL_S_")), (45, true), "{token}");
        assert_ne!(token, write_access(1, 2, 1_800_000_000, 4));
    }

    proptest! {
        #[test]
        fn access_tokens_say_what_was_written(user: u32, organization: u32, expires in 0..1_i64 << 40, variety: u64) {
            let read = read_access(&write_access(user, organization, expires, variety)).unwrap();
            prop_assert_eq!((read.user, read.organization, read.expires), (user, organization, expires));
        }

        #[test]
        fn refresh_tokens_say_what_was_written(user: String, organization: String, issued: i64, expires: i64) {
            let refresh = Refresh { user, organization, issued, expires };
            let names = Names { user: "Ann", organization: "风", admin: false };
            prop_assert_eq!(read_refresh(&write_refresh(&refresh, &names, 1)), Some(refresh));
        }

        // Any one character changed makes it a token that the service never wrote.
        #[test]
        fn damage_is_found(at in 0..45_usize, other in "[A-Za-z0-9_-]") {
            let token = write_access(1, 2, 1_800_000_000, 3);
            let mut damaged = token.clone();
            damaged.replace_range(at..=at, &other);
            prop_assert_eq!(read_access(&damaged).is_some(), damaged == token);
        }

        #[test]
        fn reading_is_total(text in any::<String>()) {
            let _ = read_access(&text);
            let _ = read_access(&format!("APP_PORTAL_S_{text}"));
            let _ = read_refresh(&text);
        }
    }
}
