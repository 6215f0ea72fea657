//! Signing in, staying in and leaving (contract.md 1.1 to 1.7).

use super::{Description, Kind, ORGANIZATION, Parameter};
use crate::authentication::{
    GetTokenInformation, LogIn, LogInViaCode, LogOut, RefreshAccessToken, RevokeRefreshToken,
};
use crate::organization::ChooseOrganization;

const REFRESH_TOKEN: Parameter =
    Parameter::query("refreshToken", "A refresh token, from Choose Organization or Refresh.", "eyJhbGciOiJI")
        .secret();

pub(super) static ALL: &[Description] = &[
    Description::of::<LogIn>(
        &[
            Parameter::body("account", "User name or e-mail address.", "someone@example.com"),
            Parameter::body(
                "password",
                "The password, in plain text over TLS.",
                "correct horse battery staple",
            )
            .secret(),
        ],
        &[31400, 31429],
    ),
    Description::of::<LogInViaCode>(
        &[
            Parameter::query("channel", "What the call comes from.", "Web")
                .kind(Kind::Choice(&["Web", "WeCom", "EnOS-Mobile"]))
                .optional()
                .since("2.4.4"),
            Parameter::body(
                "code",
                "The authorization code of a single sign-on; good once.",
                "SplxlOBeZQQYbYS6WxSbIA",
            )
            .secret(),
        ],
        &[31400, 31429],
    ),
    Description::of::<GetTokenInformation>(&[], &[31401, 31512]),
    Description::of::<LogOut>(&[], &[31401]).writing(),
    Description::of::<RefreshAccessToken>(&[REFRESH_TOKEN], &[31400, 31401]),
    Description::of::<RevokeRefreshToken>(&[REFRESH_TOKEN], &[31400, 31401]).writing(),
    Description::of::<ChooseOrganization>(&[ORGANIZATION], &[31400, 31401, 31404]),
];
