//! Takes secrets out of text that may reach a person or a log (hostile.md 29).

/// What announces a secret when `:` or `=` follows; `token` also stands for `accessToken` and `refresh_token`.
const NAMES: [&str; 7] = ["token", "password", "passwd", "pwd", "secretkey", "authorization", "密码"];

/// The text with everything that looks like a token or a password replaced by `…`.
pub fn mask(text: &str) -> String {
    // Lower case in ASCII keeps every byte where it is.
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let (mut shown, mut at) = (0, 0);
    while let Some(rest) = lower.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some((start, length)) = secret(rest).filter(|(_, length)| *length > 0) {
            out.push_str(text.get(shown..at + start).unwrap_or_default());
            out.push('…');
            at += start + length;
            shown = at;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    out.push_str(text.get(shown..).unwrap_or_default());
    out
}

/// Start and length of the secret that the text begins with or announces at its very beginning.
fn secret(text: &str) -> Option<(usize, usize)> {
    if text.starts_with("app_portal_s_") {
        return Some((0, word(text)));
    }
    // A JWT: its first part is base64 of a JSON object, which always begins with these three letters.
    if text.starts_with("eyj") {
        let length = word(text);
        return (length > 20).then_some((0, length));
    }
    if let Some(after) = text.strip_prefix("bearer") {
        let value = after.trim_start_matches(|c: char| c.is_whitespace() || c == '+' || c == ':');
        return (value.len() < after.len()).then(|| (text.len() - value.len(), word(value)));
    }
    let after = NAMES.iter().find_map(|name| text.strip_prefix(name))?;
    let after = after.trim_start_matches(['"', '\'', '\\', ' ']).strip_prefix([':', '=', '：'])?.trim_start();
    let start = |value: &str| text.len() - value.len();
    // The two words of a header are hidden as one.
    if let Some(value) = after.strip_prefix("bearer ") {
        return Some((start(value), word(value)));
    }
    for quote in ["\\\"", "\"", "'"] {
        if let Some(value) = after.strip_prefix(quote) {
            return Some((start(value), quoted(value, quote)));
        }
    }
    Some((start(after), unquoted(after)))
}

/// The length up to a blank or a quote.
fn word(text: &str) -> usize {
    text.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(text.len())
}

/// The length up to a blank: a password can hold any other character.
fn unquoted(text: &str) -> usize {
    text.find(char::is_whitespace).unwrap_or(text.len())
}

/// The length up to the closing quote; to the end of the text where there is none.
fn quoted(text: &str, quote: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(quote) {
            return at;
        }
        let mut chars = rest.chars();
        let first = chars.next();
        at += first.map_or(1, char::len_utf8);
        if first == Some('\\') {
            at += chars.next().map_or(0, char::len_utf8);
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::mask;

    // hostile.md 29: reports pass a redactor for Bearer, JWT shape, accessToken, refreshToken, password.
    #[test]
    fn secrets_do_not_pass() {
        for (text, expected) in [
            ("nothing secret here", "nothing secret here"),
            ("sent Bearer abc.def to x", "sent Bearer … to x"),
            ("sent Bearer\tabc.def\nto x", "sent Bearer\t…\nto x"),
            ("Authorization:Bearer abc, then", "Authorization:Bearer … then"),
            (r#"{"Authorization":"Bearer abc"}"#, r#"{"Authorization":"…"}"#),
            ("token APP_PORTAL_S_0123 bad", "token … bad"),
            ("password/APP_PORTAL_S_0123 bad", "password/… bad"),
            ("t=eyJhbGciOiJIUzI1NiJ9.e30.xyz end", "t=… end"),
            (r#"{"accessToken":"abc"} x"#, r#"{"accessToken":"…"} x"#),
            (r#"{\"accessToken\":\"abc\"} x"#, r#"{\"accessToken\":\"…\"} x"#),
            (r#"{"password":"correct horse \" battery","n":1}"#, r#"{"password":"…","n":1}"#),
            ("refreshToken=abc&accessToken=def", "refreshToken=…"),
            ("refresh_token = abc x", "refresh_token = … x"),
            ("password: hunter2 ok", "password: … ok"),
            ("password: 'hunter two", "password: '…"),
            ("密码：hunter2 错误", "密码：… 错误"),
            ("the password is wrong", "the password is wrong"),
            ("Access token is not valid", "Access token is not valid"),
        ] {
            assert_eq!(mask(text), expected, "{text}");
        }
    }
}
