//! portal.json: what is taken, and which key is named when it is not.

use portal_core::launch::{Parts, Right};
use portal_core::settings::{Landing, Problem, SERVER_OPERATIONS, Settings, SettingsError};
use serde_json::{Value, json};
use url::Url;

const PORTAL: &str = "https://portal.example/demo/";

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

fn read(value: &Value) -> Result<Settings, SettingsError> {
    read_at(PORTAL, value)
}

fn read_at(portal: &str, value: &Value) -> Result<Settings, SettingsError> {
    let text = value.to_string();
    Settings::read(&text, portal, &parser)
}

#[test]
fn everything_may_be_left_out() {
    let settings = read(&json!({})).unwrap();
    assert_eq!(settings, Settings::default());
    assert_eq!(settings.api_base, "/app-portal-service");
    assert_eq!(settings.locales.iter().map(|l| l.as_str()).collect::<Vec<_>>(), ["en-US", "zh-CN"]);
    let nulls =
        json!({"apiBase": null, "locales": null, "frameOrigins": null, "launchSchemes": null, "title": null});
    assert_eq!(read(&nulls).unwrap(), settings);
    let policy = settings.launch_policy(PORTAL, "https://portal.example");
    assert_eq!(policy.application_base, PORTAL);
    assert!(!settings.opens_in_tab && !settings.trusts_own_tabs && !policy.trusts_own_tabs);
    assert_eq!(settings.kept_frames, 5);
    let nulls = json!({
        "openIn": null, "ownOriginTabs": null, "keptFrames": null, "tokenOrigins": null, "bridgeOrigins": null, "frameRights": null,
    });
    assert_eq!(read(&nulls).unwrap(), settings);
}

#[test]
fn a_full_file() {
    let settings = read(&json!({
        "apiBase": "https://api.example/gate/app-portal-service/",
        "title": " Wind Portal ",
        "locales": ["zh_CN", "en-US"],
        "landing": "last-app",
        "applicationBase": "/apps/",
        "frameOrigins": ["https://Apps.Example", "https://wind.example:8443/", "http://x.example:80", "https://y.example:443"],
        "tokenOrigins": ["https://apps.example/"],
        "bridgeOrigins": ["https://apps.example:443", "https://portal.example"],
        "frameRights": {"https://Wind.example:8443": ["modals", "clipboard-read"], "https://y.example": null},
        "keptFrames": 20,
        "openIn": "tab",
        "ownOriginTabs": "trusted",
        "launchSchemes": ["MSTeams:", "ms-word"],
        "contact": "portal@example.com",
        "helpUrl": "https://help.example/a?b#c",
        "privacyUrl": "/privacy.html",
        "signOn": {"url": "/sso?client_id=portal", "name": " Works ", "channel": "web"},
        "passwordSignIn": false,
        "userDomains": true,
        "forgotPasswordUrl": "https://help.example/forgot?from=portal",
    }))
    .unwrap();
    assert_eq!(settings.api_base, "https://api.example/gate/app-portal-service");
    assert_eq!(settings.title.as_deref(), Some("Wind Portal"));
    assert_eq!(settings.locales[0].as_str(), "zh-CN");
    assert_eq!(settings.landing, Landing::LastApplication);
    assert_eq!(settings.application_base.as_deref(), Some("https://portal.example/apps/"));
    // As parsers write origins: the launch policy compares texts.
    let origins =
        ["https://apps.example", "https://wind.example:8443", "http://x.example", "https://y.example"];
    assert_eq!(settings.frame_origins, origins);
    assert_eq!(settings.token_origins, ["https://apps.example"]);
    assert_eq!(settings.bridge_origins, ["https://apps.example", "https://portal.example"]);
    let words = |rights: &[Right]| rights.iter().map(|right| right.word()).collect::<Vec<_>>();
    let rights: Vec<_> =
        settings.frame_rights.iter().map(|(origin, rights)| (origin.as_str(), words(rights))).collect();
    assert_eq!(
        rights,
        [("https://wind.example:8443", vec!["modals", "clipboard-read"]), ("https://y.example", vec![])]
    );
    assert!(settings.opens_in_tab);
    assert_eq!(settings.kept_frames, 20);
    assert_eq!(settings.schemes, ["msteams", "ms-word"]);
    assert_eq!(settings.help_url.as_deref(), Some("https://help.example/a?b#c"));
    assert_eq!(settings.privacy_url.as_deref(), Some("https://portal.example/privacy.html"));
    let sign_on = settings.sign_on.clone();
    assert_eq!((sign_on.name.as_deref(), sign_on.channel.as_deref()), (Some("Works"), Some("web")));
    assert_eq!(
        sign_on.provider().unwrap().departure("r", "s").as_str(),
        "https://portal.example/sso?client_id=portal&redirect_uri=r&state=s"
    );
    assert!(!settings.password_sign_in && settings.user_domains);
    assert_eq!(settings.forgot_password_url.as_deref(), Some("https://help.example/forgot?from=portal"));
    let policy = settings.launch_policy(PORTAL, "https://portal.example");
    assert_eq!(policy.application_base, "https://portal.example/apps/");
    assert_eq!(policy.rights, settings.frame_rights);
    assert!(settings.trusts_own_tabs && policy.trusts_own_tabs);
    assert_eq!((policy.frame_origins, policy.schemes), (settings.frame_origins, settings.schemes));
}

