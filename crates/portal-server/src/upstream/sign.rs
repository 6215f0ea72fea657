//! The signature that the gateway wants of each call (contract.md 0.3). Pure: token, time and secret come in.

use core::fmt;
use core::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// The application's secret key. It has no `Display`, `Debug` does not show it, and its memory is wiped.
#[derive(Clone)]
pub(crate) struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text of a file or a variable: white space at the ends is the editor's, not the secret's. `None` where
    /// nothing is left, or something that is no visible ASCII.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let secret = text.trim();
        let good = !secret.is_empty() && secret.bytes().all(|byte| byte.is_ascii_graphic());
        good.then(|| Self(Zeroizing::new(secret.to_owned())))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The application that signs.
#[derive(Clone, Debug)]
pub(crate) struct Application {
    /// Its access key, which is no secret.
    pub(crate) key: String,
    pub(crate) secret: Secret,
}

impl Application {
    /// `encryption` of a call for a token: `sha256(appKey + timestamp + appSecret)`.
    pub(super) fn encryption(&self, timestamp: &str) -> String {
        digest([self.key.as_bytes(), timestamp.as_bytes(), self.secret.0.as_bytes()])
    }

    /// `apim-signature`: `sha256(gatewayToken + query + body + timestamp + appSecret)`, the query as its keys and values
    /// in the order in which they are sent, which is that of [`sorted`].
    pub(super) fn signature(
        &self,
        token: &str,
        query: &[(String, String)],
        body: &[u8],
        timestamp: &str,
    ) -> String {
        let pairs = query.iter().flat_map(|(key, value)| [key.as_bytes(), value.as_bytes()]);
        let ends = [body, timestamp.as_bytes(), self.secret.0.as_bytes()];
        digest([token.as_bytes()].into_iter().chain(pairs).chain(ends))
    }
}

/// The pairs by key, and those of one key by value. The contract says nothing of keys that are repeated; since the
/// query is sent in this very order, a gateway that keeps the order of repeated keys computes the same.
pub(super) fn sorted(mut query: Vec<(String, String)>) -> Vec<(String, String)> {
    query.sort();
    query
}

/// SHA-256 of the parts one after the other, in lower-case hexadecimal digits.
fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a text cannot fail.
        let _written = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::{Application, Secret, sorted};
    use proptest::prelude::*;
    use sha2::{Digest as _, Sha256};

    fn application() -> Application {
        Application { key: "key".to_owned(), secret: Secret::parse("secret").expect("a secret") }
    }

    /// The formula of the contract as one text, in other words than the code.
    fn plainly(token: &str, query: &[(String, String)], body: &str, timestamp: &str) -> String {
        let mut pairs: Vec<_> = query.iter().collect();
        pairs.sort_by(|one, other| one.0.cmp(&other.0).then(one.1.cmp(&other.1)));
        let query: String = pairs.iter().map(|(key, value)| format!("{key}{value}")).collect();
        let text = format!("{token}{query}{body}{timestamp}secret");
        Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    // Values that `printf '%s' … | sha256sum` gives.
    #[test]
    fn signatures_are_those_of_other_programs() {
        let application = application();
        assert_eq!(
            application.encryption("1700000000000"),
            "ee412f504f93d283888979ab4f37e98beb471243575d468a4048c57285abad84"
        );
        let query = sorted(vec![("b".to_owned(), "2".to_owned()), ("a".to_owned(), "é".to_owned())]);
        assert_eq!(
            application.signature("token", &query, br#"{"x":1}"#, "1700000000000"),
            "5490dff349e8fdc2956ac520d6ece922326925063456d97e41295f3db47637d1"
        );
    }

    #[test]
    fn a_secret_is_visible_text_that_nobody_sees() {
        assert_eq!(format!("{:?}", Secret::parse(" s3cret\n").expect("a secret")), "Secret(…)");
        for text in ["", " \n", "two words", "tab\tin", "ünicode"] {
            assert!(Secret::parse(text).is_none(), "{text:?}");
        }
    }

    proptest! {
        // Empty bodies, letters of any language, keys that are repeated, large bodies.
        #[test]
        fn any_call_is_signed_as_the_formula_says(
            token in "[A-Za-z0-9]{1,40}",
            query in prop::collection::vec(("[a-c]{1,2}|\\PC{0,8}", "\\PC{0,12}"), 0..8),
            body in prop_oneof![Just(String::new()), "\\PC{0,200}", "[ -~]{4000,9000}"],
            timestamp in 0_u64..4_000_000_000_000,
        ) {
            let timestamp = timestamp.to_string();
            let signed = application().signature(&token, &sorted(query.clone()), body.as_bytes(), &timestamp);
            prop_assert_eq!(&signed, &plainly(&token, &query, &body, &timestamp));
            // The order in which the client wrote its query changes nothing.
            let mut turned = query;
            turned.reverse();
            prop_assert_eq!(signed, application().signature(&token, &sorted(turned), body.as_bytes(), &timestamp));
        }

        #[test]
        fn one_byte_makes_another_signature(body in prop::collection::vec(any::<u8>(), 1..300), at in any::<prop::sample::Index>(), bit in 0_u8..8) {
            let signed = application().signature("token", &[], &body, "1");
            let mut other = body;
            let place = at.index(other.len());
            other[place] ^= 1 << bit;
            prop_assert_ne!(signed, application().signature("token", &[], &other, "1"));
        }
    }
}
