//! What an address shows, decided in one place from the list, the menu and the address (experience.md, "What can be
//! opened", S8).

use std::sync::Arc;

use portal_api::{ApplicationId, Code, Error};
use portal_core::catalog::Entry;
use portal_core::launch::{Address, Launch};
use portal_core::menu::MenuTree;

use super::place::Place;

/// Something that is loaded.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Got<T> {
    /// Not here yet.
    Waiting,
    /// The call failed.
    Failed(Error),
    /// Here.
    Here(T),
}

impl<T> Got<T> {
    /// The value, where it is here.
    pub(super) fn here(&self) -> Option<&T> {
        match self {
            Self::Here(value) => Some(value),
            Self::Waiting | Self::Failed(_) => None,
        }
    }
}

/// What fills a frame. Equal sources are one frame: only a change of it loads a page anew, a change of language
/// does not.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Source {
    pub(super) application: ApplicationId,
    pub(super) n: u32,
    pub(super) category: Option<String>,
    /// The entry's key, and which of those with this key.
    pub(super) menu: Option<(String, u32)>,
    pub(super) state: Option<String>,
    pub(super) address: Address,
}

/// Why there is nothing to show.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Closed {
    /// The list or the menu did not come.
    Failed(Error),
    /// No application has this id.
    UnknownApplication,
    /// The administrator switched it off.
    Disabled,
    /// The address is refused.
    Refused(Launch),
    /// No entry has this key.
    UnknownMenu,
    /// A group of entries, or an application without an entry that opens.
    NothingToOpen,
    /// The user may open none of the entries.
    NoMenus,
}

/// What the main region shows.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Opened {
    /// Not known yet.
    Waiting,
    /// A page in a frame.
    Frame { source: Source, entry: Option<usize> },
    /// A page that opens in a new tab only.
    Elsewhere { address: Address, entry: Option<usize> },
    /// Words and ways out.
    Closed { why: Closed, entry: Option<usize> },
}

impl Opened {
    /// The menu entry that is open.
    pub(super) fn entry(&self) -> Option<usize> {
        match self {
            Self::Waiting => None,
            Self::Frame { entry, .. } | Self::Elsewhere { entry, .. } | Self::Closed { entry, .. } => *entry,
        }
    }

    /// The first entry that leads to the page that is shown.
    pub(super) fn same_page(&self, menu: &MenuTree) -> Option<usize> {
        let Self::Frame { source, .. } = self else { return None };
        let same = |launch: &Launch| matches!(launch, Launch::Frame(address) if *address == source.address);
        menu.position(|facts| same(&facts.launch))
    }
}

/// Decides. An application with an address of its own opens without waiting for its menu, and in spite of a menu
/// that failed; without one, it opens its first entry.
pub(super) fn open(application: &Got<Option<Entry>>, menu: &Got<Arc<MenuTree>>, place: &Place) -> Opened {
    let closed = |why| Opened::Closed { why, entry: None };
    let entry = match application {
        Got::Waiting => return Opened::Waiting,
        Got::Failed(error) => return closed(Closed::Failed(error.clone())),
        Got::Here(None) => return closed(Closed::UnknownApplication),
        Got::Here(Some(entry)) => entry,
    };
    if entry.launch == Launch::Disabled {
        return closed(Closed::Disabled);
    }
    if let Got::Failed(error) = menu
        && (place.menu.is_some() || entry.launch == Launch::NoAddress || forbids(error))
    {
        return closed(Closed::Failed(error.clone()));
    }
    if place.menu.is_none() && entry.launch != Launch::NoAddress {
        return by_launch(&entry.launch, None, &|address| source(entry, place, None, address));
    }
    let Got::Here(menu) = menu else { return Opened::Waiting };
    let found = match &place.menu {
        Some((key, nth)) => menu.find(key, *nth),
        None => menu.first_open(),
    };
    match found.and_then(|index| Some((index, menu.facts(index)?))) {
        Some((index, facts)) => by_launch(&facts.launch, Some(index), &|address| {
            source(entry, place, Some((facts.key.clone(), facts.nth)), address)
        }),
        None if menu.nodes().is_empty() => closed(Closed::NoMenus),
        None if place.menu.is_some() => closed(Closed::UnknownMenu),
        None => closed(Closed::NothingToOpen),
    }
}

/// The service says that the user has no right to the application, or the organization does not have it
/// (contract.md 1.23): then its own address is not opened either.
pub(super) fn forbids(error: &Error) -> bool {
    matches!(error.code(), Some(Code::Forbidden | Code::NotFound | Code::NotAcquired))
}

fn by_launch(launch: &Launch, entry: Option<usize>, source: &dyn Fn(Address) -> Source) -> Opened {
    let why = match launch {
        Launch::Frame(address) => return Opened::Frame { source: source(address.clone()), entry },
        Launch::NewTab(address, _) => return Opened::Elsewhere { address: address.clone(), entry },
        Launch::Refused(_) => Closed::Refused(launch.clone()),
        Launch::Disabled => Closed::Disabled,
        Launch::NoAddress => Closed::NothingToOpen,
    };
    Opened::Closed { why, entry }
}

fn source(entry: &Entry, place: &Place, menu: Option<(String, u32)>, address: Address) -> Source {
    Source {
        application: entry.id.clone(),
        n: place.n,
        category: entry.category.as_ref().map(|category| category.as_str().to_owned()),
        menu,
        state: place.state.clone(),
        address,
    }
}

#[cfg(test)]
mod tests;
