//! From text to tree. The grammar is that of RFC 8259, no more (contract.md §6, 19); only half a surrogate pair,
//! which a text cut in the middle of an emoji leaves, is read as U+FFFD: one bad name does not cost the list.

use std::borrow::Cow;

use super::{Json, NotJson};

/// How deep values may stand in each other: serde_json's limit, far above any reply and far below the stack.
const MAX_DEPTH: u8 = 127;

/// Reads a JSON text.
///
/// # Errors
/// It is not JSON, or nested too deeply.
pub fn parse(text: &str) -> Result<Json<'_>, NotJson> {
    let mut reader = Reader { text, at: 0 };
    reader.whole().ok_or(NotJson)
}

/// Stands at a byte of the text, and always between two characters when something is cut out.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn whole(&mut self) -> Option<Json<'a>> {
        let value = self.value(MAX_DEPTH)?;
        self.skip_blanks();
        (self.at == self.text.len()).then_some(value)
    }

    fn value(&mut self, depth: u8) -> Option<Json<'a>> {
        self.skip_blanks();
        match self.peek()? {
            b'"' => self.string().map(Json::Text),
            b'{' => self.members(depth.checked_sub(1)?).map(Json::Object),
            b'[' => self.entries(depth.checked_sub(1)?).map(Json::List),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'n' => self.word("null", Json::Null),
            _ => self.number().map(|digits| Json::Number(Cow::Borrowed(digits))),
        }
    }

    fn members(&mut self, depth: u8) -> Option<Vec<(Cow<'a, str>, Json<'a>)>> {
        let mut members = Vec::new();
        self.at += 1;
        self.skip_blanks();
        if self.eat(b'}') {
            return Some(members);
        }
        loop {
            self.skip_blanks();
            let key = self.string()?;
            self.skip_blanks();
            self.must(b':')?;
            members.push((key, self.value(depth)?));
            self.skip_blanks();
            if self.eat(b'}') {
                return Some(members);
            }
            self.must(b',')?;
        }
    }

    fn entries(&mut self, depth: u8) -> Option<Vec<Json<'a>>> {
        let mut entries = Vec::new();
        self.at += 1;
        self.skip_blanks();
        if self.eat(b']') {
            return Some(entries);
        }
        loop {
            entries.push(self.value(depth)?);
            self.skip_blanks();
            if self.eat(b']') {
                return Some(entries);
            }
            self.must(b',')?;
        }
    }

    fn word(&mut self, word: &str, value: Json<'a>) -> Option<Json<'a>> {
        let found = self.text.get(self.at..)?.starts_with(word);
        self.at += word.len();
        found.then_some(value)
    }

    fn number(&mut self) -> Option<&'a str> {
        let start = self.at;
        self.eat(b'-');
        // A nought in front stands alone; what follows it is then no part of the number.
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _ = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        self.since(start)
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        self.must(b'"')?;
        let plain = self.plain()?;
        if self.eat(b'"') {
            return Some(Cow::Borrowed(plain));
        }
        let mut text = plain.to_owned();
        while !self.eat(b'"') {
            text.push(self.escape()?);
            text.push_str(self.plain()?);
        }
        Some(Cow::Owned(text))
    }

    /// The text up to a quote, a backslash, or what must not stand in a text.
    fn plain(&mut self) -> Option<&'a str> {
        let rest = self.text.get(self.at..)?;
        // At once, not byte by byte: most of a reply is text.
        let end = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))?;
        self.at += end;
        rest.get(..end)
    }

    fn escape(&mut self) -> Option<char> {
        self.must(b'\\')?;
        let letter = self.peek()?;
        self.at += 1;
        Some(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                let second = self.low_surrogate(first);
                let mut decoded = char::decode_utf16([first].into_iter().chain(second));
                decoded.next()?.unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => return None,
        })
    }

    /// The other half of a pair, where the first one wants it and it follows.
    fn low_surrogate(&mut self, first: u16) -> Option<u16> {
        let start = self.at;
        let follows = matches!(first, 0xD800..=0xDBFF) && self.eat(b'\\') && self.eat(b'u');
        let low = if follows { self.unit() } else { None }.filter(|unit| matches!(unit, 0xDC00..=0xDFFF));
        if low.is_none() {
            self.at = start;
        }
        low
    }

    fn unit(&mut self) -> Option<u16> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + char::from(self.peek()?).to_digit(16)?;
            self.at += 1;
        }
        u16::try_from(unit).ok()
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn must(&mut self, byte: u8) -> Option<()> {
        self.eat(byte).then_some(())
    }

    fn since(&self, start: usize) -> Option<&'a str> {
        self.text.get(start..self.at)
    }
}
