//! What of the assets is shown. It stands in the query of the address: a link leads to the same.

use leptos::prelude::*;
use portal_api::AssetId;
use portal_core::route::Route;
use portal_core::route::further::Further;

use crate::routes::Places;

const VIEW: &str = "view";
const OF_USER: &str = "user";
const ASSET: &str = "asset";
const NTH: &str = "n";
const QUERY: &str = "q";
const KINDS: &str = "kinds";
const USER: &str = "user";
const PAGE: &str = "page";

type Pairs = Vec<(String, String)>;

/// See the module.
#[derive(Clone, Copy)]
pub(super) struct Look {
    places: Places,
    screen: StoredValue<Further>,
    pairs: Memo<Pairs>,
}

impl Look {
    /// Reads the query of this screen.
    pub(super) fn new(places: Places, screen: Further) -> Self {
        let own = screen.clone();
        let pairs = Memo::new(move |before: Option<&Pairs>| {
            let route = places.route();
            match Further::of(&route) {
                Some((at, pairs)) if at == own => pairs.to_vec(),
                // On the way to another screen.
                _ => before.cloned().unwrap_or_default(),
            }
        });
        Self { places, screen: StoredValue::new(screen), pairs }
    }

    fn get(self, key: &str) -> Option<String> {
        self.pairs.with(|pairs| {
            pairs
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value.clone())
                .filter(|v| !v.is_empty())
        })
    }

    /// Writes some members; `None` takes one out.
    fn with(self, changes: &[(&str, Option<String>)]) -> Route {
        let mut pairs = self.pairs.get_untracked();
        pairs.retain(|(name, _)| changes.iter().all(|(key, _)| key != name));
        pairs.extend(changes.iter().filter_map(|(key, value)| Some(((*key).to_owned(), value.clone()?))));
        self.screen.with_value(|screen| screen.with(pairs))
    }

    fn note(self, changes: &[(&str, Option<String>)]) {
        self.places.note(&self.with(changes));
    }

    /// Whether the assets of a user are shown; changes are followed, as of all here.
    pub(super) fn is_of_user(self) -> bool {
        self.get(VIEW).as_deref() == Some(OF_USER)
    }

    /// Goes to the other view; back returns.
    pub(super) fn show_user(self, user: bool) {
        self.places.step(&self.with(&[(VIEW, user.then(|| OF_USER.to_owned()))]));
    }

    /// The selected asset, and which of those with its id.
    pub(super) fn asset(self) -> Option<(AssetId, u32)> {
        let nth = self.get(NTH).and_then(|n| n.parse().ok()).filter(|n| *n > 0).unwrap_or(1);
        Some((AssetId::parse(&self.get(ASSET)?)?, nth))
    }

    /// Selects an asset, or none.
    pub(super) fn select(self, asset: Option<(&AssetId, u32)>) {
        let id = asset.map(|(id, _)| id.as_str().to_owned());
        let nth = asset.filter(|(_, nth)| *nth > 1).map(|(_, nth)| nth.to_string());
        self.note(&[(ASSET, id), (NTH, nth)]);
    }

    /// What is searched for.
    pub(super) fn query(self) -> String {
        self.get(QUERY).unwrap_or_default()
    }

    /// Notes what is searched for.
    pub(super) fn search(self, query: &str) {
        if self.get(QUERY).unwrap_or_default() != query {
            self.note(&[(QUERY, Some(query.to_owned()).filter(|query| !query.is_empty()))]);
        }
    }

    /// The kinds that alone are shown; none for all.
    pub(super) fn kinds(self) -> Vec<String> {
        let kinds = self.get(KINDS).unwrap_or_default();
        kinds.split(',').filter(|kind| !kind.is_empty()).map(str::to_owned).collect()
    }

    /// Shows these kinds alone.
    pub(super) fn show_kinds(self, kinds: &[String]) {
        self.note(&[(KINDS, Some(kinds.join(",")).filter(|kinds| !kinds.is_empty()))]);
    }

    /// Whose assets are shown, and which page of them, from 0.
    pub(super) fn user(self) -> Option<(String, u32)> {
        let page = self.get(PAGE).and_then(|page| page.parse::<u32>().ok()).unwrap_or(1);
        Some((self.get(USER)?, page.saturating_sub(1)))
    }

    /// Shows a page of the assets of a user.
    pub(super) fn show_page(self, user: &str, page: u32) {
        let number = (page > 0).then(|| (page.saturating_add(1)).to_string());
        self.note(&[(USER, Some(user.to_owned())), (PAGE, number)]);
    }
}
