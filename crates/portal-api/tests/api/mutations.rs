//! Good replies, damaged in the ways of hostile.md 64, 65 and 69.

use portal_api::application::{GetAppMenuAndPermission, GetUserApplications};
use portal_api::{ENDPOINTS, Endpoint, ErrorKind};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::common::{read_as_all, read_body, response, tree};

/// One reply that every operation can read.
fn good() -> Value {
    let name = json!({ "default": "D", "en_US": "E" });
    json!({ "code": 0, "message": "OK", "requestId": "r", "data": {
        "accessToken": "t", "refreshToken": "r", "refreshTokenExpire": 1_893_456_000_000_i64, "mfaType": "NONE",
        "userId": "u", "userName": "n", "currentOrgId": "o", "currentOrgName": "N", "phone": "1", "phoneArea": "86",
        "success": true, "id": "d", "url": "https://d.example/", "descriptionJson": name, "tag": null,
        "user": { "id": "u", "name": "n" }, "organizations": [{ "id": "o", "name": "N" }],
        "apps": [{ "id": "a", "nameJson": name, "category": { "id": 21, "name": "Wind" }, "order": 1, "status": true }],
        "menus": [{ "id": "m", "nameJson": name, "children": [{ "id": "c", "url": "/c", "displayOrder": 1 }] }],
        "children": [{ "id": "s", "nameJson": name, "children": [{ "id": "t", "tag": "asset", "parentId": "" }] }],
        "permissions": [{ "id": "p", "nameJson": name }] } })
}

/// The paths to every value of a tree, the tree itself first.
fn paths(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| paths(value, &format!("{at}/{key}"), out))
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, value)| paths(value, &format!("{at}/{i}"), out))
        }
        _ => {}
    }
}

fn all_paths() -> Vec<String> {
    let mut out = Vec::new();
    paths(&good(), "", &mut out);
    out
}

/// Puts raw text in the place of a value: also what is no `Value`, such as half a surrogate pair.
fn with_raw(path: &str, raw: &str) -> String {
    let mut tree = good();
    *tree.pointer_mut(path).unwrap() = json!("\u{1}place\u{1}");
    tree.to_string().replace("\"\\u0001place\\u0001\"", raw)
}

fn remove(tree: &mut Value, path: &str) {
    let (parent, key) = path.rsplit_once('/').unwrap();
    match tree.pointer_mut(parent).unwrap() {
        Value::Object(members) => drop(members.remove(key)),
        Value::Array(list) => drop(list.remove(key.parse().unwrap())),
        _ => unreachable!("only objects and arrays have children"),
    }
}

fn reads(body: &str) -> Vec<bool> {
    read_as_all(&response(200, body)).into_iter().map(|(_, outcome)| outcome == Ok(true)).collect()
}

#[test]
fn every_operation_reads_the_good_reply() {
    assert_eq!(reads(&good().to_string()), [true; ENDPOINTS.len()]);
}

#[test]
fn every_value_replaced_by_every_kind() {
    // hostile.md 65: only the token of signing in and Refresh, and the shape of the envelope, can fail a reply.
    let surrogate = r#""\ud83d""#;
    let long = format!("\"{}\"", "x".repeat(100_000));
    for path in all_paths() {
        for raw in ["null", "true", "7", "1e400", "\"x\"", "\"\"", "[]", "{}", "[[{}]]", surrogate, &long] {
            let outcome = reads(&with_raw(&path, raw));
            let expected: &[&str] = match path.as_str() {
                "" | "/code" => continue,
                "/data" | "/data/accessToken" => {
                    &["Log In", "Log In via Authorization Code", "Refresh Access Token"]
                }
                _ => &[],
            };
            for (spec, good) in ENDPOINTS.iter().zip(in_order_of_table(&outcome)) {
                assert!(good || expected.contains(&spec.operation), "{} {path} {raw}", spec.operation);
            }
        }
    }
}

/// `read_as_all` goes through the operations in the order of `ENDPOINTS`.
fn in_order_of_table(outcome: &[bool]) -> impl Iterator<Item = bool> {
    let names: Vec<_> = read_as_all(&response(200, "")).into_iter().map(|(name, _)| name).collect();
    assert!(names.iter().eq(ENDPOINTS.iter().map(|spec| &spec.operation)));
    outcome.iter().copied()
}

