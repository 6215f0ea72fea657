//! From the files to the catalogue. Everything that a slip of the pen can break is checked here, by file and key.

use std::collections::BTreeSet;

use serde_json::Value;

use super::assets::assets;
use super::domains::{Domain, domains};
use super::read::{Object, parse};
use super::{
    Application, ApplicationSentinel, Catalogue, CatalogueError, Content, Menu, Names, Organization,
    OrganizationSentinel, User, UserSentinel,
};

type Read<T> = Result<T, CatalogueError>;

/// The files, by what they hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Files<'a> {
    pub(super) users: (&'a str, &'a str),
    pub(super) domains: (&'a str, &'a str),
    pub(super) categories: (&'a str, &'a str),
    pub(super) organizations: &'a [(&'a str, &'a str)],
}

macro_rules! file {
    ($name:literal) => {
        ($name, include_str!(concat!("../../catalogue/", $name)))
    };
}

/// One file per organization, in any order: users name the order they see.
pub(super) const BUILT_IN: Files<'static> = Files {
    users: file!("users.json"),
    domains: file!("domains.json"),
    categories: file!("categories.json"),
    organizations: &[
        file!("north-sea.json"),
        file!("helios.json"),
        file!("harbor.json"),
        file!("quiet-meadow.json"),
        file!("scale-300.json"),
        file!("atlas.json"),
        file!("red-team.json"),
        file!("closed-basin.json"),
        file!("broken-relay.json"),
        file!("loose-end.json"),
        file!("rush-hour.json"),
    ],
};

impl Catalogue {
    /// The catalogue that is compiled in. A test reads it, so in the product this does not fail.
    pub(crate) fn built_in() -> Read<Self> {
        Self::load(&BUILT_IN)
    }

    pub(super) fn load(files: &Files<'_>) -> Read<Self> {
        let categories = categories(files.categories)?;
        let organizations: Vec<Organization> =
            files.organizations.iter().map(|file| organization(*file, &categories)).collect::<Read<_>>()?;
        let mut ids = BTreeSet::new();
        for (organization, (file, _)) in organizations.iter().zip(files.organizations) {
            if !ids.insert(organization.id.as_str()) {
                return Err(CatalogueError {
                    file: (*file).to_owned(),
                    key: "id".to_owned(),
                    problem: "another organization has this id".to_owned(),
                });
            }
        }
        let domains = domains(files.domains)?;
        let users = users(files.users, &ids, &domains)?;
        Ok(Self { users, domains, organizations, categories })
    }
}

fn categories((file, text): (&str, &str)) -> Read<Vec<(i64, Names)>> {
    let value = parse(file, text)?;
    let file = Object::of_file(file, &value, &["categories"])?;
    let entries = file.objects("categories", &["id", "name"])?;
    entries
        .iter()
        .map(|entry| {
            let id = entry.optional_number("id")?.ok_or_else(|| entry.problem("id", "is missing"))?;
            Ok((id, entry.names("name")?))
        })
        .collect()
}

const USER_KEYS: &[&str] = &[
    "account",
    "password",
    "name",
    "nickName",
    "email",
    "phoneArea",
    "phone",
    "company",
    "department",
    "position",
    "admin",
    "organizations",
    "sentinel",
    "shows",
];

const USER_SENTINELS: &[(&str, UserSentinel)] = &[
    ("locked", UserSentinel::Locked),
    ("expired", UserSentinel::Expired),
    ("rotating", UserSentinel::Rotating),
    ("refused", UserSentinel::Refused),
    ("refresh500", UserSentinel::Refresh500),
    ("login500", UserSentinel::LogIn500),
    ("gateway", UserSentinel::Gateway),
    ("html", UserSentinel::Html),
    ("slow", UserSentinel::Slow),
    ("legacy", UserSentinel::Legacy),
    ("mfa", UserSentinel::Mfa),
    ("mfa-other", UserSentinel::MfaOther),
    ("no-token", UserSentinel::NoToken),
];

fn users((file, text): (&str, &str), organizations: &BTreeSet<&str>, domains: &[Domain]) -> Read<Vec<User>> {
    let value = parse(file, text)?;
    let file = Object::of_file(file, &value, &["users"])?;
    let mut users: Vec<User> = Vec::new();
    for entry in file.objects("users", USER_KEYS)? {
        let user = user(&entry)?;
        if let Some(unknown) = user.organizations.iter().find(|id| !organizations.contains(id.as_str())) {
            return Err(entry.problem("organizations", format!("no organization has the id {unknown}")));
        }
        if !domains.iter().any(|domain| domain.keeps(&user.email)) {
            return Err(entry.problem("email", "no domain of domains.json fits"));
        }
        if users.iter().any(|other| other.account.eq_ignore_ascii_case(&user.account)) {
            return Err(entry.problem("account", "another user has this account"));
        }
        users.push(user);
    }
    Ok(users)
}

fn user(entry: &Object<'_>) -> Read<User> {
    let optional = |key: &str| entry.optional_text(key).map(Option::unwrap_or_default);
    let account = entry.text("account")?;
    Ok(User {
        id: format!("u-{account}"),
        account,
        password: entry.text("password")?,
        name: entry.text("name")?,
        nick_name: optional("nickName")?,
        email: entry.text("email")?,
        phone_area: optional("phoneArea")?,
        phone: optional("phone")?,
        company: optional("company")?,
        department: optional("department")?,
        position: optional("position")?,
        admin: entry.flag("admin", false)?,
        organizations: entry.texts("organizations")?,
        sentinel: entry.word("sentinel", USER_SENTINELS)?,
        shows: entry.text("shows")?,
    })
}

