//! The security headers of the portal (hostile.md §2), built from the two files that decide them:
//! `portal.json` (which origins it talks to and frames) and `index.html` (its critical style).
//!
//! `docs/headers.md` gives every header with its reason; a test holds that text and this code together.

use std::path::Path;
use std::{fs, io};

use serde_json::Value;

mod error;
mod origin;
mod style;

pub use error::{PolicyError, Problem};
pub use origin::Origin;

/// Names and values in the order of `docs/headers.md`.
pub type Headers = Vec<(&'static str, String)>;

/// What the policy of a site depends on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SiteFacts {
    /// The origin of `apiBase`, where it is not the portal's own.
    pub api_origin: Option<Origin>,
    /// `frameOrigins`: whose pages the portal frames beside its own.
    pub frame_origins: Vec<Origin>,
    /// The source expression of the critical style, `sha256-…`; made by [`SiteFacts::from_texts`] only.
    critical_style: Option<String>,
}

impl SiteFacts {
    /// Reads `portal.json` and `index.html` of a built site. A site without `portal.json` has the default settings.
    ///
    /// # Errors
    /// A file cannot be read, or says what no policy can be made from.
    pub fn read(site: &Path) -> Result<Self, PolicyError> {
        let text = |name: &str| {
            let path = site.join(name);
            fs::read_to_string(&path).map_err(|error| (path, error))
        };
        let settings = match text("portal.json") {
            Ok(settings) => settings,
            Err((_, error)) if error.kind() == io::ErrorKind::NotFound => "{}".to_owned(),
            Err((path, error)) => return Err(PolicyError::Unreadable { path, reason: error.to_string() }),
        };
        let index = text("index.html")
            .map_err(|(path, error)| PolicyError::Unreadable { path, reason: error.to_string() })?;
        Self::from_texts(&settings, &index)
    }

    /// The same from the texts of the two files.
    ///
    /// # Errors
    /// See [`SiteFacts::read`].
    pub fn from_texts(settings: &str, index: &str) -> Result<Self, PolicyError> {
        let settings: Value = serde_json::from_str(settings)
            .map_err(|error| PolicyError::NotJson { reason: error.to_string() })?;
        if !settings.is_object() {
            return Err(PolicyError::NotJson { reason: "it is not an object".to_owned() });
        }
        let styles = style::inline_styles(index);
        if styles.len() > 1 {
            return Err(PolicyError::ManyStyles { count: styles.len() });
        }
        Ok(Self {
            api_origin: api_origin(&settings)?,
            frame_origins: frame_origins(&settings)?,
            critical_style: styles.first().map(|text| style::source(text)),
        })
    }
}

fn api_origin(settings: &Value) -> Result<Option<Origin>, PolicyError> {
    let wrong = |problem| PolicyError::Setting { key: "apiBase".to_owned(), problem };
    let Some(value) = settings.get("apiBase") else { return Ok(None) };
    let base = value.as_str().ok_or_else(|| wrong(Problem::NotText))?;
    // Browsers read a backslash as a slash, and two slashes as another host.
    if base.starts_with('/') && !base.starts_with("//") && !base.contains('\\') {
        return Ok(None);
    }
    let origin = origin::split(base).ok_or_else(|| wrong(Problem::NotAnAddress))?.origin;
    // A password in clear over the network is no deployment (hostile.md 22).
    if origin.is_trustworthy() { Ok(Some(origin)) } else { Err(wrong(Problem::NotSecure)) }
}