#[test]
fn every_value_removed() {
    for path in all_paths().iter().filter(|path| !path.is_empty()) {
        let mut tree = good();
        remove(&mut tree, path);
        let lost = reads(&tree.to_string()).iter().filter(|good| !**good).count();
        let expected = if path == "/data" || path == "/data/accessToken" { 3 } else { 0 };
        assert_eq!(lost, expected, "{path}");
    }
}

#[test]
fn every_value_nested_ten_thousand_deep() {
    // hostile.md 69: an error, no stack overflow; also where the text within a text is that deep.
    let array = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let object =
        format!("{}null{}", "{\"children\":[{\"id\":\"x\",\"i18nValue\":".repeat(5_000), "}]}".repeat(5_000));
    let refused = Err(ErrorKind::NotTheService { status: 200 });
    for raw in [&array, &object] {
        for path in all_paths() {
            let outcome = read_body::<GetAppMenuAndPermission>(with_raw(&path, raw));
            assert_eq!(outcome.map(drop).map_err(|error| error.kind), refused, "{path}");
        }
    }
    let text = Value::from(format!("{}{}", "{\"i18nValue\":".repeat(10_000), "}".repeat(10_000)));
    let data = json!({ "apps": [{ "id": "a", "nameJson": text }] });
    assert_eq!(GetUserApplications::decode(&tree(&data)).unwrap().entries.len(), 1);
}

#[test]
fn a_string_of_ten_million_letters() {
    // hostile.md 71: a long text is a long text.
    let body = with_raw("/data/apps/0/nameJson", &format!("\"{}\"", "é".repeat(5_000_000)));
    let list = read_body::<GetUserApplications>(body).unwrap();
    assert_eq!(list.entries[0].name.fallback.as_ref().unwrap().len(), 10_000_000);
}

#[test]
fn cut_anywhere() {
    // hostile.md 64: a truncated reply is never half a list.
    let body = good().to_string();
    for end in 0..body.len() {
        for (operation, outcome) in read_as_all(&response(200, &body.as_bytes()[..end])) {
            let expected = if end == 0 { ErrorKind::Empty } else { ErrorKind::NotTheService { status: 200 } };
            assert_eq!(outcome.unwrap_err().kind, expected, "{operation} {end}");
        }
    }
}

#[test]
fn marks_and_other_encodings() {
    // hostile.md 64: BOM passes, UTF-16 is an error, Latin-1 letters cost themselves.
    let body = good().to_string();
    assert_eq!(reads(&format!("\u{feff}{body}")), [true; ENDPOINTS.len()]);
    let units: Vec<u8> = body.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (_, outcome) in read_as_all(&response(200, units)) {
        assert_eq!(outcome.unwrap_err().kind, ErrorKind::NotTheService { status: 200 });
    }
    let latin: Vec<u8> = with_raw("/data/menus/0/nameJson", "\"Caf#\"")
        .bytes()
        .map(|b| if b == b'#' { 0xE9 } else { b })
        .collect();
    let reply = read_body::<GetAppMenuAndPermission>(latin).unwrap();
    assert_eq!(reply.menus.entries[0].name.fallback.as_deref(), Some("Caf\u{fffd}"));
}

proptest! {
    // Bytes overwritten, removed and doubled at random: a reply or a typed error.
    #[test]
    fn damaged_at_random(hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3), 1..6)) {
        let mut body = good().to_string().into_bytes();
        for (index, byte, kind) in hits {
            let at = index.index(body.len());
            match kind {
                0 => body[at] = byte,
                1 => drop(body.remove(at)),
                _ => body.insert(at, byte),
            }
        }
        for (operation, outcome) in read_as_all(&response(200, body)) {
            if let Err(error) = outcome {
                prop_assert_eq!(error.operation, operation);
            }
        }
    }

    // Two values exchanged: still no panic, and lists keep their good entries.
    #[test]
    fn values_exchanged(one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        let paths = all_paths();
        let (one, other) = (one.get(&paths), other.get(&paths));
        let tree = good();
        let with = tree.pointer(other).unwrap().to_string();
        for (operation, outcome) in read_as_all(&response(200, with_raw(one, &with))) {
            if let Err(error) = outcome {
                prop_assert_eq!(error.operation, operation);
            }
        }
    }
}
