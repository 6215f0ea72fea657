//! Create Message (contract.md 1.22).

use serde::{Deserialize, Deserializer, Serialize};

use super::{FAMILY, MESSAGES, as_number, entries};
use crate::json::RawValue;
use crate::lenient::{self, Listed, Mismatch};
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

/// An entry of the body, as it goes out and as it comes in.
#[derive(Serialize, Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Wire {
    #[serde(deserialize_with = "lenient::option")]
    message_id: Option<MessageId>,
    #[serde(rename = "type", deserialize_with = "lenient::int")]
    kind: Option<i64>,
    #[serde(deserialize_with = "lenient::option")]
    org_id: Option<OrganizationId>,
    #[serde(deserialize_with = "lenient::option")]
    access_key: Option<ApplicationId>,
    #[serde(deserialize_with = "lenient::string")]
    produce_time: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    zone_offset: Option<String>,
    #[serde(deserialize_with = "lenient::bool", serialize_with = "as_number")]
    state: Option<bool>,
    #[serde(deserialize_with = "lenient::option")]
    auth_unit_id: Option<AssetId>,
    #[serde(skip_serializing_if = "Localized::is_empty")]
    body: Localized,
    #[serde(deserialize_with = "lenient::int", skip_serializing_if = "Option::is_none")]
    color: Option<i64>,
    #[serde(deserialize_with = "lenient::int", skip_serializing_if = "Option::is_none")]
    ring: Option<i64>,
    #[serde(deserialize_with = "tags", skip_serializing_if = "Vec::is_empty")]
    tags: Vec<Localized>,
    #[serde(deserialize_with = "lenient::option", skip_serializing_if = "Option::is_none")]
    linked_app_id: Option<ApplicationId>,
    #[serde(deserialize_with = "lenient::string", skip_serializing_if = "Option::is_none")]
    linked_menu_code: Option<String>,
    #[serde(deserialize_with = "lenient::string", skip_serializing_if = "Option::is_none")]
    linked_states: Option<String>,
    #[serde(skip_serializing_if = "Localized::is_empty")]
    feature: Localized,
    #[serde(deserialize_with = "lenient::option", skip_serializing_if = "Option::is_none")]
    asset_id: Option<AssetId>,
    #[serde(deserialize_with = "lenient::string", skip_serializing_if = "Option::is_none")]
    callback_url: Option<String>,
    #[serde(skip_serializing_if = "Localized::is_empty")]
    action_name: Localized,
}

/// Samples have a list; tables say a map.
fn tags<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Localized>, D::Error> {
    let tags: Listed<Localized> = Listed::deserialize(deserializer)?;
    Ok(tags.entries.into_iter().filter(|tag| !tag.is_empty()).collect())
}

impl From<&NewMessage> for Wire {
    fn from(message: &NewMessage) -> Self {
        Self {
            message_id: Some(message.id.clone()),
            kind: Some((message.kind == MessageKind::Alert).into()),
            org_id: Some(message.organization.clone()),
            access_key: Some(message.application.clone()),
            produce_time: Some(message.produced.clone()),
            zone_offset: Some(message.zone.clone()),
            state: Some(!message.resolved),
            auth_unit_id: Some(message.authorization_unit.clone()),
            body: message.body.clone(),
            color: message.color,
            ring: message.ring,
            tags: message.tags.iter().filter(|tag| !tag.is_empty()).cloned().collect(),
            linked_app_id: message.linked_application.clone(),
            linked_menu_code: message.linked_menu.clone(),
            linked_states: message.linked_state.clone(),
            feature: message.feature.clone(),
            asset_id: message.asset.clone(),
            callback_url: message.callback.clone(),
            action_name: message.action.clone(),
        }
    }
}

impl TryFrom<Wire> for NewMessage {
    type Error = MissingParameter;

    fn try_from(wire: Wire) -> Result<Self, MissingParameter> {
        let missing = |name| MissingParameter { name };
        // Where there is a text, it must be one that everybody can be shown (contract.md 1.22).
        let body = &wire.body;
        let english = || body.by_locale.iter().any(|(key, _)| key == "en-US");
        if !body.is_empty() && body.fallback.is_none() && !english() {
            return Err(missing("body"));
        }
        let produced = wire.produce_time.filter(|time| time::read_time(time).is_some());
        Ok(Self {
            produced: produced.ok_or(missing("produceTime"))?,
            id: wire.message_id.ok_or(missing("messageId"))?,
            kind: if wire.kind == Some(1) { MessageKind::Alert } else { MessageKind::Common },
            organization: wire.org_id.ok_or(missing("orgId"))?,
            application: wire.access_key.ok_or(missing("accessKey"))?,
            body: wire.body,
            color: wire.color,
            ring: wire.ring,
            tags: wire.tags,
            zone: wire.zone_offset.ok_or(missing("zoneOffset"))?,
            // Not said: nobody can have dealt with it.
            resolved: wire.state == Some(false),
            linked_application: wire.linked_app_id,
            linked_menu: wire.linked_menu_code,
            linked_state: wire.linked_states,
            feature: wire.feature,
            asset: wire.asset_id,
            authorization_unit: wire.auth_unit_id.ok_or(missing("authUnitId"))?,
            callback: wire.callback_url,
            action: wire.action_name,
        })
    }
}

impl Endpoint for CreateMessage {
    type Access = Public;
    type Reply = ();
    const SPEC: Spec =
        Spec { operation: "Create Message", path: "/v2.2/message/produce", repeatable: false, ..FAMILY };

    fn write(&self, parts: &mut Parts) {
        let messages: Vec<Wire> = self.messages.iter().map(Wire::from).collect();
        parts.put_body_value(MESSAGES, &messages);
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let messages: Vec<Wire> = entries(parts)?;
        Ok(Self { messages: messages.into_iter().map(NewMessage::try_from).collect::<Result<_, _>>()? })
    }

    fn decode(_: &RawValue) -> Result<(), Mismatch> {
        Ok(())
    }
}
