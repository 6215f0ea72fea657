//! What opens at an address of an application.

use std::sync::Arc;

use portal_api::{ApplicationId, CategoryId, Code, Error, ErrorKind, Listed, Localized, Menu, MenuId};
use portal_core::catalog::Entry;
use portal_core::launch::{Launch, LaunchPolicy, NewTabReason, Parts, Refusal, decide};
use portal_core::menu::MenuTree;
use portal_core::names::Locale;

use super::super::place::Place;
use super::{Closed, Got, Opened, open};

/// Paths are framed, `https:` opens in a new tab, everything else is refused.
fn launch(address: Option<&str>) -> Launch {
    let policy = LaunchPolicy {
        portal_origin: "https://portal".to_owned(),
        application_base: "https://portal/".to_owned(),
        ..LaunchPolicy::default()
    };
    let parse = |address: &str, _: &str| {
        let href =
            if address.starts_with('/') { format!("https://portal{address}") } else { address.to_owned() };
        let (scheme, rest) = href.split_once(':')?;
        let host = rest.trim_start_matches('/').split('/').next()?.to_owned();
        let origin = format!("{scheme}://{host}");
        Some(Parts { scheme: scheme.to_owned(), username: false, host, origin, href: href.clone() })
    };
    decide(&policy, &parse, address)
}

fn application(address: Option<&str>) -> Got<Option<Entry>> {
    Got::Here(Some(Entry {
        id: ApplicationId::parse("a").unwrap(),
        nth: 1,
        name: "Wind".to_owned(),
        description: None,
        category: CategoryId::parse("21"),
        category_name: None,
        mobile: false,
        shortcut: false,
        launch: launch(address),
        application: 0,
    }))
}

fn menu(entries: &[(&str, Option<&str>)]) -> Got<Arc<MenuTree>> {
    let entries = entries.iter().map(|(key, address)| Menu {
        id: MenuId::parse(key).unwrap(),
        identifier: Some((*key).to_owned()),
        name: Localized::default(),
        order: None,
        address: address.map(str::to_owned),
        parent: None,
        children: Vec::new(),
    });
    let list = Listed { entries: entries.collect(), dropped: 0 };
    Got::Here(Arc::new(MenuTree::build(&list, &Locale::parse("en-US").unwrap(), &launch)))
}

fn place(menu: Option<&str>) -> Place {
    Place {
        application: ApplicationId::parse("a").unwrap(),
        n: 1,
        menu: menu.map(|menu| (menu.to_owned(), 1)),
        state: None,
    }
}

fn failed(code: Code) -> Error {
    let kind = ErrorKind::Refused { code, number: code.number(), message: None, retry_after: None };
    Error { operation: "Get App Menu and Permission", kind, request_id: None }
}

fn framed(opened: &Opened) -> Option<(&str, Option<&str>, Option<usize>)> {
    match opened {
        Opened::Frame { source, entry } => {
            let key = source.menu.as_ref().map(|(key, _)| key.as_str());
            Some((source.address.as_str(), key, *entry))
        }
        _ => None,
    }
}

fn closed(opened: Opened) -> Option<Closed> {
    match opened {
        Opened::Closed { why, .. } => Some(why),
        _ => None,
    }
}

// experience.md, "What can be opened": an application with a usable address opens it, whatever its menu does.
#[test]
fn an_own_address_opens_without_the_menu() {
    let wind = application(Some("/wind"));
    let own = Some(("https://portal/wind", None, None));
    assert_eq!(framed(&open(&wind, &Got::Waiting, &place(None))), own);
    assert_eq!(framed(&open(&wind, &menu(&[("m", Some("/m"))]), &place(None))), own);
    assert_eq!(framed(&open(&wind, &Got::Failed(failed(Code::Internal)), &place(None))), own);
}

// contract.md 1.23: 403 and 404 are words about the application, not about its menu.
#[test]
fn no_right_to_the_application_opens_nothing() {
    for code in [Code::Forbidden, Code::NotFound, Code::NotAcquired] {
        let opened = open(&application(Some("/wind")), &Got::Failed(failed(code)), &place(None));
        assert_eq!(closed(opened), Some(Closed::Failed(failed(code))));
    }
}

