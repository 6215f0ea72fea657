//! Addresses: written and read back through a browser-like parser.
#![expect(clippy::unwrap_used, reason = "clippy takes the helpers of a test for no tests")]

use portal_api::{ApplicationId, CategoryId, OrganizationId};
use portal_core::catalog::CategoryFilter;
use portal_core::route::further::Further;
use portal_core::route::{
    ReturnPath, Route, join_base, organization_of, parse, strip_base, to_address, with_organization,
};
use proptest::prelude::*;
use url::Url;

const SITE: &str = "https://portal.example";

/// Through the address bar: joined to a base, parsed as a browser does, taken apart again.
fn through_the_browser(base: &str, address: &str) -> Route {
    let url = Url::parse(SITE).unwrap().join(&join_base(base, address)).unwrap();
    assert_eq!(url.origin().ascii_serialization(), SITE);
    parse(strip_base(base, url.path()).unwrap(), url.query().unwrap_or_default())
}

fn application(id: &str, menu: Option<&str>) -> Route {
    let application = ApplicationId::parse(id).unwrap();
    Route::Application { application, menu: menu.map(str::to_owned), n: 1, menu_n: 1, state: None }
}

// experience.md, "Words on screen and addresses".
#[test]
fn the_addresses_of_the_screens() {
    let next = ReturnPath::parse("/portal/a?state=x");
    for (address, route) in [
        ("/", Route::launcher()),
        (
            "/?q=wind%20farm&category=21",
            Route::Launcher {
                query: "wind farm".to_owned(),
                category: CategoryFilter::Of(CategoryId::parse("21").unwrap()),
            },
        ),
        ("/?category=none", Route::Launcher { query: String::new(), category: CategoryFilter::None }),
        ("/login", Route::SignIn { next: None }),
        ("/login?next=%2Fportal%2Fa%3Fstate%3Dx", Route::SignIn { next: next.clone() }),
        ("/login/callback", Route::SignInCallback),
        ("/organizations", Route::Organizations { next: None }),
        ("/organizations?next=%2Fportal%2Fa%3Fstate%3Dx", Route::Organizations { next }),
        ("/portal/app-1", application("app-1", None)),
        ("/portal/app-1/menu-1", application("app-1", Some("menu-1"))),
        ("/portal/a%2Fb/%E9%A3%8E", application("a/b", Some("风"))),
    ] {
        let (path, search) = address.split_once('?').unwrap_or((address, ""));
        assert_eq!(parse(path, search), route, "{address}");
        assert_eq!(to_address(&route), address);
        assert_eq!(through_the_browser("/", address), route);
    }
}

// experience.md, "later screens": the query is the screen's own, but for the organization.
#[test]
fn the_addresses_of_further_screens() {
    let assets = |id: &str| Further::Assets { application: ApplicationId::parse(id) };
    for (address, screen) in [
        ("/messages", Further::Messages),
        ("/profile", Further::Profile),
        ("/assets", Further::Assets { application: None }),
        ("/assets/app-1", assets("app-1")),
        ("/assets/a%2Fb", assets("a/b")),
        ("/assets/~..", assets("..")),
        ("/people", Further::People),
        ("/console", Further::Console),
        ("/about", Further::About),
    ] {
        assert_eq!(to_address(&screen.route()), address);
        let route = through_the_browser("/base/", address);
        assert_eq!(Further::of(&route), Some((screen.clone(), &[][..])), "{address}");
        let query = vec![("find".to_owned(), "a&b=c \u{98ce}".to_owned())];
        let queried = screen.with(query.clone());
        let named = with_organization(&to_address(&queried), &OrganizationId::parse("o-1").unwrap());
        let back = through_the_browser("/", &named);
        assert_eq!(Further::of(&back), Some((screen, &query[..])), "{named}");
        assert_eq!(back, queried);
    }
    for path in ["/messages/x", "/assets/", "/assets/%zz", "/people/", "/console/a/b"] {
        assert_eq!(Further::of(&parse(path, "")), None, "{path}");
    }
    assert_eq!(Further::of(&Route::launcher()), None);
}

// contract.md 4.2: the links of the EnOS portal carry a state that was encoded twice; hand-made ones once.
#[test]
fn states_of_existing_links() {
    for (search, state) in [
        ("?state=site%253D1%2526x", "site=1&x"),
        ("?state=site%3D1", "site=1"),
        ("state=100%25", "100%"),
        ("?state=%25zz", "%zz"),
        ("?state=", ""),
        ("?state=a&state=b", "a"),
    ] {
        match parse("/portal/a/m", search) {
            Route::Application { state: Some(found), .. } => assert_eq!(found, state, "{search}"),
            other => panic!("{search}: {other:?}"),
        }
    }
}

// "Where an id or identifier repeats, the first in order owns the plain address, others add n=2": n belongs to
// what is named last.
#[test]
fn repeated_ids() {
    let count = |path, search| match parse(path, search) {
        Route::Application { n, menu_n, .. } => (n, menu_n),
        other => panic!("{other:?}"),
    };
    assert_eq!(count("/portal/a", "?n=2"), (2, 1));
    assert_eq!(count("/portal/a/m", "?n=2"), (1, 2));
    assert_eq!(count("/portal/a/m", "?n=3&an=2"), (2, 3));
    for odd in ["n=0", "n=-1", "n=", "n=x", "n=99999999999", "n"] {
        assert_eq!(count("/portal/a", odd), (1, 1), "{odd}");
    }
}

