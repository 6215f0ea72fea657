//! Signing in, staying in and leaving (contract.md 1.1 to 1.6).

use portal_api::MissingParameter;
use portal_api::authentication::{
    GetTokenInformation, LogIn, LogInViaCode, LogOut, RefreshAccessToken, RevokeRefreshToken,
};
use serde_json::{Value, json};

use crate::catalogue::{Organization, User, UserSentinel};
use crate::dispatch::{Call, Served};
use crate::reply::{self, Answer, Fault, INVALID, TOO_MANY, UNAUTHENTICATED};
use crate::sign_on;
use crate::state::State;
use crate::token::{self, Names, REFRESH_LIFETIME_SECONDS, Refresh};

/// The access tokens of accounts that show expiry live this long.
const SHORT_LIFETIME_SECONDS: i64 = 5;
/// This many refreshes fail before one works, with the account `refresh500`.
const FAILING_REFRESHES: i64 = 3;
/// One text for an unknown account, a wrong password and an empty box: it must not say which (experience.md L4).
const WRONG: &str = "The user name or password is wrong";

impl Served for LogIn {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let user = call.catalogue.user_by_account(&self.account);
        call.user = user;
        if let Some(answer) = user.and_then(|user| shown_at_log_in(user.sentinel)) {
            return answer;
        }
        let account = State::account_key(&self.account);
        let now = call.now();
        locked(call.state, &account, now)?;
        let Some(user) = user.filter(|user| user.password == self.password.reveal()) else {
            call.state.count_try(&account, now);
            locked(call.state, &account, now)?;
            return Err(Fault::new(INVALID, WRONG));
        };
        call.state.clear_tries(&account);
        Ok(Answer::Data(json!({
            "accessToken": first_token(call, user),
            "organizations": organizations_of(call, user),
            "user": { "id": user.id, "name": user.name, "email": user.email },
            "mfaType": user.second_factor().unwrap_or("NONE"),
        })))
    }

    fn missing(_: MissingParameter) -> String {
        WRONG.to_owned()
    }
}

impl Served for LogInViaCode {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        // One text for a code of another form, of nobody, ended and used: it must not say which.
        let invalid = || Fault::new(INVALID, "The authorization code is invalid");
        let given = sign_on::read(self.code.reveal()).ok_or_else(invalid)?;
        let user = call.catalogue.user_by_account(given.account).ok_or_else(invalid)?;
        call.user = Some(user);
        if let Some(answer) = shown_at_log_in(user.sentinel) {
            return answer;
        }
        let now = call.now();
        locked(call.state, &State::account_key(&user.account), now)?;
        if !given.is_good(now) || !call.state.spend(self.code.reveal(), given.ends(), now) {
            return Err(invalid());
        }
        let text = first_token(call, user);
        // The provider has seen to a second factor; the reply has no place for one (contract.md 1.2).
        if let Some(token) = token::read_access(&text).filter(|_| user.second_factor().is_some()) {
            call.state.verify(token.mark, token.expires, now);
        }
        // As the sample of 3.0.0 has it, the token can be missing.
        let text = Some(text).filter(|_| user.sentinel != UserSentinel::NoToken);
        let mut data = json!({
            "organizations": organizations_of(call, user),
            "user": { "id": user.id, "name": user.name },
        });
        if let (Value::Object(members), Some(text)) = (&mut data, text) {
            members.insert("accessToken".to_owned(), text.into());
        }
        Ok(Answer::Data(data))
    }
}

/// The token that signing in gives: without an organization.
fn first_token(call: &mut Call<'_>, user: &User) -> String {
    let expires = call.now().saturating_add_unsigned(call.options.access_lifetime_seconds);
    let variety = call.state.variety(call.options.seed, call.now_ms);
    token::write_access(token::user_mark(&user.id), 0, expires, variety)
}

fn organizations_of(call: &Call<'_>, user: &User) -> Vec<Value> {
    call.catalogue.organizations_of(user).map(short).collect()
}

/// Accounts that show a failure of signing in itself, whatever the password or code.
fn shown_at_log_in(sentinel: UserSentinel) -> Option<Result<Answer, Fault>> {
    match sentinel {
        UserSentinel::Locked => {
            Some(Err(Fault::new(TOO_MANY, "The account is locked. Try again in 600 seconds.")))
        }
        UserSentinel::LogIn500 => Some(Err(Fault::Status { status: 500, message: "Internal server error" })),
        UserSentinel::Gateway => Some(Err(reply::BAD_GATEWAY)),
        UserSentinel::Html => {
            Some(Ok(Answer::Verbatim { content_type: reply::HTML, body: reply::PROXY_PAGE.to_owned() }))
        }
        _ => None,
    }
}

