//! Calls about assets, for the walk over all operations; and what one call changes for the next.

use portal_api::asset::{
    Asset, AuthorizeAsset, CheckAssetPermission, GetAssetStructure, GetAssetsByApplication,
    GetAssetsByOrganization, GetUsersWithAssetAccess, SyncAsset,
};
use portal_api::{AccessToken, ApplicationId, AssetId, OrganizationId, Page, UserId};

use crate::support::{Host, ready};
use crate::walk::{Made, Walk, send};

const SEEN: &str = "dogger-bank-a-t01";
const RESTRICTED: &str = "test-field-p1";
const LATE: &str = "norderney-t01";

pub(crate) fn visit(walk: &mut Walk) {
    walk.visit(
        |host| by_application(host, "turbine-monitor", &[]),
        &[
            (31400, |host| by_application(host, "turbine-monitor", &["kind"; 1001])),
            (31403, |host| by_application(host, "no-rights", &[])),
            (31404, |host| by_application(host, "not-acquired", &[])),
        ],
    );
    walk.visit(
        |_| by_organization("u-morgan", "o-north-sea", &[], Page::FIRST),
        &[
            (31403, |_| by_organization("u-restless", "o-closed", &[], Page::FIRST)),
            (31404, |_| by_organization("u-solo", "o-north-sea", &[], Page::FIRST)),
        ],
    );
    walk.visit(|host| structure(host, SEEN), &[(31404, |host| structure(host, RESTRICTED))]);
    walk.visit(|host| check(host, &[SEEN]), &[]);
    walk.visit(|_| users(SEEN, "o-north-sea"), &[(31404, |_| users(LATE, "o-north-sea"))]);
    walk.visit(
        |_| authorize("u-morgan", "o-north-sea", &[RESTRICTED]),
        &[
            (31403, |_| authorize("u-restless", "o-closed", &[RESTRICTED])),
            (31404, |_| authorize("u-solo", "o-north-sea", &[RESTRICTED])),
        ],
    );
    walk.visit(|_| sync("o-north-sea"), &[(31403, |_| sync("o-closed")), (31404, |_| sync("o-nowhere"))]);
}

fn morgan(host: &Host) -> Option<AccessToken> {
    Some(host.token("morgan", "o-north-sea"))
}

fn by_application(host: &Host, id: &str, kinds: &[&str]) -> Made<GetAssetsByApplication> {
    let kinds = kinds.iter().map(ToString::to_string).collect();
    (morgan(host), GetAssetsByApplication { application: ApplicationId::parse(id).unwrap(), kinds })
}

fn by_organization(
    user: &str,
    organization: &str,
    kinds: &[&str],
    page: Page,
) -> Made<GetAssetsByOrganization> {
    let call = GetAssetsByOrganization {
        user: UserId::parse(user).unwrap(),
        organization: OrganizationId::parse(organization).unwrap(),
        kinds: kinds.iter().map(ToString::to_string).collect(),
        page,
    };
    (None, call)
}

fn ids(ids: &[&str]) -> Vec<AssetId> {
    ids.iter().map(|id| AssetId::parse(id).unwrap()).collect()
}

fn structure(host: &Host, id: &str) -> Made<GetAssetStructure> {
    (morgan(host), GetAssetStructure { asset: AssetId::parse(id).unwrap() })
}

fn check(host: &Host, assets: &[&str]) -> Made<CheckAssetPermission> {
    (morgan(host), CheckAssetPermission { assets: ids(assets) })
}

fn users(asset: &str, organization: &str) -> Made<GetUsersWithAssetAccess> {
    let organization = OrganizationId::parse(organization).unwrap();
    (None, GetUsersWithAssetAccess { asset: AssetId::parse(asset).unwrap(), organization })
}

fn authorize(user: &str, organization: &str, assets: &[&str]) -> Made<AuthorizeAsset> {
    let organization = OrganizationId::parse(organization).unwrap();
    (None, AuthorizeAsset { user: UserId::parse(user).unwrap(), organization, assets: ids(assets) })
}

fn sync(organization: &str) -> Made<SyncAsset> {
    (None, SyncAsset { organization: OrganizationId::parse(organization).unwrap() })
}

/// The sites below the root.
fn sites(host: &Host, kinds: &[&str]) -> Vec<String> {
    let reply = send(host, &by_application(host, "turbine-monitor", kinds)).unwrap();
    let sites = reply.entries.iter().flat_map(|root| &root.children);
    sites.map(|site: &Asset| site.id.to_string()).collect()
}

fn listed(host: &Host, user: &str) -> Vec<String> {
    let reply = send(host, &by_organization(user, "o-north-sea", &[], Page::FIRST)).unwrap();
    assert_eq!(reply.total, u64::try_from(reply.listed.entries.len()).ok());
    reply.listed.entries.iter().map(|asset| asset.id.to_string()).collect()
}

fn with_access(host: &Host, asset: &str) -> Vec<String> {
    let reply = ready(host.client().send(&users(asset, "o-north-sea").1)).unwrap();
    reply.entries.iter().map(|user| user.id.to_string()).collect()
}

