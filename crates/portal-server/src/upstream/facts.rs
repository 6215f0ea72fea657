//! What is known of sessions for a short while: whose a token is, its organization, and the user's applications. The page
//! asks for each application every half minute whether messages wait; without this each of those calls would ask the
//! service twice more, once for the whole list of applications.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::http::HeaderValue;
use portal_api::{AccessToken, ApplicationId, OrganizationId, Spec, UserId};
use sha2::{Digest as _, Sha256};
use tokio::sync::OnceCell;

use super::refusal::Refusal;

/// How long facts count after they were asked for: so long may a user still do what the service has just taken away.
const LIFE: Duration = Duration::from_secs(60);
/// How many sessions are kept, and how many bytes the ids of their applications may hold together.
const MOST: usize = 4096;
const MOST_BYTES: usize = 32 << 20;
/// Operations that change what a token is good for.
const CHANGING: [&str; 4] =
    ["Choose Organization", "Log Out", "Refresh Access Token", "Revoke Refresh Token"];

/// A token by its hash: what is kept for a while is no token.
type Key = [u8; 32];

/// Who a session is, as the service says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Who {
    pub(super) user: Option<UserId>,
    pub(super) organization: OrganizationId,
}

/// What is known of one session. Whoever asks while somebody is asking waits for the same answer; a failure is nobody
/// else's answer.
#[derive(Debug)]
pub(super) struct Known {
    until: Instant,
    who: OnceCell<Who>,
    applications: OnceCell<HashSet<ApplicationId>>,
    /// What the ids of the applications hold.
    bytes: AtomicUsize,
}

impl Known {
    fn new(until: Instant) -> Self {
        Self { until, who: OnceCell::new(), applications: OnceCell::new(), bytes: AtomicUsize::new(0) }
    }

    /// Who it is, asked for by `ask` where it is not known.
    pub(super) async fn who(&self, ask: impl Future<Output = Result<Who, Refusal>>) -> Result<&Who, Refusal> {
        self.who.get_or_try_init(|| ask).await
    }

    /// The applications of the user, asked for by `ask` where they are not known.
    pub(super) async fn applications(
        &self,
        ask: impl Future<Output = Result<HashSet<ApplicationId>, Refusal>>,
    ) -> Result<&HashSet<ApplicationId>, Refusal> {
        let known = self.applications.get_or_try_init(|| ask).await?;
        let bytes = known.iter().map(|id| id.as_str().len() + size_of::<ApplicationId>()).sum();
        self.bytes.store(bytes, Ordering::Relaxed);
        Ok(known)
    }
}

/// The facts of all sessions.
#[derive(Debug, Default)]
pub(super) struct Facts {
    known: Mutex<HashMap<Key, Arc<Known>>>,
}

impl Facts {
    /// What is known of a token, which may be nothing yet.
    pub(super) fn of(&self, token: &AccessToken) -> Arc<Known> {
        self.at(key(token), Instant::now())
    }

    fn at(&self, key: Key, now: Instant) -> Arc<Known> {
        let mut known = self.known();
        if let Some(found) = known.get(&key).filter(|found| now < found.until) {
            return found.clone();
        }
        if known.len() >= MOST {
            make_room(&mut known, now);
        }
        let new = Arc::new(Known::new(now + LIFE));
        known.insert(key, new.clone());
        new
    }

    /// After something was learned: keeps what all of it may hold within its bound, and drops what was not learned.
    pub(super) fn settle(&self, token: &AccessToken) {
        let mut known = self.known();
        let key = key(token);
        if known.get(&key).is_some_and(|found| !found.who.initialized()) {
            known.remove(&key);
        }
        if bytes(&known) > MOST_BYTES {
            make_room(&mut known, Instant::now());
        }
    }

    /// Forgets the session of a call that may change what its token is good for.
    pub(super) fn forget_after(&self, spec: &Spec, authorization: Option<&HeaderValue>) {
        if CHANGING.contains(&spec.operation) {
            self.forget(authorization);
        }
    }

    /// Forgets the session of a token.
    pub(super) fn forget(&self, authorization: Option<&HeaderValue>) {
        if let Some(token) = parse(authorization) {
            self.known().remove(&key(&token));
        }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Key, Arc<Known>>> {
        // Nothing in it can be half done.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Drops what is over, and everything where that is not enough.
fn make_room(known: &mut HashMap<Key, Arc<Known>>, now: Instant) {
    known.retain(|_, known| now < known.until);
    if known.len() >= MOST || bytes(known) > MOST_BYTES {
        known.clear();
    }
}

fn bytes(known: &HashMap<Key, Arc<Known>>) -> usize {
    known.values().map(|known| known.bytes.load(Ordering::Relaxed)).sum()
}

/// The token of a call.
pub(super) fn parse(authorization: Option<&HeaderValue>) -> Option<AccessToken> {
    authorization?.to_str().ok().and_then(AccessToken::parse)
}

fn key(token: &AccessToken) -> Key {
    Sha256::digest(token.header().as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::{AccessToken, Arc, Facts, Instant, LIFE, MOST, Refusal, Who, key};
    use portal_api::{ApplicationId, OrganizationId};

    fn token(name: &str) -> AccessToken {
        AccessToken::parse(name).expect("a token")
    }

    fn who() -> Result<Who, Refusal> {
        Ok(Who { user: None, organization: OrganizationId::parse("o-1").expect("an id") })
    }

    fn run(test: impl Future<Output = ()>) {
        tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(test);
    }

    #[test]
    fn facts_end_and_can_be_forgotten() {
        let (facts, now) = (Facts::default(), Instant::now());
        let first = facts.at(key(&token("a")), now);
        assert!(Arc::ptr_eq(&first, &facts.at(key(&token("a")), now + LIFE / 2)));
        assert!(!Arc::ptr_eq(&first, &facts.at(key(&token("b")), now)));
        assert!(!Arc::ptr_eq(&first, &facts.at(key(&token("a")), now + LIFE)));
        let again = facts.of(&token("a"));
        facts.forget(Some(&token("a").header().try_into().expect("a header")));
        assert!(!Arc::ptr_eq(&again, &facts.of(&token("a"))));
    }

    // A failure of the service is not remembered as an answer, nor who came with a token that is none.
    #[test]
    fn a_failure_is_asked_again() {
        run(async {
            let facts = Facts::default();
            let known = facts.of(&token("a"));
            assert_eq!(known.who(async { Err(Refusal::Timeout) }).await, Err(Refusal::Timeout));
            facts.settle(&token("a"));
            assert!(facts.known().is_empty());
            let known = facts.of(&token("a"));
            assert!(known.who(async { who() }).await.is_ok());
            facts.settle(&token("a"));
            let known = facts.of(&token("a"));
            assert!(known.who(async { Err(Refusal::Timeout) }).await.is_ok(), "it is known");
        });
    }

    // Strangers with tokens of any kind must not fill the memory, and large lists neither.
    #[test]
    fn what_is_kept_is_bounded() {
        run(async {
            let facts = Facts::default();
            for number in 0..2 * MOST {
                facts.of(&token(&format!("t{number}")));
            }
            assert!(facts.known().len() <= MOST);
            let id = |number: usize| ApplicationId::parse(&format!("{number:01000}")).expect("an id");
            for number in 0..20 {
                let token = token(&format!("large{number}"));
                let known = facts.of(&token);
                known.who(async { who() }).await.expect("known");
                known.applications(async { Ok((0..5000).map(id).collect()) }).await.expect("known");
                facts.settle(&token);
                assert!(super::bytes(&facts.known()) <= super::MOST_BYTES);
            }
        });
    }
}
