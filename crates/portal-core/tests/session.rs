//! The session machine in every order of events.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

use portal_api::authentication::{LoggedIn, Refreshed, TokenInformation};
use portal_api::organization::Chosen;
use portal_api::{
    AccessToken, Error, ErrorKind, Listed, Organization, RefreshToken, Response, TokenPair, TransportFailure,
    Viewer,
};
use portal_core::session::{
    Began, Command, Ended, Event, Phase, RETRY_BUDGET_MS, SEND_BUDGET_MS, Session, Snapshot, State, Step,
    Stored, Verdict, judge, next_step, next_try,
};

fn organization(id: &str) -> Organization {
    Organization::new(id, Some(id)).unwrap()
}

fn pair(access: &str, refresh: Option<&str>) -> TokenPair {
    TokenPair {
        access: AccessToken::parse(access),
        refresh: refresh.and_then(RefreshToken::parse),
        refresh_expires: None,
    }
}

fn logged_in() -> Event {
    let reply = LoggedIn {
        token: AccessToken::parse("first").unwrap(),
        viewer: Viewer { id: None, name: "Morgan".into(), email: None },
        organizations: Listed { entries: vec![organization("a"), organization("b")], dropped: 0 },
        second_factor: None,
    };
    Event::LoggedIn { reply, began: Began { id: "one".to_owned(), since: 100, keep: false } }
}

fn chosen(id: &str, refresh: Option<&str>) -> Event {
    let reply = Chosen {
        tokens: pair(&format!("access-{id}"), refresh),
        viewer: Viewer::default(),
        organization: Some(organization(id)),
    };
    Event::Chosen { asked: organization(id), reply }
}

fn renewed(access: &str, pair: u64) -> Event {
    let reply = Refreshed {
        tokens: self::pair(access, Some("refresh-2")),
        viewer: Viewer::default(),
        organization: Some(organization("a")),
    };
    Event::Renewed { pair, reply }
}

fn active() -> Session {
    let mut session = Session::default();
    session.step(logged_in());
    session.step(chosen("a", Some("refresh-1")));
    session
}

fn number(session: &Session) -> u64 {
    session.tokens().unwrap().pair
}

/// Meets the end of the access token.
fn expire(session: &mut Session) -> Vec<Command> {
    session.step(Event::Unauthenticated { generation: session.generation() })
}

// Twenty calls in flight get 401 together: one renewal.
#[test]
fn many_refusals_cause_one_renewal() {
    let mut session = active();
    let event = Event::Unauthenticated { generation: session.generation() };
    let commands: Vec<Command> = (0..20).flat_map(|_| session.step(event.clone())).collect();
    assert_eq!(commands, [Command::Renew]);
    assert!(session.holds_calls());
    let pair = number(&session);
    assert!(session.step(renewed("second", pair)).contains(&Command::Wake));
    // A straggler that went out under the old tokens is replayed, not refreshed again.
    assert_eq!(session.step(event), []);
    assert_eq!(session.tokens().unwrap().access.reveal(), "second");
}

// A 401 alone ends nothing, not even without a refresh token: Get Token Information has to agree.
#[test]
fn only_a_rejected_token_ends_the_session() {
    let mut session = active();
    session.step(chosen("b", None));
    assert_eq!(expire(&mut session), []);
    assert!(session.tokens().is_some());
    let generation = session.generation();
    assert_eq!(session.step(Event::Rejected { generation: generation - 1, elsewhere: false }), []);
    let end = Command::End { id: "one".to_owned(), why: Ended::Expired };
    assert_eq!(
        session.step(Event::Rejected { generation, elsewhere: false }),
        [end, Command::TokensChanged, Command::Wake]
    );
    assert_eq!(session.state(), &State::SignedOut { ended: Some(Ended::Expired) });
}

// A renewal that fails in passing keeps the session and lets the calls go on; the next one tries again.
#[test]
fn a_failed_renewal_keeps_the_session() {
    let mut session = active();
    expire(&mut session);
    let pair = number(&session);
    assert_eq!(session.step(Event::RenewalFailed { pair }), [Command::Wake]);
    assert!(matches!(session.state(), State::Active { .. }) && !session.holds_calls());
    assert_eq!(expire(&mut session), [Command::Renew]);
}

