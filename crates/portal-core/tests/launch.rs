//! The launch policy, on the `url` crate. The same addresses go through a browser's parser elsewhere.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "clippy takes the helpers of a test for no tests"
)]

use std::sync::LazyLock;

use portal_api::{Application, ApplicationId, ApplicationKind, Listed, Localized, Menu, MenuId};
use portal_core::launch::{
    FrameContext, Launch, LaunchPolicy, NewTabReason, Parts, Refusal, Right, TabRule, application_launch,
    decide, frame_address, is_isolated, permissions, sandbox,
};
use portal_core::menu::MenuTree;
use portal_core::names::Locale;
use proptest::prelude::*;
use serde_json::Value;
use url::Url;

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

static CORPUS: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("addresses.json")).unwrap());

static POLICY: LazyLock<LaunchPolicy> = LazyLock::new(|| {
    let policy = &CORPUS["policy"];
    let texts = |key: &str| {
        let list = policy[key].as_array().unwrap();
        list.iter().map(|text| text.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    LaunchPolicy {
        portal_origin: policy["portalOrigin"].as_str().unwrap().to_owned(),
        application_base: policy["applicationBase"].as_str().unwrap().to_owned(),
        frame_origins: texts("frameOrigins"),
        schemes: texts("launchSchemes"),
        rights: Vec::new(),
        trusts_own_tabs: false,
    }
});

fn policy() -> LaunchPolicy {
    POLICY.clone()
}

fn decided(raw: &str) -> Launch {
    decide(&policy(), &parser, Some(raw))
}

/// The words of addresses.json.
fn words(launch: &Launch) -> (&'static str, Option<String>) {
    match launch {
        Launch::NoAddress => ("none", None),
        Launch::Disabled => ("disabled", None),
        Launch::Frame(_) => ("frame", None),
        Launch::NewTab(_, reason) => {
            let reason = match reason {
                NewTabReason::Insecure => "insecure",
                NewTabReason::OtherOrigin => "other-origin",
                NewTabReason::Scheme => "scheme",
                NewTabReason::Wanted => "wanted",
            };
            ("new-tab", Some(reason.to_owned()))
        }
        Launch::Refused(refusal) => {
            let refusal = match refusal {
                Refusal::Script => "script".to_owned(),
                Refusal::Scheme(scheme) => format!("scheme:{scheme}"),
                Refusal::Credentials => "credentials".to_owned(),
                Refusal::OwnHost => "own-host".to_owned(),
                Refusal::Unreadable => "unreadable".to_owned(),
                Refusal::TooLong => "too-long".to_owned(),
            };
            ("refused", Some(refusal))
        }
    }
}

// hostile.md 1 to 6, 14: all forms that were ever used to slip a script or another host past a launcher.
#[test]
fn every_address_of_the_corpus() {
    let policy = policy();
    let entries = CORPUS["addresses"].as_array().unwrap();
    assert!(entries.len() > 150);
    for entry in entries {
        let repeat = entry["repeat"].as_u64().map_or(1, |n| usize::try_from(n).unwrap());
        let address = entry["address"].as_str().map(|address| address.repeat(repeat));
        let launch = decide(&policy, &parser, address.as_deref());
        let detail = entry["detail"].as_str().map(str::to_owned);
        assert_eq!(words(&launch), (entry["verdict"].as_str().unwrap(), detail), "{entry}");
        if let Some(href) = entry["href"].as_str() {
            assert_eq!(launch.address().map(|address| address.as_str()), Some(href), "{entry}");
        }
        assert_eq!(launch.reason().is_none(), matches!(launch, Launch::Frame(_)), "{entry}");
    }
}

// hostile.md 10: a menu entry with an address has the verdict of a tile with it. Both ask `decide`, which alone makes an
// `Address`, so no frame and no link can have another.
#[test]
fn menus_and_tiles_are_judged_alike() {
    let policy = policy();
    let judge = |address: Option<&str>| decide(&policy, &parser, address);
    for entry in CORPUS["addresses"].as_array().unwrap() {
        let repeat = entry["repeat"].as_u64().map_or(1, |n| usize::try_from(n).unwrap());
        let address = entry["address"].as_str().map(|address| address.repeat(repeat));
        let application = Application {
            id: ApplicationId::parse("a").unwrap(),
            code: None,
            name: Localized::plain("a"),
            description: Localized::default(),
            kind: ApplicationKind::Web,
            enabled: true,
            order: None,
            address: address.clone(),
            shortcut: false,
            created: None,
            category: None,
        };
        let tile = application_launch(&policy, &parser, &application);
        assert_eq!(tile, judge(address.as_deref()), "{entry}");
        let menu = Menu {
            id: MenuId::parse("m").unwrap(),
            identifier: None,
            name: Localized::plain("m"),
            order: None,
            address,
            parent: None,
            children: Vec::new(),
        };
        let listed = Listed { entries: vec![menu], dropped: 0 };
        let tree = MenuTree::build(&listed, &Locale::parse("en-US").unwrap(), &judge);
        // Without an address and without children it is not shown (experience.md S7).
        let shown = tree.facts(0).map_or(Launch::NoAddress, |facts| facts.launch.clone());
        assert_eq!(shown, tile, "{entry}");
        let off = Application { enabled: false, ..application };
        assert_eq!(application_launch(&policy, &parser, &off), Launch::Disabled);
    }
}

// A portal without https (a test at home) opens http addresses as any other.
#[test]
fn http_is_no_less_than_an_http_portal() {
    let policy = LaunchPolicy {
        portal_origin: "http://localhost:8080".to_owned(),
        application_base: "http://localhost:8080/".to_owned(),
        frame_origins: vec!["http://localhost:8081".to_owned()],
        schemes: Vec::new(),
        rights: Vec::new(),
        trusts_own_tabs: false,
    };
    let verdict = |raw| words(&decide(&policy, &parser, Some(raw))).0;
    assert_eq!(verdict("/apps/a.html"), "frame");
    assert_eq!(verdict("http://localhost:8081/a.html"), "frame");
    assert_eq!(verdict("https://localhost:8081/a.html"), "new-tab");
    assert_eq!(verdict("http://localhost:8082/"), "new-tab");
}

// experience.md, "What can be opened": where the administrator says so, relative addresses belong to another host.
#[test]
fn relative_addresses_follow_the_application_base() {
    for base in ["https://apps.example/suite", "https://apps.example/suite/"] {
        let policy = LaunchPolicy { application_base: base.to_owned(), ..policy() };
        for raw in ["/wind", "wind", "/../wind"] {
            let launch = decide(&policy, &parser, Some(raw));
            assert_eq!(launch.address().unwrap().as_str(), "https://apps.example/suite/wind", "{raw}");
            assert!(matches!(launch, Launch::Frame(_)));
        }
    }
}

// A broken base must not open anything, nor panic.
#[test]
fn a_base_that_is_none_refuses() {
    let policy = LaunchPolicy { application_base: "nowhere".to_owned(), ..policy() };
    assert_eq!(decide(&policy, &parser, Some("/x")), Launch::Refused(Refusal::Unreadable));
}

// contract.md 4.1; hostile.md 26: never a token. The hash is the application's own.
#[test]
fn a_frame_is_told_its_place() {
    let full = FrameContext {
        app_id: "app/1",
        menu_code: Some("风机&x"),
        category_id: Some("21"),
        state: Some("a=b c"),
        locale: "zh-CN",
    };
    let members = "appId=app%2F1&menuCode=%E9%A3%8E%E6%9C%BA%26x&categoryId=21&state=a%3Db%20c&locale=zh-CN";
    let bare = FrameContext { app_id: "a", menu_code: None, category_id: None, state: None, locale: "en-US" };
    for (raw, context, expected) in [
        ("https://apps.example/w", full, format!("https://apps.example/w?{members}")),
        ("https://apps.example/w?x=1", full, format!("https://apps.example/w?x=1&{members}")),
        ("https://apps.example/w?", full, format!("https://apps.example/w?{members}")),
        ("https://apps.example/w#/a?b", full, format!("https://apps.example/w?{members}#/a?b")),
        ("https://apps.example/w?x&#", bare, "https://apps.example/w?x&appId=a&locale=en-US#".to_owned()),
    ] {
        let launch = decided(raw);
        assert_eq!(frame_address(launch.address().unwrap(), &context), expected, "{raw}");
    }
}

// hostile.md 53: a page of the portal's own origin that keeps it could reach into the portal, and so could a window that
// it opens.
#[test]
fn only_other_origins_keep_their_origin() {
    let policy = policy();
    for (raw, keeps) in [
        ("/apps/a.html", false),
        ("https://portal.example", false),
        ("https://portal.example/x", false),
        ("https://apps.example/", true),
        ("https://portal.example.evil.example/", true),
        ("https://portal.example:444/", true),
    ] {
        let rules = sandbox(decided(raw).address().unwrap(), &policy);
        assert_eq!(rules.contains("allow-same-origin"), keeps, "{raw}");
        assert_eq!(rules.contains("allow-popups-to-escape-sandbox"), keeps, "{raw}");
        assert!(!rules.contains("top-navigation") && rules.contains("allow-scripts"), "{raw}");
    }
}

// `frameRights`: more per origin, and only there.
#[test]
fn an_origin_has_the_rights_that_it_was_given() {
    let right = |word| Right::parse(word).unwrap();
    let given = ["autoplay", "modals", "clipboard-write", "storage-access"].map(right).to_vec();
    let policy = LaunchPolicy { rights: vec![("https://apps.example".to_owned(), given)], ..policy() };
    let both = |raw| {
        let launch = decided(raw);
        (sandbox(launch.address().unwrap(), &policy), permissions(launch.address().unwrap(), &policy))
    };
    let own = "allow-scripts allow-forms allow-popups allow-downloads".to_owned();
    let usual = format!("{own} allow-popups-to-escape-sandbox allow-same-origin");
    assert_eq!(
        both("https://apps.example/a?b#c"),
        (
            format!("{usual} allow-modals allow-storage-access-by-user-activation"),
            "fullscreen; autoplay; clipboard-write".to_owned()
        )
    );
    let none = (usual, "fullscreen".to_owned());
    for raw in ["https://apps.example.evil.example/", "https://apps.example:444/", "http://apps.example/"] {
        assert_eq!(both(raw), none, "{raw}");
    }
    assert_eq!(both("/a.html"), (own, "fullscreen".to_owned()));
}

// `openIn`: a frame becomes a tab, said in the words of other tabs; what cannot be opened, or needs the portal's menu,
// stays as it is.
#[test]
fn tiles_that_open_in_a_tab() {
    let policy = policy();
    let launch = decided("https://apps.example/a").in_tab(&policy);
    assert_eq!(words(&launch), ("new-tab", Some("wanted".to_owned())));
    assert_eq!(launch.address().unwrap().as_str(), "https://apps.example/a");
    assert_eq!(launch.reason(), decided("https://evil.example/").reason());
    for raw in ["", "javascript:alert(1)", "https://evil.example/", "msteams:/l/chat"] {
        assert_eq!(decided(raw).in_tab(&policy), decided(raw), "{raw}");
    }
    // A page of the portal's own origin has to be asked for its sandbox first.
    assert_eq!(words(&decided("/apps/a.html").in_tab(&policy)).0, "frame");
    let trusting = LaunchPolicy { trusts_own_tabs: true, ..policy };
    assert_eq!(words(&decided("/apps/a.html").in_tab(&trusting)).0, "new-tab");
}

// A page of the portal's own origin in a tab reads the portal's storage, unless its server takes the origin away.
#[test]
fn own_pages_have_no_tab_unless_they_are_isolated() {
    let policy = policy();
    let rule = |policy: &LaunchPolicy, raw| policy.tab_rule(decided(raw).address().unwrap());
    for raw in [
        "/apps/a.html",
        "apps/a.html",
        "https://portal.example/",
        "https://PORTAL.example:443/other-base/a?b#c",
        "https:portal.example/x",
        "//portal.example/x",
        "https://%70ortal.example/x",
        "https://ｐortal。example/x",
    ] {
        assert_eq!(rule(&policy, raw), TabRule::Isolated, "{raw}");
    }
    for raw in [
        "https://apps.example/a",
        "https://portal.example:444/",
        "https://portal.example.evil.example/",
        "msteams:/l",
    ] {
        assert_eq!(rule(&policy, raw), TabRule::Free, "{raw}");
    }
    let trusting = LaunchPolicy { trusts_own_tabs: true, ..policy };
    assert_eq!(rule(&trusting, "/apps/a.html"), TabRule::Free);
}

// http of the portal's own host becomes a page of its own origin by a redirect to https, or by a browser that knows to
// ask for https.
#[test]
fn http_of_the_own_host_is_refused() {
    for raw in [
        "http://portal.example/a",
        "http://portal.example:80/",
        "http://portal.example:443/",
        "http:\\\\PORTAL.example\\a",
    ] {
        assert_eq!(words(&decided(raw)), ("refused", Some("own-host".to_owned())), "{raw}");
    }
    for raw in ["http://portal.example:8080/", "http://apps.portal.example/"] {
        assert_eq!(words(&decided(raw)), ("new-tab", Some("insecure".to_owned())), "{raw}");
    }
    let trusting = LaunchPolicy { trusts_own_tabs: true, ..policy() };
    assert_eq!(words(&decide(&trusting, &parser, Some("http://portal.example/a"))).0, "new-tab");
}

#[test]
fn what_isolates_a_page() {
    for header in [
        "sandbox",
        "sandbox allow-scripts allow-forms allow-popups",
        "default-src 'none'; SANDBOX\tallow-scripts ;",
        "default-src 'self', sandbox allow-scripts",
        "sandbox allow-scripts allow-same-origin, sandbox allow-scripts",
        ";; sandbox; sandbox allow-same-origin",
    ] {
        assert!(is_isolated(header), "{header}");
    }
    for header in [
        "",
        "default-src 'none'; frame-ancestors 'self'",
        "sandbox allow-scripts allow-same-origin",
        "sandbox ALLOW-SAME-ORIGIN",
        // A window that the page opens would have the origin again.
        "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox",
        // Of two directives the first holds.
        "sandbox allow-same-origin; sandbox",
        "report-uri /sandbox; script-src sandbox",
        "sandbox-x",
    ] {
        assert!(!is_isolated(header), "{header}");
    }
}

/// Text in which what matters to address parsers is frequent.
fn address_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("https:"),
        Just("http:"),
        Just("javascript:"),
        Just("data:"),
        Just("msteams:"),
        Just("//"),
        Just("/"),
        Just("\\"),
        Just("@"),
        Just(":"),
        Just("apps.example"),
        Just("portal.example"),
        Just("evil.example"),
        Just("user"),
        Just("\t"),
        Just("\n"),
        Just(" "),
        Just("\u{1}"),
        Just(".."),
        Just("."),
        Just("%2e"),
        Just("%2f"),
        Just("?"),
        Just("#"),
        Just("风"),
        Just("[::1]"),
        Just("blob:"),
    ];
    let pieces = proptest::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat());
    prop_oneof![3 => pieces, 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    // hostile.md 1 to 5: whatever is opened is http, https or listed, and carries no credentials.
    #[test]
    fn only_good_addresses_open(raw in address_like()) {
        let policy = policy();
        let launch = decide(&policy, &parser, Some(&raw));
        if let Some(address) = launch.address() {
            let url = Url::parse(address.as_str()).unwrap();
            prop_assert!(url.username().is_empty() && url.password().is_none());
            let web = ["http", "https"].contains(&url.scheme());
            prop_assert!(web || url.scheme() == "msteams", "{}", url);
            let origin = url.origin().ascii_serialization();
            let listed = origin == policy.portal_origin || policy.frame_origins.contains(&origin);
            match launch {
                Launch::Frame(_) => prop_assert!(url.scheme() == "https" && listed, "{}", url),
                Launch::NewTab(_, NewTabReason::Scheme) => prop_assert!(!web),
                _ => prop_assert!(web),
            }
        }
    }

    // hostile.md 53: whatever the settings and the address, no page may navigate the portal's tab, and a page of the
    // portal's own origin neither keeps it nor has any right besides.
    #[test]
    fn no_setting_opens_the_sandbox(
        raw in address_like(),
        given in proptest::collection::vec((0_usize..4, proptest::sample::subsequence(Right::all().collect::<Vec<_>>(), 0..=11)), 0..5),
    ) {
        let origins = ["https://portal.example", "https://apps.example", "https://evil.example", ""];
        let rights = given.into_iter().map(|(origin, rights)| (origins[origin].to_owned(), rights)).collect();
        let policy = LaunchPolicy { rights, ..policy() };
        if let Some(address) = decide(&policy, &parser, Some(&raw)).address() {
            let (sandbox, permissions) = (sandbox(address, &policy), permissions(address, &policy));
            prop_assert!(!sandbox.contains("top-navigation") && sandbox.contains("allow-scripts"), "{}", sandbox);
            prop_assert!(permissions.starts_with("fullscreen") && !permissions.contains('*'), "{}", permissions);
            let own = Url::parse(address.as_str()).unwrap().origin().ascii_serialization() == policy.portal_origin;
            prop_assert_eq!(sandbox.contains("allow-same-origin"), !own);
            prop_assert_eq!(sandbox.contains("escape"), !own);
            prop_assert_eq!(policy.tab_rule(address) == TabRule::Isolated, own);
            if own {
                prop_assert_eq!(sandbox.split(' ').count(), 4, "{}", sandbox);
                prop_assert_eq!(permissions, "fullscreen");
            }
        }
    }

    // What was decided on is what is opened: reading the address again changes nothing.
    #[test]
    fn the_address_is_stable(raw in address_like()) {
        let launch = decide(&policy(), &parser, Some(&raw));
        if let Some(address) = launch.address() {
            prop_assert_eq!(decide(&policy(), &parser, Some(address.as_str())), launch.clone());
        }
    }

    // The members that are added do not change where an address leads.
    #[test]
    fn the_frame_stays_on_its_host(raw in address_like(), text in any::<String>()) {
        let context = FrameContext {
            app_id: &text, menu_code: Some(&text), category_id: None, state: Some(&text), locale: "en-US",
        };
        if let Launch::Frame(address) = decided(&raw) {
            let (before, after) = (Url::parse(address.as_str()).unwrap(), frame_address(&address, &context));
            let after = Url::parse(&after).unwrap();
            prop_assert_eq!((before.origin(), before.path()), (after.origin(), after.path()));
            prop_assert_eq!(before.fragment(), after.fragment());
            let state = after.query_pairs().filter(|(key, _)| key == "state").last().unwrap().1.into_owned();
            prop_assert_eq!(state, text);
        }
    }
}
