//! Calls about roles, languages and passwords, for the walk over all operations; and what they give.

use portal_api::password::ConfirmPassword;
use portal_api::role::{
    GetOrganizationLanguageList, GetOrganizationRoles, GetUserPermissions, GetUserRoles, Role,
};
use portal_api::verification::Outcome;
use portal_api::{AccessToken, Code, Listed, Locale, OrganizationId, Password, UserId};

use crate::support::{Host, code};
use crate::walk::{Made, Walk, send};

pub(crate) fn visit(walk: &mut Walk) {
    walk.visit(
        |host| (morgan(host), confirm("portal")),
        &[(31429, |host| {
            let token = morgan(host);
            for _ in 0..4 {
                assert_eq!(send(host, &(token.clone(), confirm("wrong"))), Ok(Outcome::NotDone));
            }
            (token, confirm("wrong"))
        })],
    );
    walk.visit(|_| languages("o-north-sea"), &[]);
    walk.visit(|_| roles("o-north-sea", None), &[(31404, |_| roles("o-nowhere", None))]);
    walk.visit(
        |_| user_roles("u-morgan", "o-north-sea", None),
        &[(31404, |_| user_roles("u-solo", "o-north-sea", None))],
    );
    walk.visit(
        |_| permissions("u-morgan", "o-north-sea"),
        &[(31404, |_| permissions("u-nobody", "o-north-sea"))],
    );
}

fn morgan(host: &Host) -> Option<AccessToken> {
    Some(host.token("morgan", "o-north-sea"))
}

fn confirm(password: &str) -> ConfirmPassword {
    ConfirmPassword { password: Password::new(password) }
}

fn organization(id: &str) -> OrganizationId {
    OrganizationId::parse(id).unwrap()
}

fn languages(id: &str) -> Made<GetOrganizationLanguageList> {
    (None, GetOrganizationLanguageList { organization: organization(id) })
}

fn roles(id: &str, locale: Option<&str>) -> Made<GetOrganizationRoles> {
    (None, GetOrganizationRoles { organization: organization(id), locale: locale.and_then(Locale::parse) })
}

fn user_roles(user: &str, id: &str, locale: Option<&str>) -> Made<GetUserRoles> {
    let (user, organization) = (UserId::parse(user).unwrap(), organization(id));
    (None, GetUserRoles { user, organization, locale: locale.and_then(Locale::parse) })
}

fn permissions(user: &str, id: &str) -> Made<GetUserPermissions> {
    let (user, organization) = (UserId::parse(user).unwrap(), organization(id));
    (None, GetUserPermissions { user, organization, locale: None })
}

fn names(roles: &Listed<Role>) -> Vec<&str> {
    roles.entries.iter().filter_map(|role| role.name.fallback.as_deref()).collect()
}

// contract.md 2.2: names in the language asked for, else in that of the organization.
#[test]
fn roles_and_languages() {
    let host = Host::new();
    assert_eq!(
        names(&send(&host, &roles("o-north-sea", None)).unwrap()),
        ["Administrator", "Operator", "Viewer"]
    );
    assert_eq!(
        names(&send(&host, &user_roles("u-morgan", "o-north-sea", None)).unwrap()),
        ["Operator", "Viewer"]
    );
    assert_eq!(names(&send(&host, &user_roles("u-admin", "o-north-sea", None)).unwrap()), ["Administrator"]);
    assert_eq!(names(&send(&host, &user_roles("u-solo", "o-helios", Some("zh-CN"))).unwrap()), ["访客"]);
    assert_eq!(names(&send(&host, &user_roles("u-crowd-00001", "o-atlas", None)).unwrap()), ["Viewer"]);
    assert_eq!(names(&send(&host, &roles("o-harbor", None)).unwrap())[0], "管理员");
    let tags = |id| {
        let reply = send(&host, &languages(id)).unwrap();
        reply.entries.iter().map(|locale| locale.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        (tags("o-north-sea"), tags("o-harbor")),
        (vec!["en-US".to_owned(), "zh-CN".to_owned()], vec!["zh-CN".to_owned(), "en-US".to_owned()])
    );
    assert_eq!(code(send(&host, &languages("o-nowhere"))), Some(Code::Invalid));
    let held = |user| {
        let reply = send(&host, &permissions(user, "o-north-sea")).unwrap();
        reply.entries.into_iter().map(|permission| permission.id).collect::<Vec<_>>()
    };
    assert_eq!(
        (held("u-morgan").len(), held("u-admin").len(), held("u-expired")),
        (2, 3, vec!["view".to_owned()])
    );
}

// Whoever found a screen unlocked cannot lock the person out of signing in, and a right password starts anew.
#[test]
fn wrong_confirmations_lock_confirming_only() {
    let host = Host::new();
    let token = morgan(&host);
    let attempt = |password| send(&host, &(token.clone(), confirm(password)));
    for _ in 0..4 {
        assert_eq!(attempt("wrong"), Ok(Outcome::NotDone));
    }
    assert_eq!(attempt("portal"), Ok(Outcome::Done));
    for _ in 0..4 {
        assert_eq!(attempt("wrong"), Ok(Outcome::NotDone));
    }
    assert_eq!(attempt("wrong").unwrap_err().code(), Some(Code::TooManyAttempts));
    assert_eq!(attempt("portal").unwrap_err().code(), Some(Code::TooManyAttempts));
    assert!(host.log_in("morgan", "portal").is_ok());
    assert_eq!(send(&host, &(morgan(&host), confirm("portal"))), Ok(Outcome::Done));
    host.wait(60);
    assert_eq!(send(&host, &(token, confirm("portal"))), Ok(Outcome::Done));
}
