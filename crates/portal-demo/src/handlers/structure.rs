//! Structures (contract.md 1.14, 2.2).

use portal_api::structure::{GetStructureByUser, GetUserStructures};
use serde_json::{Value, json};

use super::lookup;
use crate::catalogue::Structure;
use crate::dispatch::{Call, Served};
use crate::reply::{Answer, FORBIDDEN, Fault, NOT_ACQUIRED, NOT_ASSIGNED, UNASSIGNABLE};
use crate::wire::Writer;

impl Served for GetUserStructures {
    /// Parents in which the user does not stand are named and not sent, as it happens on live portals.
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = call.organization()?;
        let user = call.caller()?.user;
        let found = organization.structures_of(user).into_iter();
        let structures = found.map(|(structure, parent)| {
            json!({ "id": structure.id, "name": structure.name.get(&organization.locale), "parentId": parent })
        });
        Ok(Answer::Data(json!({ "structures": structures.collect::<Vec<_>>() })))
    }
}

impl Served for GetStructureByUser {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let user = call.caller()?.user;
        let not_acquired = || Fault::new(NOT_ACQUIRED, "The organization has not acquired the application");
        let organization = call.catalogue.organization_of(user, self.organization.as_str());
        let organization = organization.ok_or_else(not_acquired)?;
        let open = lookup::category(call, organization, self.application.as_str());
        let closed = matches!(open, Err(Fault::Code { code: FORBIDDEN, .. }));
        if open.is_err() && !closed {
            return Err(not_acquired());
        }
        if organization.structures.is_empty() {
            return Err(Fault::new(UNASSIGNABLE, "Automatic assignment of structures is not enabled"));
        }
        let assigned: Vec<Structure> =
            organization.structures.iter().filter_map(|top| top.of(user)).collect();
        if assigned.is_empty() || closed {
            return Err(Fault::new(
                NOT_ASSIGNED,
                "The structure is not assigned to the user or the application",
            ));
        }
        // English where nothing is said, whatever the organization speaks.
        let locale = self.locale.map_or_else(|| "en_US".to_owned(), |locale| locale.underscored());
        let writer = Writer::new(call.catalogue, call.options, organization);
        let children = nodes(&writer, &assigned, &organization.id, &locale);
        Ok(Answer::Data(json!({
            "id": organization.id,
            "parentId": "",
            "name": organization.name,
            "description": "",
            "displayOrder": 1,
            "children": children,
            "tags": null,
            "assets": null,
        })))
    }
}

fn nodes(writer: &Writer<'_>, structures: &[Structure], parent: &str, locale: &str) -> Vec<Value> {
    let node = |(place, structure): (usize, &Structure)| {
        json!({
            "id": structure.id,
            "parentId": parent,
            "name": structure.name.get(locale),
            "nameJson": writer.localized(&structure.name),
            "description": "",
            "displayOrder": place + 1,
            "children": nodes(writer, &structure.structures, &structure.id, locale),
            "tags": {},
            "assets": null,
        })
    };
    structures.iter().enumerate().map(node).collect()
}
