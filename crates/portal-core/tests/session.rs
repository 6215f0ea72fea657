//! The session machine in every order of events.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

use portal_api::authentication::{LoggedIn, Refreshed, TokenInformation};
use portal_api::organization::Chosen;
use portal_api::{AccessToken, Listed, Organization, RefreshToken, TokenPair, Viewer};
use portal_core::session::{Command, Ended, Event, REFRESH_ATTEMPTS, Session, State};
use proptest::prelude::*;

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
    Event::LoggedIn(LoggedIn {
        token: AccessToken::parse("first").unwrap(),
        viewer: Viewer { id: None, name: "Morgan".into(), email: None },
        organizations: Listed { entries: vec![organization("a"), organization("b")], dropped: 0 },
        second_factor: None,
    })
}

fn chosen(id: &str, refresh: Option<&str>) -> Event {
    let reply = Chosen {
        tokens: pair(&format!("access-{id}"), refresh),
        viewer: Viewer::default(),
        organization: Some(organization(id)),
    };
    Event::Chosen { asked: organization(id), reply }
}

fn refreshed(access: &str) -> Event {
    Event::Refreshed(Refreshed {
        tokens: pair(access, Some("refresh-2")),
        viewer: Viewer::default(),
        organization: Some(organization("a")),
    })
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

fn refreshes(commands: &[Command]) -> usize {
    commands.iter().filter(|command| matches!(command, Command::Refresh(_))).count()
}

// hostile.md 35: twenty calls in flight get 401 together, exactly one refresh.
#[test]
fn many_refusals_cause_one_refresh() {
    let mut session = active();
    let event = unauthenticated(&session);
    let sent: usize = (0..20).map(|_| refreshes(&session.step(event.clone()))).sum();
    assert_eq!(sent, 1);
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
    assert_eq!(session.step(event.clone()), [Command::Forget, Command::Wake]);
    assert_eq!(session.state(), &State::SignedOut { ended: Some(Ended::Expired) });
    assert_eq!(session.step(event), []);
}

// hostile.md 38: a refresh that fails in passing keeps the session, with growing waits and a bound.
#[test]
fn a_failed_refresh_is_tried_again_and_keeps_the_session() {
    let mut session = active();
    let event = unauthenticated(&session);
    session.step(event);
    let mut waits = Vec::new();
    loop {
        match session.step(Event::RefreshFailed).as_slice() {
            [Command::RetryIn(wait)] => waits.push(*wait),
            other => break assert_eq!(other, [Command::Wake]),
        }
        assert_eq!(refreshes(&session.step(Event::RetryDue)), 1);
    }
    assert_eq!(waits, [1000, 2000, 4000]);
    assert_eq!(waits.len() + 1, REFRESH_ATTEMPTS as usize);
    assert!(matches!(session.state(), State::Active { .. }));
    let event = unauthenticated(&session);
    assert_eq!(refreshes(&session.step(event)), 1);
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
    let event = unauthenticated(&session);
    assert_eq!(refreshes(&session.step(event)), 1);
    assert!(session.step(refreshed("second")).contains(&Command::Wake));
    assert!(!session.is_refreshing());
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
    assert_eq!(session.step(Event::SignOut), [Command::Forget, Command::Wake, Command::Leave(tokens)]);
    session.step(Event::SignOutNotTold);
    assert_eq!(session.state(), &State::SignedOut { ended: Some(Ended::SignedOutLocally) });
}

// Late replies of a session that is over change nothing.
#[test]
fn late_replies_are_dropped() {
    let mut session = active();
    let event = unauthenticated(&session);
    session.step(event);
    session.step(Event::SignOut);
    for late in [refreshed("late"), chosen("b", Some("late")), Event::RefreshRefused, Event::RetryDue] {
        assert_eq!(session.step(late), []);
        assert_eq!(session.tokens(), None);
    }
}

fn any_event() -> impl Strategy<Value = (u8, u64, bool, bool)> {
    (0_u8..12, 0_u64..3, any::<bool>(), any::<bool>())
}

proptest! {
    // Whatever happens in whatever order: one refresh in flight, counters never fall, a record is kept exactly
    // while somebody is signed in.
    #[test]
    fn invariants_hold(events in proptest::collection::vec(any_event(), 0..60)) {
        let mut session = Session::default();
        let (mut in_flight, mut saved) = (0_i32, false);
        for (kind, age, elsewhere, replayed) in events {
            let generation = session.generation().saturating_sub(age);
            let settles = (7..=9).contains(&kind) && in_flight > 0;
            let event = match kind {
                0 => logged_in(),
                1 => chosen("a", Some("r")),
                2 => chosen("b", None),
                3 => Event::Informed(TokenInformation {
                    viewer: Viewer::default(),
                    organization: Some(organization("b")),
                }),
                4 | 5 => Event::Unauthenticated { generation, elsewhere, replayed },
                6 => Event::OrganizationUnselected { generation },
                7 => refreshed("new"),
                8 => Event::RefreshRefused,
                9 => Event::RefreshFailed,
                10 => Event::RetryDue,
                _ => Event::SignOut,
            };
            let (generation, epoch) = (session.generation(), session.epoch());
            let commands = session.step(event);
            prop_assert!(session.generation() >= generation && session.epoch() >= epoch);
            if settles || session.epoch() > epoch { in_flight = 0; }
            for command in &commands {
                match command {
                    Command::Refresh(_) => in_flight += 1,
                    Command::Save(_) => saved = true,
                    Command::Forget => saved = false,
                    _ => {}
                }
            }
            prop_assert!(in_flight <= 1, "two refreshes");
            prop_assert_eq!(saved, session.tokens().is_some());
        }
    }
}
