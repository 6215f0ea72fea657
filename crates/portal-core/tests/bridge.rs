//! What pages in frames can say to the portal, and what they get (hostile.md 50 to 52).
#![expect(clippy::unwrap_used, clippy::panic, reason = "clippy takes the helpers of a test for no tests")]

use portal_api::organization::UserInformation;
use portal_api::{
    AccessToken, ApplicationId, AssetId, Listed, Localized, Organization, Permission, asset::Asset,
};
use portal_api::{Endpoint, application::GetAppMenuAndPermission, application::GetUserApplications};
use portal_core::bridge::{
    Call, Event, Facts, Failure, Heard, MAX_STATE, MAX_TEXT, Switch, Theme, Trust, ViewMode, Welcome,
    app_info, assets, event, failure, permissions, read, result, token_grant, user_info, welcome,
};
use portal_core::launch::{Address, Launch, LaunchPolicy, Parts, decide};
use portal_core::names::Locale;
use proptest::prelude::*;
use serde_json::{Value, json};
use url::Url;

fn parser(address: &str, base: &str) -> Option<Parts> {
    let url = Url::parse(base).ok()?.join(address).ok()?;
    Some(Parts {
        scheme: url.scheme().to_owned(),
        username: !url.username().is_empty() || url.password().is_some(),
        host: url.host_str().unwrap_or_default().to_owned(),
        origin: url.origin().ascii_serialization(),
        href: url.into(),
    })
}

fn policy() -> LaunchPolicy {
    LaunchPolicy {
        portal_origin: "https://portal.example".to_owned(),
        application_base: "https://portal.example/".to_owned(),
        frame_origins: vec!["https://a.example".to_owned()],
        schemes: vec!["ms-word".to_owned()],
        rights: Vec::new(),
        trusts_own_tabs: false,
    }
}

fn address(raw: &str) -> Address {
    match decide(&policy(), &parser, Some(raw)) {
        Launch::Frame(address) | Launch::NewTab(address, _) => address,
        other => panic!("{raw}: {other:?}"),
    }
}

fn trust(raw: &str) -> Trust {
    Trust::of(&address(raw), &policy())
}

fn heard(message: &Value) -> Option<Heard> {
    read(&message.to_string())
}

fn called(name: &str, with: Value) -> Result<Call, Failure> {
    match heard(&json!({"portal": 1, "id": 7, "call": name, "with": with})) {
        Some(Heard::Call { id: 7, call }) => call,
        other => panic!("{name}: {other:?}"),
    }
}

fn value(answer: &impl serde::Serialize) -> Value {
    serde_json::from_str(&serde_json::to_string(answer).unwrap()).unwrap()
}

/// Each call with its arguments, and what they mean.
fn calls() -> Vec<(&'static str, Value, Call)> {
    let text = |text: &str| Some(text.to_owned());
    let switch = Switch {
        application: ApplicationId::parse("a1"),
        code: text("code"),
        menu: text("menu"),
        new_tab: true,
        state: text("s=1&t"),
    };
    vec![
        ("getUserInfo", json!({}), Call::UserInfo),
        ("getAppInfo", json!({}), Call::AppInfo),
        ("getPermissions", json!({}), Call::Permissions),
        ("getLocale", json!({}), Call::Locale),
        ("getAvailableLocales", json!({}), Call::AvailableLocales),
        ("getTheme", json!({}), Call::Theme),
        ("getAppAssets", json!({}), Call::AppAssets),
        ("setPageTitle", json!({"title": "Pumps"}), Call::PageTitle("Pumps".to_owned())),
        ("setPageTitle", json!({"title": ""}), Call::PageTitle(String::new())),
        ("setViewMode", json!({"mode": 0}), Call::ViewMode(ViewMode::All)),
        ("setViewMode", json!({"mode": 1}), Call::ViewMode(ViewMode::NoMenu)),
        ("setViewMode", json!({"mode": 2}), Call::ViewMode(ViewMode::Alone)),
        ("toggleMenu", json!({"shown": false}), Call::ToggleMenu(false)),
        (
            "switchPage",
            json!({"appId": "a1", "appCode": "code", "menuCode": "menu", "openOnNewTab": true, "state": "s=1&t"}),
            Call::SwitchPage(switch),
        ),
        (
            "switchPage",
            json!({"menuCode": "menu", "appId": null}),
            Call::SwitchPage(Switch { menu: text("menu"), ..Switch::default() }),
        ),
        ("setHelpUrl", json!({"url": "/help"}), Call::HelpUrl(text("/help"))),
        ("setHelpUrl", json!({"url": null}), Call::HelpUrl(None)),
        ("setNotificationUrl", json!({"url": "/news"}), Call::NotificationUrl(text("/news"))),
        ("logout", json!({}), Call::Logout),
        ("setUnsaved", json!({"unsaved": true}), Call::Unsaved(true)),
        ("setState", json!({"state": "t=3", "step": true}), Call::State { state: text("t=3"), step: true }),
        ("setState", json!({}), Call::State { state: None, step: false }),
        ("getAccessToken", json!({"check": true}), Call::AccessToken { check: true }),
        ("getAccessToken", json!({}), Call::AccessToken { check: false }),
    ]
}