pub(super) fn locked(state: &State, account: &str, now: i64) -> Result<(), Fault> {
    let Some(seconds) = state.locked_for(account, now) else { return Ok(()) };
    Err(Fault::new(TOO_MANY, format!("Too many wrong passwords. Try again in {seconds} seconds.")))
}

/// An organization as lists name it.
pub(super) fn short(organization: &Organization) -> Value {
    json!({ "id": organization.id, "name": organization.name })
}

impl Served for GetTokenInformation {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let user = call.caller()?.user;
        let organization = call.organization()?;
        Ok(Answer::Data(json!({
            "userId": user.id,
            "userName": user.name,
            "currentOrgId": organization.id,
            "currentOrgName": organization.name,
        })))
    }
}

impl Served for LogOut {
    const BEFORE_SECOND_STEP: bool = true;

    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let token = call.caller()?.token;
        let now = call.now();
        call.state.sign_out(token.mark, token.expires, now);
        Ok(Answer::Data(Value::Bool(true)))
    }
}

impl Served for RefreshAccessToken {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let refused = || Fault::new(UNAUTHENTICATED, "Please login first");
        let spent = token::read_refresh(self.refresh_token.reveal()).ok_or_else(refused)?;
        let user = call.catalogue.user_by_id(&spent.user).ok_or_else(refused)?;
        call.user = Some(user);
        let organization = call.catalogue.organization_of(user, &spent.organization).ok_or_else(refused)?;
        if spent.expires <= call.now() || call.state.is_revoked(&user.id, spent.issued) {
            return Err(refused());
        }
        match user.sentinel {
            UserSentinel::Refused => return Err(refused()),
            UserSentinel::Rotating => {
                let now = call.now();
                if !call.state.spend(self.refresh_token.reveal(), spent.expires, now) {
                    // Somebody has a copy: whoever it is, the next one signs in again.
                    call.state.revoke(&user.id, now);
                    return Err(refused());
                }
            }
            UserSentinel::Refresh500 => {
                let before = call.state.count_refresh(&user.id);
                if before.rem_euclid(FAILING_REFRESHES + 1) < FAILING_REFRESHES {
                    return Err(Fault::Status { status: 500, message: "Internal server error" });
                }
            }
            _ => {}
        }
        // This operation names the organization in another way than Choose Organization (contract.md 1.5).
        let mut data = tokens(call, user, organization);
        data.insert("workingOrganizationId".to_owned(), organization.id.as_str().into());
        data.insert("workingOrganizationName".to_owned(), organization.name.as_str().into());
        Ok(Answer::Data(Value::Object(data)))
    }

    fn missing(_: MissingParameter) -> String {
        "Refresh Token is required".to_owned()
    }
}

/// The members that Choose Organization and Refresh Access Token share: the user, and new tokens.
pub(super) fn tokens(
    call: &mut Call<'_>,
    user: &User,
    organization: &Organization,
) -> serde_json::Map<String, Value> {
    let now = call.now();
    let lifetime = match user.sentinel {
        UserSentinel::Expired | UserSentinel::Rotating | UserSentinel::Refused | UserSentinel::Refresh500 => {
            SHORT_LIFETIME_SECONDS
        }
        _ => i64::try_from(call.options.access_lifetime_seconds).unwrap_or(i64::MAX),
    };
    let issued = call.state.issue_time(&user.id, now);
    let refresh = Refresh {
        user: user.id.clone(),
        organization: organization.id.clone(),
        issued,
        expires: issued.saturating_add(REFRESH_LIFETIME_SECONDS),
    };
    let names = Names { user: &user.name, organization: &organization.name, admin: user.admin };
    let variety = call.state.variety(call.options.seed, call.now_ms);
    let marks = (token::user_mark(&user.id), token::organization_mark(&organization.id));
    let mut data = serde_json::Map::new();
    let mut put = |key: &str, value: Value| data.insert(key.to_owned(), value);
    put("userId", user.id.as_str().into());
    put("userName", user.name.as_str().into());
    put("accessToken", token::write_access(marks.0, marks.1, now.saturating_add(lifetime), variety).into());
    put("refreshToken", token::write_refresh(&refresh, &names, variety).into());
    put("refreshTokenExpire", refresh.expires.saturating_mul(1000).into());
    data
}

impl Served for RevokeRefreshToken {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let user = call.caller()?.user;
        let revoked = token::read_refresh(self.refresh_token.reveal());
        if revoked.is_none_or(|refresh| refresh.user != user.id) {
            return Err(Fault::new(INVALID, "The refresh token is not one of this user"));
        }
        let now = call.now();
        call.state.revoke(&user.id, now);
        Ok(Answer::Data(Value::Null))
    }

    fn missing(_: MissingParameter) -> String {
        "Lack of necessary parameters".to_owned()
    }
}
