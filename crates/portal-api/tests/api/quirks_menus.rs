//! contract.md §6, 13, 15 and 18: menus and permissions.

use portal_api::Menu;
use portal_api::application::GetAppMenuAndPermission;

use crate::common::{data, menus};

fn ids(menus: &[Menu]) -> Vec<&str> {
    menus.iter().map(|menu| menu.id.as_str()).collect()
}

#[test]
fn children_in_every_form() {
    // contract.md §6, 13: `[]`, null or absent; an object alone is a list of one.
    for (children, count) in [
        ("[]", 0),
        ("null", 0),
        ("\"\"", 0),
        ("{}", 0),
        (r#"{"id":"c"}"#, 1),
        (r#"[{"id":"c"},{"id":"d"}]"#, 2),
    ] {
        let reply = menus(&format!(r#"{{"id":"m","children":{children}}}"#)).menus;
        assert_eq!((reply.entries[0].children.len(), reply.dropped), (count, 0), "{children}");
    }
    assert!(menus(r#"{"id":"m"}"#).menus.entries[0].children.is_empty());
}

#[test]
fn addresses_are_handed_on_as_sent() {
    // contract.md §6, 13: absent for a parent; absolute, root-relative, with query or hash; refusing is not ours.
    for (written, address) in [
        ("\"/a\"", Some("/a")),
        ("\"https://x.test/a?b=1#/c\"", Some("https://x.test/a?b=1#/c")),
        (
            "\"/eos-wind-map/assetOverview.html#/hash?x=1\"",
            Some("/eos-wind-map/assetOverview.html#/hash?x=1"),
        ),
        ("\"javascript:alert(1)\"", Some("javascript:alert(1)")),
        ("\"\"", None),
        ("\"  \"", None),
        ("null", None),
        ("{}", None),
    ] {
        let reply =
            menus(&format!(r#"{{"id":"m","url":{written},"children":[{{"id":"c","url":{written}}}]}}"#))
                .menus;
        assert_eq!(reply.entries[0].address.as_deref(), address);
        assert_eq!(reply.entries[0].children[0].address.as_deref(), address);
    }
    assert_eq!(menus(r#"{"id":"m"}"#).menus.entries[0].address, None);
}

#[test]
fn orders_of_menus() {
    // contract.md §6, 13 and hostile.md 67: equal, null, as text, not a number.
    let reply = menus(
        r#"{"id":"a","displayOrder":1},{"id":"b","displayOrder":1},{"id":"c","displayOrder":null},
           {"id":"d","displayOrder":"2"},{"id":"e","displayOrder":"NaN"},{"id":"f","displayOrder":1e400}"#,
    );
    let orders: Vec<Option<f64>> = reply.menus.entries.iter().map(|menu| menu.order).collect();
    assert_eq!(orders, [Some(1.0), Some(1.0), None, Some(2.0), None, None]);
}

#[test]
fn the_key_has_two_names() {
    // contract.md §3: `identifier` or `code`, for menus and permissions; it stands in for a missing id.
    let body = r#"{"menus":[{"id":"1","identifier":"overview"},{"id":"2","code":"alarms"},{"code":"only"}],
        "permissions":[{"id":"3","code":"edit"},{"identifier":"view","name":"View"}]}"#;
    let reply = data::<GetAppMenuAndPermission>(body);
    let keys: Vec<_> = reply.menus.entries.iter().map(|menu| menu.identifier.as_deref().unwrap()).collect();
    assert_eq!(keys, ["overview", "alarms", "only"]);
    assert_eq!(ids(&reply.menus.entries), ["1", "2", "only"]);
    assert_eq!(reply.permissions.entries[0].identifier.as_deref(), Some("edit"));
    assert_eq!(reply.permissions.entries[1].id, "view");
}

#[test]
fn parents_that_are_named() {
    // contract.md 1.23 and §6, 10: "" at the top; a number is its digits; cycles and orphans are kept for the tree.
    let reply = menus(
        r#"{"id":1,"parentId":""},{"id":"2","parentId":1},{"id":"3","parentId":null},{"id":"4"},
           {"id":"a","parentId":"b"},{"id":"b","parentId":"a"},{"id":"s","parentId":"s"},{"id":"o","parentId":"gone"}"#,
    )
    .menus;
    let parents: Vec<_> =
        reply.entries.iter().map(|menu| menu.parent.as_ref().map(|id| id.as_str())).collect();
    assert_eq!(parents, [None, Some("1"), None, None, Some("b"), Some("a"), Some("s"), Some("gone")]);
    assert_eq!(reply.dropped, 0);
}

#[test]
fn repeated_ids_are_all_kept() {
    // contract.md §6, 13: the documentation's own sample repeats an id.
    let reply = menus(r#"{"id":"accessKey","identifier":"menu"},{"id":"accessKey","identifier":"menu2"}"#);
    assert_eq!(ids(&reply.menus.entries), ["accessKey", "accessKey"]);
}

#[test]
fn no_menus_is_a_reply() {
    // contract.md §6, 13: an empty list means no right, not an error.
    for body in
        ["null", "{}", r#"{"menus":[],"permissions":[]}"#, r#"{"menus":null,"permissions":null}"#, "true"]
    {
        let reply = data::<GetAppMenuAndPermission>(body);
        assert!(reply.menus.entries.is_empty() && reply.permissions.entries.is_empty(), "{body}");
        assert_eq!((reply.menus.dropped, reply.permissions.dropped), (0, 0), "{body}");
    }
}

#[test]
fn bad_entries_count_at_every_depth() {
    // hostile.md 65: dropped and counted, the rest shown.
    let reply = menus(
        r#"null,{"id":"a","children":[7,{"id":"b","children":[{},{"id":"c"},"x"]},[]]},{"name":"no id"},
           {"id":"d","children":"none"}"#,
    )
    .menus;
    assert_eq!(ids(&reply.entries), ["a", "d"]);
    assert_eq!(ids(&reply.entries[0].children), ["b"]);
    assert_eq!(ids(&reply.entries[0].children[0].children), ["c"]);
    assert_eq!(reply.dropped, 7);
}

#[test]
fn a_chain_as_deep_as_the_parser_goes() {
    // contract.md §6, 13: more than two levels; hostile.md 69: the parser bounds nesting, 60 levels pass.
    let mut chain = "null".to_owned();
    for level in (0..60).rev() {
        chain = format!(r#"[{{"id":"m{level}","children":{chain}}}]"#);
    }
    let reply = data::<GetAppMenuAndPermission>(&format!(r#"{{"menus":{chain}}}"#));
    let (mut depth, mut level) = (0, &reply.menus.entries);
    while let Some(menu) = level.first() {
        (depth, level) = (depth + 1, &menu.children);
    }
    assert_eq!(depth, 60);
}

#[test]
fn a_thousand_levels_in_a_flat_list() {
    // hostile.md 69, 70: depth 1,000 and 50,000 entries come as a flat list.
    let entries: Vec<String> = (0..50_000)
        .map(|at| format!(r#"{{"id":{at},"parentId":{}}}"#, at - i32::from(at % 1000 != 0)))
        .collect();
    let reply = menus(&entries.join(",")).menus;
    assert_eq!((reply.entries.len(), reply.dropped), (50_000, 0));
}

#[test]
fn names_of_menus_and_permissions() {
    // contract.md §6, 15 and 18: `nameJson` with the odd key `en_Us`; `sourceApp` and others passed over.
    let body = r#"{"menus":[{"id":"m","name":"menu","nameJson":{"default":"def","en_Us":"en","zh_CN":"zh"},
        "sourceApp":null,"additionType":0}],"permissions":[{"id":"p","nameJson":"{\"en_US\":\"Edit\"}","sourceApp":{}}]}"#;
    let reply = data::<GetAppMenuAndPermission>(body);
    assert_eq!(reply.menus.entries[0].name.texts().collect::<Vec<_>>(), ["en", "zh", "def"]);
    assert_eq!(reply.permissions.entries[0].name.texts().collect::<Vec<_>>(), ["Edit"]);
}
