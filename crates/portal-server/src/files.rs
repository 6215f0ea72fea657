//! Files of a folder with their cache rules: tower-http finds, negotiates and types them, this decides who keeps
//! them how long.

use std::path::Path;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri, header};
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

use crate::recent::Recent;

const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");
pub(crate) const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// A folder served as it is, with the precompressed siblings of its files.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    folder: ServeDir,
    recent: Recent,
}

/// What a request for a file carries over to the lookup.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
}

impl Asked {
    pub(crate) fn new(request: &Request<Body>) -> Self {
        Self {
            method: request.method().clone(),
            uri: request.uri().clone(),
            headers: request.headers().clone(),
        }
    }
}

impl Files {
    pub(crate) fn new(folder: &Path) -> Self {
        let folder = ServeDir::new(folder).precompressed_br().precompressed_gzip();
        // A folder without an index.html is no address, so nothing redirects to one either.
        Self { folder: folder.redirect_to_trailing_slash(false), recent: Recent::default() }
    }

    /// The file, or `None` where there is none. Only for GET and HEAD.
    pub(crate) async fn get(&self, asked: Asked) -> Option<Response<Body>> {
        let Some(key) = Recent::key(&asked) else { return self.read(asked).await };
        if let Some(answer) = self.recent.get(&key) {
            return Some(answer);
        }
        let answer = self.read(asked).await?;
        Some(self.recent.keep(key, answer).await)
    }

    async fn read(&self, asked: Asked) -> Option<Response<Body>> {
        let path = asked.uri.path().to_owned();
        // The compressed copies themselves are no addresses: they go out under the names of what they are copies of.
        if path.ends_with(".br") || path.ends_with(".gz") || is_hidden(&path) {
            return None;
        }
        let mut request = Request::new(Body::empty());
        *request.method_mut() = asked.method;
        *request.uri_mut() = asked.uri;
        *request.headers_mut() = asked.headers;
        let Ok(response) = self.folder.clone().oneshot(request).await;
        if response.status() == StatusCode::NOT_FOUND {
            return None;
        }
        let mut response = response.map(Body::new);
        let good = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
        let headers = response.headers_mut();
        if !good || is_html(headers) || path.ends_with(".html") {
            headers.insert(header::CACHE_CONTROL, NO_STORE);
            // What nobody stores cannot be asked for again by its mark.
            headers.remove(header::ETAG);
            headers.remove(header::LAST_MODIFIED);
        } else if has_hash(&path) {
            headers.insert(header::CACHE_CONTROL, IMMUTABLE);
        } else {
            headers.insert(header::CACHE_CONTROL, REVALIDATE);
        }
        if path.ends_with(".d.ts") {
            // By its last letters alone it would be a film.
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
        }
        name_charset(headers);
        Some(response)
    }
}

/// Whether a name of the path begins with a dot: no file of a site does, but those do that were not meant to be there, such
/// as `.git` and `.env`. The folder of RFC 8615 is one that others look for.
fn is_hidden(path: &str) -> bool {
    let plain = portal_api::encoding::decode(path);
    let names = plain.as_deref().unwrap_or(path).split(['/', '\\']);
    names.into_iter().any(|name| name.starts_with('.') && name != ".well-known")
}

fn is_html(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"))
}

/// Our texts are UTF-8; a type without a charset leaves the browser to guess.
fn name_charset(headers: &mut HeaderMap) {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let Some(kind) = kind.filter(|kind| kind.starts_with("text/") && !kind.contains(';')) else { return };
    if let Ok(value) = HeaderValue::from_str(&format!("{kind}; charset=utf-8")) {
        headers.insert(header::CONTENT_TYPE, value);
    }
}

/// Whether the file name carries a hash of the content, as the build writes it: `name-0f3c9a7be21d5488.js`,
/// `name-0f3c9a7be21d5488_bg.wasm`. The build leaves out leading noughts, so a hash can be a few digits shorter
/// than 16; twelve are more than any date has.
fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let Some((stem, _)) = name.split_once('.') else { return false };
    stem.rsplit('-').next().filter(|hash| hash.len() < stem.len()).is_some_and(|hash| {
        let digits = hash.split('_').next().unwrap_or_default();
        (12..=64).contains(&digits.len()) && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// An answer that is a status and nothing else.
pub(crate) fn status(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// The page for an address that is nothing (hostile.md 57 counts it among the file kinds).
pub(crate) fn not_found() -> Response<Body> {
    const PAGE: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Not found</title>\n\
                        <h1>Not found</h1>\n<p>There is nothing at this address.</p>\n</html>\n";
    let mut response = Response::new(Body::from(PAGE));
    *response.status_mut() = StatusCode::NOT_FOUND;
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

#[cfg(test)]
mod tests {
    use super::has_hash;

    // A file kept for a year under a name that does not change with its content can never be mended.
    #[test]
    fn only_names_with_a_hash_are_kept() {
        for (path, expected) in [
            ("/app-portal-0f3c9a7be21d5488.js", true),
            ("/app-portal-0f3c9a7be21d5488_bg.wasm", true),
            ("/app-portal-f3c9a7be21d548.css", true),
            ("/snippets/x/app-0f3c9a7be21d5488.js", true),
            ("/index.html", false),
            ("/portal.json", false),
            ("/boot.js", false),
            ("/locales/zh-CN.json", false),
            ("/report-20261122.pdf", false),
            ("/report-202611221030.txt", true),
            ("/decade-facade.js", false),
            ("/0f3c9a7be21d5488.js", false),
            ("/a-0F3C9A7BE21D5488.js", false),
            ("/a-0f3c9a7be21d5488", false),
            ("/a-0f3c9a7be21d5488/boot.js", false),
            ("/-0f3c9a7be21d5488.js", true),
        ] {
            assert_eq!(has_hash(path), expected, "{path}");
        }
    }
}
