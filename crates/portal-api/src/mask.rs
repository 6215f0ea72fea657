//! Takes secrets out of text that may reach a person or a log (hostile.md 29).

/// The text with everything that looks like a token or a password replaced by `…`.
pub fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut hide_next = false;
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        if hide_next && !word.is_empty() {
            out.push('…');
            hide_next = false;
            continue;
        }
        match secret_part(word) {
            Some(Secret::NextWord) => {
                out.push_str(word);
                hide_next = true;
            }
            Some(Secret::From(at)) => {
                out.push_str(word.get(..at).unwrap_or_default());
                out.push('…');
            }
            None => out.push_str(word),
        }
    }
    out
}

enum Secret {
    /// The word announces a secret: `Bearer`, `password:`.
    NextWord,
    /// The word holds one from this byte on.
    From(usize),
}

fn secret_part(word: &str) -> Option<Secret> {
    let lower = word.to_ascii_lowercase();
    if lower.trim_start_matches(['"', '\'', '(']) == "bearer" {
        return Some(Secret::NextWord);
    }
    for name in ["accesstoken", "refreshtoken", "access_token", "refresh_token", "password", "secretkey"] {
        if let Some(at) = lower.find(name) {
            let end = at + name.len();
            let rest = lower.get(end..).unwrap_or_default();
            let value = rest.trim_start_matches(['"', '\'']);
            let after = value.strip_prefix([':', '='])?;
            let after = after.trim_start_matches(['"', '\'']);
            return Some(if after.is_empty() { Secret::NextWord } else { Secret::From(word.len() - after.len()) });
        }
    }
    if let Some(at) = lower.find("app_portal_s_") {
        return Some(Secret::From(at));
    }
    // A JWT: its first part is base64 of a JSON object, which always begins with these three letters.
    word.find("eyJ").filter(|at| word.len() - at > 20).map(Secret::From)
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
            ("token APP_PORTAL_S_0123 bad", "token … bad"),
            ("t=eyJhbGciOiJIUzI1NiJ9.e30.xyz end", "t=… end"),
            (r#"{"accessToken":"abc"} x"#, r#"{"accessToken":"… x"#),
            ("refreshToken=abc&x=1", "refreshToken=…"),
            ("password: hunter2 ok", "password: … ok"),
            ("the password is wrong", "the password is wrong"),
        ] {
            assert_eq!(mask(text), expected, "{text}");
        }
    }
}