// Without one, its first menu entry in tree order with a usable address.
#[test]
fn without_an_address_the_first_entry_that_opens() {
    let entries =
        menu(&[("bad", Some("javascript:alert(1)")), ("good", Some("/good")), ("next", Some("/next"))]);
    let opened = open(&application(None), &entries, &place(None));
    assert_eq!(framed(&opened), Some(("https://portal/good", Some("good"), Some(1))));
    assert_eq!(open(&application(None), &Got::Waiting, &place(None)), Opened::Waiting);
    let refused = menu(&[("bad", Some("javascript:alert(1)"))]);
    assert_eq!(closed(open(&application(None), &refused, &place(None))), Some(Closed::NothingToOpen));
    assert_eq!(closed(open(&application(None), &menu(&[]), &place(None))), Some(Closed::NoMenus));
}

// A refused address is not launchable even where menus are good; the menus are, at their own addresses.
#[test]
fn a_refused_address_does_not_fall_back_to_the_menu() {
    let (bad, good) = (application(Some("javascript:alert(1)")), menu(&[("good", Some("/good"))]));
    let why = Closed::Refused(Launch::Refused(Refusal::Script));
    assert_eq!(closed(open(&bad, &good, &place(None))), Some(why));
    assert!(framed(&open(&bad, &good, &place(Some("good")))).is_some());
}

// `status` false: shown, not launchable, by no address.
#[test]
fn a_disabled_application_opens_nothing() {
    let Got::Here(Some(entry)) = application(Some("/wind")) else { panic!("an entry") };
    let off = Got::Here(Some(Entry { launch: Launch::Disabled, ..entry }));
    for key in [None, Some("m")] {
        assert_eq!(closed(open(&off, &menu(&[("m", Some("/m"))]), &place(key))), Some(Closed::Disabled));
    }
}

// S8: an entry that is not there, refused or opens elsewhere is a state, never a blank and never another entry.
#[test]
fn an_entry_is_opened_as_its_own_address_says() {
    let entries = menu(&[("in", Some("/in")), ("out", Some("https://other/")), ("bad", Some("data:,x"))]);
    let wind = application(Some("/wind"));
    let at = |key| open(&wind, &entries, &place(Some(key)));
    assert_eq!(framed(&at("in")), Some(("https://portal/in", Some("in"), Some(0))));
    let Opened::Elsewhere { address, entry: Some(1) } = at("out") else { panic!("elsewhere") };
    assert_eq!(Launch::NewTab(address, NewTabReason::OtherOrigin), launch(Some("https://other/")));
    assert!(matches!(closed(at("bad")), Some(Closed::Refused(_))));
    assert_eq!(closed(at("none")), Some(Closed::UnknownMenu));
    let broken = Got::Failed(failed(Code::Internal));
    assert_eq!(
        closed(open(&wind, &broken, &place(Some("in")))),
        Some(Closed::Failed(failed(Code::Internal)))
    );
}

#[test]
fn an_application_that_is_not_there_is_said_so() {
    assert_eq!(open(&Got::Waiting, &menu(&[]), &place(None)), Opened::Waiting);
    assert_eq!(closed(open(&Got::Here(None), &menu(&[]), &place(None))), Some(Closed::UnknownApplication));
    let broken = failed(Code::Internal);
    assert_eq!(
        closed(open(&Got::Failed(broken.clone()), &menu(&[]), &place(None))),
        Some(Closed::Failed(broken))
    );
}

// experience.md S4: the menu marks the entry whose page is shown, however it came to be shown.
#[test]
fn an_entry_with_the_applications_own_address_is_marked() {
    let menus = menu(&[("other", Some("/other")), ("own", Some("/wind")), ("again", Some("/wind"))]);
    let opened = open(&application(Some("/wind")), &menus, &place(None));
    assert_eq!(opened.same_page(menus.here().unwrap()), Some(1));
    let elsewhere = open(&application(Some("https://elsewhere/wind")), &menus, &place(None));
    assert_eq!(elsewhere.same_page(menus.here().unwrap()), None);
}
