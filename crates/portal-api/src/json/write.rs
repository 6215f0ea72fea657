//! From tree to text.

use super::Json;

impl Json<'_> {
    /// The value as JSON text, without blanks.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Self::Number(digits) => out.push_str(digits),
            Self::Text(text) => write_text(text, out),
            Self::List(entries) => {
                out.push('[');
                for (index, entry) in entries.iter().enumerate() {
                    separate(index, out);
                    entry.write(out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    separate(index, out);
                    write_text(key, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

fn separate(index: usize, out: &mut String) {
    if index > 0 {
        out.push(',');
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\0'..='\x1f' => {
                let code = u32::from(c);
                out.push_str("\\u00");
                out.push(if code < 16 { '0' } else { '1' });
                out.extend(char::from_digit(code % 16, 16));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}
