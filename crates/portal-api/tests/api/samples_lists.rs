//! Replies in the shapes of the documentation's samples of assets, messages, people and roles, with the faults that they
//! are printed with mended (contract.md §6, 19: never by the parser).

use portal_api::asset::{
    AuthorizeAsset, CheckAssetPermission, GetAssetStructure, GetAssetsByApplication, GetAssetsByOrganization,
    GetUsersWithAssetAccess, SyncAsset,
};
use portal_api::message::{
    CreateMessage, GetMessageColors, GetMessageRingtones, GetUnresolvedMessages, UpdateMessage,
};
use portal_api::organization::GetUserDomain;
use portal_api::people::GetManageableUserList;
use portal_api::role::{GetOrganizationLanguageList, GetOrganizationRoles, GetUserRoles};
use portal_api::structure::GetStructureByUser;
use portal_api::{AccountKind, Endpoint, ErrorKind, Parts};

use crate::common::read_body;

/// As printed it is no JSON, and stays none; mended it is read.
fn mended<E: Endpoint>(printed: &str, fault: &str, mended: &str) -> E::Reply
where
    E::Reply: std::fmt::Debug,
{
    let error = read_body::<E>(printed).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotTheService { status: 200 });
    assert!(printed.contains(fault));
    read_body::<E>(printed.replace(fault, mended)).unwrap()
}

#[test]
fn a_domain_without_a_comma() {
    // contract.md 1.13, 3.0.0: a comma is missing, and one is too many.
    let printed = r#"{"code":0,"message":"OK","data":{"id":"d1","name":"Works","url":"https://works.example/sso"
        "nameJson":{"default":"Works","zh_CN":"工厂"},"description":"","descriptionJson":{},}}"#;
    assert!(read_body::<GetUserDomain>(printed.replace("},}", "}}")).is_err());
    let printed = printed.replace("},}", "}}");
    let reply = mended::<GetUserDomain>(&printed, "sso\"", "sso\",");
    assert_eq!(
        (reply.address.as_deref(), reply.name.by_locale.len()),
        (Some("https://works.example/sso"), 1)
    );
}

#[test]
fn trees_of_an_application() {
    // contract.md 1.17: up to 2.1 without an envelope, with a comma missing; a leaf has an empty parent.
    let old = r#"{"id":"s0","name":"Sites","tag":null,"parentId":"","children":[
        {"id":"s1","name":"North","tag":null,"parentId":"s0" "children":[
            {"id":"7Uq6","name":"T-01","tag":"asset","parentId":"","children":null}]}]}"#;
    let reply = mended::<GetAssetsByApplication>(old, "\"s0\" \"children", "\"s0\",\"children");
    assert_eq!(reply.entries[0].children[0].children[0].id.as_str(), "7Uq6");
    // 2.4 and 3.0.0: tags as a list, kinds, and an order that is none.
    let new = r#"{"code":0,"message":"OK","data":{"id":"s0","name":"Sites","nameJson":{"default":"Sites"},"tag":null,"parentId":"",
        "displayOrder":-1,"tags":[],"type":null,"typeName":null,"associatedResources":null,"children":[
            {"id":"7Uq6","name":"T-01","tag":"asset","tags":[{"id":3,"key":"auth_unit","value":"true"}],"parentId":"",
             "displayOrder":-1,"type":"asset","typeName":{"default":"Asset"},"children":null},]}}"#;
    let reply = mended::<GetAssetsByApplication>(new, "null},]", "null}]");
    let leaf = &reply.entries[0].children[0];
    assert_eq!((leaf.tags[0].key.as_str(), leaf.kind.as_deref()), ("auth_unit", Some("asset")));
}

#[test]
fn assets_of_an_organization() {
    // contract.md 1.18: the call is printed with a comma too many, the reply has neither orgId nor kinds before 2.4.
    let call = r#"{"userId":"u1","orgId":"o1","pagination":{"pageNo":0,"pageSize":1000,"sorters":[]},}"#;
    assert!(portal_api::Body::parse(call).is_err());
    let body = portal_api::Body::parse(
        r#"{"userId":"u1","orgId":"o1","pagination":{"pageNo":0,"pageSize":1000,"sorters":[]}}"#,
    );
    let parts = Parts { body: body.ok(), ..Parts::default() };
    assert_eq!(GetAssetsByOrganization::read(&parts).unwrap().page.size, 1000);
    let reply = read_body::<GetAssetsByOrganization>(
        r#"{"code":200,"message":"","data":{"pagination":{"totalElements":2,"pageNo":0,"pageSize":1000},"assets":[
            {"id":"2rVQ","name":{"default":"asset 1","en_US":"asset 1"}},{"id":"Sx0f","name":{"default":"asset 2"}}]}}"#,
    );
    assert_eq!(reply.unwrap().total, Some(2));
}