// experience.md G6: a bad file shows which key. A key with a typo is no setting, and is not passed over.
#[test]
fn the_wrong_key_is_named() {
    for (file, key, problem) in [
        (json!([]), "", Problem::NotAnObject),
        (json!("x"), "", Problem::NotAnObject),
        (json!({"apibase": "/x"}), "apibase", Problem::Unknown),
        (json!({"frameOrigin": []}), "frameOrigin", Problem::Unknown),
        (json!({"apiBase": 1}), "apiBase", Problem::NotText),
        (json!({"title": ["x"]}), "title", Problem::NotText),
        (json!({"title": " "}), "title", Problem::Empty),
        (json!({"contact": ""}), "contact", Problem::Empty),
        (json!({"locales": "en-US"}), "locales", Problem::NotAList),
        (json!({"locales": []}), "locales", Problem::Empty),
        (json!({"locales": ["en-US", "?"]}), "locales[1]", Problem::NotALocale),
        (json!({"locales": [1]}), "locales[0]", Problem::NotText),
        (json!({"landing": "home"}), "landing", Problem::NotALanding),
        (
            json!({"frameOrigins": ["https://a.example", "https://b.example/x"]}),
            "frameOrigins[1]",
            Problem::NotAnOrigin,
        ),
        (json!({"launchSchemes": ["ms word"]}), "launchSchemes[0]", Problem::NotAScheme),
        (json!({"openIn": "window"}), "openIn", Problem::NotAnOpening),
        (json!({"openIn": true}), "openIn", Problem::NotText),
        (json!({"ownOriginTabs": "allowed"}), "ownOriginTabs", Problem::NotATrust),
        (json!({"ownOriginTabs": true}), "ownOriginTabs", Problem::NotText),
        (
            json!({"serverOperations": ["Sync Asset", "Log In"]}),
            "serverOperations[1]",
            Problem::NotAnOperation,
        ),
        (json!({"serverOperations": "Sync Asset"}), "serverOperations", Problem::NotAList),
        (json!({"keptFrames": 0}), "keptFrames", Problem::NotInRange),
        (json!({"keptFrames": 21}), "keptFrames", Problem::NotInRange),
        (json!({"keptFrames": "5"}), "keptFrames", Problem::NotInRange),
        (json!({"frameRights": []}), "frameRights", Problem::NotAnObject),
        (json!({"helpUrl": "javascript:alert(1)"}), "helpUrl", Problem::NotAnAddress),
        (json!({"privacyUrl": "privacy.html"}), "privacyUrl", Problem::NotAnAddress),
        (json!({"applicationBase": "/x?y"}), "applicationBase", Problem::NotAnAddress),
        (json!({"signOn": "https://sso.example"}), "signOn", Problem::NotAnObject),
        (json!({"signOn": []}), "signOn", Problem::NotAnObject),
        (json!({"signOn": {}}), "signOn.url", Problem::Empty),
        (json!({"signOn": {"url": null}}), "signOn.url", Problem::Empty),
        (json!({"signOn": {"name": "x"}}), "signOn.url", Problem::Empty),
        (json!({"signOn": {"url": 1}}), "signOn.url", Problem::NotText),
        (json!({"signOn": {"url": "/sso", "uri": "/x"}}), "signOn.uri", Problem::Unknown),
        (json!({"signOn": {"url": "/sso", "signOn": {}}}), "signOn.signOn", Problem::Unknown),
        (json!({"signOn": {"url": "/sso", "name": " "}}), "signOn.name", Problem::Empty),
        (json!({"signOn": {"url": "/sso", "channel": {}}}), "signOn.channel", Problem::NotText),
        // The name of a member here is no key of the file.
        (json!({"signOn.url": "/sso"}), "signOn.url", Problem::Unknown),
        (json!({"signOn": {"url": "/sso"}, "signOn.name": "x"}), "signOn.name", Problem::Unknown),
        (json!({"userDomains": "true"}), "userDomains", Problem::NotYesOrNo),
        (json!({"passwordSignIn": 0}), "passwordSignIn", Problem::NotYesOrNo),
        (json!({"passwordSignIn": false}), "passwordSignIn", Problem::OnlyWayIn),
        (json!({"passwordSignIn": false, "signOn": null}), "passwordSignIn", Problem::OnlyWayIn),
        (json!({"forgotPasswordUrl": "javascript:alert(1)"}), "forgotPasswordUrl", Problem::NotAnAddress),
    ] {
        let error = SettingsError { key: key.to_owned(), problem };
        assert_eq!(read(&file), Err(error), "{file}");
        assert!(!problem.words().is_empty());
    }
    let twice = r#"{"title":null,"title":"x"}"#;
    let error = Settings::read(twice, PORTAL, &parser).unwrap_err();
    assert_eq!((error.key.as_str(), error.problem), ("title", Problem::Repeated));
    let twice = r#"{"signOn":{"url":"/a","url":"/b"}}"#;
    let error = Settings::read(twice, PORTAL, &parser).unwrap_err();
    assert_eq!((error.key.as_str(), error.problem), ("signOn.url", Problem::Repeated));
}

