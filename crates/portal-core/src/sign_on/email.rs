//! E-mail addresses as people type them. Whether one exists only the service knows.

/// RFC 5321 4.5.3.1.3: no longer path is delivered.
const MAX_BYTES: usize = 254;

/// What follows the `@` of a text that could be an e-mail address: worth asking the service about, no more.
pub fn mail_domain(text: &str) -> Option<&str> {
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '@' | ',' | ';' | '<' | '>' | '"');
    let (name, domain) = text.rsplit_once('@')?;
    let labels = domain.contains('.') && !domain.split('.').any(str::is_empty);
    let good = text.len() <= MAX_BYTES && !name.is_empty() && labels && !name.contains(odd);
    (good && !domain.contains(odd)).then_some(domain)
}

/// The address with only the first letter of its name: enough to know it by, and nothing to read over a shoulder.
pub fn masked_email(text: &str) -> Option<String> {
    let text = text.trim();
    let (domain, first) = (mail_domain(text)?, text.chars().next()?);
    Some(format!("{first}•••@{domain}"))
}
