//! The documentation's own samples, their trailing commas mended (contract.md §6, 19: never by the parser).

use portal_api::application::{GetAppMenuAndPermission, GetUserApplications};
use portal_api::authentication::{LogIn, RefreshAccessToken};
use portal_api::{ApplicationKind, ErrorKind, Localized};

use crate::common::read_body;

const APPLICATIONS: &str = r#"{
    "code":0,
    "data":{
        "apps":[
            {
                "category":{
                    "id":27,
                    "name":"Electricity Sale"
                },
                "code":"Electricity Sale",
                "createdTime":"2019-05-28 07:49:39",
                "description":"Electricity Sale",
                "descriptionJson": {"default": "Electricity Sale"},
                "id":"accessKey",
                "isShortcut":false,
                "name":"Energy assets Mgmt",
                "nameJson": {"default": "Energy assets Mgmt"},
                "order":4,
                "status":false,
                "type":0
            },
            {
                "category":{
                    "id":21,
                    "name":"Wind"
                },
                "code":"Wind",
                "createdTime":"2019-06-19 05:03:32",
                "description":"menu",
                "descriptionJson": {"default": "menu"},
                "id":"accessKey",
                "isShortcut":false,
                "name":"menu",
                "nameJson": {"default": "menu"},
                "order":6,
                "status":true,
                "type":1
            }
        ]
    },
    "message":""
}"#;

/// With the comma after `nameJson` of the permission as printed.
const RESOURCES: &str = r#"{
  "code": 0,
  "message": "",
  "data": {
    "permissions": [
{
  "id": "permissionKey",
  "identifier": "permission",
  "name": "permission",
  "nameJson":{"default":"permission","en_Us":"permission", "zh_CN":"permission"},
}
],
    "menus": [
      {
        "id": "accessKey",
        "identifier": "menu",
        "name": "menu",
        "nameJson":{"default":"defName","en_Us":"enName", "zh_CN":"zhName"},
        "url": "/a",
        "displayOrder": 1,
        "parentId": "",
        "children": []
      },
      {
        "id": "accessKey",
        "identifier": "menu2",
        "name": "menu2",
        "nameJson":{"default":"defName","en_Us":"enName", "zh_CN":"zhName"},
        "url": "/eos-wind-map/assetOverview.html",
        "displayOrder": 2,
        "parentId": "",
        "children": []
      }
    ]
  }
}"#;

#[test]
fn applications() {
    // contract.md 1.26: ids repeat, no `url`, one disabled, one mobile, gaps in `order`.
    let list = read_body::<GetUserApplications>(APPLICATIONS).unwrap();
    assert_eq!((list.entries.len(), list.dropped), (2, 0));
    let [first, second] = [&list.entries[0], &list.entries[1]];
    assert_eq!((first.id.as_str(), second.id.as_str()), ("accessKey", "accessKey"));
    assert_eq!((first.enabled, second.enabled), (false, true));
    assert_eq!((first.kind, second.kind), (ApplicationKind::Web, ApplicationKind::Mobile));
    assert_eq!((first.order, second.order), (Some(4.0), Some(6.0)));
    assert_eq!(first.name, Localized::plain("Energy assets Mgmt"));
    assert_eq!(first.address, None);
    let category = first.category.as_ref().unwrap();
    assert_eq!((category.id.as_str(), category.name.texts().next()), ("27", Some("Electricity Sale")));
}

#[test]
fn menus_and_permissions() {
    // contract.md 1.23 and §6, 19: as printed it is no JSON, and stays none.
    let error = read_body::<GetAppMenuAndPermission>(RESOURCES).unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotTheService { status: 200 });
    let mended = RESOURCES.replace("\"permission\"},\n}", "\"permission\"}\n}");
    let reply = read_body::<GetAppMenuAndPermission>(mended).unwrap();
    assert_eq!((reply.menus.entries.len(), reply.permissions.entries.len()), (2, 1));
    let menu = &reply.menus.entries[1];
    assert_eq!(menu.identifier.as_deref(), Some("menu2"));
    assert_eq!(menu.address.as_deref(), Some("/eos-wind-map/assetOverview.html"));
    assert_eq!((menu.parent.as_ref(), menu.order), (None, Some(2.0)));
    assert_eq!(menu.name.by_locale[0], ("en-US".to_owned(), "enName".to_owned()));
}

#[test]
fn the_common_table_of_codes() {
    // contract.md 0.2: the overview of the service lists these with these meanings.
    for number in [200, 400, 401, 403, 404, 408, 409, 410, 415, 429, 432, 500, 504, 512] {
        assert!(!matches!(portal_api::Code::from_number(number), portal_api::Code::Other(_)), "{number}");
    }
}

#[test]
fn signing_in_and_refreshing() {
    // contract.md 1.1, 1.5, written after their tables: old and new success code and texts.
    let body = r#"{"code":200,"message":"","data":{"accessToken":"APP_PORTAL_S_X","organizations":
        [{"id":"o15504745674071","name":"EnOS"}],"user":{"id":"u15504745674061","name":"morgan"}}}"#;
    let reply = read_body::<LogIn>(body).unwrap();
    assert_eq!((reply.organizations.entries[0].name.as_str(), reply.second_factor), ("EnOS", None));
    let body = r#"{"code":0,"message":"OK","data":{"userId":"u1","userName":"morgan","workingOrganizationId":"o1",
        "workingOrganizationName":"EnOS","accessToken":"APP_PORTAL_S_Y","refreshToken":"eyJ.a.b",
        "refreshTokenExpire":1561538010000}}"#;
    let reply = read_body::<RefreshAccessToken>(body).unwrap();
    assert_eq!(reply.viewer.name, "morgan");
    assert_eq!(reply.tokens.refresh_expires, Some(1_561_538_010_000));
}
