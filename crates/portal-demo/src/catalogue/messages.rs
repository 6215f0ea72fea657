//! Messages that wait from the start, and the colours and sounds of messages.

use super::read::{Object, parse};
use super::{Application, Catalogue, CatalogueError, Content, Names, Organization};

/// More messages of an application than anybody looks at.
const MOST: i64 = 100_000;

/// What a message can be given, by number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Choices {
    pub(crate) colors: Vec<(i64, Names)>,
    pub(crate) ringtones: Vec<(i64, Names)>,
}

/// Messages of one application that nobody has dealt with; their ids are computed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Waiting {
    pub(crate) application: String,
    pub(crate) count: u32,
    pub(crate) sentinel: MessagesSentinel,
}

/// What goes wrong with the messages of an application.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum MessagesSentinel {
    #[default]
    None,
    /// Create Message and Update Message answer 31403.
    Sealed,
    /// Get Unresolved Messages answers 31403.
    Closed,
}

/// The words for them.
const SENTINELS: [(&str, MessagesSentinel); 2] =
    [("sealed", MessagesSentinel::Sealed), ("closed", MessagesSentinel::Closed)];

impl Waiting {
    /// The ids, in order.
    pub(crate) fn ids(&self, organization: &Organization) -> impl Iterator<Item = String> {
        let prefix = self.prefix(organization);
        (1..=self.count).map(move |number| format!("{prefix}{number:04}"))
    }

    fn prefix(&self, organization: &Organization) -> String {
        format!("{}.{}.", organization.id, self.application)
    }

    fn holds(&self, organization: &Organization, id: &str) -> bool {
        let prefix = self.prefix(organization);
        let number = id.strip_prefix(&prefix).and_then(|number| number.parse::<u32>().ok());
        number
            .is_some_and(|number| (1..=self.count).contains(&number) && id == format!("{prefix}{number:04}"))
    }
}

impl Organization {
    /// What goes wrong with the messages of an application.
    pub(crate) fn sentinel_of_messages(&self, application: &str) -> MessagesSentinel {
        let waiting = self.messages.iter().find(|waiting| waiting.application == application);
        waiting.map_or(MessagesSentinel::None, |waiting| waiting.sentinel)
    }
}

impl Catalogue {
    /// The organization that a message of the catalogue is for.
    pub(crate) fn organization_of_message(&self, application: &str, id: &str) -> Option<&Organization> {
        self.organizations.iter().find(|organization| {
            let mut waiting = organization.messages.iter();
            waiting.any(|waiting| waiting.application == application && waiting.holds(organization, id))
        })
    }
}

/// Reads `messages` of an organization.
pub(super) fn waiting(file: &Object<'_>, content: &Content) -> Result<Vec<Waiting>, CatalogueError> {
    let known = |id: &str| match content {
        Content::Listed(applications) => {
            applications.iter().any(|application: &Application| application.id == id)
        }
        Content::Generated(_) | Content::Verbatim { .. } => true,
    };
    let entries = file.objects("messages", &["application", "unresolved", "sentinel"])?;
    entries
        .iter()
        .map(|entry| {
            let application = entry.text("application")?;
            if !known(&application) {
                return Err(entry.problem("application", "no application of this organization has this id"));
            }
            let count = entry.optional_number("unresolved")?.filter(|count| (1..=MOST).contains(count));
            let count = count.and_then(|count| u32::try_from(count).ok());
            let count = count.ok_or_else(|| entry.problem("unresolved", "must be 1 to 100000"))?;
            Ok(Waiting { application, count, sentinel: entry.word("sentinel", &SENTINELS)? })
        })
        .collect()
}

/// Reads the file of colours and sounds.
pub(super) fn choices((file, text): (&str, &str)) -> Result<Choices, CatalogueError> {
    let value = parse(file, text)?;
    let file = Object::of_file(file, &value, &["colors", "ringtones"])?;
    Ok(Choices { colors: numbered(&file, "colors")?, ringtones: numbered(&file, "ringtones")? })
}

/// A list of entries with a number and a name.
pub(super) fn numbered(file: &Object<'_>, key: &str) -> Result<Vec<(i64, Names)>, CatalogueError> {
    let entries = file.objects(key, &["id", "name"])?;
    entries
        .iter()
        .map(|entry| {
            let id = entry.optional_number("id")?.ok_or_else(|| entry.problem("id", "is missing"))?;
            Ok((id, entry.names("name")?))
        })
        .collect()
}
