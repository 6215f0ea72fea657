//! What the service said, made safe to show (hostile.md 72, 73).

use portal_api::mask;

/// The longest text shown, in characters.
const MAX_CHARS: usize = 200;
/// A run of this many letters and digits mixed is no word of any language: a token, a key, a hash.
const LONG_RUN: usize = 24;
/// What stands in stack traces and dumps, in lower case.
const TRACES: [&str; 14] = [
    "exception",
    "traceback",
    "stack trace",
    "stacktrace",
    "caused by:",
    "panicked",
    " at com.",
    " at org.",
    " at java",
    ".java:",
    ".py\"",
    ".js:",
    "sqlstate",
    "select * ",
];

/// One line of at most 200 characters without secrets; `None` where the text is markup, JSON or a stack trace, or
/// nothing is left.
pub fn service_text(raw: &str) -> Option<String> {
    let line = one_line(raw);
    if is_markup(&line) || is_json(&line) || is_trace(&line) {
        return None;
    }
    let safe = hide_long_runs(&mask(&line));
    if !safe.contains(char::is_alphanumeric) {
        return None;
    }
    if safe.chars().count() <= MAX_CHARS {
        return Some(safe);
    }
    let mut cut: String = safe.chars().take(MAX_CHARS - 1).collect();
    cut.push('…');
    Some(cut)
}

/// The time to wait that a text such as "Try again in 60 seconds" names: a number before a unit. The field has no
/// header for it.
pub(super) fn seconds(text: &str) -> Option<u32> {
    let lower = text.to_ascii_lowercase();
    let mut rest = lower.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let from = rest.get(at..)?;
        let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (digits, after) = from.split_at_checked(end)?;
        let unit = after.trim_start();
        let factor = if unit.starts_with("sec") || unit.starts_with('秒') || is_letter_unit(unit, 's') {
            Some(1)
        } else if unit.starts_with("min") || unit.starts_with('分') {
            Some(60)
        } else if unit.starts_with("hour") || unit.starts_with("小时") {
            Some(3600)
        } else {
            None
        };
        if let Some(factor) = factor {
            // Longer than a day is no countdown.
            let wait = digits.parse::<u32>().ok()?.checked_mul(factor)?;
            return (wait <= 86_400).then_some(wait);
        }
        rest = after;
    }
    None
}

/// "60 s" and "60s", but not "60 sites".
fn is_letter_unit(unit: &str, letter: char) -> bool {
    unit.strip_prefix(letter).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Blanks, line ends and controls as single blanks; characters that turn the reading direction are left out.
fn one_line(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => {}
            c if c.is_whitespace() || c.is_control() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn is_markup(line: &str) -> bool {
    let tag =
        |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
    line.split('<').skip(1).any(tag) || line.contains("&lt;")
}

/// A bracket alone is no JSON: "[E102] Not acquired" is a text.
fn is_json(line: &str) -> bool {
    ["{", "[{", "[\""].iter().any(|start| line.starts_with(start))
}

fn is_trace(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    TRACES.iter().any(|sign| lower.contains(sign))
}

fn hide_long_runs(line: &str) -> String {
    let part =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '/' | '=' | '.' | '~' | '%');
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !part(c)).unwrap_or(rest.len());
        let (run, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let digits = run.contains(|c: char| c.is_ascii_digit());
        let letters = run.contains(|c: char| c.is_ascii_alphabetic());
        out.push_str(if run.len() >= LONG_RUN && digits && letters { "…" } else { run });
        let mut chars = after.chars();
        out.extend(chars.next());
        rest = chars.as_str();
    }
    out
}
