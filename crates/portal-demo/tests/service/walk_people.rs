//! Calls about people and where they stand, for the walk over all operations; and what the lists hold.

use std::collections::BTreeSet;

use portal_api::asset::{CheckAssetPermission, GetAssetStructure};
use portal_api::people::{GetAppUserList, GetManageableUserList, GetOrganizationUserList};
use portal_api::structure::{GetStructureByUser, GetUserStructures, Structure};
use portal_api::{AccessToken, AccountKind, ApplicationId, AssetId, Locale, OrganizationId, Page};

use crate::support::Host;
use crate::walk::{Made, Walk, send};

pub(crate) fn visit(walk: &mut Walk) {
    walk.visit(
        |host| (admin(host), GetManageableUserList { page: Page::FIRST }),
        &[(31403, |host| (morgan(host), GetManageableUserList { page: Page::FIRST }))],
    );
    walk.visit(
        |_| roster("o-north-sea", Page::FIRST),
        &[(31403, |_| roster("o-closed", Page::FIRST)), (31404, |_| roster("o-nowhere", Page::FIRST))],
    );
    walk.visit(
        |host| (admin(host), GetAppUserList { page: Page::FIRST }),
        &[(31403, |host| (morgan(host), GetAppUserList { page: Page::FIRST }))],
    );
    walk.visit(|host| (morgan(host), GetUserStructures), &[]);
    walk.visit(
        |host| assigned(host, "o-north-sea", "turbine-monitor", None),
        &[
            (31520, |host| assigned(host, "o-north-sea", "not-acquired", None)),
            (31530, |host| assigned(host, "o-harbor", "documents", None)),
            (31531, |host| assigned(host, "o-helios", "plant-monitor", None)),
        ],
    );
}

fn morgan(host: &Host) -> Option<AccessToken> {
    Some(host.token("morgan", "o-north-sea"))
}

fn admin(host: &Host) -> Option<AccessToken> {
    Some(host.token("admin", "o-north-sea"))
}

fn roster(organization: &str, page: Page) -> Made<GetOrganizationUserList> {
    (None, GetOrganizationUserList { organization: OrganizationId::parse(organization).unwrap(), page })
}

fn assigned(host: &Host, organization: &str, id: &str, locale: Option<&str>) -> Made<GetStructureByUser> {
    let call = GetStructureByUser {
        application: ApplicationId::parse(id).unwrap(),
        organization: OrganizationId::parse(organization).unwrap(),
        locale: locale.and_then(Locale::parse),
    };
    (morgan(host), call)
}

// contract.md 1.8, 1.10, 1.11: the three lists are of the same people.
#[test]
fn three_lists_of_the_same_people() {
    let host = Host::new();
    let managed = send(&host, &(admin(&host), GetManageableUserList { page: Page::FIRST })).unwrap();
    let first = &managed.listed.entries[0];
    assert_eq!((first.id.as_str(), first.kind, first.member), ("u-morgan", Some(AccountKind::Portal), None));
    assert_eq!(first.phone.as_deref(), Some("+49 40 5550 117"));
    assert!(first.created.is_some() && first.joined.is_some() && first.updated.is_some());
    let roster = send(&host, &roster("o-north-sea", Page::FIRST)).unwrap();
    let users = send(&host, &(admin(&host), GetAppUserList { page: Page::FIRST })).unwrap();
    for other in [&roster, &users] {
        assert_eq!((other.total, other.number, other.size), (managed.total, Some(0), Some(1000)));
        let ids =
            |entries: &[portal_api::Person]| entries.iter().map(|user| user.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&other.listed.entries), ids(&managed.listed.entries));
    }
}

// contract.md 0.5: every person stands on one page, whatever the size of pages.
#[test]
fn five_thousand_people() {
    let host = Host::new();
    for size in [999, 1000, 5002] {
        let mut seen = BTreeSet::new();
        for number in 0.. {
            let page = send(&host, &roster("o-atlas", Page { number, size })).unwrap();
            assert_eq!(page.total, Some(5002));
            if page.listed.entries.is_empty() {
                break;
            }
            seen.extend(page.listed.entries.into_iter().map(|user| user.id.to_string()));
        }
        assert_eq!(seen.len(), 5002);
    }
    // None of them can sign in.
    assert!(host.log_in("crowd-00017", "").is_err());
}

// contract.md 1.14: flat, and parents can be missing; contract.md 2.2: the tree, in the language asked for.
#[test]
fn structures_of_a_user() {
    let host = Host::new();
    let flat = send(&host, &(morgan(&host), GetUserStructures)).unwrap().entries;
    let ids: Vec<_> =
        flat.iter().map(|node| (node.id.as_str(), node.parent.as_ref().map(|id| id.as_str()))).collect();
    assert_eq!(
        ids,
        [
            ("sg-control-room", Some("sg-operations")),
            ("sg-shift-a", Some("sg-control-room")),
            ("sg-trading", None)
        ]
    );
    let tree =
        send(&host, &assigned(&host, "o-north-sea", "turbine-monitor", Some("zh-CN"))).unwrap().entries;
    fn names(nodes: &[Structure], out: &mut Vec<String>) {
        for node in nodes {
            out.extend(node.name.fallback.clone());
            names(&node.children, out);
        }
    }
    let mut found = Vec::new();
    names(&tree, &mut found);
    assert_eq!(found.len(), 5);
    assert_eq!(tree[0].children[0].children[0].id.as_str(), "sg-control-room");
    let elsewhere = send(&host, &(Some(host.token("morgan", "o-harbor")), GetUserStructures)).unwrap();
    assert_eq!(elsewhere.entries, []);
    // Closed applications are not assigned; organizations of others have not acquired any.
    let codes =
        [("o-north-sea", "no-rights", 531), ("o-empty", "documents", 520), ("o-north-sea", "none", 520)];
    for (organization, id, number) in codes {
        let error = send(&host, &assigned(&host, organization, id, None)).unwrap_err();
        assert_eq!(error.code().map(portal_api::Code::number), Some(number), "{organization} {id}");
    }
}

// contract.md §6, 11, 14, 16: a service of version 2.0 writes numbers as texts and leaves members out.
#[test]
fn old_versions_are_read_alike() {
    let host = Host::new();
    let token = Some(host.token("legacy", "o-north-sea"));
    let asset = AssetId::parse("hornsea-t01").unwrap();
    let way = send(&host, &(token.clone(), GetAssetStructure { asset: asset.clone() })).unwrap();
    assert_eq!(way.entries[0].children[0].id.as_str(), "hornsea");
    assert!(send(&host, &(token.clone(), CheckAssetPermission { assets: vec![asset] })).unwrap());
    let structures = send(&host, &(token.clone(), GetUserStructures)).unwrap();
    assert_eq!((structures.entries.len(), structures.dropped), (1, 0));
    let refused = send(&host, &(token, GetManageableUserList { page: Page::FIRST })).unwrap_err();
    assert_eq!(refused.code(), Some(portal_api::Code::Forbidden));
}