// A setting without effect is refused: the pages of these origins are in no frame, or run with an opaque origin that
// never gets a token (hostile.md 51, 52, 53). The order of the keys does not matter.
#[test]
fn what_is_said_of_origins_has_an_effect() {
    let framed = ["https://a.example", "https://portal.example"];
    for (key, problem) in
        [("https://b.example", Problem::NotFramed), ("https://portal.example", Problem::OwnOrigin)]
    {
        let tokens = json!({"tokenOrigins": ["https://a.example", key], "frameOrigins": framed});
        let error = read(&tokens).unwrap_err();
        assert_eq!((error.key.as_str(), error.problem), ("tokenOrigins[1]", problem));
        let rights = json!({"frameRights": {key: []}, "frameOrigins": framed});
        let error = read(&rights).unwrap_err();
        assert_eq!((error.key, error.problem), (format!("frameRights.{key}"), problem));
        assert!(!problem.words().is_empty());
    }
    let bridge =
        |origin: &str| read(&json!({"frameOrigins": ["https://a.example"], "bridgeOrigins": [origin]}));
    assert_eq!(bridge("https://b.example").unwrap_err().problem, Problem::NotFramed);
    assert!(bridge("https://a.example").is_ok());
    // Pages of the portal's own origin speak the bridge as well.
    assert!(bridge("https://portal.example").is_ok());
}

