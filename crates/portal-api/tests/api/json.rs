//! Text that is JSON, and what becomes of depth, halves of surrogate pairs and names that are there twice.

use std::borrow::Cow;

use portal_api::application::GetUserApplications;
use portal_api::authentication::GetTokenInformation;
use portal_api::json::{self, Members, NotJson};
use portal_api::{Body, Endpoint};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::common::{applications, data, read_body};
use crate::properties::any_json;

/// The text is JSON here if it is for serde_json, which reads a tree no deeper than 127, and says the same.
fn agree(text: &str) -> Result<(), TestCaseError> {
    let read = json::read(text).map(|value| serde_json::from_str::<Value>(value.get()).unwrap());
    prop_assert_eq!(read.ok(), serde_json::from_str::<Value>(text).ok(), "{}", text);
    Ok(())
}

/// Pieces of JSON in any order: almost JSON, and now and then JSON.
fn almost() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"\\", "\\u", "\\u0041", "\\n", "\\x", "\n", "\u{1}",
        " ", "\t", "\u{a0}", "\u{feff}", "null", "true", "false", "nul", "NaN", "-", "+", "0", "01", "1",
        "10", ".", ".5", "e", "E", "e+1", "1e", "é", "😀", "/", "//", "'a'", "[1,", "{\"a\":", "\"k\":1",
    ]);
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_means_the_same(text in any::<String>()) {
        agree(&text)?;
    }

    #[test]
    fn what_is_almost_json_means_the_same(text in almost()) {
        prop_assume!(!text.to_ascii_lowercase().contains("\\ud"));
        agree(&text)?;
    }

    #[test]
    fn numbers_mean_the_same(text in "-?[0-9]{0,3}(\\.[0-9]{0,2})?([eE][+-]?[0-9]{0,2})?") {
        agree(&text)?;
        agree(&format!("[{text}]"))?;
        if let Ok(number) = json::read(&text) {
            prop_assert_eq!(number.get(), text.as_str());
        }
    }

    #[test]
    fn trees_mean_the_same(value in any_json()) {
        agree(&value.to_string())?;
        agree(&serde_json::to_string_pretty(&value).unwrap())?;
    }

    #[test]
    fn depth_ends_at_the_same_place(depth in 120_usize..135, inner in "(1|\"a\"|\"\\[\\{\"|\\[\\]|\\{\\})") {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
            agree(&format!("{}{inner}{}", open.repeat(depth), close.repeat(depth)))?;
            agree(&format!("{}{inner}{}", open.repeat(depth / 2), close.repeat(depth / 2)))?;
        }
    }

    // Half a pair costs itself, wherever it is: in a text, and in a name beside other members.
    #[test]
    fn halves_of_pairs_cost_themselves(units in prop::collection::vec(any::<u16>(), 0..8)) {
        let written: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
        let expected = String::from_utf16_lossy(&units);
        let text = format!("\"{written}\"");
        let value = json::read(&text).unwrap();
        prop_assert_eq!(json::string(&value), Some(Cow::Borrowed(expected.as_str())));
        let object = format!("{{\"before\":1,\"x{written}\":\"\\\\ud83d\",\"behind\":2}}");
        let object = json::read(&object).unwrap();
        let members = Members::of(&object).unwrap();
        let names: Vec<_> = members.iter().map(|(name, _)| name.to_owned()).collect();
        prop_assert_eq!(names, ["before".to_owned(), format!("x{expected}"), "behind".to_owned()]);
        let name = format!("x{expected}");
        prop_assert_eq!(members.get(&name).and_then(json::string), Some(Cow::Borrowed("\\ud83d")));
    }
}

#[test]
fn values_are_what_they_are() {
    let text = r#" {"a":1,"b":["x",null],"a":123456789012345678901,"\u0063":{},"n":-7,"t":"7"} "#;
    let value = json::read(text).unwrap();
    let members = Members::of(&value).unwrap();
    assert_eq!(members.get("a").map(|value| value.get()), Some("123456789012345678901"));
    assert_eq!(members.get("b").and_then(json::entries).map(|list| list.len()), Some(2));
    assert!(members.get("c").is_some_and(json::is_object) && members.get("d").is_none());
    let names: Vec<_> = members.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a", "b", "a", "c", "n", "t"]);
    assert_eq!((members.get_as::<i64>("n"), members.get_as::<i64>("t")), (Some(-7), None));
    assert!(Members::of(members.get("n").unwrap()).is_none() && json::entries(&value).is_none());
    assert_eq!(json::read("").err(), Some(NotJson));
}

#[test]
fn texts_are_borrowed_where_they_can_be() {
    let value = json::read("\"plain é\"").unwrap();
    assert!(matches!(json::string(&value), Some(Cow::Borrowed("plain é"))));
}

// What a body says is there in the order it was put, and the last of a name counts.
#[test]
fn what_is_written() {
    let mut body = Body::default();
    body.put("text", "a\"\\\n\u{1f}é😀/");
    body.put("number", &-7);
    body.put("none", &None::<&str>);
    body.put("list", &json!([true, {}]));
    body.put("number", &8);
    let expected = r#"{"text":"a\"\\\n\u001fé😀/","number":-7,"none":null,"list":[true,{}],"number":8}"#;
    assert_eq!(body.to_text(), expected);
    assert_eq!(body.get("number").map(|value| value.get()), Some("8"));
    assert_eq!(Body::parse(expected), Ok(body));
    for none in
        ["", "[]", "1", "{", "{\"a\":1}}", &format!("{{\"a\":{}{}}}", "[".repeat(127), "]".repeat(127))]
    {
        assert_eq!(Body::parse(none), Err(NotJson), "{none}");
    }
}

// Readers that serde derives refuse an object in which a name is twice; a reply may have one.
#[test]
fn the_last_of_a_name_counts() {
    let body = r#"{"code":1,"code":0,"data":null,"data":{"userName":"a","userId":"u","userName":"b"}}"#;
    assert_eq!(read_body::<GetTokenInformation>(body).unwrap().viewer.name, "b");
    let list = applications(
        r#"{"id":"a","name":"N","id":"b","category":{"id":1,"id":2}},{"id":"c","id":null},{"name":"x","name":"y"}"#,
    );
    assert_eq!((list.entries.len(), list.dropped), (1, 2));
    let entry = &list.entries[0];
    assert_eq!((entry.id.as_str(), entry.name.texts().next()), ("b", Some("N")));
    assert_eq!(entry.category.as_ref().map(|category| category.id.as_str()), Some("2"));
    assert_eq!(data::<GetUserApplications>(r#"{"apps":[{"id":"a"}],"apps":[]}"#).entries.len(), 0);
}

// hostile.md 65: a list in the place of an object is none, whatever the order of members is in this crate.
#[test]
fn a_list_is_no_object() {
    let list = applications(r#"["a","b","c"],[["a"]],{"id":"z","category":["21"]}"#);
    assert_eq!((list.entries.len(), list.dropped), (1, 2));
    assert_eq!(list.entries[0].category, None);
    assert!(GetTokenInformation::decode(&json::raw(&["u", "n"])).unwrap().viewer.id.is_none());
}