fn frame_origins(settings: &Value) -> Result<Vec<Origin>, PolicyError> {
    let Some(value) = settings.get("frameOrigins") else { return Ok(Vec::new()) };
    let wrong = |key: String, problem| PolicyError::Setting { key, problem };
    let list = value.as_array().ok_or_else(|| wrong("frameOrigins".to_owned(), Problem::NotAList))?;
    let mut origins = Vec::new();
    for (index, entry) in list.iter().enumerate() {
        let key = || format!("frameOrigins[{index}]");
        let text = entry.as_str().ok_or_else(|| wrong(key(), Problem::NotText))?;
        let origin = Origin::parse(text).ok_or_else(|| wrong(key(), Problem::NotAnOrigin))?;
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    Ok(origins)
}

/// The content security policy that the server sends with everything of the site.
pub fn content_security_policy(facts: &SiteFacts) -> String {
    directives(facts).join("; ")
}

/// The same policy for a `<meta>` element of a site on a host that cannot send headers. `frame-ancestors` is left
/// out: browsers ignore it there and say so in the console.
pub fn meta_policy(facts: &SiteFacts) -> String {
    let mut directives = directives(facts);
    directives.retain(|directive| !directive.starts_with("frame-ancestors"));
    directives.join("; ")
}

fn directives(facts: &SiteFacts) -> Vec<String> {
    let with = |directive: &str, more: &[String]| {
        more.iter().fold(directive.to_owned(), |text, source| format!("{text} {source}"))
    };
    let style: Vec<_> = facts.critical_style.iter().map(|source| format!("'{source}'")).collect();
    let api: Vec<_> = facts.api_origin.iter().map(Origin::to_string).collect();
    let frames: Vec<_> = facts.frame_origins.iter().map(Origin::to_string).collect();
    vec![
        "default-src 'none'".to_owned(),
        "script-src 'self' 'wasm-unsafe-eval'".to_owned(),
        with("style-src 'self'", &style),
        "img-src 'self' data:".to_owned(),
        "font-src 'self'".to_owned(),
        with("connect-src 'self'", &api),
        with("frame-src 'self'", &frames),
        "form-action 'self'".to_owned(),
        "base-uri 'none'".to_owned(),
        "object-src 'none'".to_owned(),
        "frame-ancestors 'none'".to_owned(),
        "manifest-src 'self'".to_owned(),
    ]
}

/// The policy of the sample applications: pages with scripts of their own, framed by the portal alone, that talk
/// to nobody. `portal` are the portal's origins; none where the pages are served from the portal's own.
pub fn samples_policy(portal: &[Origin]) -> String {
    let ancestors = if portal.is_empty() {
        "'self'".to_owned()
    } else {
        portal.iter().map(Origin::as_str).collect::<Vec<_>>().join(" ")
    };
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'none'; \
         base-uri 'none'; object-src 'none'; frame-ancestors {ancestors}"
    )
}

/// What everything gets besides that is no file of the site: applications, errors, replies of the service. A page of the
/// portal's origin could else read the portal's session, hear its channel and put a service worker before it.
pub const SANDBOX: &str = "sandbox allow-scripts allow-forms allow-popups allow-downloads";

/// A policy with the sandbox.
pub fn sandboxed(policy: &str) -> String {
    format!("{policy}; {SANDBOX}")
}

/// The policy of the portal's service worker, which takes it from its own file: scripts of the site, and the service.
pub fn worker_policy(facts: &SiteFacts) -> String {
    let api = facts.api_origin.iter().map(|origin| format!(" {origin}"));
    format!("default-src 'none'; script-src 'self'; connect-src 'self'{}", api.collect::<String>())
}

/// Whether browsers reach the site over TLS only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tls {
    /// Plain http, as in a trial; no `Strict-Transport-Security`, which would lock the host name out.
    No,
    /// Behind something that ends TLS.
    Yes,
}

/// All headers of a response with the given content security policy.
pub fn headers(policy: String, tls: Tls) -> Headers {
    let mut headers = vec![
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("Cross-Origin-Opener-Policy", "same-origin-allow-popups".to_owned()),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()".to_owned()),
    ];
    if tls == Tls::Yes {
        headers.push(("Strict-Transport-Security", "max-age=31536000".to_owned()));
    }
    headers
}

/// All headers of a response in the sandbox, which has the given policy besides. A page in a sandbox may not choose who
/// shares its group of windows: with `Cross-Origin-Opener-Policy` besides, HTML makes a network error of it.
pub fn sandboxed_headers(policy: &str, tls: Tls) -> Headers {
    let mut headers = headers(sandboxed(policy), tls);
    headers.retain(|(name, _)| *name != "Cross-Origin-Opener-Policy");
    headers
}

/// The headers of a built site as text for the configuration of other servers: those of all files, then what differs.
///
/// # Errors
/// See [`SiteFacts::read`].
pub fn printed(site: &Path, tls: Tls) -> Result<String, PolicyError> {
    let facts = SiteFacts::read(site)?;
    let lines = headers(content_security_policy(&facts), tls);
    let lines: String = lines.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    Ok(format!(
        "{lines}\n# /refresh-worker.js: in place of the policy above\nContent-Security-Policy: {}\n\n\
         # all that is no file of the site, errors too: besides the policy above, and without \
         Cross-Origin-Opener-Policy\nContent-Security-Policy: {SANDBOX}\n",
        worker_policy(&facts)
    ))
}

#[cfg(test)]
mod tests;
