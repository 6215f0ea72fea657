//! Signing in at another place: the way there, the way back, and what an e-mail address may look like.
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

use portal_api::encoding;
use portal_core::launch::{LaunchPolicy, Parts};
use portal_core::route::ReturnPath;
use portal_core::sign_on::{
    LIFETIME_MS, Provider, Returned, Transaction, Verdict, judge, mail_domain, masked_email, wants_form,
};
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};
use url::Url;

const NOW: i64 = 1_795_305_600_000;

fn parser(address: &str, base: &str) -> Option<Parts> {
    let url = Url::parse(base).ok()?.join(address).ok()?;
    Some(Parts {
        scheme: url.scheme().to_owned(),
        username: !url.username().is_empty() || url.password().is_some(),
        host: url.host_str().unwrap_or_default().to_owned(),
        origin: url.origin().ascii_serialization(),
        href: url.into(),
    })
}

fn policy(portal: &str) -> LaunchPolicy {
    let origin = Url::parse(portal).unwrap().origin().ascii_serialization();
    LaunchPolicy {
        portal_origin: origin,
        application_base: portal.to_owned(),
        schemes: vec!["msteams".to_owned()],
        ..LaunchPolicy::default()
    }
}

fn of_domain(address: &str) -> Option<Provider> {
    Provider::of_domain(&policy("https://portal.example/demo/"), &parser, Some(address))
}

// The service says where a domain signs in; a service that was tampered with must not send people anywhere.
#[test]
fn which_domains_can_be_gone_to() {
    for (address, expected) in [
        ("https://sso.example/start?a=b", Some("https://sso.example/start?a=b&redirect_uri=r&state=s")),
        ("https://sso.example/?s={state}", Some("https://sso.example/?s=s&redirect_uri=r")),
        ("/sso", Some("https://portal.example/demo/sso?redirect_uri=r&state=s")),
        ("http://127.0.0.1:8081/sso", Some("http://127.0.0.1:8081/sso?redirect_uri=r&state=s")),
        ("http://sso.example/start", None),
        ("http://localhost.evil.example/", None),
        ("https://user@sso.example/", None),
        ("javascript:alert(1)", None),
        (" \u{feff}java\tscript:alert(1)", None),
        ("data:text/html,x", None),
        ("msteams://x", None),
        ("", None),
        ("https://", None),
    ] {
        let found = of_domain(address).map(|provider| provider.departure("r", "s").as_str().to_owned());
        assert_eq!(found.as_deref(), expected, "{address}");
    }
    assert_eq!(Provider::of_domain(&policy("https://portal.example/"), &parser, None), None);
}

fn transaction() -> Transaction {
    Transaction {
        state: "a1b2".to_owned(),
        started: NOW,
        domain: false,
        next: ReturnPath::parse("/portal/x?state=a%20b"),
    }
}

fn back(code: &str, state: &str) -> Returned {
    Returned { code: Some(code.to_owned()), state: Some(state.to_owned()), error: None }
}

fn code_of(verdict: &Verdict) -> Option<&str> {
    match verdict {
        Verdict::Exchange(code, _) => Some(code.reveal()),
        _ => None,
    }
}

// hostile.md 19: only a code that this tab asked for, and not long ago, goes anywhere.
#[test]
fn which_returns_are_ours() {
    let kept = transaction().write();
    let at = |now: i64, returned: &Returned| judge(returned, Some(&kept), now);
    let good = at(NOW + 1, &back("c%2Bd+e%2520", "a1b2"));
    assert_eq!(code_of(&good), Some("c+d e%20"), "decoded once");
    assert!(matches!(good, Verdict::Exchange(_, found) if found == transaction()));
    // The state may come back with escapes that it was not sent with.
    assert!(code_of(&at(NOW, &back("c", "%61%31b2"))).is_some());
    for (code, state) in
        [("c", "A1B2"), ("c", "a1b"), ("c", "a1b22"), ("c", ""), ("", "a1b2"), ("%0A", "a1b2")]
    {
        assert_eq!(at(NOW, &back(code, state)), Verdict::Refused, "{code} {state}");
    }
    assert_eq!(at(NOW, &Returned { state: None, ..back("c", "") }), Verdict::Refused);
    assert_eq!(at(NOW, &Returned::default()), Verdict::Refused);
    assert_eq!(judge(&back("c", "a1b2"), None, NOW), Verdict::Refused);
    for broken in ["", "a1b2", "a1b2 x portal /", "a1b2 1 other /", " 1 portal "] {
        assert_eq!(judge(&back("c", "a1b2"), Some(broken), NOW), Verdict::Refused, "{broken}");
        assert_eq!(judge(&back("c", ""), Some(broken), NOW), Verdict::Refused, "{broken}");
    }
}

#[test]
fn a_return_is_good_for_ten_minutes() {
    let kept = transaction().write();
    for (after, good) in [
        (0, true),
        (LIFETIME_MS, true),
        (LIFETIME_MS + 1, false),
        (i64::MAX - NOW, false),
        // A clock that is set right meanwhile goes back a little, and a wrong one a lot.
        (-30_000, true),
        (-120_000, false),
    ] {
        let verdict = judge(&back("c", "a1b2"), Some(&kept), NOW + after);
        assert_eq!(code_of(&verdict).is_some(), good, "{after}");
    }
}