#[test]
fn every_call_is_understood() {
    for (name, with, call) in calls() {
        assert_eq!(called(name, with), Ok(call), "{name}");
    }
    let bare = heard(&json!({"portal": 1, "id": 1, "call": "getLocale"}));
    assert_eq!(bare, Some(Heard::Call { id: 1, call: Ok(Call::Locale) }));
}

#[test]
fn greetings_and_use() {
    let greeting = |takes_state| Some(Heard::Greeting { takes_state, page: None });
    assert_eq!(
        heard(&json!({"portal": 1, "greet": {"client": "1.0.0", "takes": ["x", "state"]}})),
        greeting(true)
    );
    assert_eq!(heard(&json!({"portal": 1, "greet": {"takes": "state"}})), greeting(false));
    assert_eq!(heard(&json!({"portal": 1, "greet": {}})), greeting(false));
    let named = Some(Heard::Greeting { takes_state: false, page: Some("k3x".to_owned()) });
    assert_eq!(heard(&json!({"portal": 1, "greet": {"page": "k3x"}})), named);
    assert_eq!(heard(&json!({"portal": 1, "greet": {"page": "x".repeat(65)}})), greeting(false));
    assert_eq!(heard(&json!({"portal": 1, "used": true})), Some(Heard::Used));
}

// A wrong argument must be told to whoever wrote it; it must not become another, valid call.
#[test]
fn bad_arguments_and_unknown_calls_are_answered() {
    let long = "x".repeat(MAX_STATE + 1);
    for (name, with) in [
        ("setPageTitle", json!({})),
        ("setPageTitle", json!({"title": 5})),
        ("setViewMode", json!({"mode": 3})),
        ("setViewMode", json!({"mode": "1"})),
        ("setViewMode", json!({"mode": 1.5})),
        ("toggleMenu", json!({})),
        ("toggleMenu", json!({"shown": "yes"})),
        ("switchPage", json!({})),
        ("switchPage", json!({"menuCode": ""})),
        ("switchPage", json!({"menuCode": "a", "state": long})),
        ("switchPage", json!({"menuCode": ["a"]})),
        ("switchPage", json!({"menuCode": "a", "openOnNewTab": 1})),
        ("setHelpUrl", json!({})),
        ("setHelpUrl", json!({"url": {}})),
        ("setUnsaved", json!({})),
        ("setState", json!({"state": long})),
        ("setState", json!({"state": "a", "step": "no"})),
        ("getAccessToken", json!({"check": 1})),
        ("getLocale", json!([])),
        ("getLocale", json!("text")),
    ] {
        assert_eq!(called(name, with.clone()), Err(Failure::BadArgument), "{name} {with}");
    }
    for name in ["", "getuserinfo", "constructor", "__proto__", "getRefreshToken"] {
        assert_eq!(called(name, json!({})), Err(Failure::UnknownCall), "{name}");
    }
}

