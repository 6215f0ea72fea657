//! Finding by name: without regard to case, accents, width of letters and blanks.
//!
//! Names are folded once; a key press then costs a plain text search (hostile.md 71).

use crate::catalog::order;
use core::ops::Range;

use crate::names::is_unseen;

/// What folded texts that belong to one entry are joined by. No folded text holds it.
pub(crate) const SEPARATOR: char = '\n';

/// The form in which texts are compared: lower case, full-width letters as ASCII, Latin letters without their
/// marks, each run of blanks as one, none at the ends, nothing that cannot be seen.
pub fn fold(text: &str) -> String {
    // Most names are nothing else, and 10,000 of them are folded before the first tile stands.
    if is_plain(text) {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        fold_char(c, &mut |plain| {
            if blank && !folded.is_empty() {
                folded.push(' ');
            }
            blank = false;
            folded.push(plain);
        });
    }
    folded
}

/// Whether the text is of visible ASCII letters and single blanks between them, so that only the case can change.
fn is_plain(text: &str) -> bool {
    let mut before = b' ';
    let good = |byte| {
        let good = matches!(byte, b' '..=b'~') && (byte, before) != (b' ', b' ');
        before = byte;
        good
    };
    text.bytes().all(good) && before != b' '
}

/// Whether each word of the query occurs in the text. Both are folded; an empty query occurs everywhere.
pub fn matches(folded_text: &str, folded_query: &str) -> bool {
    folded_query.split(' ').all(|word| folded_text.contains(word))
}

/// The parts of a name to mark for a query, both as written: byte ranges on character boundaries, sorted, apart
/// from each other.
pub fn marks(name: &str, query: &str) -> Vec<Range<usize>> {
    let query = fold(query);
    let mut marks = Vec::new();
    if query.is_empty() {
        return marks;
    }
    // The place in the name that each byte of the folded name comes from.
    let mut folded = String::with_capacity(name.len());
    let mut places = Vec::with_capacity(name.len());
    for (place, c) in name.char_indices() {
        let c = if c.is_whitespace() { ' ' } else { c };
        fold_char(c, &mut |plain| {
            folded.push(plain);
            places.resize(folded.len(), place);
        });
    }
    for word in query.split(' ') {
        for (start, found) in folded.match_indices(word) {
            let end = start + found.len();
            let (Some(&first), Some(&last)) = (places.get(start), places.get(end - 1)) else { continue };
            // Up to the next character that left a trace: an accent of its own stays with its letter.
            let mut after = places.iter().skip(end).copied();
            marks.push(first..after.find(|&place| place > last).unwrap_or(name.len()));
        }
    }
    merged(marks)
}

fn merged(ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let start = |index: usize| ranges.get(index).map(|range| range.start);
    let in_order = order::sorted(ranges.len(), &|a, b| start(a).cmp(&start(b)));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in in_order.into_iter().filter_map(|index| ranges.get(index).cloned()) {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Gives what one character folds to: nothing, one character, or two. Looks at no neighbour, so that what is found
/// in a folded name can be led back to the name.
fn fold_char(c: char, put: &mut dyn FnMut(char)) {
    let narrow = portal_api::narrow(c);
    if matches!(narrow, ' '..='~') {
        return put(narrow.to_ascii_lowercase());
    }
    for c in narrow.to_lowercase() {
        let (first, second) = match c {
            'ß' => ('s', Some('s')),
            'æ' | 'ǣ' | 'ǽ' => ('a', Some('e')),
            'œ' => ('o', Some('e')),
            'þ' => ('t', Some('h')),
            'ĳ' => ('i', Some('j')),
            'ς' => ('σ', None),
            '\u{300}'..='\u{36F}' => continue,
            c if is_unseen(c) => continue,
            c => (base_letter(c), None),
        };
        put(first);
        if let Some(second) = second {
            put(second);
        }
    }
}

fn base_letter(c: char) -> char {
    let base = LATIN.iter().find_map(|(start, letters)| {
        let offset = u32::from(c).checked_sub(*start)?;
        letters.as_bytes().get(usize::try_from(offset).ok()?)
    });
    base.filter(|base| **base != b'.').map_or(c, |base| char::from(*base))
}

/// The letters under the marks, for the lower-case letters of the Unicode blocks that begin at each number; a dot
/// where a character stays as it is.
const LATIN: [(u32, &str); 3] = [
    (
        0xE0,
        "aaaaaa.ceeeeiiiidnooooo.ouuuuy.y.a.a.a.c.c.c.c.d.d.e.e.e.e.e.g.g\
         .g.g.h.h.i.i.i.i.i...j.kk.l.l.l.l.l.n.n.nn.n.o.o.o...r.r.r.s.s.s\
         .s.t.t.t.u.u.u.u.u.u.w.y..z.z.zs",
    ),
    (
        0x180,
        "b.................f......kl......o..............u.....z.........\
         ..............a.i.o.u.u.u.u.u..a.a...g.g.k.o.o..j....g...n.a...o\
         .a.a.e.e.i.i.o.o.r.r.u.u.s.t...h.....z.a.e.o.o.o.o.y........c...\
         .......e.j...r.y",
    ),
    (
        0x1E00,
        ".a.b.b.b.c.d.d.d.d.d.e.e.e.e.e.f.g.h.h.h.h.h.i.i.k.k.k.l.l.l.l.m\
         .m.m.n.n.n.n.o.o.o.o.p.p.r.r.r.r.s.s.s.s.s.t.t.t.t.u.u.u.u.u.v.v\
         .w.w.w.w.w.x.x.y.z.z.zhtwya......a.a.a.a.a.a.a.a.a.a.a.a.e.e.e.e\
         .e.e.e.e.i.i.o.o.o.o.o.o.o.o.o.o.o.o.u.u.u.u.u.u.u.y.y.y.y......",
    ),
];
