//! contract.md 2.1, 2.2 and §6, 3, 10, 15: roles, permissions, languages, confirming a password.

use portal_api::password::ConfirmPassword;
use portal_api::role::{GetOrganizationLanguageList, GetOrganizationRoles, GetUserPermissions, GetUserRoles};
use portal_api::verification::Outcome;
use portal_api::{Code, Endpoint, Locale, OrganizationId, Parts, UserId};

use crate::common::{data, read_body};

#[test]
fn roles_of_an_organization_and_of_a_user() {
    let body =
        r#"{"roles":[{"id":"r1","name":"Viewer"},{"id":7,"name":{"en_US":"Operator"}},{"name":"no id"}]}"#;
    for reply in [data::<GetOrganizationRoles>(body), data::<GetUserRoles>(body)] {
        assert_eq!((reply.entries.len(), reply.dropped), (2, 1));
        let names: Vec<_> = reply.entries.iter().filter_map(|role| role.name.texts().next()).collect();
        assert_eq!((names, reply.entries[1].id.as_str()), (vec!["Viewer", "Operator"], "7"));
    }
    for none in ["null", "{}", "[]", "true", r#"{"roles":null}"#] {
        assert_eq!(data::<GetUserRoles>(none).entries, [], "{none}");
    }
}

#[test]
fn languages_in_both_forms() {
    // contract.md 0.6: `en-US` here, `en_US` elsewhere.
    let reply = data::<GetOrganizationLanguageList>(r#"{"languages":["en-US","zh_CN","",null,"a b"]}"#);
    let tags: Vec<_> = reply.entries.iter().map(Locale::as_str).collect();
    assert_eq!((tags, reply.dropped), (vec!["en-US", "zh-CN"], 3));
}

#[test]
fn a_locale_in_header_or_query() {
    // contract.md 2.2: a header in 2.2, the query from 2.4; the client sends both where versions differ.
    let call = GetUserRoles {
        user: UserId::parse("u").unwrap(),
        organization: OrganizationId::parse("o").unwrap(),
        locale: Locale::parse("zh-CN"),
    };
    let mut parts = Parts::default();
    call.write(&mut parts);
    assert_eq!((parts.header("locale"), parts.optional_query_text("locale")), (Some("zh_CN"), Some("zh_CN")));
    parts.headers.clear();
    assert_eq!(GetUserRoles::read(&parts), Ok(call.clone()));
    parts.query.retain(|(key, _)| key != "locale");
    parts.put_header("Locale", "zh-cn");
    assert_eq!(GetUserRoles::read(&parts), Ok(call));
}

#[test]
fn permissions_as_far_as_they_can_be_guessed() {
    // contract.md 2.2: no reply is documented.
    let reply = data::<GetUserPermissions>(
        r#"{"permissions":[{"id":"p","code":"view","name":"View"},{"identifier":"i"}]}"#,
    );
    assert_eq!((reply.entries.len(), reply.entries[1].id.as_str()), (2, "i"));
    assert_eq!(data::<GetUserPermissions>(r#"{"other":1}"#).entries, []);
}

#[test]
fn a_password_is_right_or_not() {
    for yes in ["true", r#"{"success":true}"#, "1", "null", "\"\""] {
        assert_eq!(data::<ConfirmPassword>(yes), Outcome::Done, "{yes}");
    }
    for no in ["false", r#"{"success":"0"}"#, "0"] {
        assert_eq!(data::<ConfirmPassword>(no), Outcome::NotDone, "{no}");
    }
    for (number, code) in
        [(31400, Code::Invalid), (31401, Code::Unauthenticated), (31429, Code::TooManyAttempts)]
    {
        let error = read_body::<ConfirmPassword>(format!(r#"{{"code":{number}}}"#)).unwrap_err();
        assert_eq!((error.code(), error.ends_session()), (Some(code), number == 31401));
    }
}
