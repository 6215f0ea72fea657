//! The organization that wants to break the portal (hostile.md A and G): it reaches the client as it stands.

use portal_api::application::GetUserApplications;
use portal_api::{Code, ErrorKind};

use crate::support::{Host, menus, ready};

// hostile.md 65: bad entries are dropped and counted, all others are there.
#[test]
fn the_list_survives() {
    let host = Host::new();
    let token = host.token("hostile", "o-hostile");
    let listed = ready(host.client().with(&token).send(&GetUserApplications)).unwrap();
    assert_eq!((listed.entries.len(), listed.dropped), (67, 6));
    let find = |id: &str| listed.entries.iter().find(|entry| entry.id.as_str() == id).unwrap();
    let fallback = |id: &str| find(id).name.fallback.clone().unwrap_or_default();
    assert_eq!(fallback("markup"), "<img src=x onerror=alert(1)>");
    assert!(fallback("long-name").len() > 60_000);
    assert!(find("long-name").address.as_ref().is_some_and(|address| address.len() > 60_000));
    assert_eq!(find("order-huge").order, Some(1e308));
    assert_eq!(find("order-text").order, Some(10.0));
    assert_eq!(find("order-null").order, None);
    assert_eq!(listed.entries.iter().filter(|entry| entry.id.as_str() == "repeated").count(), 3);
    assert_eq!(find("4711").code, None);
    // Every one of them can be opened, or says why not.
    for entry in &listed.entries {
        assert_ne!(
            menus(&host, &token, entry.id.as_str()).err().and_then(|error| error.code()),
            Some(Code::NotFound)
        );
    }
}

// hostile.md 69, 70: cycles, orphans, depth, width, and nesting that no parser follows.
#[test]
fn menus_survive() {
    let host = Host::new();
    let token = host.token("hostile", "o-hostile");
    let count = |id: &str| menus(&host, &token, id).unwrap().len();
    assert_eq!(count("menu-deep"), 1000);
    assert_eq!(count("menu-wide"), 5000);
    assert_eq!(count("menu-cycle"), 5);
    assert_eq!(count("menu-shape"), 0);
    let deep = menus(&host, &token, "menu-deep").unwrap();
    assert_eq!(deep[999].parent.as_ref(), Some(&deep[998].id));
    let nested = menus(&host, &token, "menu-nested").unwrap_err();
    assert_eq!(nested.kind, ErrorKind::NotTheService { status: 200 });
}

// hostile.md 1 to 6, 10: each kind of address stands in a menu, for the launch policy to refuse.
#[test]
fn addresses_arrive_unchanged() {
    let host = Host::new();
    for (account, organization, application) in
        [("morgan", "o-north-sea", "hostile-addresses"), ("hostile", "o-hostile", "menu-addresses")]
    {
        let found = menus(&host, &host.token(account, organization), application).unwrap();
        let nested = found.iter().flat_map(|menu| &menu.children);
        let addresses: Vec<String> =
            found.iter().chain(nested).filter_map(|menu| menu.address.clone()).collect();
        for expected in [
            "javascript:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "https://good.example@evil.example/",
            "//evil.example/",
        ] {
            assert!(addresses.iter().any(|address| address == expected), "{expected}");
        }
        assert!(addresses.iter().any(|address| address.len() > 8192));
    }
}