// After a time-out nobody knows whether the refresh token was used: the access token is kept until it ends, and the
// refresh token is never sent again.
#[test]
fn a_lost_renewal_keeps_the_access_token_and_says_so_in_the_end() {
    let mut session = active();
    expire(&mut session);
    let pair = number(&session);
    assert_eq!(session.step(Event::RenewalLost { pair }), [Command::Wake]);
    assert_eq!(session.tokens().unwrap().refresh, None);
    assert_eq!(expire(&mut session), []);
    session.step(Event::Rejected { generation: session.generation(), elsewhere: false });
    assert_eq!(session.state(), &State::SignedOut { ended: Some(Ended::RenewalLost) });
}

// The number that the store gives a pair can be later than expected; a renewal that began meanwhile must not be waited
// for forever.
#[test]
fn a_renewal_under_a_provisional_number_begins_again() {
    let mut session = active();
    expire(&mut session);
    assert_eq!(session.step(Event::Numbered { pair: 40 }), [Command::Renew]);
    assert_eq!(session.step(renewed("late", 3)), []);
    assert!(session.step(renewed("second", 40)).contains(&Command::Wake));
}

// While one tab chooses the organization after signing in, another one stays at sign-in: it would ask the same question.
#[test]
fn a_session_without_an_organization_is_not_joined() {
    let mut other = Session::default();
    other.step(logged_in());
    let stored = |session: &Session| {
        let stored = session.record().map(|record| Stored { record, phase: Phase::Ready });
        Event::Stored { id: None, snapshot: Snapshot { out: 0, ended: None, stored } }
    };
    let mut session = Session::default();
    assert_eq!(session.step(stored(&other)), []);
    assert_eq!(session.tokens(), None);
    other.step(chosen("a", Some("refresh-1")));
    session.step(stored(&other));
    assert_eq!(session.tokens(), other.tokens());
}

// A page that is opened after a sign-out leads to its own address, so the sign-out is no reason to forget that.
#[test]
fn a_sign_out_before_the_page_was_opened_is_not_mentioned() {
    for (ended, shown) in [(Ended::SignedOutInOtherTab, None), (Ended::RenewalLost, Some(Ended::RenewalLost))]
    {
        let session = Session::resume(Snapshot { out: 0, ended: Some(ended), stored: None });
        assert_eq!(session.state(), &State::SignedOut { ended: shown });
    }
}

fn answer(status: u16, body: &str) -> Response {
    Response { status, headers: Vec::new(), body: body.as_bytes().to_vec() }
}

