//! contract.md 1.8, 1.10, 1.11, 1.14, 2.2 and §6, 10, 11, 14, 16 to 19: people and where they stand.

use portal_api::people::{GetAppUserList, GetManageableUserList, GetOrganizationUserList};
use portal_api::structure::{GetStructureByUser, GetUserStructures};
use portal_api::{AccountKind, Endpoint, ErrorKind, MissingParameter, Parts};

use crate::common::{data, read_body};

/// After the table of 1.8 and the sample of 2.3.
const MANAGED: &str = r#"{"pagination":{"totalElements":"2","pageNo":0,"pageSize":10},"users":[
    {"id":"u1","name":"ann","domain":"d","description":"","nickName":"Ann","phoneArea":"86","phone":"135","email":"a@b.c",
     "createdTime":"2019-05-27 04:33:30.0","joinTime":"2019-05-27 04:33:30.0","updatedTime":null,"type":"1","exists":"1","new":{}},
    {"id":2,"name":null,"type":7,"exists":null},{"name":"no id"}]}"#;

#[test]
fn users_of_an_administrator() {
    let reply = data::<GetManageableUserList>(MANAGED);
    let [ann, other] = &reply.listed.entries[..] else { panic!("two users") };
    assert_eq!(
        (ann.kind, ann.member, ann.phone.as_deref()),
        (Some(AccountKind::Domain), Some(true), Some("86 135"))
    );
    assert_eq!((ann.nickname.as_deref(), ann.description.as_deref()), (Some("Ann"), None));
    // §6, 17: as the service writes it; the zone is unknown.
    assert_eq!((ann.joined.as_deref(), ann.updated.as_deref()), (Some("2019-05-27 04:33:30.0"), None));
    assert_eq!((other.id.as_str(), other.kind, other.member, &other.name), ("2", None, None, &None));
    assert_eq!((reply.listed.dropped, reply.total), (1, Some(2)));
}

/// 1.10, as the Chinese pages print it: an id without quotes.
const ROSTER: &str = r#"{"code":0,"message":"OK","data":{"users":[{"userId": userId_1,"email":"a@b.c","phone":"135","phoneArea":"86",
    "name":"ann"}],"pagination":{"totalElements":1,"pageNo":0,"pageSize":10}}}"#;

#[test]
fn users_of_an_organization() {
    let error = read_body::<GetOrganizationUserList>(ROSTER).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotTheService { status: 200 });
    let reply = read_body::<GetOrganizationUserList>(ROSTER.replace("userId_1", "\"userId_1\"")).unwrap();
    assert_eq!((reply.listed.entries[0].id.as_str(), reply.total), ("userId_1", Some(1)));
    let users = data::<GetAppUserList>(
        r#"{"users":[{"userId":"u","updatedTime":"2020-01-01 00:00:00.0"}],"pagination":null}"#,
    );
    assert_eq!((users.listed.entries.len(), users.total), (1, None));
}

#[test]
fn pages_must_be_named() {
    // contract.md 0.5: mandatory from 2.4.0 on.
    let missing = MissingParameter { name: "pagination" };
    assert_eq!(GetManageableUserList::read(&Parts::default()), Err(missing));
    assert_eq!(GetAppUserList::read(&Parts::default()), Err(missing));
    let mut parts = Parts::default();
    parts.put_body("orgId", "o");
    assert_eq!(GetOrganizationUserList::read(&parts), Err(missing));
}

/// 1.14, with its comma too many.
const STRUCTURES: &str = r#"{"code":0,"message":"OK","data":{"structures":[
    {"id":"sg1","name":"North","parentId":"sg0"},{"id":"sg2","name":"South","parentId":""},]}}"#;

#[test]
fn where_a_user_stands() {
    assert!(read_body::<GetUserStructures>(STRUCTURES).is_err());
    let reply = read_body::<GetUserStructures>(STRUCTURES.replace("},]", "}]")).unwrap();
    let parents: Vec<_> =
        reply.entries.iter().map(|node| node.parent.as_ref().map(|id| id.as_str())).collect();
    // §6, 14: a parent that is not there is still named.
    assert_eq!(parents, [Some("sg0"), None]);
}

#[test]
fn a_tree_that_was_assigned() {
    // contract.md 2.2: one root; tags are null, {} or a map.
    let root = r#"{"id":"r","parentId":"","name":"Root","description":"","displayOrder":1,"tags":null,"assets":[],"children":[
        {"id":"a","parentId":"r","tags":{}},{"id":"b","parentId":"r","tags":{"k":"v"},"assets":{}},{"id":""}]}"#;
    for body in [root.to_owned(), format!("[{root}]")] {
        let reply = data::<GetStructureByUser>(&body);
        assert_eq!((reply.entries.len(), reply.dropped), (1, 1));
        let tags: Vec<_> = reply.entries[0].children.iter().map(|node| node.tags.len()).collect();
        assert_eq!(tags, [0, 1]);
    }
    let deep =
        |levels: usize| format!("{}null{}", r#"{"id":"n","children":["#.repeat(levels), "]}".repeat(levels));
    assert_eq!(data::<GetStructureByUser>(&deep(60)).entries.len(), 1);
}
