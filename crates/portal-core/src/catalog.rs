//! The launcher's applications: in order, with everything about a tile decided, ready for search and filter.

pub(crate) mod order;

use core::mem;

use portal_api::{Application, ApplicationId, ApplicationKind, CategoryId, Listed};

use crate::launch::Launch;
use crate::names::{Collate, Locale, pick};
use crate::search;

/// Categories by id, in English, for replies that name none (contract.md 1.26). The list can grow.
pub const CATEGORY_IDS: [(&str, &str); 16] = [
    ("21", "Wind"),
    ("22", "Solar"),
    ("23", "Hydroelectricity"),
    ("24", "Thermal"),
    ("25", "Storage"),
    ("26", "Pile"),
    ("27", "Electricity Sale"),
    ("28", "Distribution Network"),
    ("29", "Micro Intelligent Network"),
    ("30", "Industry Park"),
    ("31", "Smart Building"),
    ("32", "Smart City"),
    ("33", "AI"),
    ("34", "Other"),
    ("35", "Comprehensive"),
    ("36", "Substation"),
];

/// `category=` for applications without one. A category with this id counts as none: one address, one meaning.
const NO_CATEGORY: &str = "none";

/// One tile.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// The id. Can repeat.
    pub id: ApplicationId,
    /// 1 for the first with this id, then 2, 3 …: the address's `n` (experience.md, "Ids in addresses").
    pub nth: u32,
    /// The name in the user's language, else the code, else the id. Never empty.
    pub name: String,
    /// What the application is for.
    pub description: Option<String>,
    /// The category, where it has one.
    pub category: Option<CategoryId>,
    /// The category's name; its id where no name is known.
    pub category_name: Option<String>,
    /// Made for a phone: shown, marked, launchable.
    pub mobile: bool,
    /// Composed of menus of other applications.
    pub shortcut: bool,
    /// What opening it does.
    pub launch: Launch,
    /// The index in the list as sent.
    pub application: usize,
}

/// Which category is shown.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub enum CategoryFilter {
    /// No filter.
    #[default]
    All,
    /// Applications without a category.
    None,
    /// Applications of one category.
    Of(CategoryId),
}

impl CategoryFilter {
    /// Reads the value of `category=`.
    pub fn from_query(value: Option<&str>) -> Self {
        match value.unwrap_or_default().trim() {
            NO_CATEGORY => Self::None,
            id => CategoryId::parse(id).map_or(Self::All, Self::Of),
        }
    }

    /// Writes the value of `category=`; `None` where the address needs none.
    pub fn to_query(&self) -> Option<String> {
        match self {
            Self::All => None,
            Self::None => Some(NO_CATEGORY.to_owned()),
            Self::Of(id) => Some(id.as_str().to_owned()),
        }
    }
}

/// A button of the category filter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chip {
    /// What pressing it shows.
    pub filter: CategoryFilter,
    /// The category's name; `None` for applications without a category.
    pub name: Option<String>,
    /// How many applications of the category match the search.
    pub count: usize,
}

/// What the launcher shows for a search and a category.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct View {
    /// Indices in [`Catalog::entries`], ascending.
    pub shown: Vec<usize>,
    /// One for each category that has applications, with or without the search, in order of first appearance.
    pub chips: Vec<Chip>,
    /// How many match the search in all categories.
    pub all: usize,
}

/// All applications of the user.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Catalog {
    entries: Vec<Entry>,
    dropped: usize,
    /// For each entry, what a search looks at, folded.
    keys: Vec<String>,
    /// For each entry, its index in `chips`.
    groups: Vec<usize>,
    /// With counts of nought.
    chips: Vec<Chip>,
}

impl Catalog {
    /// Orders the list by place, name, id and position sent (experience.md, "Order"), and decides each tile.
    /// `category_name` knows the usual categories in the user's language, for replies that name none.
    pub fn new(
        list: &Listed<Application>,
        locale: &Locale,
        collate: &dyn Collate,
        launcher: &dyn Fn(&Application) -> Launch,
        category_name: &dyn Fn(&CategoryId) -> Option<String>,
    ) -> Self {
        let mut names: Vec<String> =
            list.entries.iter().map(|application| shown_name(application, locale).to_owned()).collect();
        let sorted = sort(&list.entries, &names, collate);
        let mut catalog = Self { dropped: list.dropped, ..Self::default() };
        for index in sorted {
            let (Some(application), Some(name)) = (list.entries.get(index), names.get_mut(index)) else {
                continue;
            };
            let entry = Entry {
                id: application.id.clone(),
                nth: 1,
                name: mem::take(name),
                description: pick(&application.description, locale).map(str::to_owned),
                category: None,
                category_name: None,
                mobile: application.kind == ApplicationKind::Mobile,
                shortcut: application.shortcut,
                launch: launcher(application),
                application: index,
            };
            catalog.keys.push(search_key(&entry.name, application));
            catalog.entries.push(entry);
        }
        catalog.number_repeats();
        catalog.group(&list.entries, locale, category_name);
        catalog
    }

