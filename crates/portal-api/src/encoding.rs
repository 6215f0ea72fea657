//! Percent-encoding of queries and path segments (RFC 3986), in both directions.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Encodes everything but RFC 3986's unreserved characters; good for a path segment, a key and a value.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Decodes `%XX`; `None` where an escape is broken or the bytes are not UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let whole = |escape: &str| escape.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    if !text.split('%').skip(1).all(whole) {
        return None;
    }
    percent_decode_str(text).decode_utf8().ok().map(|text| text.into_owned())
}

/// The pairs of a raw query, without the `?`, as browsers read them: `+` is a space, a broken escape stays as it is, and
/// bytes that are not UTF-8 become U+FFFD.
pub fn parse_query(raw: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(raw.as_bytes()).into_owned().collect()
}

/// Pairs as a raw query, without the `?`. A space is `%20`, which every server reads.
pub fn write_query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let pair = |(key, value): (&str, &str)| encode(key) + "=" + &encode(value);
    pairs.into_iter().map(pair).collect::<Vec<_>>().join("&")
}
