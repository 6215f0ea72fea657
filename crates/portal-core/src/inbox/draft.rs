//! A message that a person writes: every field of Create Message (contract.md 1.22) as typed, and what is wrong with it.

use portal_api::message::{MessageKind, NewMessage};
use portal_api::{ApplicationId, AssetId, Localized, MessageId, OrganizationId};

/// Fields that can be wrong, in the order of the form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Field {
    /// `messageId`
    Id,
    /// `accessKey`
    Application,
    /// `body`
    Body,
    /// `produceTime`
    Produced,
    /// `zoneOffset`
    Zone,
    /// `linkedAppId`
    Linked,
    /// `authUnitId`
    Unit,
    /// `callbackUrl`
    Callback,
    /// `actionName`
    Action,
}

/// What is wrong with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Problem {
    /// It is needed.
    Missing,
    /// Texts need one for all languages or one in English.
    NoCommonText,
    /// Not `yyyy-MM-dd HH:mm:ss`.
    NoTime,
    /// Not `+08:00`.
    NoZone,
    /// A menu or a state is named, but no application that they belong to.
    NoLinkedApplication,
    /// Not an address that begins with `https://` or `http://`.
    NoAddress,
    /// A button without an address to call, or an address without a button.
    HalfAction,
}

/// The message as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[expect(missing_docs, reason = "named as in contract.md 1.22; texts by locale are `(\"en-US\", text)`")]
pub struct Draft {
    pub id: String,
    pub alert: bool,
    pub application: String,
    pub body: String,
    pub body_by_locale: Vec<(String, String)>,
    pub color: Option<i64>,
    pub ring: Option<i64>,
    /// One on each line.
    pub tags: String,
    pub produced: String,
    pub zone: String,
    pub resolved: bool,
    pub linked_application: String,
    pub linked_menu: String,
    pub linked_state: String,
    pub feature: String,
    pub asset: String,
    pub unit: String,
    pub callback: String,
    pub action: String,
}

impl Draft {
    /// Whether the person has written something. What the portal fills in by itself is nothing to lose.
    pub fn is_written(&self) -> bool {
        let texts = [
            &self.body,
            &self.tags,
            &self.linked_application,
            &self.linked_menu,
            &self.linked_state,
            &self.feature,
            &self.asset,
            &self.unit,
            &self.callback,
            &self.action,
        ];
        let by_locale = self.body_by_locale.iter().map(|(_, text)| text);
        texts.into_iter().chain(by_locale).any(|text| !text.trim().is_empty())
    }

    /// Fills in by itself what the form begins with, only where nothing stands: what the person wrote stays.
    pub fn complete(&mut self, begun: Self) {
        let pairs =
            [(&mut self.id, begun.id), (&mut self.produced, begun.produced), (&mut self.zone, begun.zone)];
        for (kept, begun) in pairs {
            if kept.trim().is_empty() {
                *kept = begun;
            }
        }
    }

    /// The text in a language.
    pub fn body_in(&mut self, locale: &str) -> &mut String {
        let at = self.body_by_locale.iter().position(|(known, _)| known == locale);
        let at = at.unwrap_or_else(|| {
            self.body_by_locale.push((locale.to_owned(), String::new()));
            self.body_by_locale.len() - 1
        });
        match self.body_by_locale.get_mut(at) {
            Some((_, text)) => text,
            // Not reached: the entry was there or was made.
            None => &mut self.body,
        }
    }

