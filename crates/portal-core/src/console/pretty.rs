//! JSON with a line for each member.

use portal_api::json::{self, Members, RawValue};

use super::Known;

/// A text in lines, or the beginning of one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pretty {
    /// The lines that were asked for.
    pub text: String,
    /// How many of them.
    pub shown: usize,
    /// How many there are.
    pub total: usize,
}

/// The first `most` lines of a JSON text; `None` where it is none.
pub fn pretty(text: &str, most: usize) -> Option<Pretty> {
    let value = json::read(text.strip_prefix('\u{feff}').unwrap_or(text)).ok()?;
    let mut lines = Lines { text: String::new(), most, total: 1, known: &Known::default() };
    lines.value(&value, 0);
    Some(Pretty { text: lines.text, shown: lines.total.min(most), total: lines.total })
}

/// All lines of a text, with what is known in the place of members of those names; empty where it is no JSON.
pub(super) fn filled(text: &str, known: &Known) -> String {
    let mut lines = Lines { text: String::new(), most: usize::MAX, total: 1, known };
    if let Ok(value) = json::read(text) {
        lines.value(&value, 0);
    }
    lines.text
}

struct Lines<'k> {
    text: String,
    most: usize,
    total: usize,
    known: &'k Known,
}

impl Lines<'_> {
    fn put(&mut self, text: &str) {
        if self.total <= self.most {
            self.text.push_str(text);
        }
    }

    fn line(&mut self, depth: usize) {
        self.total += 1;
        if self.total <= self.most {
            self.text.push('\n');
            self.text.extend(std::iter::repeat_n("  ", depth));
        }
    }

    fn value(&mut self, value: &RawValue, depth: usize) {
        if let Some(entries) = json::entries(value) {
            self.put("[");
            for (index, entry) in entries.iter().enumerate() {
                self.separate(index, depth + 1);
                self.value(entry, depth + 1);
            }
            self.end("]", depth, entries.is_empty());
        } else if let Some(members) = Members::of(value) {
            self.put("{");
            for (index, (name, entry)) in members.iter().enumerate() {
                self.separate(index, depth + 1);
                self.put(&json::to_text(name));
                self.put(": ");
                match self.known.of(name) {
                    Some(known) => self.put(&json::to_text(known)),
                    None => self.value(entry, depth + 1),
                }
            }
            self.end("}", depth, members.is_empty());
        } else {
            match json::string(value) {
                Some(text) => self.put(&json::to_text(&text)),
                None => self.put(value.get()),
            }
        }
    }

    fn end(&mut self, sign: &str, depth: usize, empty: bool) {
        if !empty {
            self.line(depth);
        }
        self.put(sign);
    }

    fn separate(&mut self, index: usize, depth: usize) {
        if index > 0 {
            self.put(",");
        }
        self.line(depth);
    }
}
