//! A keyed checksum and base64url, in a few lines: the wasm has no room for a cryptography library.
//!
//! The key is in this file, so a checksum here only finds damage and clumsy forgery. It protects nothing, and
//! nothing here needs protection: the service is a demonstration with printed passwords.

const KEY: &[u8] = b"app-portal demonstration, not a secret";
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A checksum of 64 bits under the fixed key: FNV-1a, with the finish of MurmurHash3 to spread the bits.
pub(crate) fn keyed(purpose: u8, parts: &[&[u8]]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut feed = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    KEY.iter().chain(&[purpose]).for_each(|byte| feed(*byte));
    for part in parts {
        part.iter().for_each(|byte| feed(*byte));
        feed(0xff);
    }
    mix(hash)
}

/// Spreads every bit of a number over all others.
pub(crate) fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let number = (number ^ (number >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    number ^ (number >> 33)
}

/// Bytes as base64url without padding (RFC 4648 §5).
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = (0..3).fold(0_u32, |sum, at| sum << 8 | u32::from(chunk.get(at).copied().unwrap_or(0)));
        for place in 0..=chunk.len() {
            let index = usize::try_from(group >> (18 - 6 * place) & 63).unwrap_or(0);
            out.push(char::from(*ALPHABET.get(index).unwrap_or(&b'A')));
        }
    }
    out
}

/// The inverse of [`to_base64`]; `None` for anything else.
pub(crate) fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    for chunk in text.as_bytes().chunks(4) {
        let mut group = 0_u32;
        for at in 0..4 {
            let digit = match chunk.get(at) {
                Some(byte) => ALPHABET.iter().position(|letter| letter == byte)?,
                None => 0,
            };
            group = group << 6 | u32::try_from(digit).ok()?;
        }
        let [_, bytes @ ..] = group.to_be_bytes();
        out.extend_from_slice(bytes.get(..chunk.len().checked_sub(1)?)?);
    }
    // A last digit can carry bits that stand for nothing; only one spelling is a token.
    (to_base64(&out) == text).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::{from_base64, to_base64};
    use proptest::prelude::{any, prop_assert_eq, proptest};

    proptest! {
        // Tokens are read back from what was written, whatever their length.
        #[test]
        fn base64_round_trip(bytes: Vec<u8>) {
            prop_assert_eq!(from_base64(&to_base64(&bytes)), Some(bytes));
        }

        #[test]
        fn base64_is_total_and_has_one_spelling(text in any::<String>()) {
            if let Some(bytes) = from_base64(&text) {
                prop_assert_eq!(to_base64(&bytes), text);
            }
        }
    }
}
