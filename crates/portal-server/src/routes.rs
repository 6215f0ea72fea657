//! Which address is answered by what, and the headers that every answer gets.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri, header};
use axum::middleware::{from_fn, map_response_with_state};
use axum::routing::{any, get};
use portal_api::SERVICE_PREFIX;

use crate::base::Base;
use crate::door;
use crate::files::{Asked, Files, NO_STORE, not_found, status};
use crate::policy::Headers;
use crate::service::{Service, json_reply, no_service};
use crate::upstream::Upstream;

/// Where the sample applications stand, on both ports.
pub(crate) const SAMPLES_PREFIX: &str = "/sample-apps";

/// The client of the bridge, a file of the site: sample applications load it from their own origin.
const BRIDGE_CLIENT: &str = "/portal-bridge.js";

/// Security headers, ready to be sent.
pub(crate) type ReadyHeaders = Arc<Vec<(HeaderName, HeaderValue)>>;

/// Makes headers ready; gives back the name of one that cannot be sent.
pub(crate) fn ready(headers: Headers) -> Result<ReadyHeaders, &'static str> {
    let ready = headers.into_iter().map(|(name, value)| {
        let pair = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(value).ok());
        pair.ok_or(name)
    });
    ready.collect::<Result<Vec<_>, _>>().map(Arc::new)
}

/// The headers of the portal's own origin.
#[derive(Clone)]
pub(crate) struct PortalHeaders {
    /// Of files of the site.
    pub(crate) site: ReadyHeaders,
    /// Of the service worker.
    pub(crate) worker: ReadyHeaders,
    /// Of everything else.
    pub(crate) others: ReadyHeaders,
}

/// Which of them an answer gets. Without it, it is no file of the site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Own {
    Site,
    Worker,
}

/// The demo's part of the portal's own origin.
pub(crate) struct Demo {
    pub(crate) service: Arc<Service>,
    /// `portal.json` with the sample applications' origin put in.
    pub(crate) settings: Bytes,
    pub(crate) counters: bool,
}

/// The site's files, and the path that they were built for.
#[derive(Clone)]
pub(crate) struct Site {
    pub(crate) files: Files,
    pub(crate) base: Base,
}

/// What answers the calls.
pub(crate) enum Behind {
    /// Nothing: a server before this one has to.
    Nothing,
    /// The reference service.
    Demo(Demo),
    /// A real one.
    Upstream(Arc<Upstream>),
}

/// The portal's own origin. `inner` are routes beside the site: health, sample applications.
pub(crate) fn portal(site: Site, inner: Router, headers: PortalHeaders, behind: Behind) -> Router {
    let mut router = inner;
    let below_service = format!("{SERVICE_PREFIX}/{{*path}}");
    let service = match &behind {
        Behind::Nothing => any(|| async { no_service() }),
        Behind::Demo(demo) => any(call).with_state(demo.service.clone()),
        Behind::Upstream(upstream) => any(forward).with_state(upstream.clone()),
    };
    for path in [SERVICE_PREFIX, &format!("{SERVICE_PREFIX}/"), &below_service] {
        router = router.route(path, service.clone());
    }
    if let Behind::Demo(demo) = behind {
        router = router.route("/portal.json", get(settings).with_state(demo.settings));
        if demo.counters {
            router = router.route("/__demo/calls", get(calls).post(reset_calls).with_state(demo.service));
        }
    }
    router = router.route("/__demo/{*path}", any(|| async { not_found() }));
    let site = Router::new().fallback(site_file).with_state(site);
    let router = router.fallback_service(site).layer(from_fn(door::one_worker)).layer(from_fn(door::bounded));
    router.layer(map_response_with_state(headers, finish_portal))
}

/// The sample applications below their prefix, with headers of their own.
pub(crate) fn samples(files: Files, headers: ReadyHeaders) -> Router {
    let files = Router::new().fallback(sample_file).with_state(files);
    // A service of its own keeps everything below the prefix away from the site's fallback.
    let router = Router::new().nest_service(SAMPLES_PREFIX, files);
    router.layer(map_response_with_state(headers, finish))
}

/// The second port: the sample applications and the client of the bridge that they load, nothing else.
pub(crate) fn samples_alone(samples: Router, site: Files, headers: ReadyHeaders) -> Router {
    let samples = samples.route(BRIDGE_CLIENT, get(sample_file).with_state(site));
    let router = samples.fallback(|| async { not_found() }).layer(from_fn(door::bounded));
    router.layer(map_response_with_state(headers, finish))
}

