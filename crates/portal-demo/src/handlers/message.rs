//! Messages (contract.md 1.22, 1.24, 1.25, 1.27, 1.28).

use portal_api::MissingParameter;
use portal_api::message::{
    CreateMessage, GetMessageColors, GetMessageRingtones, GetUnresolvedMessages, MOST_UPDATES, UpdateMessage,
};
use serde_json::{Value, json};

use super::lookup;
use crate::catalogue::{MessagesSentinel, Names, Organization};
use crate::dispatch::{Call, Served};
use crate::records::Message;
use crate::reply::{Answer, FORBIDDEN, FULL, Fault, INVALID};
use crate::wire;

/// The names that 3.0.0 gives the members of `pagination` here, and nowhere else (contract.md 0.5).
const PAGE_NAMES: [&str; 3] = ["totalElements", "PageNo", "PageSize"];
/// Longer ids are no ids; in bytes.
const LONGEST_ID: usize = 128;

impl Served for CreateMessage {
    /// All or none: a caller cannot be told which of them went wrong.
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        for message in &self.messages {
            let organization = lookup::organization(call, message.organization.as_str())?;
            lookup::acquired(call, organization, message.application.as_str())?;
            open(organization, message.application.as_str(), MessagesSentinel::Sealed)?;
            if message.id.as_str().len() > LONGEST_ID {
                return Err(Fault::new(INVALID, "messageId is too long"));
            }
        }
        if self.messages.len() > call.state.records.room() {
            return Err(Fault::new(FULL, "The demonstration keeps no more messages"));
        }
        for message in &self.messages {
            let kept =
                Message { organization: message.organization.to_string(), processed: message.resolved };
            call.state.records.keep(message.application.as_str(), message.id.as_str(), kept);
        }
        Ok(Answer::Data(Value::Null))
    }

    fn missing(parameter: MissingParameter) -> String {
        missing(parameter)
    }
}

impl Served for UpdateMessage {
    /// What becomes of an id that nobody created is not documented; here nothing does.
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        if self.messages.len() > MOST_UPDATES {
            return Err(Fault::new(INVALID, "At most 1000 messages can be updated at a time"));
        }
        for update in &self.messages {
            let (application, id) = (update.application.as_str(), update.id.as_str());
            if let Some(organization) = call.catalogue.organization_of_message(application, id) {
                open(organization, application, MessagesSentinel::Sealed)?;
            }
        }
        for update in &self.messages {
            let (application, id) = (update.application.as_str(), update.id.as_str());
            let kept =
                call.state.records.message(application, id).map(|message| message.organization.clone());
            let stored = || call.catalogue.organization_of_message(application, id);
            if let Some(organization) = kept.or_else(|| stored().map(|organization| organization.id.clone()))
            {
                let message = Message { organization, processed: update.processed };
                call.state.records.keep(application, id, message);
            }
        }
        Ok(Answer::Data(Value::Bool(true)))
    }

    fn missing(parameter: MissingParameter) -> String {
        missing(parameter)
    }
}

impl Served for GetUnresolvedMessages {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = lookup::organization(call, self.organization.as_str())?;
        let application = self.application.as_str();
        lookup::acquired(call, organization, application)?;
        open(organization, application, MessagesSentinel::Closed)?;
        let records = &call.state.records;
        let of_application =
            organization.messages.iter().filter(|waiting| waiting.application == application);
        let untouched = of_application
            .flat_map(|waiting| waiting.ids(organization))
            .filter(|id| records.message(application, id).is_none());
        let kept = records
            .messages_of(application)
            .filter(|(_, message)| message.organization == organization.id && !message.processed)
            .map(|(id, _)| id.to_owned());
        let ids: Vec<String> = untouched.chain(kept).collect();
        let (ids, pagination) = lookup::page(ids.iter(), self.page, PAGE_NAMES);
        Ok(Answer::Data(json!({ "ids": ids, "pagination": pagination })))
    }
}

impl Served for GetMessageColors {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let colors = choices(call, &call.catalogue.choices.colors);
        Ok(Answer::Data(json!({ "colors": colors })))
    }
}

impl Served for GetMessageRingtones {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let ringtones = choices(call, &call.catalogue.choices.ringtones);
        Ok(Answer::Data(json!({ "ringings": ringtones })))
    }
}

/// Refuses where the messages of an application are there to show it.
fn open(organization: &Organization, application: &str, refused: MessagesSentinel) -> Result<(), Fault> {
    if organization.sentinel_of_messages(application) == refused {
        return Err(Fault::new(FORBIDDEN, "No permission for the messages of this application."));
    }
    Ok(())
}

fn choices(call: &Call<'_>, choices: &[(i64, Names)]) -> Vec<Value> {
    let writer = wire::Writer::before_sign_in(call.catalogue, call.options);
    choices.iter().map(|(id, name)| json!({ "id": id, "name": writer.localized(name) })).collect()
}

fn missing(parameter: MissingParameter) -> String {
    format!("{} is missing or wrong", parameter.name)
}
