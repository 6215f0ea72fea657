//! Calls about messages, for the walk over all operations; and what one call changes for the next.

use portal_api::message::{
    CreateMessage, GetMessageColors, GetMessageRingtones, GetUnresolvedMessages, MessageKind, MessageUpdate,
    NewMessage, UpdateMessage,
};
use portal_api::{ApplicationId, AssetId, Code, Localized, MessageId, OrganizationId, Page};

use crate::support::{Host, code, ready};
use crate::walk::{Made, Walk};

pub(crate) fn visit(walk: &mut Walk) {
    walk.visit(
        |_| create("o-north-sea", "turbine-monitor", &["m-1", "m-2"]),
        &[
            (31404, |_| create("o-nowhere", "turbine-monitor", &["m-1"])),
            (31432, |_| {
                let ids: Vec<String> = (0..2001).map(|number| number.to_string()).collect();
                create("o-north-sea", "turbine-monitor", &ids.iter().map(String::as_str).collect::<Vec<_>>())
            }),
        ],
    );
    walk.visit(
        |_| update("turbine-monitor", 1..2, true),
        &[(31400, |_| update("turbine-monitor", 1..1002, true))],
    );
    walk.visit(
        |_| unresolved("o-north-sea", "turbine-monitor", Page::FIRST),
        &[(31404, |_| unresolved("o-north-sea", "not-acquired", Page::FIRST))],
    );
    walk.visit(|_| (None, GetMessageColors), &[]);
    walk.visit(|_| (None, GetMessageRingtones), &[]);
}

fn create(organization: &str, application: &str, ids: &[&str]) -> Made<CreateMessage> {
    let messages = ids.iter().map(|id| message(organization, application, id, false)).collect();
    (None, CreateMessage { messages })
}

fn message(organization: &str, application: &str, id: &str, resolved: bool) -> NewMessage {
    NewMessage {
        id: MessageId::parse(id).unwrap(),
        kind: MessageKind::Alert,
        organization: OrganizationId::parse(organization).unwrap(),
        application: ApplicationId::parse(application).unwrap(),
        body: Localized {
            by_locale: vec![("en-US".to_owned(), "Gearbox oil at 84 °C".to_owned())],
            ..Localized::plain("Gearbox oil")
        },
        color: Some(0),
        ring: Some(1),
        tags: vec![Localized::plain("T-01")],
        produced: "2026-11-22 00:00:00".to_owned(),
        zone: "+01:00".to_owned(),
        resolved,
        linked_application: ApplicationId::parse(application),
        linked_menu: Some("overview".to_owned()),
        linked_state: Some("turbine=1".to_owned()),
        feature: Localized::default(),
        asset: AssetId::parse("dogger-bank-a-t01"),
        authorization_unit: AssetId::parse("dogger-bank").unwrap(),
        callback: None,
        action: Localized::plain("Acknowledge"),
    }
}

fn update(application: &str, numbers: std::ops::Range<u32>, processed: bool) -> Made<UpdateMessage> {
    let application = ApplicationId::parse(application).unwrap();
    let id = |number| MessageId::parse(&format!("o-north-sea.{application}.{number:04}")).unwrap();
    let entry = |number| MessageUpdate { id: id(number), application: application.clone(), processed };
    (None, UpdateMessage { messages: numbers.map(entry).collect() })
}

fn unresolved(organization: &str, application: &str, page: Page) -> Made<GetUnresolvedMessages> {
    let organization = OrganizationId::parse(organization).unwrap();
    (
        None,
        GetUnresolvedMessages { application: ApplicationId::parse(application).unwrap(), organization, page },
    )
}

/// How many wait, and the ids of the first page.
fn waiting(host: &Host, organization: &str, application: &str) -> (u64, Vec<String>) {
    let call = unresolved(organization, application, Page::FIRST).1;
    let reply = ready(host.client().send(&call)).unwrap();
    (reply.total.unwrap(), reply.listed.entries.iter().map(ToString::to_string).collect())
}

