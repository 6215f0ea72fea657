//! Repairs of single characters, so that one bad name does not cost the list. The grammar of JSON stays as strict
//! as it is (contract.md §6, 19).

/// A member name that serde_json takes for itself: an object that begins with it is not read as an object, and a
/// reply that holds one could not be read at all.
const RESERVED: &str = "$serde_json::private::Number";

/// The body with its broken characters replaced; `None` where there is nothing to repair.
///
/// Bytes that are no UTF-8 become U+FFFD, as they do in `fetch(..).json()`. So does half of a surrogate pair, which
/// a text cut in the middle of an emoji leaves: it is JSON by the grammar, but no text.
pub(crate) fn repair(body: &[u8]) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(body);
    let plain = escapes(text.as_bytes());
    let whole = String::from_utf8(plain).ok()?.replace(RESERVED, "$");
    (whole.as_bytes() != body).then(|| whole.into_bytes())
}

fn escapes(body: &[u8]) -> Vec<u8> {
    let unit = |at: usize| -> Option<u16> {
        let escape = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(core::str::from_utf8(escape).ok()?, 16).ok()
    };
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        let step = match unit(at) {
            Some(0xD800..=0xDBFF) if matches!(unit(at + 6), Some(0xDC00..=0xDFFF)) => 12,
            Some(0xD800..=0xDFFF) => {
                out.extend_from_slice(b"\\uFFFD");
                at += 6;
                continue;
            }
            // Written plainly, so that the reserved name has one spelling.
            Some(plain @ (0x24 | 0x3A | 0x41..=0x5A | 0x5F | 0x61..=0x7A)) => {
                out.extend(u8::try_from(plain));
                at += 6;
                continue;
            }
            Some(_) => 6,
            // An escape of another kind is two bytes: `\\u` is a backslash and a letter.
            None if byte == b'\\' => 2,
            None => 1,
        };
        out.extend_from_slice(body.get(at..(at + step).min(body.len())).unwrap_or_default());
        at += step;
    }
    out
}
