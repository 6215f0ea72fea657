//! contract.md §6, 10 to 12, 15, 16 and 18: applications and their names.

use portal_api::application::GetUserApplications;
use portal_api::{Application, ApplicationKind, Localized};

use crate::common::{application, applications, data, read_body};

fn ids(applications: &[Application]) -> Vec<&str> {
    applications.iter().map(|application| application.id.as_str()).collect()
}

#[test]
fn an_entry_with_nothing_but_an_id() {
    // contract.md §6, 12: `url`, `description`, `category`, `order` and everything else may be missing.
    let bare = application("");
    assert_eq!(bare.kind, ApplicationKind::Web);
    assert!(bare.enabled && !bare.shortcut && bare.name.is_empty() && bare.description.is_empty());
    assert_eq!((bare.code, bare.order, bare.address, bare.category), (None, None, None, None));
}

#[test]
fn ids_of_applications() {
    // contract.md §6, 10: text or number; repeated ids are all kept, in the order sent.
    let long = "98765432109876543210987654321";
    let list = applications(&format!(r#"{{"id":{long}}},{{"id":"b"}},{{"id":"b"}},{{"id":7}}"#));
    assert_eq!(ids(&list.entries), [long, "b", "b", "7"]);
    assert_eq!(list.dropped, 0);
}

#[test]
fn truth_values() {
    // contract.md §6, 11: true/false, 0/1, "0"/"1", and "true" (hostile.md 65).
    for (written, value) in [
        ("true", true),
        ("1", true),
        ("\"1\"", true),
        ("\"true\"", true),
        ("\" TRUE \"", true),
        ("1.0", true),
        ("false", false),
        ("0", false),
        ("\"0\"", false),
        ("\"False\"", false),
    ] {
        assert_eq!(application(&format!(r#""status":{written}"#)).enabled, value, "{written}");
        assert_eq!(application(&format!(r#""isShortcut":{written}"#)).shortcut, value, "{written}");
    }
    // What says nothing switches nothing off and makes nothing a shortcut.
    for written in ["null", "\"\"", "2", "-1", "\"maybe\"", "[]", "{}", "1e400"] {
        let application = application(&format!(r#""status":{written},"isShortcut":{written}"#));
        assert!(application.enabled && !application.shortcut, "{written}");
    }
}

#[test]
fn whole_numbers_as_text() {
    // contract.md §6, 11: `type` and `order` as text. hostile.md 66: unknown types are shown.
    for (written, kind) in [
        ("0", ApplicationKind::Web),
        ("1", ApplicationKind::Mobile),
        ("\"1\"", ApplicationKind::Mobile),
        ("2", ApplicationKind::Web),
        ("null", ApplicationKind::Web),
        ("\"mobile\"", ApplicationKind::Web),
    ] {
        assert_eq!(application(&format!(r#""type":{written}"#)).kind, kind, "{written}");
    }
}

#[test]
fn orders_of_every_kind() {
    // contract.md §6, 12 and hostile.md 67: gaps, null, negative, float, huge, text; never not-a-number.
    for (written, order) in [
        ("4", Some(4.0)),
        ("-3", Some(-3.0)),
        ("2.5", Some(2.5)),
        ("1e308", Some(1e308)),
        ("\"10\"", Some(10.0)),
        ("\" 10 \"", Some(10.0)),
        ("1e400", None),
        ("-1e999999", None),
        ("\"NaN\"", None),
        ("\"inf\"", None),
        ("\"-infinity\"", None),
        ("\"\"", None),
        ("\"first\"", None),
        ("null", None),
        ("true", None),
        ("[1]", None),
    ] {
        assert_eq!(application(&format!(r#""order":{written}"#)).order, order, "{written}");
    }
}

#[test]
fn the_code_has_two_names() {
    // contract.md §6, 12: `identifier` or `code`.
    assert_eq!(application(r#""code":"wind""#).code.as_deref(), Some("wind"));
    assert_eq!(application(r#""identifier":"wind""#).code.as_deref(), Some("wind"));
    assert_eq!(application(r#""code":"","identifier":"wind""#).code.as_deref(), Some("wind"));
    assert_eq!(application(r#""code":null,"identifier":7"#).code.as_deref(), Some("7"));
}

#[test]
fn disabled_and_mobile_ones_are_in_the_list() {
    // contract.md §6, 12.
    let list = applications(r#"{"id":"a","status":false},{"id":"b","type":1},{"id":"c","isShortcut":1}"#);
    assert_eq!(ids(&list.entries), ["a", "b", "c"]);
}

#[test]
fn which_name_goes_first() {
    // contract.md §6, 12: `displayName`, `nameJson[locale]`, `name`.
    let name = application(r#""displayName":" Shown ","nameJson":{"en_US":"English"},"name":"Plain""#).name;
    assert_eq!(name.texts().collect::<Vec<_>>(), ["Shown", "English", "Plain"]);
    assert_eq!(application(r#""displayName":"  ","name":"Plain""#).name, Localized::plain("Plain"));
    assert_eq!(
        application(r#""displayName":null,"nameJson":null,"name":" Plain ""#).name,
        Localized::plain("Plain")
    );
    // A display name in several languages is no display name of one.
    let name = application(r#""displayName":{"en_US":"English","default":"Any"},"name":"Plain""#).name;
    assert_eq!(name.texts().collect::<Vec<_>>(), ["Any", "English", "Plain"]);
}

#[test]
fn names_in_all_forms() {
    // contract.md §6, 15: flat map, struct, JSON written into a text, plain text; key forms; stray blanks.
    let expected = vec![("en-US".to_owned(), "Wind".to_owned()), ("zh-CN".to_owned(), "风电".to_owned())];
    for (written, fallback) in [
        (r#"{"default":"W ","en_US":" Wind","zh_CN":"风电"}"#, Some("W")),
        (r#"{"default":"W","en-US":"Wind","zh-cn":"风电"}"#, Some("W")),
        (r#"{"en_Us":"Wind","zh_CN":"风电","de_DE":"","fr_FR":null,"ja_JP":{}}"#, None),
        (r#"{"defaultValue":"W","i18nValue":{"en_US":"Wind","zh_CN":"风电"}}"#, Some("W")),
        (r#""{\"default\":\"W\",\"en_US\":\"Wind\",\"zh_CN\":\"风电\"}""#, Some("W")),
    ] {
        for key in ["nameJson", "name"] {
            let name = application(&format!(r#""{key}":{written}"#)).name;
            assert_eq!((&name.by_locale, name.fallback.as_deref()), (&expected, fallback), "{key} {written}");
        }
        assert_eq!(application(&format!(r#""descriptionJson":{written}"#)).description.by_locale, expected);
    }
    assert_eq!(
        application(r#""nameJson":{"zh_Hans_CN":"风电"}"#).name.by_locale,
        [("zh-Hans-CN".into(), "风电".into())]
    );
    assert_eq!(application(r#""nameJson":{"default":"Only"}"#).name, Localized::plain("Only"));
    assert_eq!(application(r#""nameJson":"Only""#).name, Localized::plain("Only"));
    assert_eq!(application(r#""name":42"#).name, Localized::plain("42"));
    assert_eq!(application(r#""name":"{broken""#).name, Localized::plain("{broken"));
    for written in ["null", "[]", "true", "\"\"", "{}", "\"  \"", "{\"default\":null}"] {
        assert!(application(&format!(r#""nameJson":{written}"#)).name.is_empty(), "{written}");
    }
}

// A program wrote "nothing" as a text: the tile would be called so, and would open a page of that name.
#[test]
fn a_text_that_says_nothing_is_none() {
    for nothing in [r#""null""#, r#"" null ""#, r#""[]""#, r#""{}""#, r#""undefined""#, r#"{"en_US":"null"}"#]
    {
        let name = application(&format!(r#""nameJson":{nothing},"name":"Real Name""#)).name;
        assert_eq!(name, Localized::plain("Real Name"), "{nothing}");
        let sent = application(&format!(r#""url":{nothing}"#));
        assert!(nothing.starts_with('{') || sent.address.is_none(), "{nothing}");
    }
    let twice = r#""\"{\\\"en_US\\\":\\\"Wind\\\"}\"""#;
    assert_eq!(
        application(&format!(r#""nameJson":{twice}"#)).name.by_locale,
        [("en-US".into(), "Wind".into())]
    );
    assert_eq!(application(r#""name":"\"quoted\"""#).name, Localized::plain("\"quoted\""));
}

#[test]
fn categories_of_every_kind() {
    // contract.md §6, 12: object, bare id or null; unknown ids are kept. hostile.md 68: empty, ten thousand long.
    let long = "x".repeat(10_240);
    for (written, id) in [
        (r#"{"id":27,"name":"Electricity Sale"}"#, Some("27")),
        (r#"{"id":"27"}"#, Some("27")),
        (r#"{"id":" 27 "}"#, Some("27")),
        (r#"{"id":27.0}"#, Some("27")),
        ("27", Some("27")),
        ("\"27\"", Some("27")),
        ("112", Some("112")),
        (&format!("\"{long}\""), Some(long.as_str())),
        ("null", None),
        ("\"\"", None),
        ("{}", None),
        ("[]", None),
        ("true", None),
        (r#"{"name":"Wind"}"#, None),
    ] {
        let category = application(&format!(r#""category":{written}"#)).category;
        assert_eq!(category.as_ref().map(|category| category.id.as_str()), id);
    }
    let category =
        application(r#""category":{"id":21,"nameJson":{"zh_CN":"风电"},"name":"Wind "}"#).category.unwrap();
    assert_eq!(category.name.texts().collect::<Vec<_>>(), ["风电", "Wind"]);
}

#[test]
fn pages_are_not_asked_for_and_not_needed() {
    // contract.md §6, 16: `pagination` null, missing or in any spelling, and no limit to the list.
    for pagination in ["null", "{}", r#"{"totalElements":1,"PageNo":0,"PageSize":1}"#, "\"\"", "[[]]"] {
        let body = format!(r#"{{"apps":[{{"id":"a"}},{{"id":"b"}}],"pagination":{pagination}}}"#);
        assert_eq!(data::<GetUserApplications>(&body).entries.len(), 2);
    }
}

#[test]
fn dates_are_not_needed() {
    // contract.md §6, 17: a date in any form, or none, costs no entry.
    for date in
        ["\"2019-05-28 07:49:39\"", "\"24/7/2019 11:22:01\"", "1559029779000", "\"soon\"", "null", "{}"]
    {
        application(&format!(r#""createdTime":{date}"#));
    }
}

#[test]
fn unknown_members_of_an_entry() {
    // contract.md §6, 18.
    let read = application(r#""isNewNavigation":[],"sourceApp":{},"additionType":1e999,"":null,"name":"N""#);
    assert_eq!(read.name, Localized::plain("N"));
}

#[test]
fn bad_entries_are_dropped_and_counted() {
    // hostile.md 65: the others are shown.
    let list = applications(
        r#"{"id":"a"},null,7,"x",true,[],[{"id":"n"}],{},{"id":null},{"id":""},{"id":{}},{"id":[1]},{"id":true},{"id":"z"}"#,
    );
    assert_eq!((ids(&list.entries), list.dropped), (vec!["a", "z"], 12));
}

#[test]
fn lists_of_another_shape() {
    // hostile.md 65, 75: null for a list is empty; what cannot be read is counted, never silently empty.
    for (apps, kept, dropped) in [
        ("null", 0, 0),
        ("[]", 0, 0),
        ("{}", 0, 0),
        ("\"\"", 0, 0),
        ("false", 0, 0),
        (r#"{"id":"a"}"#, 1, 0),
        (r#"{"a":{"id":"a"}}"#, 0, 1),
        ("\"broken\"", 0, 1),
        ("12", 0, 1),
    ] {
        let list = data::<GetUserApplications>(&format!(r#"{{"apps":{apps}}}"#));
        assert_eq!((list.entries.len(), list.dropped), (kept, dropped), "{apps}");
    }
    let list = data::<GetUserApplications>(r#"[{"id":"a"},null,{"id":"b"}]"#);
    assert_eq!((ids(&list.entries), list.dropped), (vec!["a", "b"], 1));
}

#[test]
fn a_reserved_member_name_costs_nothing() {
    // hostile.md 65: serde_json keeps one member name for itself; an administrator's text must not use it as a weapon,
    // however it is spelled.
    for key in [
        "$serde_json::private::Number",
        r"\u0024serde_json::private::Number",
        r"$serde_json\u003a:p\u0072ivate::Number",
    ] {
        let body = format!(
            r#"{{"code":0,"data":{{"apps":[{{"id":"a"}},{{"id":"b","nameJson":{{"{key}":"x","en_US":"B"}}}},{{"{key}":{{}}}}]}}}}"#
        );
        let list = read_body::<GetUserApplications>(body).unwrap();
        assert_eq!((ids(&list.entries), list.dropped), (vec!["a", "b"], 1), "{key}");
    }
}

// contract.md 0.6: `2019-05-28 07:49:39`, elsewhere with a fraction; what is no text is none.
#[test]
fn when_an_application_was_created() {
    for (members, created, time) in [
        (r#""createdTime":"2019-05-28 07:49:39""#, Some("2019-05-28 07:49:39"), Some(1_559_029_779_000)),
        (r#""createdTime":"2019-05-28 07:49:39.0""#, Some("2019-05-28 07:49:39.0"), Some(1_559_029_779_000)),
        (r#""createdTime":"soon""#, Some("soon"), None),
        (r#""createdTime":null"#, None, None),
        (r#""createdTime":{}"#, None, None),
        (r#""order":1"#, None, None),
    ] {
        let read = application(members);
        assert_eq!(read.created.as_deref(), created, "{members}");
        assert_eq!(created.and_then(portal_api::read_time), time, "{members}");
    }
}
