//! The reader of JSON against serde_json: the same texts are JSON, and they mean the same.

use portal_api::json::{Json, NotJson, parse};
use proptest::prelude::*;
use serde_json::Value;

use crate::common::tree;
use crate::properties::any_json;

/// serde_json's tree has each name once and in order, numbers as written.
fn value(json: &Json<'_>) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::from(*flag),
        Json::Number(digits) => serde_json::from_str(digits).unwrap(),
        Json::Text(text) => Value::from(text.as_ref()),
        Json::List(entries) => entries.iter().map(value).collect(),
        Json::Object(members) => members.iter().map(|(key, of)| (key.as_ref(), value(of))).collect(),
    }
}

/// Halves of surrogate pairs are no JSON text for serde_json, and one member name is its own.
fn is_ours_alone(text: &str) -> bool {
    text.to_ascii_lowercase().contains("\\ud") || text.contains("$serde_json")
}

fn agree(text: &str) -> Result<(), TestCaseError> {
    let ours = parse(text);
    let theirs = serde_json::from_str::<Value>(text);
    prop_assert_eq!(ours.as_ref().map(value).ok(), theirs.ok(), "{}", text);
    if let Ok(json) = ours {
        let written = json.to_text();
        prop_assert!(parse(&written).as_ref() == Ok(&json), "{}", text);
        prop_assert_eq!(serde_json::from_str::<Value>(&written).ok(), Some(value(&json)), "{}", text);
        prop_assert_eq!(&json.clone().into_owned(), &json);
    }
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
        prop_assume!(!is_ours_alone(&text));
        agree(&text)?;
    }

    #[test]
    fn numbers_mean_the_same(text in "-?[0-9]{0,3}(\\.[0-9]{0,2})?([eE][+-]?[0-9]{0,2})?") {
        agree(&text)?;
        agree(&format!("[{text}]"))?;
        if let Ok(json) = parse(&text) {
            prop_assert_eq!(json.to_text(), text);
        }
    }

    #[test]
    fn texts_mean_the_same(inside in "([a-zé😀\"]|\\\\[\"\\\\/bfnrtux]|\\\\u[0-9a-cA-C][0-9a-fA-F]{3}){0,8}") {
        agree(&format!("\"{inside}\""))?;
    }

    #[test]
    fn trees_mean_the_same(value in any_json()) {
        agree(&value.to_string())?;
        agree(&serde_json::to_string_pretty(&value).unwrap())?;
    }

    #[test]
    fn a_tree_with_one_letter_changed_means_the_same(
        value in any_json(), at in any::<prop::sample::Index>(), letter in "[\\[\\]{}\",:0e. a\\\\]?"
    ) {
        let mut letters: Vec<String> = value.to_string().chars().map(String::from).collect();
        let at = at.index(letters.len());
        letters[at] = letter;
        let text = letters.concat();
        prop_assume!(!is_ours_alone(&text));
        agree(&text)?;
    }

    #[test]
    fn depth_ends_at_the_same_place(depth in 120_usize..135, inner in "(1|\"a\"|\\[\\]|\\{\\})") {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
            agree(&format!("{}{inner}{}", open.repeat(depth), close.repeat(depth)))?;
            agree(&format!("{}{inner}{}", open.repeat(depth / 2), close.repeat(depth / 2)))?;
        }
    }

    // Half a pair costs itself, wherever it stands.
    #[test]
    fn halves_of_pairs_cost_themselves(units in prop::collection::vec(any::<u16>(), 0..8)) {
        let written: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
        let text = format!("\"{written}\"");
        let expected = String::from_utf16_lossy(&units);
        prop_assert_eq!(parse(&text), Ok(Json::from(expected.as_str())));
    }
}

#[test]
fn members_and_kinds() {
    let json = parse(r#" {"a":1,"b":["x",null],"a":123456789012345678901,"\u0063":{}} "#).unwrap();
    assert_eq!(json.get("a").map(Json::to_text).as_deref(), Some("123456789012345678901"));
    assert_eq!(json.get("b").and_then(Json::as_list).map(<[_]>::len), Some(2));
    assert!(json.get("c").is_some_and(Json::is_object) && json.get("d").is_none());
    assert_eq!(json.keys(), ["a", "b", "a", "c"]);
    assert_eq!((json.as_str(), json.as_i64(), json.as_list()), (None, None, None));
    assert_eq!(parse("-7").unwrap().as_i64(), Some(-7));
    assert_eq!(parse("\"7\"").unwrap().as_i64(), None);
    assert_eq!(parse(""), Err(NotJson));
}

#[test]
fn texts_are_borrowed_where_they_can_be() {
    let Ok(Json::Text(text)) = parse("\"plain é\"") else { panic!("a text") };
    assert!(matches!(text, std::borrow::Cow::Borrowed("plain é")));
}

#[test]
fn what_is_written() {
    let mut json = Json::object([
        ("text", Json::from("a\"\\\n\u{1f}é😀/")),
        ("number", Json::from(-7)),
        ("none", Json::from(None::<&str>)),
        ("list", Json::List(vec![Json::Bool(true), Json::object([])])),
    ]);
    json.put("some", Json::from(Some(7)));
    let expected = r#"{"text":"a\"\\\u000a\u001fé😀/","number":-7,"none":null,"list":[true,{}],"some":7}"#;
    assert_eq!(json.to_text(), expected);
    assert_eq!(tree(&value(&json)), parse(&value(&json).to_string()).unwrap());
}
