//! The operations, by the families of the API overview.

mod application;
mod asset;
mod authentication;
mod organization;
mod verification;

use portal_api::application::{GetAppMenuAndPermission, GetUserApplications};
use portal_api::asset::GetAssetsByApplication;
use portal_api::authentication::{
    GetTokenInformation, LogIn, LogInViaCode, LogOut, RefreshAccessToken, RevokeRefreshToken,
};
use portal_api::organization::{ChooseOrganization, GetOrganizationList, GetUserDomain, GetUserInformation};
use portal_api::verification::{SendVerificationCode, VerifyCode};

use crate::dispatch::{Route, route};
pub use verification::VERIFICATION_CODE;

/// Every operation that the service answers.
pub(crate) const ROUTES: &[Route] = &[
    route::<LogIn>(),
    route::<LogInViaCode>(),
    route::<GetTokenInformation>(),
    route::<LogOut>(),
    route::<RefreshAccessToken>(),
    route::<RevokeRefreshToken>(),
    route::<SendVerificationCode>(),
    route::<VerifyCode>(),
    route::<ChooseOrganization>(),
    route::<GetOrganizationList>(),
    route::<GetUserInformation>(),
    route::<GetUserDomain>(),
    route::<GetUserApplications>(),
    route::<GetAppMenuAndPermission>(),
    route::<GetAssetsByApplication>(),
];

#[cfg(test)]
mod tests {
    use super::ROUTES;

    // An endpoint that the client knows and the service does not would fail only when somebody clicks.
    #[test]
    fn every_endpoint_is_answered() {
        for spec in portal_api::ENDPOINTS {
            assert!(ROUTES.iter().any(|route| route.spec == *spec), "{}", spec.operation);
        }
        assert_eq!(ROUTES.len(), portal_api::ENDPOINTS.len());
    }
}