    /// All tiles, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many entries of the reply could not be read. Shown to the person (hostile.md 65).
    pub fn dropped(&self) -> usize {
        self.dropped
    }

    /// The entry that an address names.
    pub fn find(&self, id: &ApplicationId, nth: u32) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == *id && entry.nth == nth)
    }

    /// Filters. Runs on every key press (hostile.md 71), so it allocates nothing but its result.
    pub fn view(&self, query: &str, category: &CategoryFilter) -> View {
        let query = search::fold(query);
        let mut view = View { shown: Vec::new(), chips: self.chips.clone(), all: 0 };
        let wanted = self.chips.iter().position(|chip| chip.filter == *category);
        for (index, (key, &group)) in self.keys.iter().zip(&self.groups).enumerate() {
            if !search::matches(key, &query) {
                continue;
            }
            view.all += 1;
            if let Some(chip) = view.chips.get_mut(group) {
                chip.count += 1;
            }
            if wanted == Some(group) || *category == CategoryFilter::All {
                view.shown.push(index);
            }
        }
        view
    }

    fn number_repeats(&mut self) {
        let id = |index: usize| self.entries.get(index).map_or("", |entry| entry.id.as_str());
        let repeats = order::repeats(self.entries.len(), &id);
        for (entry, nth) in self.entries.iter_mut().zip(repeats) {
            entry.nth = nth;
        }
    }

    /// Makes the chips. Categories with the same id are one, under the first name that any of them has.
    fn group(
        &mut self,
        applications: &[Application],
        locale: &Locale,
        category_name: &dyn Fn(&CategoryId) -> Option<String>,
    ) {
        // Sorted by id, for there may be hundreds (hostile.md 68).
        let mut known: Vec<(&str, usize)> = Vec::new();
        for entry in &mut self.entries {
            let category = applications.get(entry.application).and_then(|it| it.category.as_ref());
            let category = category.filter(|category| category.id.as_str() != NO_CATEGORY);
            let id = category.map_or(NO_CATEGORY, |category| category.id.as_str());
            let group = match known.binary_search_by_key(&id, |(id, _)| id) {
                Ok(at) => known.get(at).map_or(0, |(_, group)| *group),
                Err(at) => {
                    known.insert(at, (id, self.chips.len()));
                    let filter = category
                        .map_or(CategoryFilter::None, |category| CategoryFilter::Of(category.id.clone()));
                    self.chips.push(Chip { filter, name: None, count: 0 });
                    self.chips.len() - 1
                }
            };
            if let (Some(category), Some(chip)) = (category, self.chips.get_mut(group)) {
                entry.category = Some(category.id.clone());
                chip.name = chip.name.take().or_else(|| pick(&category.name, locale).map(str::to_owned));
            }
            self.groups.push(group);
        }
        for chip in &mut self.chips {
            if let (CategoryFilter::Of(id), None) = (&chip.filter, &chip.name) {
                chip.name = Some(category_name(id).unwrap_or_else(|| id.as_str().to_owned()));
            }
        }
        for (entry, group) in self.entries.iter_mut().zip(&self.groups) {
            entry.category_name = self.chips.get(*group).and_then(|chip| chip.name.clone());
        }
    }
}

/// The name to show an application by; its code or id where it has none (contract.md §6, 12).
pub fn shown_name<'a>(application: &'a Application, locale: &Locale) -> &'a str {
    pick(&application.name, locale).or(application.code.as_deref()).unwrap_or(application.id.as_str())
}

fn sort(applications: &[Application], names: &[String], collate: &dyn Collate) -> Vec<usize> {
    let application = |index: usize| applications.get(index);
    let place = |index: usize| application(index).and_then(|application| application.order);
    let name = |index: usize| names.get(index).map_or("", String::as_str);
    order::sorted(applications.len(), &|a, b| {
        order::by_place(place(a), place(b))
            .then_with(|| collate.compare(name(a), name(b)))
            .then_with(|| application(a).map(|it| &it.id).cmp(&application(b).map(|it| &it.id)))
    })
}

/// The name shown, the names in all languages and the code. Not the description, which finds too much.
fn search_key(shown: &str, application: &Application) -> String {
    let mut key = search::fold(shown);
    for text in application.name.texts().chain(application.code.as_deref()).filter(|text| *text != shown) {
        key.push(search::SEPARATOR);
        key.push_str(&search::fold(text));
    }
    key
}
