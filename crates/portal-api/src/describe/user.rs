//! Users and organizations (contract.md 1.8 to 1.14).

use super::{Description, ORGANIZATION, PAGE, Parameter};
use crate::organization::{GetOrganizationList, GetUserDomain, GetUserInformation};
use crate::people::{GetAppUserList, GetManageableUserList, GetOrganizationUserList};
use crate::structure::GetUserStructures;

pub(super) static ALL: &[Description] = &[
    Description::of::<GetManageableUserList>(&[PAGE], &[31400, 31403, 31512]),
    Description::of::<GetOrganizationList>(&[], &[31401]),
    Description::of::<GetOrganizationUserList>(&[ORGANIZATION, PAGE], &[31400, 31403, 31404]),
    Description::of::<GetAppUserList>(&[PAGE], &[31400, 31401, 31403, 31512]),
    Description::of::<GetUserInformation>(&[], &[31401, 31512]),
    Description::of::<GetUserDomain>(
        &[Parameter::query("email", "The e-mail address of a user.", "someone@example.com")],
        &[31400, 31404],
    ),
    Description::of::<GetUserStructures>(&[], &[31401, 31512]),
];
