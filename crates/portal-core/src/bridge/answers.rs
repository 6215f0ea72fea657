//! Answers in the shapes of the EnOS front-end kit (contract.md 4.4). A member that is not known is `null`, so that
//! pages can count on each being there.

use portal_api::organization::UserInformation;
use portal_api::{AccessToken, Application, Listed, Menu, Organization, Permission, asset::Asset};
use serde::Serialize;

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

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UserAnswer<'a> {
    id: Option<&'a str>,
    name: Option<&'a str>,
    nick_name: Option<&'a str>,
    description: Option<&'a str>,
    domain: Option<&'a str>,
    email: Option<&'a str>,
    phone: Option<&'a str>,
    phone_area: Option<&'a str>,
    created_time: Option<&'a str>,
    organization: Named<'a>,
    access_token: Option<&'a str>,
    theme: Theme,
    locale: &'a str,
}

#[derive(Serialize)]
struct Named<'a> {
    id: &'a str,
    name: Option<&'a str>,
}

/// The answer to `getUserInfo`. A page without an origin of its own gets the names and how the portal looks.
pub fn user_info<'a>(facts: &Facts<'a>, trust: &Trust) -> impl Serialize + use<'a> {
    let user = facts.user;
    let told = matches!(trust, Trust::Origin(_));
    let known = |text: &'a Option<String>| text.as_deref().filter(|_| told);
    let token = facts.token.filter(|(grant, _)| trust.admits(grant.origin()));
    UserAnswer {
        id: user.id.as_ref().filter(|_| told).map(|id| id.as_str()),
        name: user.name.as_deref(),
        nick_name: known(&user.nickname),
        description: known(&user.description),
        domain: known(&user.domain),
        email: known(&user.email),
        phone: phone(user).filter(|_| told),
        phone_area: known(&user.phone_area),
        created_time: known(&user.created),
        organization: Named { id: facts.organization.id.as_str(), name: Some(&facts.organization.name) },
        access_token: token.map(|(_, token)| token.reveal()),
        theme: facts.theme,
        locale: facts.locale.as_str(),
    }
}

/// The number without the area code, which the kit gives apart.
fn phone(user: &UserInformation) -> Option<&str> {
    let whole = user.phone.as_deref()?;
    let number = user.phone_area.as_deref().and_then(|area| whole.strip_prefix(area));
    Some(number.unwrap_or(whole).trim_start())
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AppAnswer<'a> {
    id: &'a str,
    code: Option<&'a str>,
    name: Option<&'a str>,
    category: Option<Named<'a>>,
    is_shortcut: bool,
    is_enable: bool,
    description: Option<&'a str>,
    permissions: Vec<PermissionAnswer<'a>>,
    menus: Vec<MenuAnswer<'a>>,
}

#[derive(Serialize)]
struct PermissionAnswer<'a> {
    id: &'a str,
    code: Option<&'a str>,
    name: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MenuAnswer<'a> {
    id: &'a str,
    /// What `switchPage` takes, which is the id where the entry has no code.
    code: &'a str,
    name: Option<&'a str>,
    url: Option<&'a str>,
    display_order: Option<i64>,
    parent_id: Option<&'a str>,
    children: Vec<MenuAnswer<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AssetAnswer<'a> {
    id: &'a str,
    parent_id: Option<&'a str>,
    name: Option<&'a str>,
    tag: Option<&'a str>,
    children: Vec<AssetAnswer<'a>>,
}

/// The answer to `getAppInfo`.
pub fn app_info<'a>(
    application: &'a Application,
    menus: &'a Listed<Menu>,
    permissions: &'a Listed<Permission>,
    locale: &Locale,
) -> impl Serialize + use<'a> {
    let category = application.category.as_ref();
    AppAnswer {
        id: application.id.as_str(),
        code: application.code.as_deref(),
        name: pick(&application.name, locale),
        category: category
            .map(|category| Named { id: category.id.as_str(), name: pick(&category.name, locale) }),
        is_shortcut: application.shortcut,
        is_enable: application.enabled,
        description: pick(&application.description, locale),
        permissions: permission_list(permissions, locale),
        menus: menu_tree(&menus.entries, locale),
    }
}

/// The answer to `getPermissions`.
pub fn permissions<'a>(permissions: &'a Listed<Permission>, locale: &Locale) -> impl Serialize + use<'a> {
    permission_list(permissions, locale)
}

fn permission_list<'a>(permissions: &'a Listed<Permission>, locale: &Locale) -> Vec<PermissionAnswer<'a>> {
    let one = |permission: &'a Permission| PermissionAnswer {
        id: &permission.id,
        code: permission.identifier.as_deref(),
        name: pick(&permission.name, locale),
    };
    permissions.entries.iter().map(one).collect()
}

/// The answer to `getAppAssets`. Assets have no parent in the reply of the service; here each has the one it stands in.
pub fn assets<'a>(roots: &'a [Asset], locale: &Locale) -> impl Serialize + use<'a> {
    below(None, roots, locale)
}

/// Nested as deep as a reply can be, which [`portal_api::json::read`] bounds.
fn below<'a>(parent: Option<&'a Asset>, assets: &'a [Asset], locale: &Locale) -> Vec<AssetAnswer<'a>> {
    let one = |asset: &'a Asset| AssetAnswer {
        id: asset.id.as_str(),
        parent_id: parent.map(|parent| parent.id.as_str()),
        name: pick(&asset.name, locale),
        tag: asset.tag.as_deref(),
        children: below(Some(asset), &asset.children, locale),
    };
    assets.iter().map(one).collect()
}

/// Menus nested and in the order of the portal's own tree, however they were sent.
fn menu_tree<'a>(menus: &'a [Menu], locale: &Locale) -> Vec<MenuAnswer<'a>> {
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
    let mut lists: Vec<Vec<MenuAnswer<'a>>> = forest.menus.iter().map(|_| Vec::new()).collect();
    let mut roots = Vec::new();
    for &index in forest.walk.iter().rev() {
        let (Some(&menu), Some(&(parent, _))) = (forest.menus.get(index), places.get(index)) else {
            continue;
        };
        let mut children = lists.get_mut(index).map(core::mem::take).unwrap_or_default();
        children.reverse();
        let parent_id = parent.and_then(|parent| forest.menus.get(parent)).map(|parent| parent.id.as_str());
        let entry = menu_entry(menu, parent_id, children, locale);
        parent.and_then(|parent| lists.get_mut(parent)).unwrap_or(&mut roots).push(entry);
    }
    roots.reverse();
    roots
}

fn menu_entry<'a>(
    menu: &'a Menu,
    parent_id: Option<&'a str>,
    children: Vec<MenuAnswer<'a>>,
    locale: &Locale,
) -> MenuAnswer<'a> {
    MenuAnswer {
        id: menu.id.as_str(),
        code: menu.identifier.as_deref().unwrap_or(menu.id.as_str()),
        name: pick(&menu.name, locale),
        url: menu.address.as_deref(),
        display_order: menu.order.and_then(whole),
        parent_id,
        children,
    }
}

/// Orders are whole numbers by the contract; writing any other takes much code.
fn whole(order: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "checked: whole and below 2^53")]
    (order.fract() == 0.0 && order.abs() < 9_007_199_254_740_992.0).then_some(order as i64)
}
