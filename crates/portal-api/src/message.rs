//! Messages of applications (contract.md 1.22, 1.24, 1.25, 1.27, 1.28). The service takes whole messages and gives
//! back ids: what a message says cannot be asked for.

mod create;

pub use create::{CreateMessage, MessageKind, NewMessage};

use crate::json::Json;
use crate::lenient::{self, Listed, Mismatch, as_text, integer};
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

impl MessageUpdate {
    fn read(entry: &Json<'_>) -> Result<Self, MissingParameter> {
        Ok(Self {
            id: MessageId::parse(member(entry, "messageId")?)
                .ok_or(MissingParameter { name: "messageId" })?,
            application: ApplicationId::parse(member(entry, "accessKey")?)
                .ok_or(MissingParameter { name: "accessKey" })?,
            // A sample of the vendor sends the text "1".
            processed: entry
                .get("state")
                .and_then(lenient::flag)
                .ok_or(MissingParameter { name: "state" })?,
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
        let entry = |message: &MessageUpdate| {
            Json::object([
                ("messageId", Json::from(message.id.as_str()).into_owned()),
                ("accessKey", Json::from(message.application.as_str()).into_owned()),
                ("state", i64::from(message.processed).into()),
            ])
        };
        parts.put_body_value(MESSAGES, Json::List(self.messages.iter().map(entry).collect()));
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let messages = entries(parts)?.iter().map(MessageUpdate::read).collect::<Result<_, _>>()?;
        Ok(Self { messages })
    }

    fn decode(_: &Json<'_>) -> Result<(), Mismatch> {
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

    fn decode(data: &Json<'_>) -> Result<Paged<MessageId>, Mismatch> {
        let ids = lenient::only_list(data, "ids", |entry| as_text(entry).and_then(MessageId::parse));
        Ok(Paged::new(ids, data))
    }
}

/// A colour of the icon, or a sound: something with a number to choose it by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// The number, for `color` and `ring` of a message.
    pub id: i64,
    /// The name.
    pub name: Localized,
}

impl Choice {
    fn read(entry: &Json<'_>) -> Option<Self> {
        Some(Self { id: entry.get("id").and_then(integer)?, name: Localized::read(entry.get("name")) })
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

    fn decode(data: &Json<'_>) -> Result<Listed<Choice>, Mismatch> {
        Ok(lenient::only_list(data, "colors", Choice::read))
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

    fn decode(data: &Json<'_>) -> Result<Listed<Choice>, Mismatch> {
        // The member's name is the documentation's own.
        Ok(lenient::only_list(data, "ringings", Choice::read))
    }
}

const MESSAGES: &str = "messages";

/// The entries of a body of messages; a list without any is a missing one.
fn entries(parts: &Parts) -> Result<&[Json<'static>], MissingParameter> {
    let list = parts.body_value(MESSAGES).and_then(Json::as_list).filter(|list| !list.is_empty());
    list.ok_or(MissingParameter { name: MESSAGES })
}

/// A mandatory text of an entry.
fn member<'v>(entry: &'v Json<'_>, name: &'static str) -> Result<&'v str, MissingParameter> {
    lenient::text(entry, name).ok_or(MissingParameter { name })
}
