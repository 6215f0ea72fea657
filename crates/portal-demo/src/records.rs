//! What callers created and changed: messages, rights to assets, organizations that were synchronised. The catalogue
//! stays as it is; this lies over it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

/// With so many messages kept, none can be created; the page of the demonstration writes them all with each call.
pub(crate) const MOST_MESSAGES: usize = 2000;
/// More records of a kind than calls can make; what is read back holds no more.
const MOST: usize = 10_000;

/// All ids are ids of the catalogue, but those of messages, which callers choose. What messages say is not kept: no
/// call asks for it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Records {
    /// By application and id.
    messages: BTreeMap<(String, String), Message>,
    /// User, organization, asset.
    grants: BTreeSet<(String, String, String)>,
    /// Organizations.
    synchronised: BTreeSet<String>,
}

/// A message that was created, or one of the catalogue that was updated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Message {
    pub(crate) organization: String,
    pub(crate) processed: bool,
}

impl Records {
    /// Keeps a message in place of one with the same name. Callers see to it that it is one of the catalogue, one that
    /// was created, or that there is [`Records::room`].
    pub(crate) fn keep(&mut self, application: &str, id: &str, message: Message) {
        self.messages.insert((application.to_owned(), id.to_owned()), message);
    }

    /// How many messages still can be created.
    pub(crate) fn room(&self) -> usize {
        MOST_MESSAGES.saturating_sub(self.messages.len())
    }

    /// A message, if it was created or updated.
    pub(crate) fn message(&self, application: &str, id: &str) -> Option<&Message> {
        self.messages.get(&(application.to_owned(), id.to_owned()))
    }

    /// The ids of an application's messages that were created or updated, with what became of them.
    pub(crate) fn messages_of(&self, application: &str) -> impl Iterator<Item = (&str, &Message)> {
        let kept = self.messages.iter().filter(move |((of, _), _)| of == application);
        kept.map(|((_, id), message)| (id.as_str(), message))
    }

    /// Gives a user the right to an asset. All three are of the catalogue, which bounds how many there can be.
    pub(crate) fn grant(&mut self, user: &str, organization: &str, asset: &str) {
        self.grants.insert((user.to_owned(), organization.to_owned(), asset.to_owned()));
    }

    /// Whether a user was given the right to an asset.
    pub(crate) fn is_granted(&self, user: &str, organization: &str, asset: &str) -> bool {
        self.grants.contains(&(user.to_owned(), organization.to_owned(), asset.to_owned()))
    }

    /// Takes up what the source of an organization's assets has of late.
    pub(crate) fn synchronise(&mut self, organization: &str) {
        self.synchronised.insert(organization.to_owned());
    }

    /// Whether that was done.
    pub(crate) fn is_synchronised(&self, organization: &str) -> bool {
        self.synchronised.contains(organization)
    }

    /// The records as a value; see [`Records::read`].
    pub(crate) fn write(&self) -> Value {
        let messages = self.messages.iter().map(|((application, id), message)| {
            json!([application, id, message.organization, message.processed])
        });
        let grants = self.grants.iter().map(|(user, organization, asset)| json!([user, organization, asset]));
        json!({
            "messages": messages.collect::<Vec<_>>(),
            "grants": grants.collect::<Vec<_>>(),
            "synchronised": self.synchronised,
        })
    }

    /// The inverse of [`Records::write`]; what is no record is left out.
    pub(crate) fn read(value: &Value) -> Self {
        let list = |key: &str| value.get(key).and_then(Value::as_array).into_iter().flatten().take(MOST);
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let mut records = Self::default();
        for entry in list("messages") {
            let texts = [entry.get(0), entry.get(1), entry.get(2)].map(text);
            let processed = entry.get(3).and_then(Value::as_bool);
            if let ([Some(application), Some(id), Some(organization)], Some(processed)) = (texts, processed) {
                records.keep(&application, &id, Message { organization, processed });
            }
        }
        for entry in list("grants") {
            if let [Some(user), Some(organization), Some(asset)] =
                [entry.get(0), entry.get(1), entry.get(2)].map(text)
            {
                records.grant(&user, &organization, &asset);
            }
        }
        records.synchronised = list("synchronised").filter_map(|id| text(Some(id))).collect();
        records
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_MESSAGES, Message, Records};
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};
    use serde_json::Value;

    fn message(processed: bool) -> Message {
        Message { organization: "o".to_owned(), processed }
    }

    // A host that starts again with every page must not forget what was created.
    #[test]
    fn writing_keeps_everything() {
        let mut records = Records::default();
        for (application, id, processed) in
            [("a", "m 1", false), ("a", "m 2", false), ("a", "m 2", true), ("b", "m 1", false)]
        {
            records.keep(application, id, message(processed));
        }
        records.grant("u", "o", "asset");
        records.synchronise("o");
        let again = Records::read(&records.write());
        assert_eq!(again, records);
        assert_eq!(again.messages_of("a").filter(|(_, message)| message.processed).count(), 1);
        assert!(again.is_granted("u", "o", "asset") && !again.is_granted("u", "o", "other"));
        assert!(again.is_synchronised("o") && !again.is_synchronised("p"));
    }

    // Nobody can fill the memory of the host.
    #[test]
    fn there_is_an_end() {
        let mut records = Records::default();
        for number in 0..MOST_MESSAGES {
            assert_eq!(records.room(), MOST_MESSAGES - number);
            records.keep("a", &number.to_string(), message(false));
        }
        assert_eq!(records.room(), 0);
        // One of the catalogue can still be updated.
        records.keep("a", "more", message(true));
        assert_eq!(records.room(), 0);
    }

    proptest! {
        #[test]
        fn reading_is_total(text in any::<String>(), number in any::<f64>()) {
            let odd = serde_json::json!({ "messages": [[text, number], number, {}], "grants": text, "synchronised": [number] });
            prop_assert_eq!(Records::read(&odd), Records::default());
            prop_assert!(Records::read(&Value::from(text)) == Records::default());
        }
    }
}