// A provider that refuses is told apart from a stranger; what it writes is never shown.
#[test]
fn a_refusal_of_the_provider() {
    let kept = transaction().write();
    let error = |error: &str, state: Option<&str>| Returned {
        code: Some("c".to_owned()),
        state: state.map(str::to_owned),
        error: Some(error.to_owned()),
    };
    let judged = |returned: &Returned| judge(returned, Some(&kept), NOW);
    assert_eq!(judged(&error("access_denied", Some("a1b2"))), Verdict::Denied(true, transaction()));
    assert_eq!(judged(&error("access%5Fdenied", None)), Verdict::Denied(true, transaction()));
    assert_eq!(judged(&error("server_error", Some("a1b2"))), Verdict::Denied(false, transaction()));
    assert_eq!(judged(&error("access_denied", Some("x"))), Verdict::Refused);
    assert_eq!(judge(&error("access_denied", Some("a1b2")), None, NOW), Verdict::Refused);
}

#[test]
fn what_looks_like_an_e_mail_address() {
    for (text, domain) in [
        ("a@b.example", Some("b.example")),
        ("Morgan.Keller+x@north-sea.example", Some("north-sea.example")),
        ("李@例子.example", Some("例子.example")),
        ("morgan", None),
        ("morgan@", None),
        ("@b.example", None),
        ("a@b", None),
        ("a@b.", None),
        ("a@.b", None),
        ("a@b..c", None),
        ("a@b@c.example", None),
        ("a b@c.example", None),
        ("a@b .example", None),
        ("<a@b.example>", None),
        ("a@b.example,c@d.example", None),
    ] {
        assert_eq!(mail_domain(text), domain, "{text}");
    }
    assert_eq!(mail_domain(&format!("{}@b.example", "a".repeat(300))), None);
    assert_eq!(masked_email(" mira.faulkner@example.com ").as_deref(), Some("m•••@example.com"));
    assert_eq!(masked_email("李雷@example.com").as_deref(), Some("李•••@example.com"));
    assert_eq!(masked_email("mira"), None);
}

// experience.md L10: `?local=1` beside whatever else the address says.
#[test]
fn which_addresses_ask_for_the_form() {
    for (search, wanted) in [
        ("?local=1", true),
        ("?next=%2Fportal%2Fx&local=1", true),
        ("local=1&next=%2F", true),
        ("?local=0", false),
        ("?local", false),
        ("?next=%2F%3Flocal%3D1", false),
        ("", false),
    ] {
        assert_eq!(wants_form(search), wanted, "{search}");
    }
}

fn text() -> impl Strategy<Value = String> {
    "[ -~äß&#?={}%+/.]{0,40}"
}

proptest! {
    // Whatever stands in the values, they arrive as they are, at the same host, and each once.
    #[test]
    fn a_departure_carries_the_values(
        path in "(/[a-z{}]{0,9}){0,2}",
        query in "(\\?([a-z]{1,5}=[a-z0-9%]{0,3}0&?){0,3})?",
        hash in "(#[a-z/]{0,5})?",
        redirect in text(),
        state in text(),
    ) {
        let template = format!("https://sso.example{path}{query}{hash}");
        let provider = of_domain(&template).unwrap();
        let url = Url::parse(provider.departure(&redirect, &state).as_str()).unwrap();
        prop_assert_eq!(url.host_str(), Some("sso.example"));
        let values = |name: &str| -> Vec<String> {
            url.query_pairs().filter(|(key, _)| key == name).map(|(_, value)| value.into_owned()).collect()
        };
        prop_assert_eq!(values("redirect_uri"), vec![redirect]);
        prop_assert_eq!(values("state"), vec![state]);
    }

    #[test]
    fn placeholders_are_filled_once(redirect in text(), state in text()) {
        let provider = of_domain("https://sso.example/a?to={redirect}&s={state}").unwrap();
        let expected = format!(
            "https://sso.example/a?to={}&s={}", encoding::encode(&redirect), encoding::encode(&state)
        );
        let departure = provider.departure(&redirect, &state);
        prop_assert_eq!(departure.as_str(), expected);
    }

    // What the tab keeps is read as it was written; and whatever else stands there is no transaction of ours.
    #[test]
    fn what_is_kept_is_read_again(
        state in "[0-9a-f]{1,64}", started: i64, domain: bool, next in "(/portal/[a-z]{1,5}(\\?q=[a-z %]{0,9})?)?",
    ) {
        let kept = Transaction { state, started, domain, next: ReturnPath::parse(&next) };
        prop_assert_eq!(Transaction::read(&kept.write()), Some(kept));
    }

    // hostile.md 19: without the very state that was kept, no code goes anywhere.
    #[test]
    fn no_other_state_will_do(kept in any::<String>(), code: Option<String>, state: Option<String>, now: i64) {
        let same = state.as_deref().is_some_and(|state| kept.contains(state) && !state.is_empty());
        let verdict = judge(&Returned { code, state, error: None }, Some(&kept), now);
        prop_assert!(same || code_of(&verdict).is_none());
        let own = transaction();
        let stranger = back("c", &kept);
        let verdict = judge(&stranger, Some(&own.write()), NOW);
        prop_assert!(code_of(&verdict).is_none() || encoding::decode(&kept).as_deref() == Some("a1b2"));
    }

    // The mask shows one letter of the name and no more.
    #[test]
    fn a_mask_hides_the_name(name in "[a-z0-9.]{2,30}", domain in "[a-z]{1,9}\\.[a-z]{2,5}") {
        let masked = masked_email(&format!("{name}@{domain}")).unwrap();
        prop_assert_eq!(masked.chars().count(), 1 + 3 + 1 + domain.len());
        prop_assert_eq!(masked.chars().next(), name.chars().next());
        prop_assert!(masked.ends_with(&format!("•••@{domain}")), "{}", masked);
    }
}
