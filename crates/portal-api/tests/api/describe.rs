//! The descriptions of the operations say what the endpoints do.

use std::collections::BTreeSet;

use portal_api::describe::{self, Description, Kind, Parameter, Place, Unfit};
use portal_api::json;
use portal_api::message::{
    CreateMessage, GetMessageColors, GetMessageRingtones, GetUnresolvedMessages, MessageKind, MessageUpdate,
    NewMessage, UpdateMessage,
};
use portal_api::*;
use proptest::prelude::*;

use portal_api::application::{GetAppMenuAndPermission, GetUserApplications};
use portal_api::asset::{
    AuthorizeAsset, CheckAssetPermission, GetAssetStructure, GetAssetsByApplication, GetAssetsByOrganization,
    GetUsersWithAssetAccess, SyncAsset,
};
use portal_api::authentication::{
    GetTokenInformation, LogIn, LogInViaCode, LogOut, RefreshAccessToken, RevokeRefreshToken,
};
use portal_api::organization::{ChooseOrganization, GetOrganizationList, GetUserDomain, GetUserInformation};
use portal_api::password::ConfirmPassword;
use portal_api::people::{GetAppUserList, GetManageableUserList, GetOrganizationUserList};
use portal_api::role::{GetOrganizationLanguageList, GetOrganizationRoles, GetUserPermissions, GetUserRoles};
use portal_api::structure::{GetStructureByUser, GetUserStructures};
use portal_api::verification::{SendVerificationCode, VerifyCode};

/// Calls with everything that they can carry.
fn full() -> Vec<(&'static str, Parts)> {
    fn put<E: Endpoint>(endpoint: &E) -> (&'static str, Parts) {
        let mut parts = Parts::default();
        endpoint.write(&mut parts);
        (E::SPEC.operation, parts)
    }
    let organization = || OrganizationId::parse("o").unwrap();
    let application = || ApplicationId::parse("a").unwrap();
    let user = || UserId::parse("u").unwrap();
    let asset = || AssetId::parse("x").unwrap();
    let locale = || Locale::parse("en-US");
    let refresh_token = || RefreshToken::parse("r").unwrap();
    let (page, kinds) = (Page::FIRST, || vec!["k".to_owned()]);
    vec![
        put(&LogIn { account: "a".to_owned(), password: Password::new("p") }),
        put(&LogInViaCode { code: AuthorizationCode::parse("c").unwrap(), channel: Some("Web".to_owned()) }),
        put(&GetTokenInformation),
        put(&LogOut),
        put(&RefreshAccessToken { refresh_token: refresh_token() }),
        put(&RevokeRefreshToken { refresh_token: refresh_token() }),
        put(&ChooseOrganization { organization: organization() }),
        put(&GetManageableUserList { page }),
        put(&GetOrganizationList),
        put(&GetOrganizationUserList { organization: organization(), page }),
        put(&GetAppUserList { page }),
        put(&GetUserInformation),
        put(&GetUserDomain { email: "e".to_owned() }),
        put(&GetUserStructures),
        put(&AuthorizeAsset { user: user(), organization: organization(), assets: vec![asset()] }),
        put(&CheckAssetPermission { assets: vec![asset()] }),
        put(&GetAssetsByApplication { application: application(), kinds: kinds() }),
        put(&GetAssetsByOrganization { user: user(), organization: organization(), kinds: kinds(), page }),
        put(&GetAssetStructure { asset: asset() }),
        put(&SyncAsset { organization: organization() }),
        put(&GetUsersWithAssetAccess { asset: asset(), organization: organization() }),
        put(&CreateMessage { messages: vec![message()] }),
        put(&GetAppMenuAndPermission { application: application() }),
        put(&GetMessageColors),
        put(&GetMessageRingtones),
        put(&GetUserApplications),
        put(&UpdateMessage {
            messages: vec![MessageUpdate {
                id: MessageId::parse("m").unwrap(),
                application: application(),
                processed: true,
            }],
        }),
        put(&GetUnresolvedMessages { application: application(), organization: organization(), page }),
        put(&ConfirmPassword { password: Password::new("p") }),
        put(&SendVerificationCode { locale: locale() }),
        put(&VerifyCode { code: VerificationCode::parse("1").unwrap() }),
        put(&GetOrganizationLanguageList { organization: organization() }),
        put(&GetOrganizationRoles { organization: organization(), locale: locale() }),
        put(&GetUserRoles { user: user(), organization: organization(), locale: locale() }),
        put(&GetUserPermissions { user: user(), organization: organization(), locale: locale() }),
        put(&GetStructureByUser {
            application: application(),
            organization: organization(),
            locale: locale(),
        }),
    ]
}

