//! `/people`: lists of users for administrators (contract.md 1.8, 1.10, 1.11). Which list, what is searched for and whose
//! details are shown stand in the address.

mod list;
mod one;
mod query;
mod table;

use leptos::prelude::*;
use portal_api::people::{GetAppUserList, GetOrganizationUserList};
use portal_core::text::People;

use self::query::{Query, Which};
use super::offered::{is_offered, not_offered};
use super::page;
use crate::components::{Tabs, tab_panel};
use crate::i18n::tr;

/// What the ids of the tabs begin with.
const TABS: &str = "people-view";

/// The page.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let query = Query::start();
    page(People::Title, Box::new(move || views(query)))
}

fn views(query: Query) -> AnyView {
    let which = Memo::new(move |_| query.which.get());
    let shown = Signal::derive(move || which.get().key());
    let tabs = Which::ALL.map(|which| (which.key(), tr(which.name()))).to_vec();
    let choose = Callback::new(move |key| query.choose(Which::of(Some(key))));
    let list = move || match which.get() {
        Which::Organization if !is_offered::<GetOrganizationUserList>() => {
            not_offered::<GetOrganizationUserList>()
        }
        Which::Application if !is_offered::<GetAppUserList>() => not_offered::<GetAppUserList>(),
        which => list::list(which, query),
    };
    view! {
        <Tabs id=TABS label=tr(People::Views) tabs shown on_choose=choose />
        {tab_panel(TABS, shown, list.into_any())}
    }
    .into_any()
}
