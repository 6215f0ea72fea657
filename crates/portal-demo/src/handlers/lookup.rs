//! What calls name by id, and the parts of long lists.

use std::borrow::Cow;

use portal_api::Page;
use serde_json::{Value, json};

use crate::catalogue::{Application, ApplicationSentinel, Content, Organization, OrganizationSentinel, User};
use crate::dispatch::Call;
use crate::generate;
use crate::reply::{FORBIDDEN, Fault, NOT_FOUND};

/// An organization of the portal, whoever calls: for calls of servers, which carry no user.
pub(super) fn organization<'a>(call: &Call<'a>, id: &str) -> Result<&'a Organization, Fault> {
    let found = call.catalogue.organizations.iter().find(|organization| organization.id == id);
    found.ok_or_else(|| Fault::new(NOT_FOUND, "Can not find this organization."))
}

/// The same for calls that an organization has to allow to an application: one that nobody can choose allows none.
pub(super) fn authorized<'a>(call: &Call<'a>, id: &str) -> Result<&'a Organization, Fault> {
    let organization = organization(call, id)?;
    if organization.sentinel == OrganizationSentinel::Forbidden {
        return Err(Fault::new(FORBIDDEN, "The application is not authorized by this organization."));
    }
    Ok(organization)
}

/// A user of an organization.
pub(super) fn member<'a>(
    call: &Call<'a>,
    organization: &'a Organization,
    id: &str,
) -> Result<Cow<'a, User>, Fault> {
    let user = call.catalogue.member(organization, id);
    user.ok_or_else(|| Fault::new(NOT_FOUND, "Can not find this user."))
}

/// The category of an application that people may open, which decides what sites it sees; `None` for one without.
pub(super) fn category(
    call: &Call<'_>,
    organization: &Organization,
    application: &str,
) -> Result<Option<i64>, Fault> {
    let absent = || Fault::new(NOT_FOUND, "Can not find this application.");
    match &organization.content {
        Content::Listed(applications) => {
            let application: &Application =
                applications.iter().find(|entry| entry.id == application).ok_or_else(absent)?;
            if !application.enabled || application.sentinel == ApplicationSentinel::Forbidden {
                return Err(Fault::new(FORBIDDEN, "No access to this application."));
            }
            if application.sentinel == ApplicationSentinel::NotAcquired {
                return Err(Fault::new(NOT_FOUND, "The organization has not acquired this application."));
            }
            Ok(application.category)
        }
        Content::Generated(count) => {
            let generated = generate::application(call.options.seed, *count, application);
            Ok(generated.ok_or_else(absent)?.category)
        }
        Content::Verbatim { menus, .. } => menus.get(application).map(|_| None).ok_or_else(absent),
    }
}

/// Whether an organization has an application at all; for calls of servers, which do not ask whether people may open it.
pub(super) fn acquired(call: &Call<'_>, organization: &Organization, application: &str) -> Result<(), Fault> {
    match category(call, organization, application) {
        Err(fault @ Fault::Code { code: NOT_FOUND, .. }) => Err(fault),
        _ => Ok(()),
    }
}

/// The members of `pagination` (contract.md 0.5).
pub(super) const PAGE_NAMES: [&str; 3] = ["totalElements", "pageNo", "pageSize"];

/// The entries of a page, and the `pagination` of the reply.
pub(super) fn page<T>(
    entries: impl Iterator<Item = T> + Clone,
    page: Page,
    names: [&str; 3],
) -> (Vec<T>, Value) {
    let size = usize::try_from(page.size).unwrap_or(usize::MAX);
    let before = usize::try_from(page.number).unwrap_or(usize::MAX).saturating_mul(size);
    let total = entries.clone().count();
    let [total_name, number_name, size_name] = names;
    let pagination = json!({ total_name: total, number_name: page.number, size_name: page.size });
    (entries.skip(before).take(size).collect(), pagination)
}
