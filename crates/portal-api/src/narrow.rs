//! Letters as keyboards for Chinese and Japanese write them.

/// The ASCII character that a full-width one stands for; any other character as it is. Full-width forms are in the order
/// of ASCII (Unicode, "Halfwidth and Fullwidth Forms").
pub fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}