fn message() -> NewMessage {
    NewMessage {
        id: MessageId::parse("m").unwrap(),
        kind: MessageKind::Common,
        organization: OrganizationId::parse("o").unwrap(),
        application: ApplicationId::parse("a").unwrap(),
        body: Localized::plain("b"),
        color: None,
        ring: None,
        tags: Vec::new(),
        produced: "2026-11-22 00:00:00".to_owned(),
        zone: "+00:00".to_owned(),
        resolved: false,
        linked_application: None,
        linked_menu: None,
        linked_state: None,
        feature: Localized::default(),
        asset: None,
        authorization_unit: AssetId::parse("x").unwrap(),
        callback: None,
        action: Localized::default(),
    }
}

fn described(operation: &str) -> &'static Description {
    describe::all().find(|known| known.spec.operation == operation).unwrap_or_else(|| panic!("{operation}"))
}

/// Places and names of everything in a call.
fn put_names(parts: &Parts) -> BTreeSet<(String, String)> {
    let pairs = |place: &str, pairs: &[(String, String)]| {
        pairs.iter().map(|(name, _)| (place.to_owned(), name.clone())).collect::<Vec<_>>()
    };
    let body = parts.body.iter().flat_map(Body::iter).map(|(name, _)| ("Body".to_owned(), name.to_owned()));
    pairs("Query", &parts.query).into_iter().chain(pairs("Header", &parts.headers)).chain(body).collect()
}

fn names(description: &Description) -> BTreeSet<(String, String)> {
    description.parameters.iter().map(|it| (format!("{:?}", it.place), it.name.to_owned())).collect()
}

fn built(description: &Description, wanted: impl Fn(&Parameter) -> bool) -> Parts {
    let mut parts = Parts::default();
    for parameter in description.parameters.iter().filter(|parameter| wanted(parameter)) {
        parameter.put(&mut parts, parameter.example).unwrap();
    }
    parts
}

#[test]
fn every_operation_is_described_once() {
    let described: Vec<Spec> = describe::all().map(|description| description.spec).collect();
    assert_eq!(described.len(), ENDPOINTS.len());
    for spec in ENDPOINTS {
        assert!(described.contains(spec), "{}", spec.operation);
    }
    let slugs: BTreeSet<String> = describe::all().map(Description::slug).collect();
    assert_eq!(slugs.len(), ENDPOINTS.len());
    for slug in slugs {
        assert!(slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{slug}");
    }
}

// What an endpoint writes is what its description says, neither more nor less, and of the kind that it says.
#[test]
fn what_is_written_is_described() {
    let full = full();
    assert_eq!(full.len(), ENDPOINTS.len());
    for (operation, parts) in full {
        let description = described(operation);
        assert_eq!(put_names(&parts), names(description), "{operation}");
        for parameter in description.parameters.iter().filter(|it| it.place == Place::Body) {
            let value = parts.body_value(parameter.name).unwrap();
            let fits = match parameter.kind {
                Kind::Text | Kind::Choice(_) => json::string(value).is_some(),
                Kind::Number => json::value::<i64>(value).is_some(),
                Kind::Flag => json::value::<bool>(value).is_some(),
                Kind::Texts => json::entries(value)
                    .is_some_and(|list| list.into_iter().all(|it| json::string(it).is_some())),
                Kind::Json => json::is_object(value) || json::entries(value).is_some(),
            };
            assert!(fits, "{operation}: {}", parameter.name);
        }
    }
}

// A call with the examples of what is mandatory is one that the service takes, and so is one with all examples.
#[test]
fn mandatory_parameters_are_enough() {
    for description in describe::all() {
        let operation = description.spec.operation;
        let needed = built(description, |parameter| parameter.required);
        assert_eq!((description.check)(&needed), Ok(()), "{operation}");
        assert_eq!((description.check)(&built(description, |_| true)), Ok(()), "{operation}");
        for parameter in description.parameters {
            assert!(parameter.words.ends_with('.'), "{operation}: {}", parameter.name);
            if let Kind::Choice(choices) = parameter.kind {
                assert!(choices.contains(&parameter.example), "{operation}: {}", parameter.name);
            }
        }
    }
}

#[test]
fn a_mandatory_parameter_that_is_missing_is_refused() {
    for description in describe::all() {
        for left_out in description.parameters.iter().filter(|parameter| parameter.required) {
            let parts = built(description, |parameter| parameter != left_out);
            let refused = (description.check)(&parts);
            assert_eq!(
                refused,
                Err(MissingParameter { name: left_out.name }),
                "{}: {}",
                description.spec.operation,
                left_out.name
            );
        }
    }
}

// docs/operations.md marks with a star what only the reference service answers.
#[test]
fn codes_are_those_of_the_table() {
    let table = include_str!("../../../../docs/operations.md");
    let rows = table.lines().filter(|line| line.starts_with("| ") && line.contains("::"));
    let mut seen = 0;
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let documented: Vec<u16> = cells[5].split_whitespace().filter_map(|code| code.parse().ok()).collect();
        assert_eq!(described(cells[0]).codes, documented, "{}", cells[0]);
        seen += 1;
    }
    assert_eq!(seen, ENDPOINTS.len());
}

