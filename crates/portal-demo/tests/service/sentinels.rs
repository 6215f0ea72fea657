//! Every failure that can be shown by hand: see docs/demo.md for how.

use portal_api::application::GetUserApplications;
use portal_api::authentication::{GetTokenInformation, RefreshAccessToken};
use portal_api::{ApplicationKind, Code, ErrorKind, RefreshToken};

use crate::support::{Host, START, applications, menus, message, ready};

const WRONG: Option<Code> = Some(Code::Invalid);
const LOCKED: Option<Code> = Some(Code::TooManyAttempts);

// contract.md 1.1: wrong passwords lock, for a minute, right password or not; nobody else is touched.
#[test]
fn wrong_passwords_lock() {
    let host = Host::new();
    let attempt = |password| host.log_in("morgan", password).err().and_then(|error| error.code());
    assert_eq!(["a", "b", "c", "d", "e"].map(attempt), [WRONG, WRONG, WRONG, WRONG, LOCKED]);
    host.wait(20);
    let error = host.log_in("morgan", "portal").unwrap_err();
    assert_eq!(
        (error.code(), message(&error)),
        (LOCKED, "Too many wrong passwords. Try again in 40 seconds.")
    );
    assert!(host.log_in("solo", "portal").is_ok());
    // A reload of the page does not unlock.
    let again = Host::new();
    again.portal.borrow_mut().restore(&host.portal.borrow().snapshot());
    again.wait(59);
    assert_eq!(again.log_in("morgan", "portal").unwrap_err().code(), LOCKED);
    again.wait(1);
    assert!(again.log_in("morgan", "portal").is_ok());
}

// Only wrong passwords in a row count; an account that does not exist locks like any other, and so tells nothing.
#[test]
fn locking_counts_in_a_row_and_tells_nothing() {
    let host = Host::new();
    for _ in 0..3 {
        for _ in 0..4 {
            assert_eq!(host.log_in("morgan", "wrong").unwrap_err().code(), WRONG);
        }
        assert!(host.log_in("morgan", "portal").is_ok());
    }
    for expected in [WRONG, WRONG, WRONG, WRONG, LOCKED, LOCKED] {
        assert_eq!(host.log_in("stranger", "portal").unwrap_err().code(), expected);
    }
    let locked = host.log_in("locked", "portal").unwrap_err();
    assert_eq!(
        (locked.code(), message(&locked)),
        (LOCKED, "The account is locked. Try again in 600 seconds.")
    );
}

#[test]
fn log_in_fails_in_every_way() {
    let host = Host::new();
    let kind = |account: &str| host.log_in(account, "portal").unwrap_err().kind;
    assert!(matches!(kind("login500"), ErrorKind::Refused { code: Code::Internal, .. }));
    assert_eq!(host.last_status.get(), 500);
    assert!(matches!(kind("gateway"), ErrorKind::Refused { code: Code::Other(502), .. }));
    assert_eq!(kind("html"), ErrorKind::NotTheService { status: 200 });
}

// contract.md 0.4: tokens that end early, with three ways to go on.
#[test]
fn sessions_end_early() {
    let host = Host::new();
    let client = host.client();
    for account in ["expired", "refused", "refresh500"] {
        let chosen = host.enter(account, "o-north-sea");
        let token = chosen.tokens.access.unwrap();
        host.wait(4);
        assert!(!applications(&host, &token).is_empty());
        host.wait(1);
        assert!(ready(client.with(&token).send(&GetUserApplications)).unwrap_err().ends_session());
        let refresh_token = chosen.tokens.refresh.unwrap();
        let refresh = || {
            let reply = ready(client.send(&RefreshAccessToken { refresh_token: refresh_token.clone() }));
            reply.map(|reply| reply.tokens.access.unwrap()).map_err(|error| error.code())
        };
        match account {
            "refused" => assert_eq!(refresh(), Err(Some(Code::Unauthenticated))),
            "refresh500" => {
                for _ in 0..3 {
                    assert_eq!(refresh(), Err(Some(Code::Internal)));
                    assert_eq!(host.last_status.get(), 500);
                }
                assert!(!applications(&host, &refresh().unwrap()).is_empty());
            }
            _ => assert!(!applications(&host, &refresh().unwrap()).is_empty()),
        }
    }
}

// contract.md 0.4 leaves open what becomes of a refresh token that was used; for this account it is good once, and a
// second use ends every one of the user's.
#[test]
fn refresh_tokens_rotate() {
    let host = Host::new();
    let client = host.client();
    let first = host.enter("rotating", "o-north-sea").tokens.refresh.unwrap();
    let refresh = |token: &RefreshToken| {
        let reply = ready(client.send(&RefreshAccessToken { refresh_token: token.clone() }));
        reply.map(|reply| reply.tokens.refresh.unwrap()).map_err(|error| error.code())
    };
    let second = refresh(&first).unwrap();
    let third = refresh(&second).unwrap();
    assert_eq!(refresh(&first), Err(Some(Code::Unauthenticated)));
    assert_eq!(refresh(&third), Err(Some(Code::Unauthenticated)), "the whole family has ended");
    let again = host.enter("rotating", "o-harbor").tokens.refresh.unwrap();
    assert!(refresh(&again).is_ok());
}

