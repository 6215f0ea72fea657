//! The content that people are shown.

use portal_api::{ApplicationKind, Menu};
use portal_demo::Options;

use crate::support::{Host, applications, menus};

// contract.md 1.26: what a launcher has to cope with is all there.
#[test]
fn north_sea_energy_shows_everything() {
    let host =
        Host::with(Options { sample_origin: Some("http://127.0.0.1:8081".to_owned()), ..Options::default() });
    let all = applications(&host, &host.token("morgan", "o-north-sea"));
    let categories: std::collections::BTreeSet<_> =
        all.iter().filter_map(|entry| entry.category.as_ref()).map(|category| category.id.as_str()).collect();
    let expected: Vec<String> = (21..=36).map(|id| id.to_string()).collect();
    assert_eq!(categories.into_iter().collect::<Vec<_>>(), expected);
    assert!(all.iter().any(|entry| !entry.enabled));
    assert!(all.iter().any(|entry| entry.kind == ApplicationKind::Mobile));
    assert!(all.iter().any(|entry| entry.shortcut));
    assert!(all.iter().any(|entry| entry.order.is_none()));
    for entry in &all {
        for locale in ["en-US", "zh-CN"] {
            assert!(entry.name.by_locale.iter().any(|(key, _)| key == locale), "{:?}", entry.name);
            assert!(entry.description.by_locale.iter().any(|(key, _)| key == locale), "{:?}", entry.name);
        }
    }
    // Sent in another order than the administrator's, so that a client which does not sort is found out.
    let orders: Vec<_> = all.iter().filter_map(|entry| entry.order).collect();
    assert!(!orders.is_sorted());
    let address = |id: &str| all.iter().find(|entry| entry.id.as_str() == id).unwrap().address.clone();
    assert_eq!(address("turbine-monitor").unwrap(), "/sample-apps/wind-farm/overview.html");
    assert_eq!(
        address("wake-steering").unwrap(),
        "http://127.0.0.1:8081/sample-apps/wind-farm/overview.html"
    );
    assert_eq!(address("reservoir-planner"), None);
}

// Every address of the ordinary catalogue leads to a sample page that exists, or to a site of its own.
#[test]
fn addresses_lead_somewhere() {
    const PAGES: &[&str] = &[
        "/sample-apps/wind-farm/overview.html",
        "/sample-apps/wind-farm/turbines.html",
        "/sample-apps/alarms/list.html",
        "/sample-apps/forms/report.html",
        "/sample-apps/context/who.html",
        "/sample-apps/generic/page.html",
    ];
    fn check(address: &str) {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let good = PAGES.contains(&path) || path.starts_with("https://example.com/");
        assert!(good && path.ends_with("generic/page.html") == query.starts_with("page="), "{address}");
    }
    fn check_menus(menus: &[Menu]) {
        for menu in menus {
            let is_parent = |other: &Menu| other.parent.as_ref() == Some(&menu.id);
            let parent = !menu.children.is_empty() || menus.iter().any(is_parent);
            assert!(menu.address.is_some() || parent, "{menu:?}");
            menu.address.iter().for_each(|address| check(address));
            check_menus(&menu.children);
        }
    }
    let host = Host::new();
    for organization in ["o-north-sea", "o-helios", "o-harbor", "o-scale-300"] {
        let token = host.token("morgan", organization);
        for entry in applications(&host, &token) {
            entry.address.iter().for_each(|address| check(address));
            if entry.id.as_str() == "hostile-addresses" {
                continue;
            }
            let Ok(menus) = menus(&host, &token, entry.id.as_str()) else { continue };
            check_menus(&menus);
        }
    }
}

#[test]
fn scale_organizations_have_their_size() {
    let host = Host::new();
    for (organization, count) in [("o-scale-300", 300), ("o-atlas", 3000)] {
        let token = host.token("morgan", organization);
        let all = applications(&host, &token);
        assert_eq!(all.len(), count);
        assert!(!menus(&host, &token, all[17].id.as_str()).unwrap().is_empty());
    }
}

// The hosts print these; each one must be what it says.
#[test]
fn accounts_are_described() {
    let accounts = portal_demo::accounts();
    assert!(accounts.len() >= 15);
    for account in &accounts {
        assert!(!account.shows.is_empty() && account.password == "portal", "{account:?}");
        let documented = include_str!("../../../../docs/demo.md");
        assert!(documented.contains(&format!("| `{}` |", account.account)), "{account:?}");
    }
    let host = Host::new();
    let organizations = |account: &str| host.log_in(account, "portal").unwrap().organizations.entries.len();
    let counts = ["solo", "nobody", "empty", "admin"].map(organizations);
    assert_eq!(counts, [1, 0, 1, 7]);
    assert!(applications(&host, &host.token("empty", "o-empty")).is_empty());
}