// hostile.md 28, 29: passwords, tokens and codes are nothing to show.
#[test]
fn what_is_secret_is_marked() {
    for description in describe::all() {
        for parameter in description.parameters {
            let secret = ["password", "refreshToken", "code"].contains(&parameter.name);
            assert_eq!(parameter.secret, secret, "{}: {}", description.spec.operation, parameter.name);
            // The console takes secrets out of the query and of the top of the body.
            assert!(!secret || parameter.kind == Kind::Text && parameter.place != Place::Header);
        }
    }
}

#[test]
fn what_is_no_value_is_refused() {
    let of = |kind, place| Parameter { kind, place, ..described("Get User Domain").parameters[0] };
    for (kind, place, text, expected) in [
        (Kind::Number, Place::Body, "1e3", Ok(Some("1e3"))),
        (Kind::Number, Place::Body, "one", Err(Unfit::NoNumber)),
        (Kind::Number, Place::Body, "\"1\"", Err(Unfit::NoNumber)),
        (Kind::Flag, Place::Body, "true", Ok(Some("true"))),
        (Kind::Flag, Place::Body, "1", Err(Unfit::NoFlag)),
        (Kind::Json, Place::Body, "{\"a\":[1,2]}", Ok(Some("{\"a\":[1,2]}"))),
        (Kind::Json, Place::Body, "{a:1}", Err(Unfit::NoJson)),
        (Kind::Texts, Place::Body, " a \n\n b,c ", Ok(Some("[\"a\",\"b,c\"]"))),
        (Kind::Text, Place::Body, "  ", Ok(None)),
        (Kind::Text, Place::Header, "en_US", Ok(Some("\"en_US\""))),
        (Kind::Text, Place::Header, "中文", Err(Unfit::NoHeader)),
    ] {
        let found = of(kind, place).value(text).map(|value| value.map(|value| value.get().to_owned()));
        assert_eq!(found, expected.map(|text| text.map(str::to_owned)), "{text}");
    }
}

proptest! {
    // Whatever is typed: it goes into a call as it is, or is refused.
    #[test]
    fn typed_texts_go_out_as_they_are(text in any::<String>()) {
        for parameter in describe::all().flat_map(|description| description.parameters) {
            let mut parts = Parts::default();
            let outcome = parameter.put(&mut parts, &text);
            let put = put_names(&parts).len();
            prop_assert!(put <= 1);
            if outcome.is_err() {
                prop_assert_eq!(put, 0);
            }
            if parameter.kind == Kind::Text && parameter.place == Place::Query && put == 1 {
                let expected = if parameter.secret { text.as_str() } else { text.trim() };
                prop_assert_eq!(parts.query_text(parameter.name), Ok(expected));
            }
            if let Some(body) = &parts.body {
                prop_assert!(Body::parse(&body.to_text()).is_ok());
            }
        }
    }
}
