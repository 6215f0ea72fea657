//! Entries that are not shown, and which rule removed each, so that a person who misses one can be told (contract.md
//! 1.23).

use crate::names::{Locale, pick};

use super::forest::Forest;
use super::key;

/// So many are listed; the rest is counted.
const LISTED: usize = 500;
/// Letters of a name that are kept: names are as long as the service likes.
const NAME_LENGTH: usize = 200;

/// An entry that is not shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hidden {
    /// The name in the user's language, else the key; the beginning of a long one.
    pub name: String,
    /// The name of the entry above it.
    pub above: Option<String>,
    /// The rule.
    pub why: HiddenWhy,
}

/// The rule that removed an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HiddenWhy {
    /// No address, and nothing below it.
    NothingToOpen,
    /// No address, and nothing of what is below it is shown.
    EmptyBranch,
}

/// The entries that are not shown, in tree order.
pub(super) fn list(forest: &Forest<'_>, shown: &[bool], locale: &Locale) -> Vec<Hidden> {
    let branches = forest.branches();
    let name = |index: usize| {
        let menu = forest.menus.get(index)?;
        Some(pick(&menu.name, locale).unwrap_or(key(menu)).chars().take(NAME_LENGTH).collect::<String>())
    };
    let hidden = forest.walk.iter().filter(|index| shown.get(**index) == Some(&false));
    let told = hidden.take(LISTED).filter_map(|&index| {
        let is_branch = branches.get(index) == Some(&true);
        Some(Hidden {
            name: name(index)?,
            above: forest.parent(index).and_then(name),
            why: if is_branch { HiddenWhy::EmptyBranch } else { HiddenWhy::NothingToOpen },
        })
    });
    told.collect()
}
