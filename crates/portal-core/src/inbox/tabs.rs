//! What the tabs of one browser tell each other of messages, so that one of them asks for all. It holds ids of
//! applications and numbers, nothing secret; `scope` is a digest of person and organization, and what is said in another
//! scope is not heard.

use std::collections::BTreeMap;

use portal_api::ApplicationId;
use portal_api::json::{self, Json};

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

impl Between {
    /// As text.
    pub fn to_text(&self, scope: &str) -> String {
        let own = |text: &str| Json::from(text).into_owned();
        let mut said = Json::object([("s", own(scope))]);
        match self {
            Self::Wants { tab, applications } => {
                said.put("tab", (*tab).into());
                said.put("want", Json::List(applications.iter().map(|id| own(id.as_str())).collect()));
            }
            Self::Changed(application) => said.put("changed", own(application.as_str())),
            Self::Told(numbers) => {
                let entry = |(id, known): &(ApplicationId, Known)| {
                    let number = known.number().map(|number| i64::try_from(number).unwrap_or(i64::MAX));
                    let mut entry = vec![own(id.as_str()), number.unwrap_or(-1).into()];
                    if matches!(known, Known::AtLeast(_)) {
                        entry.push(1.into());
                    }
                    Json::List(entry)
                };
                said.put("told", Json::List(numbers.iter().map(entry).collect()));
            }
        }
        said.to_text()
    }

    /// Reads what was said; `None` for what belongs to another scope, and for anything else.
    pub fn parse(text: &str, scope: &str) -> Option<Self> {
        let said = json::parse(text).ok()?;
        if said.get("s")?.as_str()? != scope {
            return None;
        }
        let id = |value: &Json<'_>| ApplicationId::parse(value.as_str()?);
        if let Some(changed) = said.get("changed") {
            return Some(Self::Changed(id(changed)?));
        }
        if let Some(told) = said.get("told") {
            let entry = |entry: &Json<'_>| {
                let entry = entry.as_list()?;
                let known = match (u64::try_from(entry.get(1)?.as_i64()?), entry.get(2)) {
                    (Ok(number), None) => Known::Exactly(number),
                    (Ok(number), Some(_)) => Known::AtLeast(number),
                    (Err(_), _) => Known::Closed,
                };
                Some((id(entry.first()?)?, known))
            };
            return Some(Self::Told(told.as_list()?.iter().filter_map(entry).collect()));
        }
        let applications = said.get("want")?.as_list()?.iter().filter_map(id).take(MOST).collect();
        Some(Self::Wants { tab: said.get("tab")?.as_i64()?, applications })
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
