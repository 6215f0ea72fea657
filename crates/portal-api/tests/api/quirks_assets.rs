//! contract.md 1.17 and §6, 3, 10, 14 and 15: assets.

use portal_api::asset::{Asset, GetAssetsByApplication};
use portal_api::{Endpoint, Localized, Method};

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