// hostile.md 23: not found, never a guess.
#[test]
fn what_leads_nowhere() {
    for path in [
        "/nothing",
        "/login/",
        "/login/callback/",
        "/login/x",
        "/organizations/",
        "/portal",
        "/portal/",
        "/portal//",
        "/portal//m",
        "/portal/a/",
        "/portal/a/m/",
        "/portal/a/m/x",
        "//",
        "//portal/a",
        "/portal/%",
        "/portal/%zz",
        "/portal/%ff",
        "/portal/a/%c3",
        "/Login",
        "/PORTAL/a",
    ] {
        assert_eq!(parse(path, ""), Route::NotFound, "{path}");
    }
    assert_eq!(to_address(&Route::NotFound), "/");
}

// hostile.md 18 to 20: the query is text, and codes and tokens in it are no part of a place.
#[test]
fn a_query_is_text() {
    let route = parse("/", "?q=<script>alert(1)</script>&code=x&state=y&token=z&base=//evil.example");
    let Route::Launcher { query, category } = &route else { panic!("{route:?}") };
    assert_eq!((query.as_str(), category), ("<script>alert(1)</script>", &CategoryFilter::All));
    assert_eq!(to_address(&route), "/?q=%3Cscript%3Ealert%281%29%3C%2Fscript%3E");
    assert_eq!(
        parse("", "?q=%&q=b"),
        Route::Launcher { query: "%".to_owned(), category: CategoryFilter::All }
    );
}

// experience.md, "`org`": any address may carry it.
#[test]
fn the_organization_of_an_address() {
    let id = OrganizationId::parse("o 1&x=/风").unwrap();
    for address in ["/", "/?q=a", "/portal/a/m?state=x"] {
        let named = with_organization(address, &id);
        let (_, search) = named.split_once('?').unwrap();
        assert_eq!(organization_of(search), Some(id.clone()), "{named}");
        assert_eq!(organization_of(&format!("?{search}")), Some(id.clone()));
        assert_eq!(through_the_browser("/", &named), through_the_browser("/", address));
    }
    assert_eq!(organization_of("?org="), None);
    assert_eq!(organization_of("?organization=x"), None);
}

// The router of the page takes the base for a bare prefix, so that "/portal-admin" would be ours.
#[test]
fn bases() {
    for (base, path, below) in [
        ("/", "/", Some("/")),
        ("/", "/portal/a", Some("/portal/a")),
        ("/portal/", "/portal/", Some("/")),
        ("/portal/", "/portal", Some("/")),
        ("/portal/", "/portal/portal/a", Some("/portal/a")),
        ("/portal", "/portal/x", Some("/x")),
        ("/portal/", "/portal-admin", None),
        ("/portal/", "/portal-admin/portal/x", None),
        ("/portal/", "/", None),
        ("/portal/", "/Portal/", None),
        ("/a/b/", "/a/bc", None),
        ("/a/b/", "/a/b/c", Some("/c")),
    ] {
        assert_eq!(strip_base(base, path), below, "{base} {path}");
    }
    assert_eq!(join_base("/demo/", "/login"), "/demo/login");
    assert_eq!(join_base("/", "/login"), "/login");
}

fn identifier() -> impl Strategy<Value = String> {
    let odd = prop_oneof![
        Just("."),
        Just(".."),
        Just("~."),
        Just("~.."),
        Just("~~.."),
        Just("..."),
        Just("/"),
        Just("%"),
        Just("%2e"),
        Just("%2E%2e"),
        Just(".%2e"),
        Just("?"),
        Just("#"),
        Just("\\"),
        Just(" "),
        Just("+"),
        Just("a/../b"),
        Just("//"),
        Just("\t"),
        Just("\n"),
        Just("\u{0}"),
        Just("风机"),
        Just("%25"),
        Just("@"),
        Just(":"),
        Just("C:"),
        Just("C|"),
        Just("~"),
        Just("&n=2"),
        Just("javascript:"),
    ];
    let odd = odd.prop_map(str::to_owned);
    let all = prop_oneof![2 => odd, 1 => any::<String>()];
    all.prop_filter("ids are not empty", |id| !id.is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    // experience.md, "Ids in addresses": whatever the service calls a thing, its address leads back to it.
    #[test]
    fn applications_round_trip(
        id in identifier(),
        menu in proptest::option::of(identifier()),
        state in proptest::option::of(prop_oneof![any::<String>(), identifier()]),
        (n, menu_n) in (1..u32::MAX, 1..u32::MAX),
        base in prop_oneof![Just("/"), Just("/demo/"), Just("/portal/")],
    ) {
        let menu_n = if menu.is_some() { menu_n } else { 1 };
        let application = ApplicationId::parse(&id).unwrap();
        let route = Route::Application { application, menu, n, menu_n, state };
        let address = to_address(&route);
        prop_assert_eq!(through_the_browser(base, &address), route.clone(), "{}", address);
        // Such an address is also good as a return path.
        if address.len() <= 4096 {
            let next = ReturnPath::parse(&address);
            prop_assert!(next.is_some(), "{}", address);
            let sign_in = Route::SignIn { next };
            prop_assert_eq!(through_the_browser(base, &to_address(&sign_in)), sign_in);
        }
    }

    #[test]
    fn searches_round_trip(query in any::<String>(), id in "[0-9a-z]{1,9}") {
        let id = CategoryId::parse(&id).unwrap();
        let route = Route::Launcher { query, category: CategoryFilter::Of(id) };
        prop_assume!(!matches!(&route, Route::Launcher { category, .. } if category.to_query().as_deref() == Some("none")));
        prop_assert_eq!(through_the_browser("/demo/", &to_address(&route)), route);
    }

    // Anything may stand in the address bar.
    #[test]
    fn reading_is_total(path in any::<String>(), search in any::<String>()) {
        let route = parse(&path, &search);
        let address = to_address(&route);
        prop_assert!(address.starts_with('/') && !address.starts_with("//"));
        let _ = (organization_of(&search), strip_base(&path, &search));
    }
}
