//! Calls of what the portal itself uses, for the walk over all operations.

use portal_api::application::{GetAppMenuAndPermission, GetUserApplications};
use portal_api::authentication::{
    GetTokenInformation, LogIn, LogInViaCode, LogOut, RefreshAccessToken, RevokeRefreshToken,
};
use portal_api::organization::{ChooseOrganization, GetOrganizationList, GetUserDomain, GetUserInformation};
use portal_api::verification::{SendVerificationCode, VerifyCode};
use portal_api::{
    ApplicationId, AuthorizationCode, OrganizationId, Password, RefreshToken, VerificationCode,
};
use portal_demo::{VERIFICATION_CODE, authorization_code};

use crate::support::{Host, START, code};
use crate::walk::{Made, Walk};

pub(crate) fn visit(walk: &mut Walk) {
    authentication(walk);
    second_step(walk);
    walk.visit(
        |host| choose(host, "o-north-sea"),
        &[
            (31404, |host| choose(host, "o-nowhere")),
            (31403, |host| {
                let token = host.log_in("restless", "portal").unwrap().token;
                (Some(token), ChooseOrganization { organization: OrganizationId::parse("o-closed").unwrap() })
            }),
        ],
    );
    walk.visit(|host| (Some(host.log_in("morgan", "portal").unwrap().token), GetOrganizationList), &[]);
    walk.visit(|host| (morgan(host), GetUserInformation), &[]);
    walk.visit(
        |_| domain("morgan.keller@north-sea.example"),
        &[(31404, |_| domain("nobody@nowhere.example"))],
    );
    walk.visit(
        |host| (morgan(host), GetUserApplications),
        &[(31429, |host| (Some(host.token("restless", "o-busy")), GetUserApplications))],
    );
    walk.visit(
        |host| menus(host, "turbine-monitor"),
        &[(31403, |host| menus(host, "no-rights")), (31404, |host| menus(host, "not-acquired"))],
    );
}

fn authentication(walk: &mut Walk) {
    walk.visit(
        |_| log_in("morgan", "portal"),
        &[(31400, |_| log_in("morgan", "wrong")), (31429, |_| log_in("locked", "portal"))],
    );
    walk.visit(
        |_| via_code(&authorization_code("morgan", START, "n")),
        &[
            (31400, |_| via_code("nonsense")),
            (31429, |_| via_code(&authorization_code("locked", START, "n"))),
        ],
    );
    walk.visit(|host| (morgan(host), GetTokenInformation), &[]);
    walk.visit(|host| (morgan(host), LogOut), &[]);
    walk.visit(
        |host| {
            let refresh_token = host.enter("morgan", "o-north-sea").tokens.refresh.unwrap();
            (None, RefreshAccessToken { refresh_token })
        },
        &[(31401, |_| {
            (None, RefreshAccessToken { refresh_token: RefreshToken::parse("nonsense").unwrap() })
        })],
    );
    walk.visit(
        |host| {
            let tokens = host.enter("morgan", "o-north-sea").tokens;
            (tokens.access, RevokeRefreshToken { refresh_token: tokens.refresh.unwrap() })
        },
        &[],
    );
}

fn second_step(walk: &mut Walk) {
    walk.visit(
        |host| (Some(host.waiting()), SendVerificationCode { locale: None }),
        &[(31429, |host| {
            let token = host.waiting();
            (0..5).for_each(|_| host.send_code(&token).unwrap());
            (Some(token), SendVerificationCode { locale: None })
        })],
    );
    walk.visit(
        |host| {
            let token = host.waiting();
            host.send_code(&token).unwrap();
            (Some(token), verify(VERIFICATION_CODE))
        },
        &[
            (31410, |host| (Some(host.waiting()), verify("000000"))),
            (31430, |host| (Some(host.waiting()), verify("111111"))),
            (31429, |host| {
                let token = host.waiting();
                (0..5).for_each(|_| assert!(code(host.verify(&token, "111111")).is_some()));
                (Some(token), verify(VERIFICATION_CODE))
            }),
        ],
    );
}

fn morgan(host: &Host) -> Option<portal_api::AccessToken> {
    Some(host.token("morgan", "o-north-sea"))
}

fn log_in(account: &str, password: &str) -> Made<LogIn> {
    (None, LogIn { account: account.to_owned(), password: Password::new(password) })
}

fn via_code(code: &str) -> Made<LogInViaCode> {
    (None, LogInViaCode { code: AuthorizationCode::parse(code).unwrap(), channel: Some("Web".to_owned()) })
}

fn verify(code: &str) -> VerifyCode {
    VerifyCode { code: VerificationCode::parse(code).unwrap() }
}

fn choose(host: &Host, id: &str) -> Made<ChooseOrganization> {
    let token = host.log_in("morgan", "portal").unwrap().token;
    (Some(token), ChooseOrganization { organization: OrganizationId::parse(id).unwrap() })
}

fn domain(email: &str) -> Made<GetUserDomain> {
    (None, GetUserDomain { email: email.to_owned() })
}

fn menus(host: &Host, id: &str) -> Made<GetAppMenuAndPermission> {
    (morgan(host), GetAppMenuAndPermission { application: ApplicationId::parse(id).unwrap() })
}
