//! Applications, their menus and permissions (contract.md 1.23, 1.26).

use crate::json::Json;
use crate::lenient::{self, Listed, Mismatch, as_text, first_text, flag, integer, number, text};
use crate::{
    ApplicationId, CategoryId, Endpoint, Family, Localized, MenuId, MissingParameter, Parts, Spec, User,
};

const FAMILY: Spec = Spec::of(Family::Application);

/// An application that the user may see.
#[derive(Clone, PartialEq, Debug)]
pub struct Application {
    /// The id, which is also the access key for other calls. Can repeat within a list.
    pub id: ApplicationId,
    /// `code`, formerly `identifier`.
    pub code: Option<String>,
    /// The name: `displayName` before `nameJson` before `name`.
    pub name: Localized,
    /// What the application is for.
    pub description: Localized,
    /// For the web or for a phone.
    pub kind: ApplicationKind,
    /// False where the administrator switched it off. True where the reply does not say.
    pub enabled: bool,
    /// The administrator's place for it, 0 first; `None` where missing or unreadable.
    pub order: Option<f64>,
    /// The address to open, as sent and unchecked. Never used but through portal-core's launch policy.
    pub address: Option<String>,
    /// Whether it is composed of menus of other applications.
    pub shortcut: bool,
    /// The category, where it has one.
    pub category: Option<Category>,
    /// When it was created, as sent; [`read_time`](crate::read_time) reads it.
    pub created: Option<String>,
}

/// What an application runs on (contract.md 1.26, `type`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ApplicationKind {
    /// 0, and every value that is not known.
    Web,
    /// 1
    Mobile,
}

/// A category of applications.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Category {
    /// The id, such as 21.
    pub id: CategoryId,
    /// The name, where the reply gives one.
    pub name: Localized,
}

impl Application {
    fn read(entry: &Json<'_>) -> Option<Self> {
        let id = ApplicationId::parse(text(entry, "id")?)?;
        let mut name = Localized::read_pair(entry, "nameJson", "name");
        let shown = Localized::read(entry.get("displayName"));
        name.preferred = shown.fallback;
        if name.by_locale.is_empty() {
            name.by_locale = shown.by_locale;
        }
        let kind = match entry.get("type").and_then(integer) {
            Some(1) => ApplicationKind::Mobile,
            _ => ApplicationKind::Web,
        };
        Some(Self {
            id,
            code: first_text(entry, &["code", "identifier"]).map(str::to_owned),
            name,
            description: Localized::read_pair(entry, "descriptionJson", "description"),
            kind,
            enabled: entry.get("status").and_then(flag).unwrap_or(true),
            order: entry.get("order").and_then(number),
            address: text(entry, "url").map(str::to_owned),
            shortcut: entry.get("isShortcut").and_then(flag).unwrap_or(false),
            category: entry.get("category").and_then(Category::read),
            created: text(entry, "createdTime").map(str::to_owned),
        })
    }
}

impl Category {
    /// An object, a bare id, or nothing (contract.md §6, 12).
    fn read(value: &Json<'_>) -> Option<Self> {
        let (id, name) = match value {
            Json::Object(_) => (text(value, "id")?, Localized::read_pair(value, "nameJson", "name")),
            bare => (as_text(bare)?, Localized::default()),
        };
        Some(Self { id: CategoryId::parse(id.trim())?, name })
    }
}

/// Get User's Applications (contract.md 1.26).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GetUserApplications;

impl Endpoint for GetUserApplications {
    type Access = User;
    type Reply = Listed<Application>;
    const SPEC: Spec = Spec { operation: "Get User's Applications", path: "/v2.2/user/app/list", ..FAMILY };

    fn write(&self, _: &mut Parts) {}

    fn read(_: &Parts) -> Result<Self, MissingParameter> {
        Ok(Self)
    }

    fn decode(data: &Json<'_>) -> Result<Listed<Application>, Mismatch> {
        Ok(lenient::only_list(data, "apps", Application::read))
    }
}

/// A menu entry of an application, as sent: nested, or flat with parents named.
#[derive(Clone, PartialEq, Debug)]
pub struct Menu {
    /// The id. Can repeat.
    pub id: MenuId,
    /// `identifier`, elsewhere `code`; the part of a deep link that names the entry.
    pub identifier: Option<String>,
    /// The name.
    pub name: Localized,
    /// The place among its siblings, smaller first; `None` where missing or unreadable.
    pub order: Option<f64>,
    /// The address of its page, as sent and unchecked.
    pub address: Option<String>,
    /// The parent that the entry names; `None` at the top.
    pub parent: Option<MenuId>,
    /// The entries nested in it.
    pub children: Vec<Menu>,
}

impl Menu {
    /// Reads an entry and what is nested in it. The JSON parser bounds the depth at 128.
    fn read(entry: &Json<'_>, dropped: &mut usize) -> Option<Self> {
        let identifier = first_text(entry, &["identifier", "code"]);
        let id = text(entry, "id").or(identifier)?;
        let children = lenient::list(entry, "children", |child| Self::read(child, dropped));
        *dropped += children.dropped;
        Some(Self {
            id: MenuId::parse(id)?,
            identifier: identifier.map(str::to_owned),
            name: Localized::read_pair(entry, "nameJson", "name"),
            order: entry.get("displayOrder").and_then(number),
            address: text(entry, "url").map(str::to_owned),
            parent: text(entry, "parentId").and_then(MenuId::parse),
            children: children.entries,
        })
    }
}

/// A permission inside an application.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Permission {
    /// The id.
    pub id: String,
    /// `identifier`, elsewhere `code`.
    pub identifier: Option<String>,
    /// The name.
    pub name: Localized,
}

impl Permission {
    pub(crate) fn read(entry: &Json<'_>) -> Option<Self> {
        let identifier = first_text(entry, &["identifier", "code"]);
        let id = text(entry, "id").or(identifier)?;
        Some(Self {
            id: id.to_owned(),
            identifier: identifier.map(str::to_owned),
            name: Localized::read_pair(entry, "nameJson", "name"),
        })
    }
}

/// Get App Menu and Permission (contract.md 1.23).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GetAppMenuAndPermission {
    /// The application, by its access key.
    pub application: ApplicationId,
}

/// The reply of [`GetAppMenuAndPermission`]. No menus means no right to any (contract.md 1.23).
#[derive(Clone, PartialEq, Debug, Default)]
pub struct AppResources {
    /// The menu entries, as sent; dropped ones counted at every depth.
    pub menus: Listed<Menu>,
    /// The permissions.
    pub permissions: Listed<Permission>,
}

impl Endpoint for GetAppMenuAndPermission {
    type Access = User;
    type Reply = AppResources;
    const SPEC: Spec =
        Spec { operation: "Get App Menu and Permission", path: "/v2.2/user/app/resource/info", ..FAMILY };

    fn write(&self, parts: &mut Parts) {
        parts.put_query("accessKey", self.application.as_str());
    }

    fn read(parts: &Parts) -> Result<Self, MissingParameter> {
        let application = parts.query_as("accessKey", ApplicationId::parse)?;
        Ok(Self { application })
    }

    fn decode(data: &Json<'_>) -> Result<AppResources, Mismatch> {
        let mut nested_dropped = 0;
        let mut menus = lenient::list(data, "menus", |entry| Menu::read(entry, &mut nested_dropped));
        menus.dropped += nested_dropped;
        let permissions = lenient::list(data, "permissions", Permission::read);
        Ok(AppResources { menus, permissions })
    }
}