    /// The message to create in an organization.
    ///
    /// # Errors
    /// All that is wrong, in the order of the form.
    pub fn check(&self, organization: &OrganizationId) -> Result<NewMessage, Vec<(Field, Problem)>> {
        let mut problems = Vec::new();
        let mut wrong = |field, problem| problems.push((field, problem));
        let id = MessageId::parse(self.id.trim());
        if id.is_none() {
            wrong(Field::Id, Problem::Missing);
        }
        let application = ApplicationId::parse(self.application.trim());
        if application.is_none() {
            wrong(Field::Application, Problem::Missing);
        }
        let body = self.body();
        if !body.is_empty() && body.fallback.is_none() && !has_english(&body) {
            wrong(Field::Body, Problem::NoCommonText);
        }
        let produced = self.produced.trim();
        if !is_time(produced) {
            wrong(Field::Produced, missing_or(produced, Problem::NoTime));
        }
        let zone = self.zone.trim();
        if !is_zone(zone) {
            wrong(Field::Zone, missing_or(zone, Problem::NoZone));
        }
        let linked = text(&self.linked_application);
        if linked.is_none() && (text(&self.linked_menu).is_some() || text(&self.linked_state).is_some()) {
            wrong(Field::Linked, Problem::NoLinkedApplication);
        }
        let unit = AssetId::parse(self.unit.trim());
        if unit.is_none() {
            wrong(Field::Unit, Problem::Missing);
        }
        let (callback, action) = (text(&self.callback), text(&self.action));
        if callback.as_deref().is_some_and(|address| !is_address(address)) {
            wrong(Field::Callback, Problem::NoAddress);
        }
        match (&callback, &action) {
            (Some(_), None) => wrong(Field::Action, Problem::HalfAction),
            (None, Some(_)) => wrong(Field::Callback, Problem::HalfAction),
            _ => {}
        }
        let (Some(id), Some(application), Some(authorization_unit)) = (id, application, unit) else {
            return Err(problems);
        };
        if !problems.is_empty() {
            return Err(problems);
        }
        let plain = |text: &Option<String>| text.as_deref().map(Localized::plain).unwrap_or_default();
        Ok(NewMessage {
            id,
            kind: if self.alert { MessageKind::Alert } else { MessageKind::Common },
            organization: organization.clone(),
            application,
            body,
            color: self.color,
            ring: self.ring,
            tags: self.tags.lines().filter_map(text).map(|tag| Localized::plain(&tag)).collect(),
            produced: produced.to_owned(),
            zone: zone.to_owned(),
            resolved: self.resolved,
            linked_application: linked.as_deref().and_then(ApplicationId::parse),
            linked_menu: text(&self.linked_menu),
            linked_state: text(&self.linked_state),
            feature: plain(&text(&self.feature)),
            asset: text(&self.asset).as_deref().and_then(AssetId::parse),
            authorization_unit,
            action: plain(&action),
            callback,
        })
    }

    fn body(&self) -> Localized {
        let by_locale =
            self.body_by_locale.iter().filter_map(|(locale, typed)| Some((locale.clone(), text(typed)?)));
        Localized { preferred: None, by_locale: by_locale.collect(), fallback: text(&self.body) }
    }
}

fn has_english(body: &Localized) -> bool {
    body.by_locale.iter().any(|(locale, _)| locale == "en-US")
}

fn missing_or(typed: &str, problem: Problem) -> Problem {
    if typed.is_empty() { Problem::Missing } else { problem }
}

fn text(typed: &str) -> Option<String> {
    let typed = typed.trim();
    (!typed.is_empty()).then(|| typed.to_owned())
}

/// Whether the portal could call it by GET. Not opened here: the service looks at it again.
fn is_address(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.starts_with(['/', '?', '#']))
        && !text.contains(char::is_whitespace)
}

/// `yyyy-MM-dd HH:mm:ss` (contract.md 0.6).
fn is_time(text: &str) -> bool {
    let shape = "dddd-dd-dd dd:dd:dd";
    let fits = |(byte, shape): (u8, u8)| if shape == b'd' { byte.is_ascii_digit() } else { byte == shape };
    let part = |range, least: u32, most: u32| {
        let number = text.get(range).and_then(|part: &str| part.parse::<u32>().ok());
        number.is_some_and(|number| (least..=most).contains(&number))
    };
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(fits)
        && part(5..7, 1, 12)
        && part(8..10, 1, 31)
        && part(11..13, 0, 23)
        && part(14..16, 0, 59)
        && part(17..19, 0, 59)
}

/// `+08:00`, as far as zones go.
fn is_zone(text: &str) -> bool {
    let time = text.strip_prefix(['+', '-']).filter(|time| time.len() == 5);
    time.and_then(super::minute_of_day).is_some_and(|minutes| minutes <= 18 * 60)
}

/// `produceTime` and `zoneOffset` for a moment: `iso` is `2026-11-22T08:30:00.000Z`, `offset` the minutes east of UTC.
pub fn produced_at(iso: &str, offset: i32) -> (String, String) {
    let time = iso.get(..19).unwrap_or(iso).replace('T', " ");
    let minutes = u16::try_from(offset.unsigned_abs()).unwrap_or_default();
    (time, format!("{}{}", if offset < 0 { '-' } else { '+' }, super::time_of_day(minutes)))
}