// Only an answer of the service itself, or of the gateway before it, shows that the refresh token was not used.
#[test]
fn answers_to_a_refresh_are_told_apart() {
    let good = r#"{"code":0,"data":{"accessToken":"a","refreshToken":"r"}}"#;
    assert!(matches!(judge(&answer(200, good)), Verdict::Renewed(_)));
    for (status, body) in [
        (302, ""),
        (429, ""),
        (503, ""),
        (503, "<html>"),
        (200, r#"{"code":31429}"#),
        (200, r#"{"code":31500}"#),
        (500, r#"{"code":31500,"message":"busy"}"#),
        (200, r#"{"status":"1203","code":1203}"#),
    ] {
        assert!(matches!(judge(&answer(status, body)), Verdict::NotUsed(_)), "{status} {body}");
    }
    for (status, body) in
        [(200, r#"{"code":31401}"#), (401, ""), (200, r#"{"code":31400}"#), (403, r#"{"code":31403}"#)]
    {
        assert_eq!(judge(&answer(status, body)), Verdict::Refused, "{status} {body}");
    }
    for (status, body) in [
        (502, "<html>Bad gateway"),
        (504, ""),
        (500, ""),
        (200, ""),
        (200, "<html>"),
        (403, "<html>blocked"),
        (200, r#"{"code":0,"data":{}}"#),
    ] {
        assert!(matches!(judge(&answer(status, body)), Verdict::Unknown(_)), "{status} {body}");
    }
}

// The waits grow, and end within the time that a user is asked to wait.
#[test]
fn tries_end_in_time() {
    let failed = |failure| Error {
        operation: "Refresh Access Token",
        kind: ErrorKind::Transport(failure),
        request_id: None,
    };
    // Another try would be redirected as well.
    assert_eq!(next_try(&failed(TransportFailure::Redirected), 1, 0), None);
    let error = failed(TransportFailure::Network);
    let (mut elapsed, mut waits) = (0, Vec::new());
    while let Some(wait) = next_try(&error, u32::try_from(waits.len()).unwrap() + 1, elapsed) {
        waits.push(wait);
        elapsed += wait;
    }
    assert_eq!(waits, [1_000, 2_000, 4_000, 8_000]);
    assert!(elapsed <= RETRY_BUDGET_MS);
}

// A sender that vanished is given up after its time, also where the clock was set back meanwhile.
#[test]
fn a_vanished_sender_is_given_up() {
    let record = active().record().unwrap();
    let pair = record.tokens.pair;
    let sent = |until| {
        let stored = Some(Stored { record: record.clone(), phase: Phase::Sent { until } });
        Snapshot { out: 0, ended: None, stored }
    };
    let now = 1_000_000;
    let budget = i64::from(SEND_BUDGET_MS);
    assert_eq!(next_step(&sent(now + budget), pair, true, now), Step::Wait);
    assert_eq!(next_step(&sent(now - 1_000), pair, true, now), Step::Wait);
    assert_eq!(next_step(&sent(now - 10_000), pair, true, now), Step::GiveUp);
    assert_eq!(next_step(&sent(now + 100 * budget), pair, true, now), Step::GiveUp);
    // The browser has removed the record, and with it the reply.
    assert_eq!(next_step(&Snapshot::default(), pair, true, now), Step::Lost);
    assert_eq!(next_step(&Snapshot::default(), pair, false, now), Step::Gone);
}

// contract.md §6, 8: 31512 leads to the organization page, not to sign-in.
#[test]
fn without_organization_the_choice_comes() {
    let mut session = active();
    session.step(Event::OrganizationUnselected { generation: session.generation() });
    assert!(matches!(session.state(), State::NoOrganization { organizations: None, .. }));
}

// A refresh token of before can still be used at the choice of an organization; its success must settle the renewal, or
// every later call would wait forever.
#[test]
fn a_renewal_at_the_choice_of_an_organization_settles() {
    let mut session = active();
    session.step(Event::OrganizationUnselected { generation: session.generation() });
    assert_eq!(expire(&mut session), [Command::Renew]);
    let pair = number(&session);
    assert!(session.step(renewed("second", pair)).contains(&Command::Wake));
    assert!(!session.holds_calls());
    assert_eq!(session.tokens().unwrap().access.reveal(), "second");
}

// contract.md 0.4: the returned token replaces the one at hand; a refresh token is bound to its organization.
#[test]
fn a_switch_takes_the_tokens_over() {
    let mut session = active();
    let epoch = session.epoch();
    session.step(chosen("b", None));
    let tokens = session.tokens().unwrap();
    assert_eq!(tokens.access.reveal(), "access-b");
    assert_eq!(tokens.refresh, None);
    assert!(session.epoch() > epoch);
}

#[test]
fn sign_out_ends_here_before_the_service_is_told() {
    let mut session = active();
    let tokens = session.tokens().unwrap().clone();
    let out = Command::SignOut { id: "one".to_owned(), why: Ended::SignedOut, at: 500, tokens };
    assert_eq!(session.step(Event::SignOut(500)), [out, Command::TokensChanged, Command::Wake]);
    assert_eq!(session.last_out(), 500);
    session.step(Event::SignOutTold(false));
    assert_eq!(session.state(), &State::SignedOut { ended: Some(Ended::SignedOutLocally) });
    session.step(Event::SignOutTold(true));
    assert_eq!(session.state(), &State::SignedOut { ended: Some(Ended::SignedOut) });
}

// Late replies of a session that is over change nothing.
#[test]
fn late_replies_are_dropped() {
    let mut session = active();
    expire(&mut session);
    let pair = number(&session);
    session.step(Event::SignOut(500));
    for late in [chosen("b", Some("late")), Event::RenewalFailed { pair }, Event::RenewalLost { pair }] {
        assert_eq!(session.step(late), []);
        assert_eq!(session.tokens(), None);
    }
    // What the service gave too late is given back.
    let commands = session.step(renewed("late", pair));
    assert!(matches!(commands.as_slice(), [Command::Leave(_)]), "{commands:?}");
    assert_eq!(session.tokens(), None);
}

// Get Token Information tells that the service works elsewhere: what was asked for before is dropped.
#[test]
fn the_service_has_the_last_word_on_the_organization() {
    let mut session = active();
    let epoch = session.epoch();
    let information = TokenInformation { viewer: Viewer::default(), organization: Some(organization("b")) };
    session.step(Event::Informed(information));
    assert!(matches!(session.state(), State::Active { organization, .. } if organization.id.as_str() == "b"));
    assert!(session.epoch() > epoch);
}