const ORGANIZATION_KEYS: &[&str] =
    &["id", "name", "locale", "applications", "generate", "verbatim", "menus", "assets", "sentinel"];

const ORGANIZATION_SENTINELS: &[(&str, OrganizationSentinel)] = &[
    ("forbidden", OrganizationSentinel::Forbidden),
    ("server-error", OrganizationSentinel::ServerError),
    ("unselected", OrganizationSentinel::Unselected),
    ("busy", OrganizationSentinel::Busy),
];

fn organization((file, text): (&str, &str), categories: &[(i64, Names)]) -> Read<Organization> {
    let value = parse(file, text)?;
    let file = Object::of_file(file, &value, ORGANIZATION_KEYS)?;
    let sources = ["applications", "generate", "verbatim"].iter().filter(|key| file.has(key)).count();
    if sources != 1 {
        return Err(file.problem("applications", "give just one of applications, generate and verbatim"));
    }
    let content = if file.has("generate") {
        let count = file.optional_number("generate")?.and_then(|count| u32::try_from(count).ok());
        let count = count.filter(|count| *count <= 100_000);
        Content::Generated(count.ok_or_else(|| file.problem("generate", "must be 0 to 100000"))?)
    } else if file.has("verbatim") {
        let Value::Object(menus) = file.value("menus")? else {
            return Err(file.problem("menus", "must be an object: by application id, the data to send"));
        };
        Content::Verbatim { applications: file.values("verbatim")?.to_vec(), menus: menus.clone() }
    } else {
        Content::Listed(applications(&file, categories)?)
    };
    Ok(Organization {
        id: file.text("id")?,
        name: file.text("name")?,
        locale: file.optional_text("locale")?.unwrap_or_else(|| "en_US".to_owned()),
        content,
        assets: assets(&file)?,
        sentinel: file.word("sentinel", ORGANIZATION_SENTINELS)?,
    })
}

const APPLICATION_KEYS: &[&str] = &[
    "id",
    "code",
    "name",
    "displayName",
    "description",
    "category",
    "mobile",
    "enabled",
    "shortcut",
    "order",
    "url",
    "menus",
    "flat",
    "sentinel",
];

const APPLICATION_SENTINELS: &[(&str, ApplicationSentinel)] = &[
    ("not-acquired", ApplicationSentinel::NotAcquired),
    ("forbidden", ApplicationSentinel::Forbidden),
    ("server-error", ApplicationSentinel::ServerError),
    ("gateway", ApplicationSentinel::Gateway),
    ("empty-reply", ApplicationSentinel::EmptyReply),
    ("slow", ApplicationSentinel::Slow),
];

fn applications(file: &Object<'_>, categories: &[(i64, Names)]) -> Read<Vec<Application>> {
    let mut ids = BTreeSet::new();
    let mut applications = Vec::new();
    for entry in file.objects("applications", APPLICATION_KEYS)? {
        let application = application(&entry)?;
        if !ids.insert(application.id.clone()) {
            return Err(entry.problem("id", "another application of this organization has this id"));
        }
        if let Some(id) = application.category
            && !categories.iter().any(|(known, _)| *known == id)
        {
            return Err(entry.problem("category", format!("categories.json has no category {id}")));
        }
        applications.push(application);
    }
    Ok(applications)
}

fn application(entry: &Object<'_>) -> Read<Application> {
    let id = entry.text("id")?;
    let mut codes = BTreeSet::new();
    Ok(Application {
        code: entry.optional_text("code")?.unwrap_or_else(|| id.replace('-', "_")),
        id,
        name: entry.names("name")?,
        display_name: entry.optional_text("displayName")?,
        description: entry.optional_names("description")?,
        category: entry.optional_number("category")?,
        mobile: entry.flag("mobile", false)?,
        enabled: entry.flag("enabled", true)?,
        shortcut: entry.flag("shortcut", false)?,
        order: entry.optional_number("order")?,
        url: entry.optional_text("url")?,
        menus: menus(entry, &mut codes)?,
        flat: entry.flag("flat", false)?,
        sentinel: entry.word("sentinel", APPLICATION_SENTINELS)?,
    })
}

/// The JSON parser bounds how deep this goes.
fn menus(parent: &Object<'_>, codes: &mut BTreeSet<String>) -> Read<Vec<Menu>> {
    let mut menus_read = Vec::new();
    for entry in parent.objects("menus", &["code", "name", "url", "menus"])? {
        let code = entry.text("code")?;
        // The registration guide's rule (contract.md 1.23): 4 to 30 letters, digits, `_` and `.`.
        let good = (4..=30).contains(&code.len())
            && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(&byte));
        if !good {
            return Err(entry.problem("code", "must be 4 to 30 letters, digits, _ and ."));
        }
        if !codes.insert(code.clone()) {
            return Err(entry.problem("code", "another menu of this application has this code"));
        }
        menus_read.push(Menu {
            code,
            name: entry.names("name")?,
            url: entry.optional_text("url")?,
            menus: menus(&entry, codes)?,
        });
    }
    Ok(menus_read)
}
