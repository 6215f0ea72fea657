//! Calls of assets, messages, people and roles as they go out (contract.md §1, 2.2): method, path, places of parameters.

use portal_api::asset::{
    AuthorizeAsset, CheckAssetPermission, GetAssetStructure, GetAssetsByApplication, GetAssetsByOrganization,
    GetUsersWithAssetAccess, SyncAsset,
};
use portal_api::message::{
    CreateMessage, GetMessageColors, GetMessageRingtones, GetUnresolvedMessages, MessageKind, MessageUpdate,
    NewMessage, UpdateMessage,
};
use portal_api::password::ConfirmPassword;
use portal_api::people::{GetAppUserList, GetManageableUserList, GetOrganizationUserList};
use portal_api::role::{GetOrganizationLanguageList, GetOrganizationRoles, GetUserPermissions, GetUserRoles};
use portal_api::structure::{GetStructureByUser, GetUserStructures};
use portal_api::{
    Access, ApplicationId, AssetId, Endpoint, Locale, Localized, MessageId, OrganizationId, Page, Password,
    Request, UserId,
};

/// `METHOD path?query` and the body, with `U` in front where a token goes along.
fn wire<E: Endpoint>(endpoint: &E) -> (String, String) {
    let request = Request::new(endpoint, None);
    let user = if E::Access::NEEDS_TOKEN { "U " } else { "" };
    let line = format!("{user}{} {}", request.method.as_str(), request.path_and_query());
    (line, request.body_text().unwrap_or_default())
}

fn line<E: Endpoint>(endpoint: &E) -> String {
    let (line, body) = wire(endpoint);
    assert_eq!(body, "");
    line
}

fn organization() -> OrganizationId {
    OrganizationId::parse("o 1").unwrap()
}

fn user() -> UserId {
    UserId::parse("u1").unwrap()
}

fn application() -> ApplicationId {
    ApplicationId::parse("a1").unwrap()
}

fn assets() -> Vec<AssetId> {
    ["x", "y"].iter().filter_map(|id| AssetId::parse(id)).collect()
}

const PAGE: Page = Page { number: 2, size: 50 };
const PAGE_BODY: &str = r#""pagination":{"pageNo":2,"pageSize":50}"#;