#[test]
fn where_an_asset_stands_and_who_sees_it() {
    let reply = read_body::<GetAssetStructure>(
        r#"{"code":200,"data":{"structures":[{"children":[],"description":"","displayName":"north","id":"sg1566","name":"north",
            "orgId":"o1"}]},"message":""}"#,
    );
    assert_eq!(reply.unwrap().entries[0].id.as_str(), "sg1566");
    let reply = read_body::<GetUsersWithAssetAccess>(
        r#"{"code":0,"message":"OK","data":[{"id":"u1","name":"ann","description":""},{"id":"u2","name":"bo"}]}"#,
    );
    assert_eq!(reply.unwrap().entries.len(), 2);
    assert!(read_body::<CheckAssetPermission>(r#"{"code":200,"message":"","data":true}"#).unwrap());
    read_body::<AuthorizeAsset>(r#"{"code":200,"message":"","data":true}"#).unwrap();
    read_body::<SyncAsset>(r#"{"code":0,"message":"OK","data":null}"#).unwrap();
}

#[test]
fn messages_of_old_and_new_versions() {
    for (page, code) in [
        (r#"{"total":15094,"currentPage":0,"limit":1000}"#, 200),
        (r#"{"totalElements":15094,"PageNo":0,"PageSize":1000}"#, 0),
    ] {
        let body = format!(
            r#"{{"code":{code},"message":"","data":{{"pagination":{page},"ids":["m-1","m01","m010"]}}}}"#
        );
        let reply = read_body::<GetUnresolvedMessages>(body).unwrap();
        assert_eq!((reply.total, reply.number, reply.size), (Some(15094), Some(0), Some(1000)));
        assert_eq!(reply.listed.entries.len(), 3);
    }
    read_body::<CreateMessage>(r#"{"code":200,"message":"","data":null}"#).unwrap();
    read_body::<UpdateMessage>(r#"{"code":0,"message":"OK","data":true}"#).unwrap();
    let colors = read_body::<GetMessageColors>(
        r#"{"code":200,"message":"","data":{"colors":[{"id":0,"name":{"default":"red","en_US":"red","zh_CN":"红色"}},
            {"id":1,"name":{"default":"Yellow ","en_US":"Yellow ","zh_CN":"黄色"}},{"id":2,"name":{"default":"Gray"}}]}}"#,
    );
    assert_eq!(colors.unwrap().entries.iter().map(|color| color.id).collect::<Vec<_>>(), [0, 1, 2]);
    let sounds = read_body::<GetMessageRingtones>(
        r#"{"code":200,"message":"","data":{"ringings":[{"id":0,"name":{"default":"No sound"}},{"id":1,"name":{"default":"Alarm"}}]}}"#,
    );
    assert_eq!(sounds.unwrap().entries.len(), 2);
}

#[test]
fn people_roles_and_languages() {
    let users = read_body::<GetManageableUserList>(
        r#"{"code":200,"message":"","data":{"pagination":{"totalElements":5,"pageNo":0,"pageSize":5},"users":[{"id":"u1",
            "name":"a@b.example","domain":"新域","description":"","nickName":"","phoneArea":"","phone":"","email":"a@b.example",
            "createdTime":"2019-09-23 02:32:51.0","joinTime":"2019-09-23 02:32:52.0","type":1}]}}"#,
    );
    let users = users.unwrap();
    assert_eq!((users.total, users.listed.entries[0].kind), (Some(5), Some(AccountKind::Domain)));
    let roles = r#"{"code":0,"message":"OK","data":{"roles":[{"id":"r1","name":"role 1"},{"id":"r2","name":"role 2"}]}}"#;
    assert_eq!(read_body::<GetOrganizationRoles>(roles).unwrap(), read_body::<GetUserRoles>(roles).unwrap());
    let languages = read_body::<GetOrganizationLanguageList>(
        r#"{"code":0,"message":"OK","data":{"languages":["en-US","zh-CN"]}}"#,
    );
    assert_eq!(languages.unwrap().entries.len(), 2);
    let tree = read_body::<GetStructureByUser>(
        r#"{"code":0,"message":"OK","data":{"id":"sg1","parentId":"","name":"top","description":"","tags":null,"displayOrder":0,
            "assets":null,"children":[{"id":"sg2","parentId":"sg1","name":"below","description":"","tags":{"k":"v"},
            "displayOrder":0,"assets":null,"children":[]}]}}"#,
    );
    assert_eq!(tree.unwrap().entries[0].children[0].tags[0].value, "v");
}
