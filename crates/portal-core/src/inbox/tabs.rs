//! What the tabs of one browser tell each other of messages, so that one of them asks for all. It holds ids of
//! applications and numbers, nothing secret; `scope` is a digest of person and organization, and what is said in another
//! scope is not heard.

use std::collections::BTreeMap;

use portal_api::ApplicationId;
use portal_api::json;
use serde::{Deserialize, Serialize};

use super::counts::Known;

/// After so long a tab that said nothing wants nothing any more, in milliseconds; tabs repeat what they want.
pub const WANTED_MS: i64 = 90_000;
/// A tab cannot look at more applications at once.
const MOST: usize = 500;

/// Something said by a tab.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Between {
    /// What a tab looks at.
    Wants {
        /// Which tab.
        tab: i64,
        /// All of it; none for a tab that is no longer seen.
        applications: Vec<ApplicationId>,
    },
    /// The person changed how many messages of an application wait.
    Changed(ApplicationId),
    /// How many messages wait.
    Told(Vec<(ApplicationId, Known)>),
}

/// What is said, as JSON: `changed`, `told`, or `tab` with `want`.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct Said {
    scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<ApplicationId>,
    /// Each with its number, `null` for what the person may not see, and whether there may be more.
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<Vec<(ApplicationId, Option<u64>, bool)>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tab: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    want: Option<Vec<ApplicationId>>,
}

impl Between {
    /// As text.
    pub fn to_text(&self, scope: &str) -> String {
        let mut said = Said { scope: scope.to_owned(), ..Said::default() };
        match self {
            Self::Wants { tab, applications } => {
                said.tab = Some(*tab);
                said.want = Some(applications.clone());
            }
            Self::Changed(application) => said.changed = Some(application.clone()),
            Self::Told(numbers) => {
                let entry = |(id, known): &(ApplicationId, Known)| {
                    (id.clone(), known.number(), matches!(known, Known::AtLeast(_)))
                };
                said.told = Some(numbers.iter().map(entry).collect());
            }
        }
        json::to_text(&said)
    }

    /// Reads what was said; `None` for what belongs to another scope, and for anything else.
    pub fn parse(text: &str, scope: &str) -> Option<Self> {
        let said: Said = serde_json::from_str(text).ok()?;
        match said {
            Said { scope: other, .. } if other != scope => None,
            Said { changed: Some(application), .. } => Some(Self::Changed(application)),
            Said { told: Some(told), .. } => {
                let known = |(id, number, more): (ApplicationId, Option<u64>, bool)| match number {
                    Some(number) if more => (id, Known::AtLeast(number)),
                    Some(number) => (id, Known::Exactly(number)),
                    None => (id, Known::Closed),
                };
                Some(Self::Told(told.into_iter().map(known).collect()))
            }
            Said { tab: Some(tab), want: Some(mut applications), .. } => {
                applications.truncate(MOST);
                Some(Self::Wants { tab, applications })
            }
            _ => None,
        }
    }
}

/// What the other tabs look at.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wants(BTreeMap<i64, (Vec<ApplicationId>, i64)>);

impl Wants {
    /// A tab says what it looks at.
    pub fn hear(&mut self, tab: i64, applications: Vec<ApplicationId>, now: i64) {
        if applications.is_empty() {
            self.0.remove(&tab);
        } else {
            self.0.insert(tab, (applications, now));
        }
    }

    /// What anybody looks at, this tab's own first, each once.
    pub fn all(&mut self, own: &[ApplicationId], now: i64) -> Vec<ApplicationId> {
        self.0.retain(|_, (_, since)| (0..WANTED_MS).contains(&(now - *since)));
        let mut all = own.to_vec();
        for application in self.0.values().flat_map(|(applications, _)| applications) {
            if !all.contains(application) {
                all.push(application.clone());
            }
        }
        all
    }
}
