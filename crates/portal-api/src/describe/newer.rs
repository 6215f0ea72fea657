//! Operations of newer versions (contract.md 2.1, 2.2).

use super::{Description, Kind, LOCALE_HEADER, ORGANIZATION_QUERY, Parameter};
use crate::password::ConfirmPassword;
use crate::role::{GetOrganizationLanguageList, GetOrganizationRoles, GetUserPermissions, GetUserRoles};
use crate::structure::GetStructureByUser;
use crate::verification::{SendVerificationCode, VerifyCode};

const PURPOSE: Parameter =
    Parameter::query("type", "What the code is for; one purpose is documented.", "mfa")
        .kind(Kind::Choice(&["mfa"]));
const USER: Parameter = Parameter::query("userId", "The user.", "u15724268424842");
const LOCALE: Parameter = Parameter::query("locale", "The language of names.", "en_US").optional();

pub(super) static ALL: &[Description] = &[
    Description::of::<ConfirmPassword>(
        &[Parameter::body(
            "password",
            "The password, in plain text over TLS.",
            "correct horse battery staple",
        )
        .secret()],
        &[31400, 31401, 31429],
    )
    .since("2.4.0"),
    Description::of::<SendVerificationCode>(&[PURPOSE, LOCALE_HEADER], &[31400, 31429])
        .since("2.4.4")
        .writing(),
    Description::of::<VerifyCode>(
        &[PURPOSE, Parameter::body("code", "The code that came by e-mail.", "246810").secret()],
        &[31400, 31410, 31429, 31430],
    )
    .since("2.4.4"),
    Description::of::<GetOrganizationLanguageList>(&[ORGANIZATION_QUERY], &[31400]).since("2.2.0"),
    Description::of::<GetOrganizationRoles>(&[ORGANIZATION_QUERY, LOCALE_HEADER], &[31404]).since("2.2.0"),
    Description::of::<GetUserRoles>(
        &[ORGANIZATION_QUERY, USER, LOCALE.since("2.4.0"), LOCALE_HEADER],
        &[31400, 31404],
    )
    .since("2.2.0"),
    Description::of::<GetUserPermissions>(&[ORGANIZATION_QUERY, USER, LOCALE], &[]).since("2.3.0"),
    Description::of::<GetStructureByUser>(
        &[
            Parameter::query("appId", "The application, by its access key.", "0f4c2a8e-access-key"),
            ORGANIZATION_QUERY,
            LOCALE_HEADER,
        ],
        &[31520, 31530, 31531],
    )
    .since("2.4.0"),
];
