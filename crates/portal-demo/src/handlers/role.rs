//! Roles, permissions and languages (contract.md 2.2).

use portal_api::Locale;
use portal_api::role::{GetOrganizationLanguageList, GetOrganizationRoles, GetUserPermissions, GetUserRoles};
use serde_json::{Value, json};

use super::lookup;
use crate::catalogue::{Organization, Role};
use crate::dispatch::{Call, Served};
use crate::reply::{Answer, Fault, INVALID};

/// All that the demonstration has words in; with hyphens, unlike the parameters (contract.md 0.6).
const LANGUAGES: [&str; 2] = ["en-US", "zh-CN"];

impl Served for GetOrganizationLanguageList {
    /// No code is documented for an organization that is not there but 31400.
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = lookup::organization(call, self.organization.as_str())
            .map_err(|_| Fault::new(INVALID, "Can not find this organization."))?;
        let own = organization.locale.replace('_', "-");
        let mut languages = LANGUAGES.to_vec();
        languages.sort_by_key(|language| *language != own);
        Ok(Answer::Data(json!({ "languages": languages })))
    }
}

impl Served for GetOrganizationRoles {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = lookup::organization(call, self.organization.as_str())?;
        let all: Vec<&Role> = call.catalogue.roles.roles.iter().collect();
        Ok(roles(&all, &language(self.locale.as_ref(), organization)))
    }
}

impl Served for GetUserRoles {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = lookup::organization(call, self.organization.as_str())?;
        let user = lookup::member(call, organization, self.user.as_str())?;
        let own = call.catalogue.roles.of(&user);
        Ok(roles(&own, &language(self.locale.as_ref(), organization)))
    }
}

impl Served for GetUserPermissions {
    /// The shape is that of Get App Menu and Permission, because none is documented.
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = lookup::organization(call, self.organization.as_str())?;
        let user = lookup::member(call, organization, self.user.as_str())?;
        let locale = language(self.locale.as_ref(), organization);
        let held = call.catalogue.roles.permissions_of(&user).into_iter();
        let permissions =
            held.map(|(id, name)| json!({ "id": id, "identifier": id, "name": name.get(&locale) }));
        Ok(Answer::Data(json!({ "permissions": permissions.collect::<Vec<_>>() })))
    }
}

fn language(wanted: Option<&Locale>, organization: &Organization) -> String {
    wanted.map_or_else(|| organization.locale.clone(), Locale::underscored)
}

fn roles(roles: &[&Role], locale: &str) -> Answer {
    let roles: Vec<Value> =
        roles.iter().map(|role| json!({ "id": role.id, "name": role.name.get(locale) })).collect();
    Answer::Data(json!({ "roles": roles }))
}
