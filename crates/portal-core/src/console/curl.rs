//! A call as a line for a shell.

use super::outgoing::{Outgoing, Piece};

/// A word of a POSIX shell that stands for exactly these pieces: texts in single quotes, in which nothing has a meaning,
/// and variables in double quotes (POSIX.1-2024, Shell Command Language §2.2). An argument cannot hold the character
/// NUL; it is left out.
pub fn quote(pieces: &[Piece]) -> String {
    let mut word = String::new();
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(more) => text.push_str(more),
            Piece::Secret(name) => {
                put_text(&mut word, &mut text);
                word.push_str("\"$");
                word.push_str(name);
                word.push('"');
            }
        }
    }
    put_text(&mut word, &mut text);
    if word.is_empty() { "''".to_owned() } else { word }
}

/// Puts a text into a word in single quotes, unless it is empty.
fn put_text(word: &mut String, text: &mut String) {
    let plain = std::mem::take(text).replace('\0', "");
    if !plain.is_empty() {
        word.push('\'');
        word.push_str(&plain.replace('\'', r"'\''"));
        word.push('\'');
    }
}

/// The call as a `curl` line, one argument with its value in each line. Tokens are variables of the shell.
pub fn curl(call: &Outgoing) -> String {
    let mut lines = vec![format!("curl --globoff --request {} {}", call.method, quote(&call.address))];
    for (name, value) in &call.headers {
        let mut header = vec![Piece::Text(format!("{name}: "))];
        header.extend(value.iter().cloned());
        lines.push(format!("--header {}", quote(&header)));
    }
    if let Some(body) = &call.body {
        lines.push(format!("--data-raw {}", quote(body)));
    }
    lines.join(" \\\n  ")
}