// hostile.md 53: more per origin, by name. Nothing that reaches the portal's own tab has a name.
#[test]
fn rights_of_frames_are_named() {
    let rights = |rights: Value| {
        let file =
            json!({"frameOrigins": ["https://a.example"], "frameRights": {"https://a.example": rights}});
        read(&file).map(|settings| settings.frame_rights).map_err(|error| (error.key, error.problem))
    };
    let all: Vec<_> = Right::all().map(Right::word).collect();
    assert_eq!(all.len(), 11);
    let expected = vec![("https://a.example".to_owned(), Right::all().collect::<Vec<_>>())];
    assert_eq!(rights(json!(all)), Ok(expected));
    let at = |place: &str| format!("frameRights.https://a.example{place}");
    assert_eq!(rights(json!("modals")), Err((at(""), Problem::NotAList)));
    assert_eq!(rights(json!(["modals", 1])), Err((at("[1]"), Problem::NotText)));
    for word in
        ["top-navigation", "allow-modals", "same-origin", "scripts", "camera", "Modals", "modals ", ""]
    {
        assert_eq!(rights(json!([word])), Err((at("[0]"), Problem::NotARight)), "{word}");
    }
    for (key, problem) in [("a.example", Problem::NotAnOrigin), ("https://a.example/x", Problem::NotAnOrigin)]
    {
        let error = read(&json!({"frameRights": {key: []}})).unwrap_err();
        assert_eq!((error.key, error.problem), (format!("frameRights.{key}"), problem));
    }
    // However it is written.
    let twice = json!({"frameRights": {"https://a.example": [], "https://A.example:443": []}});
    let error = read(&twice).unwrap_err();
    assert_eq!(error.problem, Problem::Repeated);
}

// The code of a sign-in comes back from there, so the place must be as safe as the service's own (hostile.md 22).
#[test]
fn where_people_may_be_sent_to_sign_in() {
    for (url, expected) in [
        ("/sso", Ok("https://portal.example/sso?redirect_uri=r&state=s")),
        ("/sso?a=b#/c", Ok("https://portal.example/sso?a=b&redirect_uri=r&state=s#/c")),
        ("https://sso.example", Ok("https://sso.example/?redirect_uri=r&state=s")),
        ("https://sso.example/a?b={state}&to={redirect}", Ok("https://sso.example/a?b=s&to=r")),
        ("https://sso.example/{state}/a", Ok("https://sso.example/s/a?redirect_uri=r")),
        ("https://sso.example/#/login?to={redirect}&s={state}", Ok("https://sso.example/#/login?to=r&s=s")),
        ("http://localhost:9000/a", Ok("http://localhost:9000/a?redirect_uri=r&state=s")),
        ("http://[::1]:9/a", Ok("http://[::1]:9/a?redirect_uri=r&state=s")),
        ("http://sso.example/a", Err(Problem::Insecure)),
        ("http://portal.example/a", Err(Problem::Insecure)),
        ("https://user@sso.example/a", Err(Problem::NotAnAddress)),
        ("https://{state}.example/a", Err(Problem::NotAnAddress)),
        ("https://sso.example/a?b c", Err(Problem::NotAnAddress)),
        ("//sso.example/a", Err(Problem::NotAnAddress)),
        ("sso.example", Err(Problem::NotAnAddress)),
        ("javascript:alert(1)", Err(Problem::NotAnAddress)),
        ("data:text/html,x", Err(Problem::NotAnAddress)),
        ("", Err(Problem::NotAnAddress)),
    ] {
        let found = read(&json!({"signOn": {"url": url}}));
        let found = found
            .map(|settings| settings.sign_on.provider().unwrap().departure("r", "s").as_str().to_owned())
            .map_err(|error| error.problem);
        assert_eq!(found, expected.map(str::to_owned), "{url}");
    }
}

