//! Replies without a service.

use portal_api::application::{AppResources, GetAppMenuAndPermission, GetUserApplications};
use portal_api::asset::GetAssetsByApplication;
use portal_api::authentication::{
    GetTokenInformation, LogIn, LogInViaCode, LogOut, RefreshAccessToken, RevokeRefreshToken,
};
use portal_api::json::{Json, parse};
use portal_api::organization::{ChooseOrganization, GetOrganizationList, GetUserDomain, GetUserInformation};
use portal_api::verification::{SendVerificationCode, VerifyCode};
use portal_api::{Application, Endpoint, Error, Listed, Response, open};

/// A reply with a body and no headers.
pub(crate) fn response(status: u16, body: impl AsRef<[u8]>) -> Response {
    Response { status, headers: Vec::new(), body: body.as_ref().to_vec() }
}

/// What the client makes of a reply to an operation.
pub(crate) fn read<E: Endpoint>(response: &Response) -> Result<E::Reply, Error> {
    let data = open(&E::SPEC, response)?;
    Ok(E::decode(&data).unwrap_or_else(|mismatch| panic!("{}: {}", E::SPEC.operation, mismatch.place)))
}

/// What the client makes of a body that came with HTTP 200.
pub(crate) fn read_body<E: Endpoint>(body: impl AsRef<[u8]>) -> Result<E::Reply, Error> {
    read::<E>(&response(200, body))
}

/// The same tree.
pub(crate) fn tree(value: &serde_json::Value) -> Json<'static> {
    parse(&value.to_string()).unwrap().into_owned()
}

/// The `data` of a success, read.
pub(crate) fn data<E: Endpoint>(data: &str) -> E::Reply {
    read_body::<E>(format!(r#"{{"code":0,"message":"OK","data":{data}}}"#)).unwrap()
}

/// Get User's Applications with these entries.
pub(crate) fn applications(entries: &str) -> Listed<Application> {
    data::<GetUserApplications>(&format!(r#"{{"apps":[{entries}]}}"#))
}

/// Get User's Applications with one entry of id `a` and these other members.
pub(crate) fn application(members: &str) -> Application {
    let comma = if members.is_empty() { "" } else { "," };
    let listed = applications(&format!(r#"{{"id":"a"{comma}{members}}}"#));
    assert_eq!(listed.dropped, 0);
    listed.entries.into_iter().next().unwrap()
}

/// Get App Menu and Permission with these menus.
pub(crate) fn menus(entries: &str) -> AppResources {
    data::<GetAppMenuAndPermission>(&format!(r#"{{"menus":[{entries}],"permissions":[]}}"#))
}

/// Reads a reply as each of the operations: its name, and either the error or whether `decode` succeeded.
pub(crate) fn read_as_all(response: &Response) -> Vec<(&'static str, Result<bool, Error>)> {
    fn one<E: Endpoint>(response: &Response) -> (&'static str, Result<bool, Error>) {
        (E::SPEC.operation, open(&E::SPEC, response).map(|data| E::decode(&data).is_ok()))
    }
    vec![
        one::<LogIn>(response),
        one::<LogInViaCode>(response),
        one::<GetTokenInformation>(response),
        one::<LogOut>(response),
        one::<RefreshAccessToken>(response),
        one::<RevokeRefreshToken>(response),
        one::<SendVerificationCode>(response),
        one::<VerifyCode>(response),
        one::<ChooseOrganization>(response),
        one::<GetOrganizationList>(response),
        one::<GetUserInformation>(response),
        one::<GetUserDomain>(response),
        one::<GetUserApplications>(response),
        one::<GetAppMenuAndPermission>(response),
        one::<GetAssetsByApplication>(response),
    ]
}
