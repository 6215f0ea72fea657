//! Lists that come in pages (contract.md 0.5).

use serde::{Deserialize, Serialize};

use crate::json::{self, Members, RawValue};
use crate::lenient::{self, Listed};
use crate::{MissingParameter, Parts};

/// The part of a list to ask for. Always sent: newer versions answer 31400 without it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Page {
    /// The page, the first one is 0. Other services of the platform count from 1.
    pub number: u32,
    /// How many entries a page has; at least 1.
    pub size: u32,
}

impl Page {
    /// What the service takes where nothing is said: the first thousand.
    pub const FIRST: Self = Self { number: 0, size: 1000 };

    pub(crate) fn write(self, parts: &mut Parts) {
        let page = Wire { page_no: Some(self.number.into()), page_size: Some(self.size.into()) };
        parts.put_body_value(PAGINATION, &page);
    }

    /// The page that a call must name.
    pub(crate) fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let wrong = MissingParameter { name: PAGINATION };
        let page = parts.body_value(PAGINATION).ok_or(wrong)?;
        let page: Wire = lenient::members(page);
        let number = |number: Option<i64>| number.and_then(|number| u32::try_from(number).ok());
        match (number(page.page_no), number(page.page_size)) {
            (Some(number), Some(size)) if size > 0 => Ok(Self { number, size }),
            _ => Err(wrong),
        }
    }

    /// The page that a call may name.
    pub(crate) fn read_or_first(parts: &Parts) -> Result<Self, MissingParameter> {
        if parts.body_value(PAGINATION).is_some() { Self::read(parts) } else { Ok(Self::FIRST) }
    }
}

/// A page as calls name it.
#[derive(Serialize, Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Wire {
    #[serde(deserialize_with = "lenient::int")]
    page_no: Option<i64>,
    #[serde(deserialize_with = "lenient::int")]
    page_size: Option<i64>,
}

/// Where the page stands, in requests and in replies.
const PAGINATION: &str = "pagination";

/// A page of a list. It can be longer than was asked for (contract.md §6, 16).
#[derive(Clone, PartialEq, Debug)]
pub struct Paged<T> {
    /// The entries of this page.
    pub listed: Listed<T>,
    /// How many entries all pages have together; `None` where the reply does not say.
    pub total: Option<u64>,
    /// Which page this is, from 0; `None` where the reply does not say.
    pub number: Option<u64>,
    /// How many entries a page has; `None` where the reply does not say.
    pub size: Option<u64>,
}

impl<T> Paged<T> {
    /// Puts what `data` says of pages beside the entries.
    pub(crate) fn new(listed: Listed<T>, data: &RawValue) -> Self {
        let page = Members::of(data).and_then(|members| members.get(PAGINATION));
        // A list of one object counts (contract.md §6, 9).
        let first = page.and_then(json::entries).and_then(|entries| entries.first().copied());
        let page = &first.or(page).and_then(Members::of).unwrap_or_default();
        Self {
            listed,
            total: count(page, &["totalelements", "total", "totalsize"]),
            number: count(page, &["pageno", "currentpage"]),
            size: count(page, &["pagesize", "limit"]),
        }
    }
}

/// A number by one of its names in small letters. Three sets of names are documented and others occur, and 3.0.0
/// writes `PageNo` (contract.md 0.5).
fn count(page: &Members<'_>, names: &[&str]) -> Option<u64> {
    let found = page.iter().filter(|(key, _)| names.iter().any(|name| key.eq_ignore_ascii_case(name)));
    found.filter_map(|(_, value)| lenient::as_int(value)).find_map(|number| u64::try_from(number).ok())
}
