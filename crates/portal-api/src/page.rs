//! Lists that come in pages (contract.md 0.5).

use crate::json::Json;
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
        let page = Json::object([
            ("pageNo", i64::from(self.number).into()),
            ("pageSize", i64::from(self.size).into()),
        ]);
        parts.put_body_value(PAGINATION, page);
    }

    /// The page that a call must name.
    pub(crate) fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let wrong = MissingParameter { name: PAGINATION };
        let page = parts.body_value(PAGINATION).ok_or(wrong)?;
        let number = |key: &str| page.get(key).and_then(lenient::integer).and_then(|n| u32::try_from(n).ok());
        match (number("pageNo"), number("pageSize")) {
            (Some(number), Some(size)) if size > 0 => Ok(Self { number, size }),
            _ => Err(wrong),
        }
    }

    /// The page that a call may name.
    pub(crate) fn read_or_first(parts: &Parts) -> Result<Self, MissingParameter> {
        if parts.body_value(PAGINATION).is_some() { Self::read(parts) } else { Ok(Self::FIRST) }
    }
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
    pub(crate) fn new(listed: Listed<T>, data: &Json<'_>) -> Self {
        let page = lenient::object(data, PAGINATION);
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
fn count(page: &Json<'_>, names: &[&str]) -> Option<u64> {
    let Json::Object(members) = page else { return None };
    let found = members.iter().filter(|(key, _)| names.iter().any(|name| key.eq_ignore_ascii_case(name)));
    found.filter_map(|(_, value)| lenient::integer(value)).find_map(|number| u64::try_from(number).ok())
}