async fn finish_portal(State(headers): State<PortalHeaders>, response: Response<Body>) -> Response<Body> {
    let headers = match response.extensions().get::<Own>() {
        Some(Own::Site) => headers.site,
        Some(Own::Worker) => headers.worker,
        None => headers.others,
    };
    finish(State(headers), response).await
}

/// Puts the security headers on an answer, whatever it is (hostile.md 57). What an inner part has set stays.
async fn finish(State(headers): State<ReadyHeaders>, mut response: Response<Body>) -> Response<Body> {
    for (name, value) in headers.iter() {
        response.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(NO_STORE);
    response
}

async fn call(State(service): State<Arc<Service>>, request: Request<Body>) -> Response<Body> {
    service.answer(request).await
}

async fn forward(State(upstream): State<Arc<Upstream>>, request: Request<Body>) -> Response<Body> {
    upstream.answer(request).await
}

async fn calls(State(service): State<Arc<Service>>) -> Response<Body> {
    json_reply(StatusCode::OK, service.calls())
}

async fn reset_calls(State(service): State<Arc<Service>>) -> Response<Body> {
    service.reset_calls();
    status(StatusCode::NO_CONTENT)
}

async fn settings(State(settings): State<Bytes>) -> Response<Body> {
    let mut response = json_reply(StatusCode::OK, settings);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response.extensions_mut().insert(Own::Site);
    response
}

async fn sample_file(State(files): State<Files>, request: Request<Body>) -> Response<Body> {
    let asked = Asked::new(&request);
    if !reads(&asked.method) {
        return method_not_allowed();
    }
    files.get(asked).await.unwrap_or_else(not_found)
}

async fn site_file(State(site): State<Site>, request: Request<Body>) -> Response<Body> {
    let asked = Asked::new(&request);
    if !reads(&asked.method) {
        return method_not_allowed();
    }
    let path = asked.uri.path();
    site.base.look(path);
    let own = if path == door::WORKER { Own::Worker } else { Own::Site };
    let start_page = wants_page(path, &asked.headers).then(|| start_page(&asked));
    if let Some(mut file) = site.files.get(asked).await {
        if file.status().is_success() || file.status() == StatusCode::NOT_MODIFIED {
            file.extensions_mut().insert(own);
        }
        return file;
    }
    let Some(asked) = start_page else { return not_found() };
    let Some(mut page) = site.files.get(asked).await else { return not_found() };
    page.extensions_mut().insert(Own::Site);
    page
}

fn reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

fn method_not_allowed() -> Response<Body> {
    let mut response = status(StatusCode::METHOD_NOT_ALLOWED);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}

/// The question for the start page in place of another. Conditions and ranges were meant for the other.
fn start_page(asked: &Asked) -> Asked {
    let mut headers = HeaderMap::new();
    headers.extend(asked.headers.get(header::ACCEPT_ENCODING).map(|v| (header::ACCEPT_ENCODING, v.clone())));
    Asked { method: asked.method.clone(), uri: Uri::from_static("/index.html"), headers }
}

/// Whether a browser asks for a page to show by itself: not in a frame, where the portal would stand within the
/// portal, and not as a script or a style, where a page would hide that the file is missing.
fn wants_page(path: &str, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let takes = |wanted: &[&str]| {
        text("accept").is_some_and(|accept| {
            let mut kinds = accept.split(',').map(|kind| kind.split(';').next().unwrap_or_default().trim());
            kinds.any(|kind| wanted.contains(&kind))
        })
    };
    let html = takes(&["text/html", "application/xhtml+xml"]);
    let any = text("accept").is_none() || takes(&["text/*", "*/*"]);
    match text("sec-fetch-dest") {
        Some(destination) => destination == "document" && (html || any),
        // An older browser or a program: a page is asked for by its type, and anything else has a name with an ending.
        None => {
            let ending =
                path.rsplit('/').next().unwrap_or_default().rsplit_once('.').map(|(_, ending)| ending);
            match ending {
                Some(ending) => html && !is_of_a_file(ending),
                None => html || any,
            }
        }
    }
}

/// Whether names of files of a site end so. An address of the portal may hold a dot too: ids of applications do.
fn is_of_a_file(ending: &str) -> bool {
    const ENDINGS: [&str; 20] = [
        "js",
        "mjs",
        "css",
        "wasm",
        "json",
        "map",
        "svg",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "webp",
        "ico",
        "woff",
        "woff2",
        "webmanifest",
        "txt",
        "ts",
        "xml",
        "pdf",
    ];
    ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
}
