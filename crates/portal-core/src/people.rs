//! People in lists of users (contract.md 1.8, 1.10, 1.11): the pages of a list put together, and how a person is shown,
//! found and placed in order.

use core::cmp::Ordering;
use std::collections::BTreeSet;

use portal_api::{Paged, Person, read_time};

use crate::names::Collate;
use crate::rows::{self, Sorting};
use crate::search::fold;

/// The sizes of a page to choose from; the service takes a thousand where nothing is said (contract.md 0.5).
pub const PAGE_SIZES: [u32; 3] = [100, 500, 1000];

/// The page size that an address names; the largest where it names none that is offered.
pub fn page_size(text: Option<&str>) -> u32 {
    let named = |size: &&u32| text.is_some_and(|text| text == size.to_string());
    PAGE_SIZES.iter().find(named).copied().unwrap_or(1000)
}

/// The pages of a list that have come, from the first on (contract.md 0.5: 0-based, the total can be missing).
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Roster {
    size: u32,
    pages: Vec<Part>,
    total: Option<usize>,
}

/// One page.
#[derive(Clone, PartialEq, Debug)]
struct Part {
    people: Vec<Person>,
    /// How many entries it was sent with.
    sent: usize,
    /// How many it should have; the service may allow less than was asked for.
    full: usize,
}

impl Roster {
    /// Nothing has come; pages of this size are asked for.
    pub fn new(size: u32) -> Self {
        Self { size, ..Self::default() }
    }

    /// Takes a page: the next one, or one that has been loaded anew. A page out of turn is dropped.
    pub fn take(&mut self, number: u32, page: &Paged<Person>) {
        let sent = page.listed.entries.len() + page.listed.dropped;
        let asked = u64::from(self.size);
        let full = size_of(page.size.filter(|size| *size > 0).map_or(asked, |size| size.min(asked)));
        let part = Part { people: page.listed.entries.clone(), sent, full };
        let place = size_of(u64::from(number));
        if let Some(old) = self.pages.get_mut(place) {
            *old = part;
        } else if place == self.pages.len() {
            self.pages.push(part);
        } else {
            return;
        }
        self.total = page.total.map(size_of).or(self.total);
    }

    /// The page to ask for next; `None` once all have come.
    pub fn next(&self) -> Option<u32> {
        let Some(last) = self.pages.last() else { return Some(0) };
        let sent: usize = self.pages.iter().map(|page| page.sent).sum();
        let ended = match self.total {
            Some(total) => sent >= total,
            None => last.sent < last.full,
        };
        // A service that takes no notice of the page sends the same people again and again.
        let stuck = last.sent == 0 || (self.pages.len() > 1 && !self.last_is_new());
        if ended || stuck { None } else { u32::try_from(self.pages.len()).ok() }
    }

    fn last_is_new(&self) -> bool {
        let Some((last, before)) = self.pages.split_last() else { return false };
        let known: BTreeSet<&str> =
            before.iter().flat_map(|page| &page.people).map(|person| person.id.as_str()).collect();
        if last.people.is_empty() {
            // Of a page that cannot be read nobody can say whether it is another; of two in a row it is not hoped for.
            return before.last().is_some_and(|page| !page.people.is_empty());
        }
        last.people.iter().any(|person| !known.contains(person.id.as_str()))
    }

    /// Everybody that has come, each once: who is on two pages, because somebody joined meanwhile, stands at the first.
    pub fn people(&self) -> Vec<Person> {
        let mut known = BTreeSet::new();
        let all = self.pages.iter().flat_map(|page| &page.people);
        all.filter(|person| known.insert(person.id.as_str())).cloned().collect()
    }

    /// Whether anything has come.
    pub fn has_begun(&self) -> bool {
        !self.pages.is_empty()
    }

    /// Whether a page has come.
    pub fn has(&self, number: u32) -> bool {
        size_of(u64::from(number)) < self.pages.len()
    }

    /// How many there are, as the service says; `None` where it does not.
    pub fn total(&self) -> Option<usize> {
        self.total
    }

    /// How many entries could not be read.
    pub fn dropped(&self) -> usize {
        self.pages.iter().map(|page| page.sent.saturating_sub(page.people.len())).sum()
    }
}

fn size_of(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// What a column of the table shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    /// The name that the person goes by.
    Name,
    /// The account's name.
    Account,
    /// The e-mail address.
    Email,
    /// The telephone number.
    Phone,
    /// When the person joined the organization.
    Joined,
    /// When the account was last changed.
    Updated,
}

impl Column {
    /// Whether it holds points in time.
    pub fn is_time(self) -> bool {
        matches!(self, Self::Joined | Self::Updated)
    }

    /// What stands there, as the service wrote it.
    pub fn text(self, person: &Person) -> Option<&str> {
        match self {
            Self::Name => Some(shown_name(person)),
            Self::Account => person.name.as_deref(),
            Self::Email => person.email.as_deref(),
            Self::Phone => person.phone.as_deref(),
            Self::Joined => person.joined.as_deref(),
            Self::Updated => person.updated.as_deref(),
        }
    }
}

/// The name to show: the one that the person goes by, else the account's, else the id (contract.md 1.12).
pub fn shown_name(person: &Person) -> &str {
    person.nickname.as_deref().or(person.name.as_deref()).unwrap_or(person.id.as_str())
}

/// What a search looks at, folded: names, address, number and id.
pub fn search_key(person: &Person) -> String {
    let Person { id, name, nickname, email, phone, .. } = person;
    let texts = [nickname, name, email, phone].into_iter().flatten().map(String::as_str);
    fold(&texts.chain([id.as_str()]).collect::<Vec<_>>().join(" "))
}

/// The people in the order of a column; whose column is empty stand last.
pub fn sorted(people: &[Person], columns: &[Column], by: Sorting, collate: &dyn Collate) -> Vec<usize> {
    let Some(column) = columns.get(by.column).copied() else { return (0..people.len()).collect() };
    if column.is_time() {
        let times: Vec<Option<i64>> =
            people.iter().map(|person| column.text(person).and_then(read_time)).collect();
        let time = |row: usize| times.get(row).copied().flatten();
        return rows::sorted(people.len(), by.descending, &|row| time(row).is_none(), &|a, b| {
            time(a).cmp(&time(b))
        });
    }
    let text = |row: usize| people.get(row).and_then(|person| column.text(person));
    rows::sorted(people.len(), by.descending, &|row| text(row).is_none(), &|a, b| match (text(a), text(b)) {
        (Some(a), Some(b)) if a != b => collate.compare(a, b),
        _ => Ordering::Equal,
    })
}
