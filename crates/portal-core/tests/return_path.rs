//! Return paths stay at home.
#![expect(clippy::unwrap_used, reason = "clippy takes the helpers of a test for no tests")]

use portal_api::ApplicationId;
use portal_core::catalog::CategoryFilter;
use portal_core::route::{ReturnPath, Route, join_base, strip_base};
use proptest::prelude::*;
use url::Url;

const SITE: &str = "https://portal.example";

fn application(id: &str, menu: Option<&str>) -> Route {
    let application = ApplicationId::parse(id).unwrap();
    Route::Application { application, menu: menu.map(str::to_owned), n: 1, menu_n: 1, state: None }
}

// hostile.md 15 to 17 and §3: every open redirect of the list.
#[test]
fn return_paths_that_are_refused() {
    for text in [
        "",
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "\\evil.example",
        "/%5cevil.example",
        "/%5Cevil",
        "/%2fevil",
        "/%2F%2Fevil",
        "https:evil.example",
        "\t//evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\u{1}//evil.example",
        " //evil.example",
        "/@evil.example",
        "/%40evil.example",
        "/.//evil.example",
        "/..//evil.example",
        "/./%2e%2e//x",
        "/x//evil.example",
        "/x/..",
        "/x/../login",
        "/x/%2e%2E/login",
        "/x/.%2e/y",
        "/x/./y",
        "/%2e/x",
        "/x\\y",
        "/?q=\\",
        "/x\u{0}",
        "/x\u{7f}",
        "/\u{85}x",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "/javascript:alert(1)",
        "x",
        "login",
        "?q=a",
        "#x",
        "/login",
        "/login?next=/x",
        "/login/callback?code=1",
        "/Login",
        "/LOGIN#x",
        "/logins",
        "/portal/",
        "/evil.example/x",
        "/:80",
        "///",
        "/;//evil.example",
        "/ /evil.example",
    ] {
        assert_eq!(ReturnPath::parse(text), None, "{text:?}");
    }
    assert_eq!(ReturnPath::parse(&format!("/portal/{}", "a".repeat(5000))), None);
}

fn further(path: &str, query: &[(&str, &str)]) -> Route {
    let pair = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    Route::Further { path: path.to_owned(), query: query.iter().map(pair).collect() }
}

#[test]
fn return_paths_that_are_taken() {
    for (text, route) in [
        ("/", Route::launcher()),
        (
            "/?q=//evil.example",
            Route::Launcher { query: "//evil.example".to_owned(), category: CategoryFilter::All },
        ),
        ("/portal/a%2Fb/m?n=1#//x", application("a/b", Some("m"))),
        ("/portal/~..", application("..", None)),
        ("/portal/a/https:%2F%2Fevil.example", application("a", Some("https://evil.example"))),
        ("/organizations", Route::Organizations { next: None }),
        ("/messages?org=x&a=b", further("/messages", &[("a", "b")])),
        ("/elsewhere?org=x", Route::NotFound),
        ("/#/x?y", Route::launcher()),
    ] {
        let path = ReturnPath::parse(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((path.as_str(), path.route()), (text, route));
    }
}

fn return_path_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("/"),
        Just("/"),
        Just("\\"),
        Just("."),
        Just(".."),
        Just("%2e"),
        Just("%2F"),
        Just("%5c"),
        Just("@"),
        Just("evil.example"),
        Just(":"),
        Just("https"),
        Just("?"),
        Just("#"),
        Just("\t"),
        Just(" "),
        Just("portal"),
        Just("x"),
        Just("login"),
        Just("风"),
        Just("～"),
        Just("／"),
        Just("%09"),
    ];
    let pieces = proptest::collection::vec(piece, 0..9).prop_map(|pieces| format!("/{}", pieces.concat()));
    prop_oneof![4 => pieces, 1 => any::<String>(), 1 => any::<String>().prop_map(|text| format!("/{text}"))]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    // hostile.md 15 to 17: whatever is taken stays on the portal's origin, below the base, also when somebody
    // takes the parsed path and puts it together again (CVE-2026-107369).
    #[test]
    fn return_paths_stay_at_home(text in return_path_like(), base in prop_oneof![Just("/"), Just("/demo/")]) {
        if let Some(path) = ReturnPath::parse(&text) {
            let site = Url::parse(SITE).unwrap();
            let url = site.join(&join_base(base, path.as_str())).unwrap();
            prop_assert_eq!(url.origin(), site.origin());
            prop_assert!(url.username().is_empty() && url.password().is_none());
            let below = strip_base(base, url.path());
            prop_assert!(below.is_some_and(|below| !below.starts_with("//")));
            prop_assert!(!below.unwrap_or_default().to_ascii_lowercase().starts_with("/login"));
            prop_assert_eq!(site.join(url.path()).unwrap().origin(), site.origin());
            prop_assert_eq!(site.join(path.as_str()).unwrap().origin(), site.origin());
            let _ = path.route();
        }
    }
}
