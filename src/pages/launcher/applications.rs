//! The applications as tiles need them: in order, and with what opening each does.
//!
//! What opening does is decided when a tile is first drawn. The browser takes its time to read an address, and
//! thousands at once would hold up the first tile (performance.md, "tiles painted").

use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use portal_api::{Application, CategoryId, Listed};
use portal_core::catalog::{CATEGORY_IDS, Catalog, Entry};
use portal_core::launch::{Launch, LaunchPolicy, application_launch};
use portal_core::text::Text;

use super::List;
use crate::browser::{BrowserAddresses, Collator};
use crate::i18n::{I18n, use_i18n};
use crate::settings::Deployment;
use crate::state::{Derived, provided};

/// See the module.
pub(super) struct Applications {
    list: Arc<Listed<Application>>,
    policy: LaunchPolicy,
    /// `openIn`: whether tiles open in a new tab what could stand in the portal.
    in_tab: bool,
    launches: Vec<OnceLock<Launch>>,
    /// In order. Its own `launch` is not decided.
    pub(super) catalog: Catalog,
}

impl Applications {
    /// The tile at this place of the catalogue, and what opening it does.
    pub(super) fn get(&self, index: usize) -> Option<(&Entry, &Launch)> {
        let entry = self.catalog.entries().get(index)?;
        let application = self.list.entries.get(entry.application)?;
        let decide = || {
            let launch = application_launch(&self.policy, &BrowserAddresses, application);
            if self.in_tab { launch.in_tab(&self.policy) } else { launch }
        };
        Some((entry, self.launches.get(index)?.get_or_init(decide)))
    }

    /// The same as the service sent it.
    pub(super) fn application(&self, index: usize) -> Option<&Application> {
        self.list.entries.get(self.catalog.entries().get(index)?.application)
    }
}

/// Follows the reply and the language.
pub(super) fn applications(load: List) -> Derived<Option<Arc<Applications>>> {
    let i18n = use_i18n();
    let deployment = provided::<Rc<Deployment>>();
    let (policy, in_tab) = (deployment.policy.clone(), deployment.settings.opens_in_tab);
    // Any new list is another one: comparing thousands of entries would only cost.
    Derived::new_with_compare(
        move |_| {
            let list = load.value()?;
            let locale = i18n.locale();
            let named = |id: &CategoryId| usual_category(id, i18n);
            let undecided = |_: &Application| Launch::NoAddress;
            let catalog = Catalog::new(&list, &locale, &Collator::new(&locale), &undecided, &named);
            let launches = catalog.entries().iter().map(|_| OnceLock::new()).collect();
            Some(Arc::new(Applications { list, policy: policy.clone(), in_tab, launches, catalog }))
        },
        |_, _| true,
    )
}

/// The words for the ids of [`CATEGORY_IDS`], in its order.
const CATEGORY_TEXTS: [Text; CATEGORY_IDS.len()] = [
    Text::CategoryWind,
    Text::CategorySolar,
    Text::CategoryHydroelectricity,
    Text::CategoryThermal,
    Text::CategoryStorage,
    Text::CategoryPile,
    Text::CategoryElectricitySale,
    Text::CategoryDistributionNetwork,
    Text::CategoryMicroNetwork,
    Text::CategoryIndustryPark,
    Text::CategorySmartBuilding,
    Text::CategorySmartCity,
    Text::CategoryAi,
    Text::CategoryOther,
    Text::CategoryComprehensive,
    Text::CategorySubstation,
];

/// The name of a category that the reply does not name.
fn usual_category(id: &CategoryId, i18n: I18n) -> Option<String> {
    let place = CATEGORY_IDS.iter().position(|(known, _)| *known == id.as_str())?;
    CATEGORY_TEXTS.get(place).map(|text| i18n.text(*text))
}
