//! How replies are packed on their way (RFC 9110 8.4). They go to the client as they came; but where the gateway may say
//! that its token has ended, this server has to be able to read that itself.

use std::io::Read as _;

use axum::http::{HeaderMap, HeaderValue, header};

/// Of a packed answer, what it may be unpacked, in bytes: the gateway's own are short.
const MOST: u64 = 16 << 10;
const PLAIN: HeaderValue = HeaderValue::from_static("identity");
const GZIP: HeaderValue = HeaderValue::from_static("gzip");

/// What is asked for of a gateway in place of what the client takes: a coding that both can read, or none.
pub(super) fn readable(came: Option<&HeaderValue>) -> HeaderValue {
    let all = came.and_then(|value| value.to_str().ok()).unwrap_or_default();
    if all.split(',').any(takes_gzip) { GZIP } else { PLAIN }
}

fn takes_gzip(entry: &str) -> bool {
    let mut words = entry.split(';').map(str::trim);
    let named = words.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
    let weight = words.find_map(|word| word.strip_prefix("q=").or_else(|| word.strip_prefix("Q=")));
    named && weight.is_none_or(|weight| weight.parse::<f32>().is_ok_and(|weight| weight > 0.0))
}

/// The text of a whole short body; none where it is packed in a way that nobody asked for, or is no text.
pub(super) fn text(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let bytes = match headers.get(header::CONTENT_ENCODING).map(HeaderValue::as_bytes) {
        None | Some(b"" | b"identity") => body.to_vec(),
        Some(coding) if coding.eq_ignore_ascii_case(b"gzip") || coding.eq_ignore_ascii_case(b"x-gzip") => {
            let mut bytes = Vec::new();
            let packed = flate2::read::GzDecoder::new(body);
            let read = packed.take(MOST).read_to_end(&mut bytes).ok()?;
            // What is longer is none of the gateway's own, and a bomb stops here.
            u64::try_from(read).is_ok_and(|read| read < MOST).then_some(bytes)?
        }
        Some(_) => return None,
    };
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{readable, text};
    use axum::http::{HeaderMap, HeaderValue, header};
    use std::io::Write as _;

    #[test]
    fn only_what_both_can_read_is_asked_for() {
        for (came, expected) in [
            (None, "identity"),
            (Some(""), "identity"),
            (Some("br"), "identity"),
            (Some("*"), "identity"),
            (Some("gzip"), "gzip"),
            (Some("br, GZip ; Q=0.3"), "gzip"),
            (Some("gzip;q=0, br"), "identity"),
            (Some("gzip;q=0.000"), "identity"),
            (Some("gzip;q=x"), "identity"),
            (Some("gzipped"), "identity"),
        ] {
            let came = came.map(HeaderValue::from_static);
            assert_eq!(readable(came.as_ref()), expected, "{came:?}");
        }
    }

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(bytes).expect("packed");
        packed.finish().expect("packed")
    }

    #[test]
    fn a_short_text_is_read_and_a_bomb_is_not() {
        let as_coding =
            |coding| HeaderMap::from_iter([(header::CONTENT_ENCODING, HeaderValue::from_static(coding))]);
        assert_eq!(text(&HeaderMap::new(), b"{}").as_deref(), Some("{}"));
        assert_eq!(text(&as_coding("identity"), b"{}").as_deref(), Some("{}"));
        for coding in ["gzip", "GZIP", "x-gzip"] {
            assert_eq!(
                text(&as_coding(coding), &packed(b"{\"status\":1203}")).as_deref(),
                Some("{\"status\":1203}")
            );
        }
        let bomb = packed(&vec![b' '; 10 << 20]);
        assert_eq!(text(&as_coding("gzip"), &bomb), None);
        assert_eq!(text(&as_coding("gzip"), b"no gzip"), None);
        assert_eq!(text(&as_coding("gzip"), bomb.get(..20).expect("a piece")), None);
        assert_eq!(text(&as_coding("br"), b"{}"), None);
        assert_eq!(text(&HeaderMap::new(), b"\xff"), None);
    }
}
