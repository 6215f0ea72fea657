//! The session machine in every order of events.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

use portal_api::authentication::{LoggedIn, Refreshed, TokenInformation};
use portal_api::organization::Chosen;
use portal_api::{AccessToken, Listed, Organization, RefreshToken, TokenPair, Viewer};
use portal_core::session::{Began, Command, Ended, Event, REFRESH_ATTEMPTS, Session, State};

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
    Event::Chosen { asked: organization(id), reply, marker: None }
}

fn refreshed(access: &str) -> Event {
    let reply = Refreshed {
        tokens: pair(access, Some("refresh-2")),
        viewer: Viewer::default(),
        organization: Some(organization("a")),
    };
    Event::Refreshed { reply, marker: None }
}

fn active() -> Session {
    let mut session = Session::default();
    session.step(logged_in());
    session.step(chosen("a", Some("refresh-1")));
    session
}

fn unauthenticated(session: &Session) -> Event {
    Event::Unauthenticated { generation: session.generation(), elsewhere: false, replayed: false }
}

/// Meets the end of the access token, and has its turn at once.
fn refresh(session: &mut Session) -> Vec<Command> {
    let event = unauthenticated(session);
    assert_eq!(session.step(event), [Command::Lock]);
    session.step(Event::Locked(None))
}

fn refreshes(commands: &[Command]) -> usize {
    commands.iter().filter(|command| matches!(command, Command::Refresh(_))).count()
}

// hostile.md 35: twenty calls in flight get 401 together, exactly one refresh.
#[test]
fn many_refusals_cause_one_refresh() {
    let mut session = active();
    let event = unauthenticated(&session);
    let locks = |commands: &[Command]| commands.iter().filter(|c| matches!(c, Command::Lock)).count();
    let sent: usize = (0..20).map(|_| locks(&session.step(event.clone()))).sum();
    assert_eq!(sent, 1);
    assert_eq!(refreshes(&session.step(Event::Locked(None))), 1);
    assert!(session.step(refreshed("second")).contains(&Command::Wake));
    // A straggler that went out under the old tokens is replayed, not refreshed again.
    assert_eq!(session.step(event), []);
    assert_eq!(session.tokens().unwrap().access.reveal(), "second");
}

// hostile.md 36: the replay is refused too: stop, one way to sign-in.
#[test]
fn a_refused_replay_ends_the_session() {
    let mut session = active();
    let event = Event::Unauthenticated { generation: session.generation(), elsewhere: false, replayed: true };
    let over = Command::TellOver { id: "one".to_owned(), pair: 2 };
    assert_eq!(session.step(event.clone()), [Command::Forget, Command::Wake, over]);
    assert_eq!(session.state(), &State::SignedOut { ended: Some(Ended::Expired) });
    assert_eq!(session.step(event), []);
}

// hostile.md 38: a refresh that fails in passing keeps the session, with growing waits and a bound.
#[test]
fn a_failed_refresh_is_tried_again_and_keeps_the_session() {
    let mut session = active();
    refresh(&mut session);
    let mut waits = Vec::new();
    loop {
        match session.step(Event::RefreshFailed).as_slice() {
            [Command::RetryIn(wait)] => waits.push(*wait),
            other => break assert_eq!(other, [Command::Unlock, Command::Wake]),
        }
        assert_eq!(refreshes(&session.step(Event::RetryDue)), 1);
    }
    assert_eq!(waits, [1000, 2000, 4000]);
    assert_eq!(waits.len() + 1, REFRESH_ATTEMPTS as usize);
    assert!(matches!(session.state(), State::Active { .. }));
    assert_eq!(refreshes(&refresh(&mut session)), 1);
}

// contract.md §6, 8: 31512 leads to the organization page, not to sign-in.
#[test]
fn without_organization_the_choice_comes() {
    let mut session = active();
    session.step(Event::OrganizationUnselected { generation: session.generation() });
    assert!(matches!(session.state(), State::NoOrganization { organizations: None, .. }));
}

// A refresh token of before can still be spent at the choice of an organization; its success must settle the refresh,
// or every later call would wait for ever.
#[test]
fn a_refresh_at_the_choice_of_an_organization_settles() {
    let mut session = active();
    session.step(Event::OrganizationUnselected { generation: session.generation() });
    assert_eq!(refreshes(&refresh(&mut session)), 1);
    assert!(session.step(refreshed("second")).contains(&Command::Wake));
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
fn sign_out_forgets_before_it_tells_the_service() {
    let mut session = active();
    let tokens = session.tokens().unwrap().clone();
    assert_eq!(
        session.step(Event::SignOut(500)),
        [Command::Forget, Command::Wake, Command::TellSignOut(500), Command::Leave(tokens)]
    );
    session.step(Event::SignOutTold(false));
    assert_eq!(session.state(), &State::SignedOut { ended: Some(Ended::SignedOutLocally) });
    session.step(Event::SignOutTold(true));
    assert_eq!(session.state(), &State::SignedOut { ended: Some(Ended::SignedOut) });
}

// Late replies of a session that is over change nothing.
#[test]
fn late_replies_are_dropped() {
    let mut session = active();
    refresh(&mut session);
    session.step(Event::SignOut(500));
    for late in [chosen("b", Some("late")), Event::RetryDue, Event::Unanswered] {
        assert_eq!(session.step(late), []);
        assert_eq!(session.tokens(), None);
    }
    // hostile.md 42: what the service gave too late is given back.
    let commands = session.step(refreshed("late"));
    assert!(
        matches!(commands.as_slice(), [Command::Unlock, Command::Wake, Command::Leave(_)]),
        "{commands:?}"
    );
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