// Everything is late, from signing in on; the host waits, the service only says for how long.
#[test]
fn slow_is_slow_everywhere() {
    let host = Host::new();
    let token = host.token("slow", "o-helios");
    assert_eq!(host.last_delay.get(), 3000);
    applications(&host, &token);
    assert_eq!(host.last_delay.get(), 3000);
    applications(&host, &host.token("solo", "o-helios"));
    assert_eq!(host.last_delay.get(), 0);
}

// contract.md §6, 1, 5, 6, 7, 9, 11, 12: the same story with a service of the old kind.
#[test]
fn legacy_is_old_everywhere() {
    let host = Host::new();
    let client = host.client();
    let signed_in = host.log_in("legacy", "portal").unwrap();
    assert_eq!(signed_in.viewer.name, "Leo Garcia");
    let early = ready(client.with(&signed_in.token).send(&GetUserApplications)).unwrap_err();
    assert_eq!(
        (early.code(), message(&early)),
        (Some(Code::OrganizationUnselected), "Organization unselected")
    );
    let chosen = host.choose(&signed_in.token, "o-north-sea").unwrap();
    assert_eq!(chosen.organization.unwrap().name, "North Sea Energy");
    assert_eq!(chosen.tokens.refresh_expires, Some(START + 30 * 24 * 3600 * 1000));
    let token = chosen.tokens.access.unwrap();
    ready(client.with(&token).send(&GetTokenInformation)).unwrap();

    let old = applications(&host, &token);
    let new = applications(&host, &host.token("morgan", "o-north-sea"));
    assert_eq!(old.len(), new.len());
    for (old, new) in old.iter().zip(&new) {
        assert_eq!((&old.id, &old.code, &old.address), (&new.id, &new.code, &new.address));
        assert_eq!((old.enabled, old.kind, old.shortcut), (new.enabled, new.kind, new.shortcut));
        assert_eq!(old.order, new.order);
        assert!(old.name.by_locale.is_empty() && old.name.fallback == new.name.fallback);
        assert!(old.category.as_ref().is_none_or(|category| category.name.is_empty()));
    }
    let menus_of = |id| menus(&host, &token, id);
    assert_eq!(menus_of("turbine-monitor").unwrap().len(), 6);
    assert_eq!(menus_of("not-acquired").unwrap_err().code(), Some(Code::NotFound));
    host.wait(3600);
    let expired = ready(client.with(&token).send(&GetUserApplications)).unwrap_err();
    assert!(expired.ends_session() && host.last_status.get() == 401);
}

// contract.md 1.7, 0.2: what choosing an organization can meet. A token that was good before stays good after a
// refusal, in the organization that it is of.
#[test]
fn organizations_misbehave() {
    let host = Host::new();
    let token = host.token("restless", "o-north-sea");
    let refused = |id: &str| host.choose(&token, id).unwrap_err().code();
    assert_eq!(refused("o-closed"), Some(Code::Forbidden));
    assert_eq!(refused("o-broken"), Some(Code::Internal));
    assert_eq!(host.last_status.get(), 500);
    assert!(!applications(&host, &token).is_empty());
    let code = |id: &str| {
        let token = host.token("restless", id);
        ready(host.client().with(&token).send(&GetUserApplications)).unwrap_err().code()
    };
    assert_eq!(code("o-loose"), Some(Code::OrganizationUnselected));
    assert_eq!(code("o-busy"), Some(Code::TooManyAttempts));
}

// contract.md 1.23: what opening an application can meet.
#[test]
fn applications_misbehave() {
    let host = Host::new();
    let token = host.token("morgan", "o-north-sea");
    let code = |id: &str| menus(&host, &token, id).unwrap_err().code();
    assert_eq!(code("not-acquired"), Some(Code::NotFound));
    assert_eq!(code("no-rights"), Some(Code::Forbidden));
    assert_eq!(code("disabled"), Some(Code::Forbidden));
    assert_eq!(code("menu-server-error"), Some(Code::Internal));
    assert_eq!(host.last_status.get(), 500);
    assert_eq!(code("menu-gateway-page"), Some(Code::Other(502)));
    let empty = menus(&host, &token, "menu-empty-reply").unwrap_err();
    assert_eq!((empty.kind, host.last_status.get()), (ErrorKind::Empty, 200));
    assert!(menus(&host, &token, "without-menus").unwrap().is_empty());
    assert_eq!(menus(&host, &token, "slow-menus").unwrap().len(), 1);
    assert_eq!(host.last_delay.get(), 4000);
    let all = applications(&host, &token);
    let find = |id: &str| all.iter().find(|entry| entry.id.as_str() == id).unwrap();
    assert!(!find("disabled").enabled);
    assert_eq!(find("without-menus").address, None);
    assert_eq!(find("substation-patrol").kind, ApplicationKind::Mobile);
    for entry in &all {
        // Ordinary applications work.
        let sentinel = entry.category.as_ref().is_some_and(|category| category.id.as_str() == "34");
        assert!(sentinel || !entry.enabled || menus(&host, &token, entry.id.as_str()).is_ok());
    }
}
