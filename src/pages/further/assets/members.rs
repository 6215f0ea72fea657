//! Names for the box that takes the id of a user: the people of the organization, where the service may be asked for them
//! (contract.md 1.10).

use leptos::prelude::*;
use portal_api::Page;
use portal_api::people::GetOrganizationUserList;

use super::Screen;
use crate::pages::further::offered::is_offered;
use crate::query::use_query;

/// The id of the list.
pub(super) const LIST_ID: &str = "assets-members";

/// The list that the box offers while something is typed. Loaded when it is `wanted`; a failure offers nothing.
pub(super) fn members(screen: Screen, wanted: Signal<bool>) -> Option<AnyView> {
    if !is_offered::<GetOrganizationUserList>() {
        return None;
    }
    let organization = screen.organization()?.id;
    let endpoint = move || GetOrganizationUserList { organization: organization.clone(), page: Page::FIRST };
    let load = use_query(move || wanted.get().then(&endpoint));
    let options = move || {
        let people = load.value()?;
        let option = |person: &portal_api::Person| {
            let name = person.nickname.clone().or_else(|| person.name.clone()).unwrap_or_default();
            view! { <option value=person.id.as_str().to_owned()>{name}</option> }.into_any()
        };
        Some(people.listed.entries.iter().map(option).collect::<Vec<AnyView>>())
    };
    Some(view! { <datalist id=LIST_ID>{options}</datalist> }.into_any())
}