#[test]
fn what_is_no_message_is_dropped() {
    for message in [
        json!(null),
        json!(1),
        json!("portal"),
        json!([]),
        json!({}),
        json!({"portal": 2, "used": true}),
        json!({"portal": "1", "used": true}),
        json!({"used": true}),
        json!({"portal": 1}),
        json!({"portal": 1, "used": 1}),
        json!({"portal": 1, "greet": true}),
        json!({"portal": 1, "call": "getLocale"}),
        json!({"portal": 1, "id": 0, "call": "getLocale"}),
        json!({"portal": 1, "id": -1, "call": "getLocale"}),
        json!({"portal": 1, "id": 1.5, "call": "getLocale"}),
        json!({"portal": 1, "id": 9_007_199_254_740_992_u64, "call": "getLocale"}),
        json!({"portal": 1, "id": "7", "call": "getLocale"}),
        json!({"portal": 1, "id": 7, "call": 7}),
        json!({"portal": 1, "id": 7}),
        // What the portal itself says must mean nothing when it comes back.
        json!({"portal": 1, "id": 7, "result": true}),
        json!({"portal": 1, "event": "locale", "value": "en-US"}),
    ] {
        assert_eq!(heard(&message), None, "{message}");
    }
    for text in
        ["", " ", "{", "{\"portal\":1,\"used\":true}x", "hello", "\u{feff}{\"portal\":1,\"used\":true}"]
    {
        assert_eq!(read(text), None, "{text:?}");
    }
}

