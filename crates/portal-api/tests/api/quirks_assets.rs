//! contract.md 1.15 to 1.21 and §6, 3, 10, 14, 15 and 18: assets.

use portal_api::asset::{
    Asset, AuthorizeAsset, CheckAssetPermission, GetAssetStructure, GetAssetsByApplication,
    GetAssetsByOrganization, GetUsersWithAssetAccess, SyncAsset,
};
use portal_api::{Endpoint, Localized, Method, MissingParameter, Parts, Tag};

use crate::common::{data, read_body};

fn ids(assets: &[Asset]) -> Vec<&str> {
    assets.iter().map(|asset| asset.id.as_str()).collect()
}

/// After the sample of 3.0.0.
const TREE: &str = r#"{"id":"root","name":"Sites","tag":null,"parentId":"","displayOrder":-1,"type":"","children":[
    {"id":"s1","name":"North","nameJson":{"default":"North","zh_CN":"北"},"tag":null,"parentId":"root","tags":{},
     "children":[{"id":"a1","name":"T-01","tag":"asset","parentId":"","children":null,"associatedResources":null},
                 {"id":"a2","name":"T-02","tag":"asset","parentId":"","children":[],"tags":[{"id":1,"key":"k","value":"v"}]}]}]}"#;

#[test]
fn one_root_as_documented() {
    assert_eq!(
        (GetAssetsByApplication::SPEC.method, GetAssetsByApplication::SPEC.bare_reply),
        (Method::Get, true)
    );
    let reply = data::<GetAssetsByApplication>(TREE);
    assert_eq!((ids(&reply.entries), reply.dropped), (vec!["root"], 0));
    let site = &reply.entries[0].children[0];
    assert_eq!((ids(&site.children), site.tag.as_deref()), (vec!["a1", "a2"], None));
    assert_eq!(site.name.by_locale, [("zh-CN".to_owned(), "北".to_owned())]);
    // Assets come with an empty parent: where they stand follows from nesting.
    assert_eq!(site.children[0].tag.as_deref(), Some("asset"));
    assert_eq!(site.children[0].name, Localized::plain("T-01"));
}

#[test]
fn a_reply_without_its_envelope() {
    // contract.md 1.17: samples up to 2.1 send the root alone; a list of roots passes the same way.
    for body in [TREE.to_owned(), format!("[{TREE}]")] {
        let reply = read_body::<GetAssetsByApplication>(body).unwrap();
        assert_eq!((ids(&reply.entries), reply.dropped), (vec!["root"], 0));
    }
}

#[test]
fn no_assets_in_every_form() {
    for none in ["null", "{}", "[]", "\"\"", "true"] {
        let reply = data::<GetAssetsByApplication>(none);
        assert_eq!((reply.entries.len(), reply.dropped), (0, 0), "{none}");
    }
}

#[test]
fn broken_nodes_are_counted_at_every_depth() {
    let body = r#"[{"id":7,"children":[{"name":"no id"},{"id":"b","children":[null,{"id":"c","children":"x"}]}]},5,{"id":""}]"#;
    let reply = data::<GetAssetsByApplication>(body);
    assert_eq!((ids(&reply.entries), reply.dropped), (vec!["7"], 5));
    assert_eq!(ids(&reply.entries[0].children[0].children), ["c"]);
}

