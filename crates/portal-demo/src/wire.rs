//! Applications, menus, assets and domains as the service writes them (contract.md 1.13, 1.17, 1.23, 1.26).

use serde_json::{Map, Value, json};

use crate::Options;
use crate::catalogue::{Application, Asset, Catalogue, Domain, Menu, Names, Organization};

/// Writes what belongs to one organization, or to none yet.
pub(crate) struct Writer<'a> {
    catalogue: &'a Catalogue,
    sample_origin: &'a str,
    locale: &'a str,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(
        catalogue: &'a Catalogue,
        options: &'a Options,
        organization: &'a Organization,
    ) -> Self {
        Self { locale: &organization.locale, ..Self::before_sign_in(catalogue, options) }
    }

    /// Writes for somebody who has chosen no organization.
    pub(crate) fn before_sign_in(catalogue: &'a Catalogue, options: &'a Options) -> Self {
        let sample_origin = options.sample_origin.as_deref().unwrap_or_default();
        Self { catalogue, sample_origin, locale: "en_US" }
    }

    /// The `data` of Get User Domain. `url` is left out where the domain has no sign-in of its own.
    pub(crate) fn domain(&self, domain: &Domain) -> Value {
        let mut data = json!({
            "id": domain.id,
            "name": domain.name.get(self.locale),
            "nameJson": self.localized(&domain.name),
            "description": "",
        });
        if let Some(description) = &domain.description {
            put(&mut data, "description", description.get(self.locale).into());
            put(&mut data, "descriptionJson", self.localized(description));
        }
        if let Some(url) = &domain.url {
            put(&mut data, "url", self.address(url));
        }
        data
    }

    /// An entry of Get User's Applications.
    pub(crate) fn application(&self, application: &Application) -> Value {
        let mut entry = json!({
            "id": application.id,
            "code": application.code,
            "name": application.name.get(self.locale),
            "nameJson": self.localized(&application.name),
            "type": i32::from(application.mobile),
            "createdTime": "2025-05-28 07:49:39",
            "status": application.enabled,
            "order": application.order,
            "isShortcut": application.shortcut,
            "category": application.category.map(|id| self.category(id)),
        });
        if let Some(description) = &application.description {
            put(&mut entry, "description", description.get(self.locale).into());
            put(&mut entry, "descriptionJson", self.localized(description));
        }
        if let Some(name) = &application.display_name {
            put(&mut entry, "displayName", name.as_str().into());
        }
        if let Some(url) = &application.url {
            put(&mut entry, "url", self.address(url));
        }
        entry
    }

    fn category(&self, id: i64) -> Value {
        let name = self.catalogue.categories.iter().find(|(known, _)| *known == id).map(|(_, name)| name);
        match name {
            Some(name) => {
                json!({ "id": id, "name": name.get(self.locale), "nameJson": self.localized(name) })
            }
            None => json!({ "id": id }),
        }
    }

    /// The `data` of Get App Menu and Permission.
    pub(crate) fn resources(&self, application: &Application) -> Value {
        let mut menus = Vec::new();
        self.menus(application, &application.menus, "", &mut menus);
        let permissions = if application.menus.is_empty() {
            Vec::new()
        } else {
            let name = json!({ "default": "View", "en_US": "View", "zh_CN": "查看" });
            vec![
                json!({ "id": format!("{}.view", application.id), "identifier": "view", "name": "View", "nameJson": name }),
            ]
        };
        json!({ "menus": menus, "permissions": permissions })
    }

    fn menus(&self, application: &Application, menus: &[Menu], parent: &str, out: &mut Vec<Value>) {
        for (place, menu) in menus.iter().enumerate() {
            let id = format!("{}.{}", application.id, menu.code);
            let mut entry = json!({
                "id": id,
                "identifier": menu.code,
                "name": menu.name.get(self.locale),
                "nameJson": self.localized(&menu.name),
                "displayOrder": place + 1,
                "parentId": parent,
            });
            if let Some(url) = &menu.url {
                put(&mut entry, "url", self.address(url));
            }
            if application.flat {
                // Children before their parents: nothing promises another order.
                self.menus(application, &menu.menus, &id, out);
            } else {
                let mut children = Vec::new();
                self.menus(application, &menu.menus, &id, &mut children);
                put(&mut entry, "children", Value::Array(children));
            }
            out.push(entry);
        }
    }

    /// The `data` of Get Assets by Application: one root, and below it the sites of a category, or all of them where the
    /// organization has none of it.
    pub(crate) fn assets(&self, organization: &Organization, category: Option<i64>) -> Value {
        let own = |asset: &Asset| category.is_some() && asset.category == category;
        let any = organization.assets.iter().any(own);
        let sites = organization.assets.iter().filter(|asset| !any || own(asset));
        let children: Vec<Value> = sites.map(|asset| self.asset(asset, &organization.id)).collect();
        json!({
            "id": organization.id,
            "name": organization.name,
            "tag": null,
            "parentId": "",
            "displayOrder": -1,
            "children": children,
        })
    }

    /// An asset comes with an empty parent and with `null` below it (contract.md 1.17).
    fn asset(&self, asset: &Asset, parent: &str) -> Value {
        let leaf = asset.assets.is_empty();
        let children: Vec<Value> = asset.assets.iter().map(|below| self.asset(below, &asset.id)).collect();
        json!({
            "id": asset.id,
            "name": asset.name.get(self.locale),
            "nameJson": self.localized(&asset.name),
            "tag": leaf.then_some("asset"),
            "tags": [],
            "parentId": if leaf { "" } else { parent },
            "displayOrder": -1,
            "children": if leaf { Value::Null } else { Value::Array(children) },
        })
    }

    /// A flat map with `default` (contract.md 0.6).
    fn localized(&self, names: &Names) -> Value {
        let mut map = Map::new();
        map.insert("default".to_owned(), names.get(self.locale).into());
        for (locale, text) in &names.0 {
            map.insert(locale.clone(), text.as_str().into());
        }
        Value::Object(map)
    }

    fn address(&self, url: &str) -> Value {
        let url = url.replace("{samples}", self.sample_origin);
        // 64 KiB do not belong into a file that people edit.
        if url.contains("{long}") { url.replace("{long}", &"long".repeat(16_384)) } else { url }.into()
    }

    /// Data that is sent as it stands, but for the marks in braces.
    pub(crate) fn verbatim(&self, stored: &Value) -> Value {
        match stored {
            Value::String(text) => self.address(text),
            Value::Array(entries) => entries.iter().map(|entry| self.verbatim(entry)).collect(),
            Value::Object(members) => {
                members.iter().map(|(key, member)| (key.clone(), self.verbatim(member))).collect()
            }
            other => other.clone(),
        }
    }
}

fn put(entry: &mut Value, key: &str, value: Value) {
    if let Value::Object(members) = entry {
        members.insert(key.to_owned(), value);
    }
}
