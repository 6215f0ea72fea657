//! Answers in the shapes of the EnOS front-end kit (contract.md 4.4). A member that is not known is `null`, so that
//! pages can count on each being there.

use portal_api::json::Json;
use portal_api::organization::UserInformation;
use portal_api::{AccessToken, Application, Listed, Localized, Menu, Organization, Permission, asset::Asset};

use super::{Theme, TokenGrant, Trust};
use crate::menu::Forest;
use crate::names::{Locale, pick};

/// How deep menus are nested in an answer; what is deeper stands at this depth. Only flat lists get there. A level is an
/// object and a list, and many readers of JSON stop at 128.
const MAX_DEPTH: usize = 60;

/// What `getUserInfo` tells.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The person.
    pub user: &'a UserInformation,
    /// The working organization.
    pub organization: &'a Organization,
    /// How the portal looks.
    pub theme: Theme,
    /// The language of the portal.
    pub locale: &'a Locale,
    /// The access token, for a page that may have it. The answer must then go to the origin of the grant.
    pub token: Option<(&'a TokenGrant, &'a AccessToken)>,
}

/// The answer to `getUserInfo`. A page without an origin of its own gets the names and how the portal looks.
pub fn user_info<'a>(facts: &Facts<'a>, trust: &Trust) -> Json<'a> {
    let user = facts.user;
    let told = matches!(trust, Trust::Origin(_));
    let known = |text: &'a Option<String>| Json::from(text.as_deref().filter(|_| told));
    let token = facts.token.filter(|(grant, _)| trust.admits(grant.origin()));
    let organization = Json::object([
        ("id", facts.organization.id.as_str().into()),
        ("name", facts.organization.name.as_str().into()),
    ]);
    Json::object([
        ("id", user.id.as_ref().filter(|_| told).map(|id| id.as_str()).into()),
        ("name", user.name.as_deref().into()),
        ("nickName", known(&user.nickname)),
        ("description", known(&user.description)),
        ("domain", known(&user.domain)),
        ("email", known(&user.email)),
        ("phone", phone(user).filter(|_| told).into()),
        ("phoneArea", known(&user.phone_area)),
        ("createdTime", known(&user.created)),
        ("organization", organization),
        ("accessToken", token.map(|(_, token)| token.reveal()).into()),
        ("theme", facts.theme.as_str().into()),
        ("locale", facts.locale.as_str().into()),
    ])
}

/// The number without the area code, which the kit gives apart.
fn phone(user: &UserInformation) -> Option<&str> {
    let whole = user.phone.as_deref()?;
    let number = user.phone_area.as_deref().and_then(|area| whole.strip_prefix(area));
    Some(number.unwrap_or(whole).trim_start())
}

/// The answer to `getAppInfo`.
pub fn app_info<'a>(
    application: &'a Application,
    menus: &'a Listed<Menu>,
    permissions_of_it: &'a Listed<Permission>,
    locale: &Locale,
) -> Json<'a> {
    let category = application.category.as_ref().map_or(Json::Null, |category| {
        Json::object([("id", category.id.as_str().into()), ("name", name(&category.name, locale))])
    });
    Json::object([
        ("id", application.id.as_str().into()),
        ("code", application.code.as_deref().into()),
        ("name", name(&application.name, locale)),
        ("category", category),
        ("isShortcut", Json::Bool(application.shortcut)),
        ("isEnable", Json::Bool(application.enabled)),
        ("description", name(&application.description, locale)),
        ("permissions", permissions(permissions_of_it, locale)),
        ("menus", menu_tree(&menus.entries, locale)),
    ])
}

/// The answer to `getPermissions`.
pub fn permissions<'a>(permissions: &'a Listed<Permission>, locale: &Locale) -> Json<'a> {
    let one = |permission: &'a Permission| {
        Json::object([
            ("id", permission.id.as_str().into()),
            ("code", permission.identifier.as_deref().into()),
            ("name", name(&permission.name, locale)),
        ])
    };
    Json::List(permissions.entries.iter().map(one).collect())
}

/// The answer to `getAppAssets`. Assets have no parent in the reply of the service; here each has the one it stands in.
pub fn assets<'a>(roots: &'a [Asset], locale: &Locale) -> Json<'a> {
    below(None, roots, locale)
}

/// Nested as deep as a reply can be, which the JSON parser bounds.
fn below<'a>(parent: Option<&'a Asset>, assets: &'a [Asset], locale: &Locale) -> Json<'a> {
    let one = |asset: &'a Asset| {
        Json::object([
            ("id", asset.id.as_str().into()),
            ("parentId", parent.map(|parent| parent.id.as_str()).into()),
            ("name", name(&asset.name, locale)),
            ("tag", asset.tag.as_deref().into()),
            ("children", below(Some(asset), &asset.children, locale)),
        ])
    };
    Json::List(assets.iter().map(one).collect())
}

/// Menus nested and in the order of the portal's own tree, however they were sent.
fn menu_tree<'a>(menus: &'a [Menu], locale: &Locale) -> Json<'a> {
    let forest = Forest::plant(menus);
    // For each entry where it stands: its parent and its depth, with what is too deep brought up.
    let mut places: Vec<(Option<usize>, usize)> = vec![(None, 0); forest.menus.len()];
    for &index in &forest.walk {
        let parent = forest.parent(index);
        let above = parent.and_then(|parent| places.get(parent)).copied();
        let place = match above {
            None => (None, 0),
            Some((grandparent, depth)) if depth + 1 >= MAX_DEPTH => (grandparent, depth),
            Some((_, depth)) => (parent, depth + 1),
        };
        if let Some(own) = places.get_mut(index) {
            *own = place;
        }
    }
    // From the last to the first: what stands below an entry is complete when the entry is reached, in reverse.
    let mut lists: Vec<Vec<Json<'a>>> = vec![Vec::new(); forest.menus.len()];
    let mut roots = Vec::new();
    for &index in forest.walk.iter().rev() {
        let (Some(&menu), Some(&(parent, _))) = (forest.menus.get(index), places.get(index)) else {
            continue;
        };
        let mut children = lists.get_mut(index).map(core::mem::take).unwrap_or_default();
        children.reverse();
        let parent_id = parent.and_then(|parent| forest.menus.get(parent)).map(|parent| parent.id.as_str());
        let entry = menu_entry(menu, parent_id, Json::List(children), locale);
        parent.and_then(|parent| lists.get_mut(parent)).unwrap_or(&mut roots).push(entry);
    }
    roots.reverse();
    Json::List(roots)
}

fn menu_entry<'a>(menu: &'a Menu, parent: Option<&'a str>, children: Json<'a>, locale: &Locale) -> Json<'a> {
    Json::object([
        ("id", menu.id.as_str().into()),
        // What `switchPage` takes, which is the id where the entry has no code.
        ("code", menu.identifier.as_deref().unwrap_or(menu.id.as_str()).into()),
        ("name", name(&menu.name, locale)),
        ("url", menu.address.as_deref().into()),
        ("displayOrder", menu.order.and_then(whole).into()),
        ("parentId", parent.into()),
        ("children", children),
    ])
}

/// Orders are whole numbers by the contract; writing any other takes much code.
fn whole(order: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "checked: whole and below 2^53")]
    (order.fract() == 0.0 && order.abs() < 9_007_199_254_740_992.0).then_some(order as i64)
}

fn name<'a>(text: &'a Localized, locale: &Locale) -> Json<'a> {
    pick(text, locale).into()
}