// Size is looked at before anything is read, in the browser's own unit: four bytes of UTF-8 are two units.
#[test]
fn huge_and_deep_texts_are_dropped() {
    let padded = |fill: &str, length: usize| {
        let empty = r#"{"portal":1,"used":true,"x":""}"#;
        format!(r#"{{"portal":1,"used":true,"x":"{}"}}"#, fill.repeat(length - empty.len()))
    };
    assert_eq!(read(&padded("x", MAX_TEXT)), Some(Heard::Used));
    assert_eq!(read(&padded("x", MAX_TEXT + 1)), None);
    assert_eq!(read(&padded("界", MAX_TEXT)), Some(Heard::Used));
    assert_eq!(read(&padded("界", MAX_TEXT + 1)), None);
    assert_eq!(read(&padded("x", 8 * MAX_TEXT)), None);
    for depth in [200, 10_000] {
        let deep = format!(r#"{{"portal":1,"used":true,"x":{}{}}}"#, "[".repeat(depth), "]".repeat(depth));
        assert_eq!(read(&deep), None);
    }
    assert_eq!(read(&"[".repeat(MAX_TEXT)), None);
}

// A title stands beside the portal's own words: it must not turn, hide or push them away.
#[test]
fn titles_are_fit_to_be_shown() {
    for (sent, shown) in [
        (" \u{200B}Pumps \n\t and  valves\u{0} ", "Pumps and valves"),
        ("\u{202E}gnihsihp\u{2066}", "gnihsihp"),
        ("\u{FEFF}\u{200B} ", ""),
        ("<b>&amp;", "<b>&amp;"),
        ("👩\u{200D}🔧 on duty", "👩\u{200D}🔧 on duty"),
    ] {
        assert_eq!(called("setPageTitle", json!({"title": sent})), Ok(Call::PageTitle(shown.to_owned())));
    }
    let Ok(Call::PageTitle(title)) = called("setPageTitle", json!({"title": "界 ".repeat(5_000)})) else {
        panic!()
    };
    assert_eq!(title.chars().count(), 199, "it does not end with a blank");
}

#[test]
fn only_the_exact_origin_is_admitted() {
    let good = trust("https://a.example/pumps?x=1#y");
    assert_eq!(good, Trust::Origin("https://a.example".to_owned()));
    assert_eq!(good.target(), "https://a.example");
    assert!(good.admits("https://a.example"));
    for wrong in [
        "https://a.example.evil",
        "https://a.exampl",
        "https://a.example:444",
        "https://a.example/",
        "http://a.example",
        "https://b.a.example",
        "HTTPS://A.EXAMPLE",
        "https://portal.example",
        "null",
        "*",
        "",
    ] {
        assert!(!good.admits(wrong), "{wrong}");
    }
    let own = trust("/sample/page.html");
    assert_eq!(own, Trust::Opaque);
    assert_eq!(own.target(), "*");
    assert!(own.admits("null") && !own.admits("https://portal.example") && !own.admits(""));
    // Longer host names that begin with the portal's own.
    assert_eq!(trust("https://portal.example.evil/").target(), "https://portal.example.evil");
    assert_eq!(trust("https://portal.example:8443/x").target(), "https://portal.example:8443");
    assert_eq!(trust("https://a.example?x").target(), "https://a.example");
    assert_eq!(trust("ms-word:ofe|u|https://a.example"), Trust::Opaque);
}

#[test]
fn tokens_are_granted_to_listed_origins_alone() {
    let list = |origins: &[&str]| origins.iter().map(|&origin| origin.to_owned()).collect::<Vec<_>>();
    let listed = list(&["https://a.example", "http://b.example", "http://localhost:8081", "null", "*"]);
    let grant = |raw: &str| token_grant(&trust(raw), &listed).map(|grant| grant.origin().to_owned());
    assert_eq!(grant("https://a.example/x"), Some("https://a.example".to_owned()));
    assert_eq!(grant("http://localhost:8081/x"), Some("http://localhost:8081".to_owned()));
    for refused in [
        "https://a.example.evil/",
        "https://a.example:444/",
        "http://a.example/",
        "http://b.example/",
        "http://localhost.evil:8081/",
        "https://other.example/#https://a.example",
        "/own/page",
    ] {
        assert_eq!(grant(refused), None, "{refused}");
    }
    assert_eq!(token_grant(&Trust::Opaque, &list(&["*", "null", "", "https://portal.example"])), None);
    assert_eq!(token_grant(&trust("https://a.example"), &[]), None);
}

fn person() -> UserInformation {
    let text = |text: &str| Some(text.to_owned());
    UserInformation {
        name: text("morgan"),
        nickname: text("Morgan Keller"),
        email: text("m@north-sea.example"),
        phone: text("86 555"),
        phone_area: text("86"),
        created: text("2019-05-27 04:33:30.0"),
        ..UserInformation::default()
    }
}

#[test]
fn the_person_is_told_by_trust() {
    let (user, organization) = (person(), Organization::new("o1", Some("North Sea")).unwrap());
    let (locale, token) = (Locale::parse("en-US").unwrap(), AccessToken::parse("APP-SECRET").unwrap());
    let origin = trust("https://a.example/");
    let grant = token_grant(&origin, &["https://a.example".to_owned()]).unwrap();
    let mut facts =
        Facts { user: &user, organization: &organization, theme: Theme::Dark, locale: &locale, token: None };
    let whole = json!({
        "id": null, "name": "morgan", "nickName": "Morgan Keller", "description": null, "domain": null,
        "email": "m@north-sea.example", "phone": "555", "phoneArea": "86", "createdTime": "2019-05-27 04:33:30.0",
        "organization": {"id": "o1", "name": "North Sea"}, "accessToken": null, "theme": "DARK", "locale": "en-US",
    });
    assert_eq!(value(&user_info(&facts, &origin)), whole);
    facts.token = Some((&grant, &token));
    assert_eq!(value(&user_info(&facts, &origin))["accessToken"], "APP-SECRET");
    // A grant of one page is none for another.
    assert_eq!(value(&user_info(&facts, &trust("https://b.example/")))["accessToken"], Value::Null);
    let opaque = value(&user_info(&facts, &Trust::Opaque));
    for (key, told) in opaque.as_object().unwrap() {
        let known = ["name", "organization", "theme", "locale"].contains(&key.as_str());
        assert_eq!(!told.is_null(), known, "{key}");
    }
    assert!(Call::AppAssets.needs_origin() && Call::AccessToken { check: false }.needs_origin());
    assert!(!Call::UserInfo.needs_origin() && !Call::AppInfo.needs_origin());
}

fn json_of(text: &str) -> std::borrow::Cow<'_, portal_api::json::RawValue> {
    portal_api::json::read(text).unwrap()
}

// Flat and nested replies give one shape, in the order of the portal's tree.
#[test]
fn an_application_with_its_menus() {
    let apps = r#"{"apps":[{"id":"a1","code":"pumps","nameJson":{"zh_CN":"泵","default":"Pumps"},"isShortcut":"1",
        "category":{"id":22,"name":"Solar"}}]}"#;
    let apps = GetUserApplications::decode(&json_of(apps)).unwrap();
    let menus = r#"{"menus":[{"id":"m3","code":"c3","name":"C","parentId":"m1","displayOrder":2},
        {"id":"m1","identifier":"c1","name":"A","url":"/a","displayOrder":"0"},{"id":"m2","name":"B","parentId":"m1",
        "displayOrder":1.5}],"permissions":[{"id":"p1","identifier":"write","name":"Write"},{"code":"read"}]}"#;
    let menus = GetAppMenuAndPermission::decode(&json_of(menus)).unwrap();
    let locale = Locale::parse("zh-CN").unwrap();
    let answer = value(&app_info(&apps.entries[0], &menus.menus, &menus.permissions, &locale));
    let wanted = json!({
        "id": "a1", "code": "pumps", "name": "泵", "category": {"id": "22", "name": "Solar"}, "isShortcut": true,
        "isEnable": true, "description": null,
        "permissions": [{"id": "p1", "code": "write", "name": "Write"}, {"id": "read", "code": "read", "name": null}],
        "menus": [{"id": "m1", "code": "c1", "name": "A", "url": "/a", "displayOrder": 0, "parentId": null, "children": [
            {"id": "m2", "code": "m2", "name": "B", "url": null, "displayOrder": null, "parentId": "m1", "children": []},
            {"id": "m3", "code": "c3", "name": "C", "url": null, "displayOrder": 2, "parentId": "m1", "children": []},
        ]}],
    });
    assert_eq!(answer, wanted);
}