// Issue 5: what is created waits until it is updated, also over a reload of the page.
#[test]
fn messages_wait_until_somebody_deals_with_them() {
    let host = Host::new();
    let (client, before) = (host.client(), waiting(&host, "o-north-sea", "turbine-monitor"));
    assert_eq!((before.0, before.1.len()), (7, 7));
    ready(client.send(&create("o-north-sea", "turbine-monitor", &["m-1", "m-2"]).1)).unwrap();
    let done = message("o-north-sea", "turbine-monitor", "m-3", true);
    ready(client.send(&CreateMessage { messages: vec![done] })).unwrap();
    let (total, ids) = waiting(&host, "o-north-sea", "turbine-monitor");
    assert_eq!((total, &ids[7..]), (9, &["m-1".to_owned(), "m-2".to_owned()][..]));
    // Not those of another application or organization.
    assert_eq!(waiting(&host, "o-north-sea", "shift-book").0, 1);
    assert_eq!(waiting(&host, "o-harbor", "documents").0, 1);

    ready(client.send(&update("turbine-monitor", 1..4, true).1)).unwrap();
    let created = MessageUpdate {
        id: MessageId::parse("m-1").unwrap(),
        application: ApplicationId::parse("turbine-monitor").unwrap(),
        processed: true,
    };
    ready(client.send(&UpdateMessage { messages: vec![created.clone()] })).unwrap();
    let again = Host::new();
    again.portal.borrow_mut().restore(&host.portal.borrow().snapshot());
    for host in [&host, &again] {
        let (total, ids) = waiting(host, "o-north-sea", "turbine-monitor");
        assert_eq!(
            (total, ids.contains(&"m-1".to_owned()), ids.contains(&"m-2".to_owned())),
            (5, false, true)
        );
    }
    // And back: what was marked by mistake waits again.
    ready(client.send(&UpdateMessage { messages: vec![MessageUpdate { processed: false, ..created }] }))
        .unwrap();
    ready(client.send(&update("turbine-monitor", 1..2, false).1)).unwrap();
    assert_eq!(waiting(&host, "o-north-sea", "turbine-monitor").0, 7);
    // An id that nobody created, also one that looks like those of the catalogue, changes nothing.
    ready(client.send(&update("turbine-monitor", 8..20, false).1)).unwrap();
    assert_eq!(waiting(&host, "o-north-sea", "turbine-monitor").0, 7);
}

// contract.md 0.5: pages count from 0, and the number of all is there with a page of one.
#[test]
fn pages_of_messages() {
    let host = Host::new();
    let page = |number, size| {
        let call = unresolved("o-north-sea", "alarm-center", Page { number, size }).1;
        ready(host.client().send(&call)).unwrap()
    };
    let one = page(0, 1);
    assert_eq!(
        (one.total, one.listed.entries.len(), one.number, one.size),
        (Some(1204), 1, Some(0), Some(1))
    );
    let last = page(1, 1000);
    assert_eq!((last.total, last.listed.entries.len(), last.number), (Some(1204), 204, Some(1)));
    assert_eq!(page(u32::MAX, u32::MAX).listed.entries, []);
    let none = code(ready(
        host.client().send(&unresolved("o-north-sea", "shift-book", Page { number: 0, size: 0 }).1),
    ));
    assert_eq!(none, Some(portal_api::Code::Invalid));
}

// contract.md 1.22: all of a list or none of it.
#[test]
fn a_wrong_message_creates_none() {
    let host = Host::new();
    let right = message("o-north-sea", "shift-book", "right", false);
    let long = message("o-north-sea", "shift-book", &"long".repeat(100), false);
    let nowhere = message("o-north-sea", "no-such", "x", false);
    let no_text = NewMessage {
        body: Localized {
            by_locale: vec![("zh-CN".to_owned(), "油温".to_owned())], ..Localized::default()
        },
        ..right.clone()
    };
    let no_time = NewMessage { produced: "soon".to_owned(), ..right.clone() };
    for wrong in [long, nowhere, no_text, no_time] {
        let messages = vec![right.clone(), wrong];
        assert!(code(ready(host.client().send(&CreateMessage { messages }))).is_some());
    }
    assert_eq!(waiting(&host, "o-north-sea", "shift-book").0, 1);
}

// docs/demo.md: what an application of North Sea Energy refuses, so that each refusal can be seen.
#[test]
fn messages_that_may_not_be_touched_or_seen() {
    let host = Host::new();
    let client = host.client();
    let forbidden = Some(Code::Forbidden);
    assert_eq!(waiting(&host, "o-north-sea", "substation-patrol").0, 2);
    assert_eq!(code(ready(client.send(&update("substation-patrol", 1..2, true).1))), forbidden);
    assert_eq!(code(ready(client.send(&create("o-north-sea", "substation-patrol", &["m"]).1))), forbidden);
    assert_eq!(waiting(&host, "o-north-sea", "substation-patrol").0, 2);
    let closed = unresolved("o-north-sea", "market-news", Page::FIRST).1;
    assert_eq!(code(ready(client.send(&closed))), forbidden);
}
