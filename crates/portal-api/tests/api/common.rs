//! Replies without a service.

use portal_api::application::{AppResources, GetAppMenuAndPermission, GetUserApplications};
use portal_api::asset::{
    AuthorizeAsset, CheckAssetPermission, GetAssetStructure, GetAssetsByApplication, GetAssetsByOrganization,
    GetUsersWithAssetAccess, SyncAsset,
};
use portal_api::authentication::{
    GetTokenInformation, LogIn, LogInViaCode, LogOut, RefreshAccessToken, RevokeRefreshToken,
};
use portal_api::json::RawValue;
use portal_api::message::{
    CreateMessage, GetMessageColors, GetMessageRingtones, GetUnresolvedMessages, UpdateMessage,
};
use portal_api::organization::{ChooseOrganization, GetOrganizationList, GetUserDomain, GetUserInformation};
use portal_api::password::ConfirmPassword;
use portal_api::people::{GetAppUserList, GetManageableUserList, GetOrganizationUserList};
use portal_api::role::{GetOrganizationLanguageList, GetOrganizationRoles, GetUserPermissions, GetUserRoles};
use portal_api::structure::{GetStructureByUser, GetUserStructures};
use portal_api::verification::{SendVerificationCode, VerifyCode};
use portal_api::{Access, Application, Endpoint, Error, Listed, Response, Spec, open};

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

/// The same value as a reply has it.
pub(crate) fn tree(value: &serde_json::Value) -> Box<RawValue> {
    portal_api::json::raw(value)
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

/// Calls a generic function for each operation, in the order of `ENDPOINTS`.
macro_rules! every_operation {
    ($one:ident $(, $argument:expr)*) => {
        vec![
            $one::<LogIn>($($argument),*),
            $one::<LogInViaCode>($($argument),*),
            $one::<GetTokenInformation>($($argument),*),
            $one::<LogOut>($($argument),*),
            $one::<RefreshAccessToken>($($argument),*),
            $one::<RevokeRefreshToken>($($argument),*),
            $one::<ConfirmPassword>($($argument),*),
            $one::<SendVerificationCode>($($argument),*),
            $one::<VerifyCode>($($argument),*),
            $one::<ChooseOrganization>($($argument),*),
            $one::<GetOrganizationList>($($argument),*),
            $one::<GetUserInformation>($($argument),*),
            $one::<GetUserDomain>($($argument),*),
            $one::<GetManageableUserList>($($argument),*),
            $one::<GetOrganizationUserList>($($argument),*),
            $one::<GetAppUserList>($($argument),*),
            $one::<GetUserStructures>($($argument),*),
            $one::<GetStructureByUser>($($argument),*),
            $one::<GetOrganizationLanguageList>($($argument),*),
            $one::<GetOrganizationRoles>($($argument),*),
            $one::<GetUserRoles>($($argument),*),
            $one::<GetUserPermissions>($($argument),*),
            $one::<GetUserApplications>($($argument),*),
            $one::<GetAppMenuAndPermission>($($argument),*),
            $one::<GetAssetsByApplication>($($argument),*),
            $one::<GetAssetsByOrganization>($($argument),*),
            $one::<GetAssetStructure>($($argument),*),
            $one::<CheckAssetPermission>($($argument),*),
            $one::<GetUsersWithAssetAccess>($($argument),*),
            $one::<AuthorizeAsset>($($argument),*),
            $one::<SyncAsset>($($argument),*),
            $one::<CreateMessage>($($argument),*),
            $one::<UpdateMessage>($($argument),*),
            $one::<GetUnresolvedMessages>($($argument),*),
            $one::<GetMessageColors>($($argument),*),
            $one::<GetMessageRingtones>($($argument),*),
        ]
    };
}

/// Reads a reply as each of the operations: its name, and either the error or whether `decode` succeeded.
pub(crate) fn read_as_all(response: &Response) -> Vec<(&'static str, Result<bool, Error>)> {
    fn one<E: Endpoint>(response: &Response) -> (&'static str, Result<bool, Error>) {
        (E::SPEC.operation, open(&E::SPEC, response).map(|data| E::decode(&data).is_ok()))
    }
    every_operation!(one, response)
}

/// Each operation, and whether its calls carry a user's token.
pub(crate) fn sessions() -> Vec<(Spec, bool)> {
    fn one<E: Endpoint>() -> (Spec, bool) {
        (E::SPEC, E::Access::NEEDS_TOKEN)
    }
    every_operation!(one)
}