// hostile.md 22: the password goes to the API base. Foreign only over https, or to this computer.
#[test]
fn where_the_service_may_be() {
    for (base, expected) in [
        ("/app-portal-service", Ok("/app-portal-service")),
        ("/a/../b/", Ok("/b")),
        ("https://portal.example/api/", Ok("/api")),
        ("https://api.example", Ok("https://api.example")),
        ("https://api.example:8443/x", Ok("https://api.example:8443/x")),
        ("http://localhost:9000/x", Ok("http://localhost:9000/x")),
        ("http://127.0.0.1/x", Ok("http://127.0.0.1/x")),
        ("http://[::1]:9/x", Ok("http://[::1]:9/x")),
        ("http://api.example/x", Err(Problem::Insecure)),
        ("http://portal.example/x", Err(Problem::Insecure)),
        ("http://localhost.evil.example/x", Err(Problem::Insecure)),
        ("//api.example/x", Err(Problem::NotAnAddress)),
        ("/\\api.example", Err(Problem::NotAnAddress)),
        ("/\t/api.example", Err(Problem::NotAnAddress)),
        ("api", Err(Problem::NotAnAddress)),
        ("", Err(Problem::NotAnAddress)),
        ("https:api.example", Err(Problem::NotAnAddress)),
        ("https://", Err(Problem::NotAnAddress)),
        ("https://user:pw@api.example/", Err(Problem::NotAnAddress)),
        ("https://api.example/?x", Err(Problem::NotAnAddress)),
        ("https://api.example/#x", Err(Problem::NotAnAddress)),
        ("ftp://api.example/", Err(Problem::NotAnAddress)),
        ("javascript:alert(1)", Err(Problem::NotAnAddress)),
    ] {
        let found = read(&json!({"apiBase": base}));
        let found = found.map(|settings| settings.api_base).map_err(|error| error.problem);
        assert_eq!(found, expected.map(str::to_owned), "{base}");
    }
    // A portal without https at home may name itself.
    let home = read_at("http://portal.lan/", &json!({"apiBase": "http://portal.lan/api"})).unwrap();
    assert_eq!(home.api_base, "/api");
}

// An origin that no address can have would never match, and the frame stays shut without a word.
#[test]
fn frame_origins_are_origins() {
    for origin in [
        "apps.example",
        "//apps.example",
        "https://*.example",
        "*",
        "https://apps.example/x",
        "https://apps.example/?x",
        "https://u@apps.example",
        "https:apps.example",
        "data:",
        "'self'",
        "",
        "https://",
        "ftp://x.example",
        "https://apps.example https://evil.example",
        "https://apps.example;script-src",
    ] {
        let error = read(&json!({"frameOrigins": [origin]})).unwrap_err();
        assert_eq!(
            (error.key.as_str(), error.problem),
            ("frameOrigins[0]", Problem::NotAnOrigin),
            "{origin}"
        );
    }
}

// hostile.md 3, 4: no setting opens the door to scripts.
#[test]
fn schemes_that_cannot_be_allowed() {
    let never = [
        "javascript",
        "JavaScript:",
        "vbscript",
        "data",
        "blob",
        "filesystem",
        "about",
        "file",
        "view-source",
    ];
    for scheme in never.into_iter().chain(["https", "http"]) {
        let error = read(&json!({"launchSchemes": [scheme]})).unwrap_err();
        assert_eq!(error.problem, Problem::ForbiddenScheme, "{scheme}");
    }
    for scheme in ["", ":", "1x", "a b", "a/b", "https://x", "javascript ", "java\tscript", "风"] {
        let error = read(&json!({"launchSchemes": [scheme]})).unwrap_err();
        assert_eq!(error.problem, Problem::NotAScheme, "{scheme}");
    }
}

// contract.md §1, "Meant for a browser?": the names are those of the endpoints.
#[test]
fn the_operations_for_servers_are_those_of_the_api() {
    let mut named: Vec<&str> = portal_api::ENDPOINTS
        .iter()
        .filter(|spec| spec.audience == portal_api::Audience::Server)
        .map(|spec| spec.operation)
        .collect();
    named.sort_unstable();
    assert_eq!(named, SERVER_OPERATIONS);
}

#[test]
fn an_operation_for_servers_is_called_only_where_the_file_names_it() {
    let settings = read(&json!({"serverOperations": ["Sync Asset"]})).unwrap();
    assert!(settings.lets_call("Sync Asset"));
    assert!(!settings.lets_call("Update Message"));
    assert!(!Settings::default().lets_call("Sync Asset"));
}