#[test]
fn deep_trees_are_read_as_far_as_json_is() {
    let deep =
        |levels: usize| format!("{}null{}", r#"{"id":"n","children":["#.repeat(levels), "]}".repeat(levels));
    assert!(read_body::<GetAssetsByApplication>(deep(60)).is_ok());
    assert!(read_body::<GetAssetsByApplication>(deep(1_000)).is_err());
}

fn tag(key: &str, value: &str) -> Tag {
    Tag { key: key.to_owned(), value: value.to_owned() }
}

#[test]
fn tags_in_every_form() {
    // contract.md §6, 14: null, `{}`, a map, or a list of {id, key, value}.
    let tags = |tags: &str| {
        let reply = data::<GetAssetsByApplication>(&format!(r#"{{"id":"a","tags":{tags}}}"#));
        assert_eq!((reply.entries.len(), reply.dropped), (1, 0), "{tags}");
        reply.entries.into_iter().next().unwrap().tags
    };
    for none in ["null", "{}", "[]", "\"\"", "7", "[7,{}]"] {
        assert_eq!(tags(none), [], "{none}");
    }
    let both = [tag("auth_unit", "true"), tag("rank", "7")];
    assert_eq!(tags(r#"{"auth_unit":"true","rank":7}"#), both);
    assert_eq!(tags(r#"[{"id":1,"key":"auth_unit","value":"true"},{"id":2,"key":"rank","value":7}]"#), both);
}

#[test]
fn kinds_to_choose_from() {
    // contract.md 1.17: a list with commas in the query, from 3.0.0.
    let call = |query: &str| {
        let query = portal_api::encoding::parse_query(query);
        GetAssetsByApplication::read(&Parts { query, ..Parts::default() }).map(|call| call.kinds)
    };
    assert_eq!(call("accessKey=a"), Ok(Vec::new()));
    assert_eq!(
        call("accessKey=a&resourceTypes=turbine,%20mast,,"),
        Ok(vec!["turbine".to_owned(), "mast".to_owned()])
    );
}

#[test]
fn ids_in_a_list_or_in_a_text() {
    // contract.md 1.15, 1.16: tables type `assetIds` as a text with commas, samples send a list.
    for ids in [r#"["a","b"]"#, r#""a,b""#, r#"" a , b ,""#, r#"["a",null,"","b"]"#] {
        let body =
            portal_api::Body::parse(&format!(r#"{{"assetIds":{ids},"userId":"u","orgId":"o"}}"#)).unwrap();
        let parts = Parts { body: Some(body), ..Parts::default() };
        let texts = |ids: Vec<portal_api::AssetId>| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(texts(CheckAssetPermission::read(&parts).unwrap().assets), ["a", "b"], "{ids}");
        assert_eq!(texts(AuthorizeAsset::read(&parts).unwrap().assets), ["a", "b"], "{ids}");
    }
    let body = portal_api::Body::parse(r#"{"assetIds":[]}"#).unwrap();
    let parts = Parts { body: Some(body), ..Parts::default() };
    assert_eq!(CheckAssetPermission::read(&parts), Err(MissingParameter { name: "assetIds" }));
}

#[test]
fn permission_only_where_the_service_says_so() {
    for yes in ["true", "1", "\"true\""] {
        assert!(data::<CheckAssetPermission>(yes), "{yes}");
    }
    for no in ["false", "0", "null", "{}", "\"\"", "[true]"] {
        assert!(!data::<CheckAssetPermission>(no), "{no}");
    }
    for answer in ["true", "null", "\"\""] {
        data::<AuthorizeAsset>(answer);
        data::<SyncAsset>(answer);
    }
}

#[test]
fn assets_of_an_organization() {
    // contract.md 1.18, after its table; the names are maps.
    let reply = data::<GetAssetsByOrganization>(
        r#"{"assets":[{"id":"a1","name":{"default":"T-01","zh_CN":"一"},"type":"turbine","typeName":{"en_US":"Turbine"}},
            {"id":"a2","name":"T-02","orgId":"o"},{"name":"no id"}],"pagination":{"totalElements":2,"pageNo":0,"pageSize":10}}"#,
    );
    let assets = &reply.listed.entries;
    assert_eq!((assets.len(), reply.listed.dropped, reply.total), (2, 1, Some(2)));
    assert_eq!((assets[0].kind.as_deref(), assets[0].name.by_locale.len()), (Some("turbine"), 1));
    assert_eq!((assets[1].kind.as_deref(), &assets[1].name), (None, &Localized::plain("T-02")));
}

#[test]
fn structures_of_an_asset() {
    // contract.md 1.19 and §6, 18: `displayName` is not documented, `orgId` was `organizationId`.
    let reply = data::<GetAssetStructure>(
        r#"{"structures":[{"id":"s1","name":"Sites","description":"d","orgId":"o1","displayName":"S","children":[
            {"id":"s2","nameJson":{"en_US":"North"},"organizationId":"o1","displayOrder":"2","children":null},{}]}]}"#,
    );
    assert_eq!((reply.entries.len(), reply.dropped), (1, 1));
    let (top, below) = (&reply.entries[0], &reply.entries[0].children[0]);
    assert_eq!((top.description.texts().next(), below.order), (Some("d"), Some(2.0)));
    assert!(top.organization.is_some() && top.organization == below.organization);
    for none in ["null", "{}", r#"{"structures":null}"#, "[]"] {
        assert_eq!(data::<GetAssetStructure>(none).entries, [], "{none}");
    }
}

#[test]
fn people_with_access() {
    // contract.md 1.21: `data` itself is the list; the description came in 3.0.0.
    let reply = data::<GetUsersWithAssetAccess>(
        r#"[{"id":"u1","name":"Ann","description":"Head"},{"id":2},{"name":"x"}]"#,
    );
    let [first, second] = &reply.entries[..] else { panic!("two people") };
    assert_eq!((first.name.as_deref(), first.description.as_deref()), (Some("Ann"), Some("Head")));
    assert_eq!((second.id.as_str(), &second.name, reply.dropped), ("2", &None, 1));
}
