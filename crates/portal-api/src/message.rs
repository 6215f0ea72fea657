//! Messages of applications (contract.md 1.22, 1.24, 1.25, 1.27, 1.28). The service takes whole messages and gives
//! back ids: what a message says cannot be asked for.

mod create;

pub use create::{CreateMessage, MessageKind, NewMessage};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize, Serializer};

use crate::json::{self, RawValue};
use crate::lenient::{self, Listed, Mismatch};
use crate::{
    ApplicationId, Audience, Endpoint, Family, Localized, MessageId, Method, MissingParameter,
    OrganizationId, Page, Paged, Parts, Public, Spec,
};

/// Without a user's token; who calls is known by the application's key (contract.md 0.3).
const FAMILY: Spec = Spec {
    method: Method::Post,
    audience: Audience::Server,
    session_codes: false,
    ..Spec::of(Family::Application)
};

/// The most messages that one [`UpdateMessage`] may hold; more answer 31400 (contract.md 1.27).
pub const MOST_UPDATES: usize = 1000;

/// Update Message (contract.md 1.27): says of messages whether somebody has dealt with them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UpdateMessage {
    /// At most [`MOST_UPDATES`].
    pub messages: Vec<MessageUpdate>,
}

/// What becomes of a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MessageUpdate {
    /// The message.
    pub id: MessageId,
    /// The application that it is of, by its access key.
    pub application: ApplicationId,
    /// Whether it is dealt with. On the wire 1, where the same member of Create Message has 0 (contract.md §6, 20).
    pub processed: bool,
}

/// An entry of the body, as it goes out and as it comes in.
#[derive(Serialize, Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct WireUpdate {
    #[serde(deserialize_with = "lenient::option")]
    message_id: Option<MessageId>,
    #[serde(deserialize_with = "lenient::option")]
    access_key: Option<ApplicationId>,
    /// A sample of the vendor sends the text "1".
    #[serde(deserialize_with = "lenient::bool", serialize_with = "as_number")]
    state: Option<bool>,
}

/// A truth value as the tables have it: 0 or 1.
fn as_number<S: Serializer>(flag: &Option<bool>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u8(u8::from(*flag == Some(true)))
}

impl From<&MessageUpdate> for WireUpdate {
    fn from(message: &MessageUpdate) -> Self {
        Self {
            message_id: Some(message.id.clone()),
            access_key: Some(message.application.clone()),
            state: Some(message.processed),
        }
    }
}

impl TryFrom<WireUpdate> for MessageUpdate {
    type Error = MissingParameter;

    fn try_from(wire: WireUpdate) -> Result<Self, MissingParameter> {
        let missing = |name| MissingParameter { name };
        Ok(Self {
            id: wire.message_id.ok_or(missing("messageId"))?,
            application: wire.access_key.ok_or(missing("accessKey"))?,
            processed: wire.state.ok_or(missing("state"))?,
        })
    }
}

impl Endpoint for UpdateMessage {
    type Access = Public;
    /// Nothing: `null` to 2.4, `true` in 3.0.0.
    type Reply = ();
    const SPEC: Spec =
        Spec { operation: "Update Message", path: "/v2.2/message/update", repeatable: false, ..FAMILY };

    fn write(&self, parts: &mut Parts) {
        let messages: Vec<WireUpdate> = self.messages.iter().map(WireUpdate::from).collect();
        parts.put_body_value(MESSAGES, &messages);
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let messages: Vec<WireUpdate> = entries(parts)?;
        Ok(Self { messages: messages.into_iter().map(MessageUpdate::try_from).collect::<Result<_, _>>()? })
    }

    fn decode(_: &RawValue) -> Result<(), Mismatch> {
        Ok(())
    }
}

/// Get Unresolved Messages (contract.md 1.28): the ids, and how many there are. For the number alone a page of one
/// entry does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GetUnresolvedMessages {
    /// The application, by its access key.
    pub application: ApplicationId,
    /// The organization that the messages are for.
    pub organization: OrganizationId,
    /// Which of them.
    pub page: Page,
}

impl Endpoint for GetUnresolvedMessages {
    type Access = Public;
    type Reply = Paged<MessageId>;
    const SPEC: Spec =
        Spec { operation: "Get Unresolved Messages", path: "/v2.2/message/unresolved/list", ..FAMILY };

    fn write(&self, parts: &mut Parts) {
        parts.put_body("accessKey", self.application.as_str());
        parts.put_body("orgId", self.organization.as_str());
        self.page.write(parts);
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let application = parts.body_as("accessKey", ApplicationId::parse)?;
        let organization = parts.body_as("orgId", OrganizationId::parse)?;
        Ok(Self { application, organization, page: Page::read_or_first(parts)? })
    }

    fn decode(data: &RawValue) -> Result<Paged<MessageId>, Mismatch> {
        Ok(Paged::new(lenient::only_list(data, "ids"), data))
    }
}

/// A colour of the icon, or a sound: something with a number to choose it by.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(try_from = "WireChoice")]
pub struct Choice {
    /// The number, for `color` and `ring` of a message.
    pub id: i64,
    /// The name.
    pub name: Localized,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct WireChoice {
    #[serde(deserialize_with = "lenient::int")]
    id: Option<i64>,
    name: Localized,
}

impl TryFrom<WireChoice> for Choice {
    type Error = Mismatch;

    fn try_from(wire: WireChoice) -> Result<Self, Mismatch> {
        Ok(Self { id: wire.id.ok_or(Mismatch { place: "id" })?, name: wire.name })
    }
}

/// Get Colors of the Message Icon (contract.md 1.24): 0 red, 1 yellow, 2 gray.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GetMessageColors;

impl Endpoint for GetMessageColors {
    type Access = Public;
    type Reply = Listed<Choice>;
    const SPEC: Spec = Spec {
        operation: "Get Colors of the Message Icon",
        method: Method::Get,
        path: "/v2.2/message/enum/colors",
        audience: Audience::Browser,
        ..FAMILY
    };

    fn write(&self, _: &mut Parts) {}

    fn read(_: &Parts) -> Result<Self, MissingParameter> {
        Ok(Self)
    }

    fn decode(data: &RawValue) -> Result<Listed<Choice>, Mismatch> {
        Ok(lenient::only_list(data, "colors"))
    }
}

/// Get Message Ringtones (contract.md 1.25): 0 no sound, 1 the sound of an alarm.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GetMessageRingtones;

impl Endpoint for GetMessageRingtones {
    type Access = Public;
    type Reply = Listed<Choice>;
    const SPEC: Spec = Spec {
        operation: "Get Message Ringtones",
        method: Method::Get,
        path: "/v2.2/message/enum/ringtones",
        audience: Audience::Browser,
        ..FAMILY
    };

    fn write(&self, _: &mut Parts) {}

    fn read(_: &Parts) -> Result<Self, MissingParameter> {
        Ok(Self)
    }

    fn decode(data: &RawValue) -> Result<Listed<Choice>, Mismatch> {
        // The member's name is the documentation's own.
        Ok(lenient::only_list(data, "ringings"))
    }
}

const MESSAGES: &str = "messages";

/// The entries of a body of messages; a list without any is a missing one, and what is no object has no members.
fn entries<T: DeserializeOwned + Default>(parts: &Parts) -> Result<Vec<T>, MissingParameter> {
    let list = parts.body_value(MESSAGES).and_then(json::entries).filter(|list| !list.is_empty());
    let list = list.ok_or(MissingParameter { name: MESSAGES })?;
    Ok(list.into_iter().map(lenient::members).collect())
}
