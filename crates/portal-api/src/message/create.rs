//! Create Message (contract.md 1.22).

use super::{FAMILY, MESSAGES, entries, member};
use crate::json::Json;
use crate::lenient::{self, Mismatch, integer, text};
use crate::{
    ApplicationId, AssetId, Endpoint, Localized, MessageId, MissingParameter, OrganizationId, Parts, Public,
    Spec, time,
};

/// Create Message (contract.md 1.22).
#[derive(Clone, PartialEq, Debug)]
pub struct CreateMessage {
    /// At least one.
    pub messages: Vec<NewMessage>,
}

/// What a message is (contract.md 1.22, `type`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MessageKind {
    /// 0, and every value that is not known.
    Common,
    /// 1
    Alert,
}

/// A message to create. Texts that a caller leaves out are empty or `None`.
#[derive(Clone, PartialEq, Debug)]
pub struct NewMessage {
    /// Chosen by the caller; names the message within its application.
    pub id: MessageId,
    /// What it is.
    pub kind: MessageKind,
    /// The organization that it is for.
    pub organization: OrganizationId,
    /// The application that it is of, by its access key.
    pub application: ApplicationId,
    /// What it says; with a text for every language or one in English, or left out.
    pub body: Localized,
    /// A number of Get Colors of the Message Icon.
    pub color: Option<i64>,
    /// A number of Get Message Ringtones.
    pub ring: Option<i64>,
    /// Short words beside it, of which the first three are shown.
    pub tags: Vec<Localized>,
    /// When it was made: `yyyy-MM-dd HH:mm:ss` in UTC (contract.md 0.6).
    pub produced: String,
    /// The zone to show that time in, such as `+08:00`.
    pub zone: String,
    /// Whether somebody has dealt with it. On the wire 0, where the same member of Update Message has 1
    /// (contract.md §6, 20).
    pub resolved: bool,
    /// The application that its link leads to, by its access key.
    pub linked_application: Option<ApplicationId>,
    /// The menu that its link leads to, by its identifier.
    pub linked_menu: Option<String>,
    /// The state that its link hands on.
    pub linked_state: Option<String>,
    /// What the service calls its feature.
    pub feature: Localized,
    /// The asset that it is about.
    pub asset: Option<AssetId>,
    /// The asset with the tag `auth_unit:true` that decides who sees it.
    pub authorization_unit: AssetId,
    /// What the portal calls, by GET, when its button is pressed. Mandatory in the English text of 2.1 only.
    pub callback: Option<String>,
    /// What its button says; without it there is none. Mandatory in the English text of 2.1 only.
    pub action: Localized,
}

impl NewMessage {
    fn to_entry(&self) -> Json<'static> {
        let own = |text: &str| Json::from(text).into_owned();
        let mut entry = Json::object([
            ("messageId", own(self.id.as_str())),
            ("type", i64::from(self.kind == MessageKind::Alert).into()),
            ("orgId", own(self.organization.as_str())),
            ("accessKey", own(self.application.as_str())),
            ("produceTime", own(&self.produced)),
            ("zoneOffset", own(&self.zone)),
            ("state", i64::from(!self.resolved).into()),
            ("authUnitId", own(self.authorization_unit.as_str())),
        ]);
        let tags: Vec<_> = self.tags.iter().filter_map(Localized::to_map).collect();
        let linked = self.linked_application.as_ref().map(ApplicationId::as_str);
        for (key, value) in [
            ("body", self.body.to_map()),
            ("color", self.color.map(Json::from)),
            ("ring", self.ring.map(Json::from)),
            ("tags", (!tags.is_empty()).then_some(Json::List(tags))),
            ("linkedAppId", linked.map(own)),
            ("linkedMenuCode", self.linked_menu.as_deref().map(own)),
            ("linkedStates", self.linked_state.as_deref().map(own)),
            ("feature", self.feature.to_map()),
            ("assetId", self.asset.as_ref().map(|asset| own(asset.as_str()))),
            ("callbackUrl", self.callback.as_deref().map(own)),
            ("actionName", self.action.to_map()),
        ] {
            if let Some(value) = value {
                entry.put(key, value);
            }
        }
        entry
    }

    fn read(entry: &Json<'_>) -> Result<Self, MissingParameter> {
        let missing = |name| MissingParameter { name };
        let own = |key| text(entry, key).map(str::to_owned);
        let body = Localized::read(entry.get("body"));
        // Where there is a text, it must be one that everybody can be shown (contract.md 1.22).
        if !body.is_empty()
            && body.fallback.is_none()
            && !body.by_locale.iter().any(|(key, _)| key == "en-US")
        {
            return Err(missing("body"));
        }
        if entry.get("produceTime").and_then(time::instant).is_none() {
            return Err(missing("produceTime"));
        }
        let kind = match entry.get("type").and_then(integer) {
            Some(1) => MessageKind::Alert,
            _ => MessageKind::Common,
        };
        // Samples have a list; tables say a map.
        let tag = |tag: &Json<'_>| Some(Localized::read(Some(tag))).filter(|tag| !tag.is_empty());
        Ok(Self {
            id: MessageId::parse(member(entry, "messageId")?).ok_or(missing("messageId"))?,
            kind,
            organization: OrganizationId::parse(member(entry, "orgId")?).ok_or(missing("orgId"))?,
            application: ApplicationId::parse(member(entry, "accessKey")?).ok_or(missing("accessKey"))?,
            body,
            color: entry.get("color").and_then(integer),
            ring: entry.get("ring").and_then(integer),
            tags: lenient::list(entry, "tags", tag).entries,
            produced: member(entry, "produceTime")?.to_owned(),
            zone: member(entry, "zoneOffset")?.to_owned(),
            // Not said: nobody can have dealt with it.
            resolved: entry.get("state").and_then(lenient::flag) == Some(false),
            linked_application: text(entry, "linkedAppId").and_then(ApplicationId::parse),
            linked_menu: own("linkedMenuCode"),
            linked_state: own("linkedStates"),
            feature: Localized::read(entry.get("feature")),
            asset: text(entry, "assetId").and_then(AssetId::parse),
            authorization_unit: AssetId::parse(member(entry, "authUnitId")?).ok_or(missing("authUnitId"))?,
            callback: own("callbackUrl"),
            action: Localized::read(entry.get("actionName")),
        })
    }
}

impl Endpoint for CreateMessage {
    type Access = Public;
    type Reply = ();
    const SPEC: Spec =
        Spec { operation: "Create Message", path: "/v2.2/message/produce", repeatable: false, ..FAMILY };

    fn write(&self, parts: &mut Parts) {
        parts.put_body_value(MESSAGES, Json::List(self.messages.iter().map(NewMessage::to_entry).collect()));
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        Ok(Self { messages: entries(parts)?.iter().map(NewMessage::read).collect::<Result<_, _>>()? })
    }

    fn decode(_: &Json<'_>) -> Result<(), Mismatch> {
        Ok(())
    }
}
