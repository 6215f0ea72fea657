//! JSON with a line for each member.

use portal_api::json::{self, Json};

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
    let value = json::parse(text.strip_prefix('\u{feff}').unwrap_or(text)).ok()?;
    let mut lines = Lines { text: String::new(), most, total: 1 };
    lines.value(&value, 0);
    Some(Pretty { text: lines.text, shown: lines.total.min(most), total: lines.total })
}

/// All lines of a value.
pub(super) fn indented(value: &Json<'_>) -> String {
    let mut lines = Lines { text: String::new(), most: usize::MAX, total: 1 };
    lines.value(value, 0);
    lines.text
}

struct Lines {
    text: String,
    most: usize,
    total: usize,
}

impl Lines {
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

    fn value(&mut self, value: &Json<'_>, depth: usize) {
        match value {
            Json::List(entries) if !entries.is_empty() => {
                self.put("[");
                for (index, entry) in entries.iter().enumerate() {
                    self.separate(index, depth + 1);
                    self.value(entry, depth + 1);
                }
                self.line(depth);
                self.put("]");
            }
            Json::Object(members) if !members.is_empty() => {
                self.put("{");
                for (index, (name, entry)) in members.iter().enumerate() {
                    self.separate(index, depth + 1);
                    let name = Json::from(name.as_ref()).to_text();
                    self.put(&name);
                    self.put(": ");
                    self.value(entry, depth + 1);
                }
                self.line(depth);
                self.put("}");
            }
            other => {
                let text = other.to_text();
                self.put(&text);
            }
        }
    }

    fn separate(&mut self, index: usize, depth: usize) {
        if index > 0 {
            self.put(",");
        }
        self.line(depth);
    }
}