// Issue 5: what is authorized is seen in the lists and by the checks, also over a reload of the page.
#[test]
fn authorized_assets_are_seen() {
    let host = Host::new();
    assert!(!sites(&host, &[]).contains(&"test-field".to_owned()));
    assert!(!send(&host, &check(&host, &[SEEN, RESTRICTED])).unwrap());
    // Administrators see everything.
    assert_eq!(with_access(&host, RESTRICTED), ["u-admin"]);
    assert!(listed(&host, "u-admin").contains(&RESTRICTED.to_owned()));

    send(&host, &authorize("u-morgan", "o-north-sea", &[RESTRICTED])).unwrap();
    let again = Host::new();
    again.portal.borrow_mut().restore(&host.portal.borrow().snapshot());
    for host in [&host, &again] {
        assert!(sites(host, &[]).contains(&"test-field".to_owned()));
        assert!(send(host, &check(host, &[SEEN, RESTRICTED])).unwrap());
        assert!(!send(host, &check(host, &[SEEN, "test-field-p2"])).unwrap());
        assert!(listed(host, "u-morgan").contains(&RESTRICTED.to_owned()));
        assert!(!listed(host, "u-expired").contains(&RESTRICTED.to_owned()));
        assert_eq!(with_access(host, RESTRICTED), ["u-morgan", "u-admin"]);
        assert!(send(host, &structure(host, RESTRICTED)).is_ok());
    }
    // A structure stands for what is in it; and an unknown asset beside it leaves everything as it was.
    assert!(send(&host, &authorize("u-expired", "o-north-sea", &["test-field", "no-such"])).is_err());
    assert_eq!(with_access(&host, "test-field-p2"), ["u-admin"]);
    send(&host, &authorize("u-expired", "o-north-sea", &["test-field"])).unwrap();
    assert_eq!(with_access(&host, "test-field-p2"), ["u-admin", "u-expired"]);
}

// Issue 5: what is synchronised is seen by the next call.
#[test]
fn synchronised_assets_are_there() {
    let host = Host::new();
    let before = (sites(&host, &[]), listed(&host, "u-morgan").len());
    assert!(send(&host, &authorize("u-morgan", "o-north-sea", &[LATE])).is_err());
    send(&host, &sync("o-helios")).unwrap();
    assert_eq!(sites(&host, &[]), before.0);
    send(&host, &sync("o-north-sea")).unwrap();
    let again = Host::new();
    again.portal.borrow_mut().restore(&host.portal.borrow().snapshot());
    for host in [&host, &again] {
        assert_eq!(sites(host, &[]).len(), before.0.len() + 1);
        assert_eq!(listed(host, "u-morgan").len(), before.1 + 2);
        assert!(send(host, &check(host, &[LATE])).unwrap() && with_access(host, LATE).len() > 5);
    }
}

// contract.md 1.17, 1.18: kinds, tags and pages; contract.md 1.19: where an asset stands.
#[test]
fn what_is_said_of_assets() {
    let host = Host::new();
    assert_eq!(sites(&host, &["mast"]), ["dogger-bank"]);
    assert_eq!(sites(&host, &["no-such"]), [""; 0]);
    let tree = send(&host, &by_application(&host, "turbine-monitor", &[])).unwrap();
    let site = &tree.entries[0].children[0];
    assert_eq!((site.tags[0].key.as_str(), site.tags[0].value.as_str()), ("auth_unit", "true"));
    assert_eq!(site.children[0].children[0].kind.as_deref(), Some("turbine"));
    let masts = send(&host, &by_organization("u-morgan", "o-north-sea", &["mast"], Page::FIRST)).unwrap();
    assert_eq!((masts.total, masts.listed.entries[0].kind.as_deref()), (Some(1), Some("mast")));
    let mut way = send(&host, &structure(&host, SEEN)).unwrap().entries;
    let mut names = Vec::new();
    while let Some(next) = way.pop() {
        assert!(way.is_empty());
        names.push(next.id.to_string());
        way = next.children;
    }
    assert_eq!(names, ["o-north-sea", "dogger-bank", "dogger-bank-a"]);
}

// Trees and lists have to stand thousands.
#[test]
fn five_thousand_assets() {
    let host = Host::new();
    let token = host.token("morgan", "o-atlas");
    let application = ApplicationId::parse("generated-0").unwrap();
    let tree =
        send(&host, &(Some(token), GetAssetsByApplication { application, kinds: Vec::new() })).unwrap();
    fn leaves(asset: &Asset) -> usize {
        if asset.children.is_empty() { 1 } else { asset.children.iter().map(leaves).sum() }
    }
    assert_eq!(leaves(&tree.entries[0]), 5000);
    let page = Page { number: 99, size: 50 };
    let last = send(&host, &by_organization("u-morgan", "o-atlas", &[], page)).unwrap();
    assert_eq!((last.total, last.listed.entries.len()), (Some(5000), 50));
    assert_eq!(last.listed.entries[49].id.as_str(), "unit-5000");
    // The crowd sees them as well.
    let crowd = send(&host, &by_organization("u-crowd-00017", "o-atlas", &[], Page::FIRST)).unwrap();
    assert_eq!((crowd.total, crowd.listed.entries.len()), (Some(5000), 1000));
}