// hostile.md 70: a chain of thousands in a flat list must not become JSON that nobody can read.
#[test]
fn deep_menus_are_bounded_and_whole() {
    let entries: Vec<Value> =
        (0..5_000).map(|n| json!({"id": n.to_string(), "parentId": (n - 1).to_string()})).collect();
    let text = json!({ "menus": entries }).to_string();
    let menus = GetAppMenuAndPermission::decode(&json_of(&text)).unwrap().menus;
    let apps = GetUserApplications::decode(&json_of(r#"[{"id":"a"}]"#)).unwrap();
    let locale = Locale::parse("en-US").unwrap();
    let none = Listed::<Permission>::default();
    let answer = serde_json::to_string(&app_info(&apps.entries[0], &menus, &none, &locale)).unwrap();
    assert_eq!(answer.matches(r#""children""#).count(), 5_000);
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["menus"].as_array().unwrap().len(), 1);
}

#[test]
fn permissions_and_assets() {
    let locale = Locale::parse("en-US").unwrap();
    let one = Permission { id: "1".to_owned(), identifier: None, name: Localized::plain("Read") };
    let listed = Listed { entries: vec![one], dropped: 0 };
    assert_eq!(value(&permissions(&listed, &locale)), json!([{"id": "1", "code": null, "name": "Read"}]));
    let asset = |id: &str, tag: Option<&str>, children| Asset {
        id: AssetId::parse(id).unwrap(),
        name: Localized::plain(id),
        tag: tag.map(str::to_owned),
        kind: None,
        kind_name: Localized::default(),
        tags: Vec::new(),
        children,
    };
    let tree = [asset("root", None, vec![asset("leaf", Some("asset"), Vec::new())])];
    let leaf = json!({"id": "leaf", "parentId": "root", "name": "leaf", "tag": "asset", "children": []});
    let root = json!({"id": "root", "parentId": null, "name": "root", "tag": null, "children": [leaf]});
    assert_eq!(value(&assets(&tree, &locale)), json!([root]));
}

#[test]
fn what_the_portal_says() {
    let says = |text: String| serde_json::from_str::<Value>(&text).unwrap();
    let hello = Welcome { locale: "en-US", theme: Theme::Light, state: None };
    let welcomed =
        json!({"portal": 1, "welcome": {"version": 1, "locale": "en-US", "theme": "LIGHT", "state": null}});
    assert_eq!(says(welcome(&hello)), welcomed);
    assert_eq!(says(result(7, &true)), json!({"portal": 1, "id": 7, "result": true}));
    let failed = says(failure(9, Failure::NotAllowed));
    assert_eq!((&failed["id"], &failed["error"]["code"]), (&json!(9), &json!("not-allowed")));
    let events = [
        (Event::Locale("zh-CN"), "locale", json!("zh-CN")),
        (Event::Theme(Theme::Dark), "theme", json!("DARK")),
        (Event::State(Some("a\"b")), "state", json!("a\"b")),
        (Event::State(None), "state", json!(null)),
    ];
    for (told, name, value) in events {
        assert_eq!(says(event(told)), json!({"portal": 1, "event": name, "value": value}));
    }
}

// The codes are part of the protocol, and pages tell failures apart by them.
#[test]
fn codes_are_words_of_their_own() {
    let all = [
        Failure::UnknownCall,
        Failure::BadArgument,
        Failure::NotAllowed,
        Failure::NotFound,
        Failure::Failed,
        Failure::Timeout,
        Failure::Busy,
    ];
    let codes: std::collections::BTreeSet<&str> = all.iter().map(|failure| failure.code()).collect();
    assert_eq!(codes.len(), all.len());
    assert!(all.iter().all(|failure| failure.message().ends_with('.')));
}

/// JSON of any shape, with words of the protocol in it more often than chance would have.
fn any_json() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "portal",
        "greet",
        "used",
        "id",
        "call",
        "with",
        "takes",
        "title",
        "mode",
        "shown",
        "url",
        "state",
        "step",
        "unsaved",
        "check",
        "menuCode",
        "appId",
        "switchPage",
        "setState",
        "setPageTitle",
        "setViewMode",
        "logout",
    ]);
    let text = prop_oneof![word.prop_map(str::to_owned), any::<String>()];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-2_i64..9).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((text.clone(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_text_is_read_or_dropped(text in any::<String>()) {
        let _ = read(&text);
    }

    // Whatever stands in a message: a greeting, a use, or a call with an id that can be answered.
    #[test]
    fn any_object_is_read_or_dropped(name in "(set|get|toggle|switch)?[A-Za-z]{0,12}", with in any_json(), id in any::<i64>(), extra in any_json()) {
        let message = json!({"portal": 1, "id": id, "call": name, "with": with, "extra": extra});
        match heard(&message) {
            Some(Heard::Call { id: read, .. }) => prop_assert_eq!(i64::try_from(read).unwrap(), id),
            other => prop_assert!(other.is_none() && !(1..1_i64 << 53).contains(&id)),
        }
        let _ = heard(&extra);
    }

    #[test]
    fn any_arguments_are_read_or_refused(which in 0_usize..24, with in any_json()) {
        let (name, ..) = calls().swap_remove(which);
        let call = called(name, with);
        let refused = matches!(call, Err(Failure::BadArgument));
        prop_assert!(refused || call.is_ok());
        if let Ok(Call::PageTitle(title)) = call {
            prop_assert!(title.chars().count() <= 200 && title.trim() == title && !title.contains(char::is_control));
        }
    }

    // Texts of any kind come back as they were sent.
    #[test]
    fn texts_survive_both_ways(state in "\\PC{1,60}", id in 1_u64..1 << 53) {
        let sent = called("setState", json!({"state": state}));
        prop_assert_eq!(sent, Ok(Call::State { state: Some(state.clone()), step: false }));
        let told: Value = serde_json::from_str(&event(Event::State(Some(&state)))).unwrap();
        prop_assert_eq!(told["value"].as_str(), Some(state.as_str()));
        let answered: Value = serde_json::from_str(&result(id, &state)).unwrap();
        prop_assert_eq!(answered["id"].as_u64(), Some(id));
    }

    // One origin is admitted, and none that only looks like it.
    #[test]
    fn no_other_origin_is_admitted(host in "[a-z]{1,8}\\.example", more in "[a-z.:/@0-9]{1,8}") {
        let trust = trust(&format!("https://{host}/page"));
        let origin = format!("https://{host}");
        prop_assert!(trust.admits(&origin));
        let (after, before) = (format!("{origin}{more}"), format!("https://{more}{host}"));
        prop_assert!(!trust.admits(&after) && !trust.admits(&before));
        prop_assert!(token_grant(&trust, &[after, before, String::new()]).is_none());
    }
}
