//! Rust source as the rules see it: comments and texts blanked out, so that a word in them is not taken for code, and
//! code that only tests compile blanked out too.

/// A source file with its views; all have the same lines.
pub(super) struct Source {
    /// As written.
    pub(super) text: String,
    /// Without comments and the content of texts.
    pub(super) code: String,
    /// `code` without items under `#[cfg(test)]`.
    pub(super) shipped: String,
    /// The comments alone.
    pub(super) comments: String,
}

impl Source {
    pub(super) fn new(text: &str) -> Self {
        let (code, comments) = split(text);
        let shipped = without_tests(&code);
        Self { text: text.to_owned(), code, shipped, comments }
    }
}

/// Separates code and comments; what is left out is blank in each.
fn split(text: &str) -> (String, String) {
    let chars: Vec<char> = text.chars().collect();
    let mut lexer = Lexer { chars: &chars, at: 0, code: String::new(), comments: String::new() };
    while lexer.at < chars.len() {
        lexer.step();
    }
    (lexer.code, lexer.comments)
}

struct Lexer<'a> {
    chars: &'a [char],
    at: usize,
    code: String,
    comments: String,
}

#[derive(Clone, Copy, PartialEq)]
enum To {
    Code,
    Comment,
    Nothing,
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn put(&mut self, to: To) {
        let Some(c) = self.peek(0) else { return };
        let blank = if c == '\n' { '\n' } else { ' ' };
        self.code.push(if to == To::Code { c } else { blank });
        self.comments.push(if to == To::Comment { c } else { blank });
        self.at += 1;
    }

    fn step(&mut self) {
        match (self.peek(0), self.peek(1)) {
            (Some('/'), Some('/')) => {
                while self.peek(0).is_some_and(|c| c != '\n') {
                    self.put(To::Comment);
                }
            }
            (Some('/'), Some('*')) => self.block_comment(),
            (Some('r'), Some('"' | '#')) if !self.after_word() && self.raw_text() => {}
            (Some('"'), _) => self.quoted('"'),
            // A character, not a lifetime: closed after one character or after an escape.
            (Some('\''), Some('\\')) => self.quoted('\''),
            (Some('\''), Some(_)) if self.peek(2) == Some('\'') => self.quoted('\''),
            _ => self.put(To::Code),
        }
    }

    fn after_word(&self) -> bool {
        self.code.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_')
    }

    fn block_comment(&mut self) {
        let mut depth = 0_u32;
        loop {
            match (self.peek(0), self.peek(1)) {
                (None, _) => return,
                (Some('/'), Some('*')) => depth += 1,
                (Some('*'), Some('/')) => depth -= 1,
                _ => {
                    self.put(To::Comment);
                    continue;
                }
            }
            self.put(To::Comment);
            self.put(To::Comment);
            if depth == 0 {
                return;
            }
        }
    }

    fn quoted(&mut self, mark: char) {
        self.put(To::Code);
        while let Some(c) = self.peek(0) {
            if c == mark {
                break;
            }
            if c == '\\' {
                self.put(To::Nothing);
            }
            self.put(To::Nothing);
        }
        self.put(To::Code);
    }

    /// `r"…"` and `r#"…"#`; false if it is something else, such as `r#type`.
    fn raw_text(&mut self) -> bool {
        let hashes = self.chars.iter().skip(self.at + 1).take_while(|c| **c == '#').count();
        if self.peek(1 + hashes) != Some('"') {
            return false;
        }
        for _ in 0..hashes + 2 {
            self.put(To::Code);
        }
        while self.at < self.chars.len() {
            let closes = self.peek(0) == Some('"') && (1..=hashes).all(|ahead| self.peek(ahead) == Some('#'));
            if closes {
                break;
            }
            self.put(To::Nothing);
        }
        for _ in 0..=hashes {
            self.put(To::Code);
        }
        true
    }
}

/// Blanks every item that follows `#[cfg(test)]`, up to its closing brace or semicolon.
fn without_tests(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some((before, after)) = rest.split_once("#[cfg(test)]") {
        out.push_str(before);
        let mut depth = 0_i32;
        let mut end = after.len();
        for (at, c) in after.char_indices() {
            depth += i32::from(c == '{') - i32::from(c == '}');
            if depth == 0 && (c == '}' || c == ';') {
                end = at + 1;
                break;
            }
        }
        let (item, more) = after.split_at(end);
        out.extend(item.chars().filter(|c| *c == '\n'));
        rest = more;
    }
    out.push_str(rest);
    out
}

/// The number of the first line that holds `found`, and all others, from 1.
pub(super) fn lines_with<'a>(
    text: &'a str,
    found: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = usize> + 'a {
    text.lines().enumerate().filter(move |(_, line)| found(line)).map(|(index, _)| index + 1)
}

/// Whether `word` stands in `line` as a whole word.
pub(super) fn has_word(line: &str, word: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(joins) && !after.is_some_and(joins)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_comments_and_texts_are_no_code() {
        let source = Source::new(
            "let a = \"web_sys \\\" x\"; // web_sys\n/* web_sys /* y */ web_sys */ r#\"web_sys\"#; '\"'; web_sys::z",
        );
        assert_eq!(source.code.matches("web_sys").count(), 1);
        assert_eq!(source.comments.matches("web_sys").count(), 3);
        assert_eq!(source.code.lines().count(), 2);
    }

    #[test]
    fn lifetimes_and_raw_names_are_code() {
        let source = Source::new("fn a<'x>(r#type: &'x str) -> char { 'c' } // end");
        assert!(source.code.contains("fn a<'x>(r#type: &'x str) -> char"));
    }

    #[test]
    fn tests_are_not_shipped() {
        let source = Source::new(
            "fn a() {}\n#[cfg(test)]\nmod tests {\n  fn b() { {} }\n}\nfn c() {}\n#[cfg(test)]\nmod d;\nfn e() {}",
        );
        assert!(!source.shipped.contains("fn b") && !source.shipped.contains("mod d"));
        assert!(
            source.shipped.contains("fn a")
                && source.shipped.contains("fn c")
                && source.shipped.contains("fn e")
        );
        assert_eq!(source.shipped.lines().count(), source.text.lines().count());
    }

    #[test]
    fn words_are_whole() {
        assert!(
            has_word("use web_sys::X", "web_sys")
                && !has_word("web_system", "web_sys")
                && !has_word("a_web_sys", "web_sys")
        );
    }
}
