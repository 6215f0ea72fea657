//! Files that were asked for a moment ago, in memory: a page of the portal is some thirty files, and everybody who comes
//! asks for the same ones. What is changed on the disk is seen a second later.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use http_body_util::BodyExt as _;

use crate::files::Asked;

/// How long an answer counts.
const LIFE: Duration = Duration::from_secs(1);
/// The largest file that is kept, and all together, in bytes.
const LARGEST: u64 = 2 << 20;
const ALL: usize = 32 << 20;
/// How many answers are kept: each file in each encoding that somebody asked for.
const MOST: usize = 512;

/// What an answer depends on, besides the disk.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Key {
    path: String,
    encodings: Option<HeaderValue>,
}

#[derive(Debug)]
struct Kept {
    headers: HeaderMap,
    body: Bytes,
    until: Instant,
}

/// The answers of a folder.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recent {
    kept: Arc<Mutex<Answers>>,
}

#[derive(Debug, Default)]
struct Answers {
    by_key: HashMap<Key, Arc<Kept>>,
    bytes: usize,
}

impl Recent {
    /// What the answer to a request is kept under; none where it depends on more: conditions, ranges.
    pub(crate) fn key(asked: &Asked) -> Option<Key> {
        let more = [
            header::RANGE,
            header::IF_RANGE,
            header::IF_MATCH,
            header::IF_NONE_MATCH,
            header::IF_MODIFIED_SINCE,
            header::IF_UNMODIFIED_SINCE,
        ];
        let plain = asked.method == Method::GET && more.iter().all(|name| !asked.headers.contains_key(name));
        let encodings = asked.headers.get(header::ACCEPT_ENCODING).cloned();
        plain.then(|| Key { path: asked.uri.path().to_owned(), encodings })
    }

    /// The answer, if it is still good.
    pub(crate) fn get(&self, key: &Key) -> Option<Response<Body>> {
        let kept = self.answers().by_key.get(key).cloned();
        let kept = kept.filter(|kept| Instant::now() < kept.until)?;
        Some(response(kept.headers.clone(), kept.body.clone()))
    }

    /// Keeps an answer where it is small enough, and gives it back.
    pub(crate) async fn keep(&self, key: Key, answer: Response<Body>) -> Response<Body> {
        let length = answer.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        let small = length.and_then(|length| length.parse::<u64>().ok()).is_some_and(|size| size <= LARGEST);
        if answer.status() != StatusCode::OK || !small {
            return answer;
        }
        let (parts, body) = answer.into_parts();
        let Ok(body) = body.collect().await.map(http_body_util::Collected::to_bytes) else {
            return crate::files::status(StatusCode::INTERNAL_SERVER_ERROR);
        };
        let kept = Kept { headers: parts.headers.clone(), body: body.clone(), until: Instant::now() + LIFE };
        let mut answers = self.answers();
        if answers.by_key.len() >= MOST || answers.bytes + body.len() > ALL {
            *answers = Answers::default();
        }
        answers.bytes += body.len();
        if let Some(old) = answers.by_key.insert(key, Arc::new(kept)) {
            answers.bytes -= old.body.len();
        }
        drop(answers);
        response(parts.headers, body)
    }

    fn answers(&self) -> MutexGuard<'_, Answers> {
        // Nothing in it can be half done.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn response(headers: HeaderMap, body: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.headers_mut() = headers;
    response
}
