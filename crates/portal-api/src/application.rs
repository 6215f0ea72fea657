//! Applications, their menus and permissions (contract.md 1.23, 1.26).

use std::borrow::Cow;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::json::{self, RawValue};
use crate::lenient::{self, Listed, Mismatch, Node};
use crate::{
    ApplicationId, CategoryId, Endpoint, Family, Localized, MenuId, MissingParameter, Parts, Spec, User,
};

const FAMILY: Spec = Spec::of(Family::Application);

/// An application that the user may see.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(try_from = "WireApplication")]
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

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct WireApplication {
    #[serde(deserialize_with = "lenient::option")]
    id: Option<ApplicationId>,
    #[serde(deserialize_with = "lenient::string")]
    code: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    identifier: Option<String>,
    display_name: Localized,
    name_json: Localized,
    name: Localized,
    description_json: Localized,
    description: Localized,
    #[serde(rename = "type", deserialize_with = "lenient::int")]
    kind: Option<i64>,
    #[serde(deserialize_with = "lenient::bool")]
    status: Option<bool>,
    #[serde(deserialize_with = "lenient::number")]
    order: Option<f64>,
    #[serde(deserialize_with = "lenient::address")]
    url: Option<String>,
    #[serde(deserialize_with = "lenient::bool")]
    is_shortcut: Option<bool>,
    #[serde(deserialize_with = "lenient::option")]
    category: Option<Category>,
    #[serde(deserialize_with = "lenient::string")]
    created_time: Option<String>,
}

impl TryFrom<WireApplication> for Application {
    type Error = Mismatch;

    fn try_from(wire: WireApplication) -> Result<Self, Mismatch> {
        let mut name = wire.name_json.pair(wire.name);
        name.preferred = wire.display_name.fallback;
        if name.by_locale.is_empty() {
            name.by_locale = wire.display_name.by_locale;
        }
        Ok(Self {
            id: wire.id.ok_or(Mismatch { place: "id" })?,
            code: wire.code.or(wire.identifier),
            name,
            description: wire.description_json.pair(wire.description),
            kind: if wire.kind == Some(1) { ApplicationKind::Mobile } else { ApplicationKind::Web },
            enabled: wire.status.unwrap_or(true),
            order: wire.order,
            address: wire.url,
            shortcut: wire.is_shortcut.unwrap_or(false),
            category: wire.category,
            created: wire.created_time,
        })
    }
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct WireCategory {
    #[serde(deserialize_with = "lenient::string")]
    id: Option<String>,
    name_json: Localized,
    name: Localized,
}

/// An object, or a bare id (contract.md §6, 12).
impl<'de> Deserialize<'de> for Category {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        let wire = if json::is_object(raw) {
            lenient::members(raw)
        } else {
            WireCategory { id: lenient::as_text(raw).map(Cow::into_owned), ..WireCategory::default() }
        };
        let id = wire.id.and_then(|id| CategoryId::parse(id.trim()));
        let id = id.ok_or_else(|| D::Error::custom("no category"))?;
        Ok(Self { id, name: wire.name_json.pair(wire.name) })
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

    fn decode(data: &RawValue) -> Result<Listed<Application>, Mismatch> {
        Ok(lenient::long_list(data, "apps"))
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

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct WireMenu {
    #[serde(deserialize_with = "lenient::option")]
    id: Option<MenuId>,
    #[serde(deserialize_with = "lenient::string")]
    identifier: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    code: Option<String>,
    name_json: Localized,
    name: Localized,
    #[serde(deserialize_with = "lenient::number")]
    display_order: Option<f64>,
    #[serde(deserialize_with = "lenient::address")]
    url: Option<String>,
    #[serde(deserialize_with = "lenient::option")]
    parent_id: Option<MenuId>,
    children: Listed<Node<Menu>>,
}

/// An entry and what is nested in it. [`json::read`] bounds the depth.
impl<'de> Deserialize<'de> for Node<Menu> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = WireMenu::deserialize(deserializer)?;
        let identifier = wire.identifier.or(wire.code);
        let id = wire.id.or_else(|| identifier.as_deref().and_then(MenuId::parse));
        let id = id.ok_or_else(|| D::Error::missing_field("id"))?;
        let Listed { entries: children, dropped } = wire.children.flat();
        let name = wire.name_json.pair(wire.name);
        let (order, address, parent) = (wire.display_order, wire.url, wire.parent_id);
        Ok(Self { value: Menu { id, identifier, name, order, address, parent, children }, dropped })
    }
}

/// A permission inside an application.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(try_from = "WirePermission")]
pub struct Permission {
    /// The id.
    pub id: String,
    /// `identifier`, elsewhere `code`.
    pub identifier: Option<String>,
    /// The name.
    pub name: Localized,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct WirePermission {
    #[serde(deserialize_with = "lenient::string")]
    id: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    identifier: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    code: Option<String>,
    name_json: Localized,
    name: Localized,
}

impl TryFrom<WirePermission> for Permission {
    type Error = Mismatch;

    fn try_from(wire: WirePermission) -> Result<Self, Mismatch> {
        let identifier = wire.identifier.or(wire.code);
        let id = wire.id.or_else(|| identifier.clone()).ok_or(Mismatch { place: "id" })?;
        Ok(Self { id, identifier, name: wire.name_json.pair(wire.name) })
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

#[derive(Deserialize, Default)]
#[serde(default)]
struct WireResources {
    menus: Listed<Node<Menu>>,
    permissions: Listed<Permission>,
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

    fn decode(data: &RawValue) -> Result<AppResources, Mismatch> {
        let wire: WireResources = lenient::members(data);
        Ok(AppResources { menus: wire.menus.flat(), permissions: wire.permissions })
    }
}