#[test]
fn assets_on_the_wire() {
    let tree =
        GetAssetsByApplication { application: application(), kinds: vec!["t".to_owned(), "m".to_owned()] };
    assert_eq!(line(&tree), "U GET /v2.2/user/app/asset/tree?accessKey=a1&resourceTypes=t%2Cm");
    let mut list =
        GetAssetsByOrganization { user: user(), organization: organization(), kinds: Vec::new(), page: PAGE };
    let body = format!(r#"{{"userId":"u1","orgId":"o 1",{PAGE_BODY}}}"#);
    assert_eq!(wire(&list), ("POST /v2.2/user/asset/list".to_owned(), body));
    list.kinds.push("t".to_owned());
    assert!(wire(&list).1.contains(r#""resourceTypes":["t"]"#));
    let structure = GetAssetStructure { asset: AssetId::parse("x").unwrap() };
    assert_eq!(line(&structure), "U GET /v2.2/asset/structure?assetId=x");
    let body = r#"{"assetIds":["x","y"]}"#.to_owned();
    let line_of_check = "U POST /v2.2/user/authorization/asset/check".to_owned();
    assert_eq!(wire(&CheckAssetPermission { assets: assets() }), (line_of_check, body));
    let authorize = AuthorizeAsset { user: user(), organization: organization(), assets: assets() };
    let body = r#"{"userId":"u1","orgId":"o 1","assetIds":["x","y"]}"#.to_owned();
    assert_eq!(wire(&authorize), ("POST /v2.2/user/asset/append".to_owned(), body));
    let users = GetUsersWithAssetAccess { asset: AssetId::parse("x").unwrap(), organization: organization() };
    let body = r#"{"assetId":"x","orgId":"o 1"}"#.to_owned();
    assert_eq!(wire(&users), ("POST /v2.2/asset/authorize/user/list".to_owned(), body));
    assert_eq!(line(&SyncAsset { organization: organization() }), "GET /v2.2/asset/sync?orgId=o%201");
}

#[test]
fn messages_on_the_wire() {
    let unresolved =
        GetUnresolvedMessages { application: application(), organization: organization(), page: PAGE };
    let body = format!(r#"{{"accessKey":"a1","orgId":"o 1",{PAGE_BODY}}}"#);
    assert_eq!(wire(&unresolved), ("POST /v2.2/message/unresolved/list".to_owned(), body));
    assert_eq!(line(&GetMessageColors), "GET /v2.2/message/enum/colors");
    assert_eq!(line(&GetMessageRingtones), "GET /v2.2/message/enum/ringtones");
    let id = MessageId::parse("m1").unwrap();
    // contract.md §6, 20: processed is 1 here, and resolved is 0 there.
    let update = MessageUpdate { id: id.clone(), application: application(), processed: true };
    let body = r#"{"messages":[{"messageId":"m1","accessKey":"a1","state":1}]}"#.to_owned();
    assert_eq!(
        wire(&UpdateMessage { messages: vec![update] }),
        ("POST /v2.2/message/update".to_owned(), body)
    );
    let message = NewMessage {
        id,
        kind: MessageKind::Common,
        organization: organization(),
        application: application(),
        body: Localized {
            by_locale: vec![("zh-CN".to_owned(), "热".to_owned())], ..Localized::plain("hot")
        },
        color: Some(2),
        ring: None,
        tags: vec![Localized::plain("t"), Localized::default()],
        produced: "2026-11-22 00:00:00".to_owned(),
        zone: "+08:00".to_owned(),
        resolved: true,
        linked_application: None,
        linked_menu: None,
        linked_state: None,
        feature: Localized::default(),
        asset: None,
        authorization_unit: AssetId::parse("x").unwrap(),
        callback: None,
        action: Localized::default(),
    };
    let body = concat!(
        r#"{"messages":[{"messageId":"m1","type":0,"orgId":"o 1","accessKey":"a1","produceTime":"2026-11-22 00:00:00","#,
        r#""zoneOffset":"+08:00","state":0,"authUnitId":"x","body":{"default":"hot","zh_CN":"热"},"color":2,"#,
        r#""tags":[{"default":"t"}]}]}"#
    );
    let expected = ("POST /v2.2/message/produce".to_owned(), body.to_owned());
    assert_eq!(wire(&CreateMessage { messages: vec![message] }), expected);
}

#[test]
fn people_on_the_wire() {
    let body = format!("{{{PAGE_BODY}}}");
    let manageable = wire(&GetManageableUserList { page: PAGE });
    assert_eq!(manageable, ("U POST /v2.2/organization/user/list".to_owned(), body.clone()));
    assert_eq!(wire(&GetAppUserList { page: PAGE }), ("U POST /v2.2/user/list".to_owned(), body));
    let roster = GetOrganizationUserList { organization: organization(), page: PAGE };
    let body = format!(r#"{{"orgId":"o 1",{PAGE_BODY}}}"#);
    assert_eq!(wire(&roster), ("POST /v2.2/user/organization/roster".to_owned(), body));
    assert_eq!(line(&GetUserStructures), "U GET /v2.2/user/structures");
    let locale = Locale::parse("zh-CN");
    let tree = GetStructureByUser {
        application: application(),
        organization: organization(),
        locale: locale.clone(),
    };
    assert_eq!(line(&tree), "U GET /v2.2/structure-service/structures/user?appId=a1&orgId=o%201");
    assert_eq!(Request::new(&tree, None).parts.header("locale"), Some("zh_CN"));
    let languages = GetOrganizationLanguageList { organization: organization() };
    assert_eq!(line(&languages), "GET /v2.2/organization/language/get?orgId=o%201");
    let roles = GetOrganizationRoles { organization: organization(), locale: locale.clone() };
    assert_eq!(line(&roles), "GET /v2.2/organization/role/list?orgId=o%201");
    let roles = GetUserRoles { user: user(), organization: organization(), locale: locale.clone() };
    assert_eq!(line(&roles), "GET /v2.2/user/role/assignedList?orgId=o%201&userId=u1&locale=zh_CN");
    let permissions = GetUserPermissions { user: user(), organization: organization(), locale };
    assert_eq!(line(&permissions), "GET /v2.2/user/permissions?orgId=o%201&userId=u1&locale=zh_CN");
    let body = r#"{"password":"p\"ä "}"#.to_owned();
    let confirm = wire(&ConfirmPassword { password: Password::new("p\"ä ") });
    assert_eq!(confirm, ("U POST /v2.3/password/confirm".to_owned(), body));
}
