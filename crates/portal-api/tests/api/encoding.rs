//! Percent-encoding: laws that hold for every text.

use portal_api::encoding::{decode, encode, parse_query, write_query};
use proptest::prelude::*;

proptest! {
    #[test]
    fn what_is_encoded_decodes_to_itself(text in any::<String>()) {
        let encoded = encode(&text);
        prop_assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)));
        prop_assert_eq!(decode(&encoded), Some(text));
    }

    #[test]
    fn queries_round_trip(pairs in proptest::collection::vec(any::<(String, String)>(), 0..6)) {
        let raw = write_query(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())));
        prop_assert_eq!(parse_query(&raw), pairs);
    }

    #[test]
    fn any_text_is_read_without_panic(text in any::<String>()) {
        let _ = decode(&text);
        let pairs = parse_query(&text);
        prop_assert!(pairs.len() <= text.split('&').count());
    }
}

#[test]
fn broken_escapes() {
    for broken in ["%", "%4", "%G0", "%+1", "%ff", "a%C3", "%u0041", "%é0"] {
        assert_eq!(decode(broken), None, "{broken}");
        // As browsers read a query: bytes that are no text are marked, and everything else stays.
        let read = broken.replace('+', " ").replace("%ff", "\u{fffd}").replace("%C3", "\u{fffd}");
        assert_eq!(parse_query(broken)[0].0, read, "{broken}");
    }
    assert_eq!(decode("%41%c3%A9+").as_deref(), Some("Aé+"));
    assert_eq!(
        parse_query("a=b+c%2B&&d&=e&f=g=h"),
        [("a", "b c+"), ("d", ""), ("", "e"), ("f", "g=h")].map(|(k, v)| (k.to_owned(), v.to_owned()))
    );
}
