//! An id as one segment of a path.
//!
//! Percent-encoding does for every id but two: a browser takes the segments `.` and `..` as steps, written as
//! `%2E` too, and removes them. So `.` and `..` stand in an address as `~.` and `~..`, and an id that already
//! looks like that gets one more tilde. All other ids are written as the EnOS portal writes them.

use portal_api::encoding;

/// Writes an id. Never empty for an id that is not, and never a step.
pub(super) fn write(id: &str) -> String {
    let plain = encoding::encode(id);
    if dots_after_tildes(id) { format!("~{plain}") } else { plain }
}

/// Reads a raw segment; `None` where its escapes are broken.
pub(super) fn read(raw: &str) -> Option<String> {
    let plain = encoding::decode(raw)?;
    match plain.strip_prefix('~') {
        Some(id) if dots_after_tildes(id) => Some(id.to_owned()),
        _ => Some(plain),
    }
}

/// Any number of tildes, then one or two dots.
fn dots_after_tildes(id: &str) -> bool {
    matches!(id.trim_start_matches('~'), "." | "..")
}
