//! Takes the secrets out of a reply and leaves everything else as it is, to the blank.

use portal_api::json;
use portal_api::mask;

/// In the place of a secret, as a text of JSON.
const HIDDEN: &str = "\"…\"";
/// A known secret that is shorter than this is not searched for: it may be a word of any reply.
const LEAST: usize = 12;

/// The text without tokens and passwords: members with such names, whatever looks like a token, and texts that hold one of
/// `secrets`. What is not JSON goes through [`mask`].
pub fn hide(text: &str, secrets: &[&str]) -> String {
    let secrets: Vec<&str> = secrets.iter().copied().filter(|secret| secret.len() >= LEAST).collect();
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    if json::read(body).is_err() {
        let mut out = mask(text);
        for secret in &secrets {
            out = out.replace(secret, "…");
        }
        return out;
    }
    Hiding { text, secrets, out: String::with_capacity(text.len()), open: Vec::new(), key: None }.run()
}

/// What is open around a place of the text.
#[derive(Clone, Copy)]
struct Open {
    object: bool,
    /// Everything in it is secret.
    secret: bool,
}

/// Walks over a text that is JSON.
struct Hiding<'a> {
    text: &'a str,
    secrets: Vec<&'a str>,
    out: String,
    open: Vec<Open>,
    /// Whether the member is secret whose value comes next; `None` where a name may come.
    key: Option<bool>,
}

impl Hiding<'_> {
    fn run(mut self) -> String {
        let text = self.text;
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let length = match rest.as_bytes().first() {
                Some(b'"') => self.string(rest),
                Some(b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => self.word(rest),
                _ => self.sign(rest),
            };
            at += length.max(1);
        }
        self.out
    }

    fn is_secret(&self) -> bool {
        self.key == Some(true) || self.open.last().is_some_and(|open| open.secret)
    }

    fn string(&mut self, rest: &str) -> usize {
        let length = string_length(rest);
        let literal = rest.get(..length).unwrap_or(rest);
        let value = json::read(literal).ok();
        let plain = value.as_deref().and_then(json::string).unwrap_or_default();
        let hidden = self.looks_secret(&plain);
        let is_name = self.key.is_none() && self.open.last().is_some_and(|open| open.object);
        if hidden || (!is_name && self.is_secret() && !plain.is_empty()) {
            self.out.push_str(HIDDEN);
        } else {
            self.out.push_str(literal);
        }
        self.key = if is_name { Some(is_secret_name(&plain)) } else { None };
        length
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self, rest: &str) -> usize {
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)));
        let word = rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest);
        let number = !matches!(word, "true" | "false" | "null");
        self.out.push_str(if number && self.is_secret() { HIDDEN } else { word });
        self.key = None;
        word.len()
    }

    fn sign(&mut self, rest: &str) -> usize {
        let Some(sign) = rest.chars().next() else { return 0 };
        match sign {
            '{' | '[' => {
                let secret = self.is_secret();
                self.open.push(Open { object: sign == '{', secret });
                self.key = None;
            }
            '}' | ']' => {
                self.open.pop();
                self.key = None;
            }
            _ => {}
        }
        self.out.push(sign);
        sign.len_utf8()
    }

    /// The shapes of contract.md 0.4, wherever in a text they stand, and what is known.
    fn looks_secret(&self, plain: &str) -> bool {
        let lower = plain.to_ascii_lowercase();
        let jwt = |(at, _): (usize, &str)| {
            let rest = lower.get(at..).unwrap_or_default();
            rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"-_".contains(b)).count() > 12
        };
        lower.contains("app_portal_s_")
            || lower.match_indices("eyj").any(jwt)
            || lower.contains("bearer ")
            || self.secrets.iter().any(|secret| plain.contains(secret))
    }
}

/// The length of the text that begins here, with its quotes.
fn string_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Whether a member of this name holds something that nobody may see. `refreshTokenExpire` does not.
fn is_secret_name(name: &str) -> bool {
    let name: String = name.to_ascii_lowercase().chars().filter(|c| !"-_ ".contains(*c)).collect();
    ["token", "password", "passwd", "pwd", "secret", "secretkey", "authorization", "密码"]
        .iter()
        .any(|ending| name.ends_with(ending))
}
