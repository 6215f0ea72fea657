//! Names for the box that takes the id of a user: the people of the organization, where the service may be asked for them
//! (contract.md 1.10).

use portal_api::people::GetOrganizationUserList;
use portal_api::{Endpoint, Page};

use super::Screen;
use crate::load::Load;
use crate::pages::further::offered::is_offered;
use crate::state::Signal;
use crate::view::{Part, view};

/// The id of the list.
pub(super) const LIST_ID: &str = "assets-members";

/// The list that the box offers while something is typed. Loaded when it is `wanted`; a failure offers nothing.
pub(super) fn members(screen: Screen, wanted: Signal<bool>) -> Option<Part> {
    if !is_offered::<GetOrganizationUserList>() {
        return None;
    }
    let session = screen.session;
    let organization = screen.organization()?.id;
    let load = Load::new(
        GetOrganizationUserList::SPEC,
        move || wanted.get().then(|| (session.epoch(), organization.clone())),
        move |(_, organization)| {
            let endpoint = GetOrganizationUserList { organization, page: Page::FIRST };
            Box::pin(async move { session.request_by_server(&endpoint).await })
        },
    );
    let options = move || {
        let people = load.value()?;
        let option = |person: &portal_api::Person| {
            let name = person.nickname.clone().or_else(|| person.name.clone()).unwrap_or_default();
            view! { <option value=person.id.as_str().to_owned()>{name}</option> }
        };
        Some(people.listed.entries.iter().map(option).collect::<Vec<Part>>())
    };
    Some(view! { <datalist id=LIST_ID>{options}</datalist> })
}
