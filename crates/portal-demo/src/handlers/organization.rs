//! Users and organizations (contract.md 1.7, 1.9, 1.12, 1.13).

use portal_api::MissingParameter;
use portal_api::organization::{ChooseOrganization, GetOrganizationList, GetUserDomain, GetUserInformation};
use serde_json::{Value, json};

use super::authentication::{short, tokens};
use crate::catalogue::OrganizationSentinel;
use crate::dispatch::{Call, Served};
use crate::reply::{Answer, FORBIDDEN, Fault, NOT_FOUND};
use crate::wire;

impl Served for ChooseOrganization {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let user = call.caller()?.user;
        let organization = call
            .catalogue
            .organization_of(user, self.organization.as_str())
            .ok_or_else(|| Fault::new(NOT_FOUND, "Can not find this organization."))?;
        match organization.sentinel {
            OrganizationSentinel::Forbidden => {
                return Err(Fault::new(FORBIDDEN, "The organization is closed for maintenance."));
            }
            OrganizationSentinel::ServerError => {
                return Err(Fault::Status { status: 500, message: "Internal server error" });
            }
            OrganizationSentinel::None | OrganizationSentinel::Unselected | OrganizationSentinel::Busy => {}
        }
        let mut data = tokens(call, user, organization);
        data.insert("currentOrgId".to_owned(), organization.id.as_str().into());
        data.insert("currentOrgName".to_owned(), organization.name.as_str().into());
        Ok(Answer::Data(Value::Object(data)))
    }
}

impl Served for GetOrganizationList {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let user = call.caller()?.user;
        let organizations: Vec<Value> = call.catalogue.organizations_of(user).map(short).collect();
        Ok(Answer::Data(json!({ "organizations": organizations })))
    }
}

impl Served for GetUserInformation {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let user = call.caller()?.user;
        call.organization()?;
        // What is not known is "" and not left out (contract.md 1.12).
        Ok(Answer::Data(json!({
            "id": user.id,
            "name": user.name,
            "nickName": user.nick_name,
            "domain": "",
            "description": "",
            "phoneArea": user.phone_area,
            "phone": user.phone,
            "email": user.email,
            "type": 0,
            "createdTime": "2024-05-27 04:33:30.0",
            "updatedTime": "2026-01-12 09:10:00.0",
            "company": user.company,
            "department": user.department,
            "position": user.position,
        })))
    }
}

impl Served for GetUserDomain {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let absent = || Fault::new(NOT_FOUND, "The email address is not bound to an account");
        let user = call.catalogue.user_by_email(&self.email).ok_or_else(absent)?;
        call.user = Some(user);
        let domain = call.catalogue.domain_of(user).ok_or_else(absent)?;
        Ok(Answer::Data(wire::Writer::before_sign_in(call.catalogue, call.options).domain(domain)))
    }

    fn missing(_: MissingParameter) -> String {
        "Email is required".to_owned()
    }
}
