//! Lists of users (contract.md 1.8, 1.10, 1.11).

use std::borrow::Cow;

use portal_api::people::{GetAppUserList, GetManageableUserList, GetOrganizationUserList};
use portal_api::{MissingParameter, Page};
use serde_json::{Value, json};

use super::lookup;
use crate::catalogue::{Organization, User};
use crate::dispatch::{Call, Served};
use crate::reply::{Answer, FORBIDDEN, Fault};

impl Served for GetManageableUserList {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = administered(call, "Need the primary admin permission")?;
        let entry = |user: Cow<'_, User>| {
            json!({
                "id": user.id,
                "name": user.name,
                "nickName": user.nick_name,
                "description": user.position,
                "phoneArea": user.phone_area,
                "phone": user.phone,
                "email": user.email,
                "createdTime": "2024-05-27 04:33:30.0",
                "joinTime": "2024-06-03 08:00:00.0",
                "updatedTime": "2026-01-12 09:10:00.0",
                "type": 0,
                // 3.0.0: always null.
                "exists": null,
            })
        };
        Ok(users(call, organization, self.page, entry))
    }

    fn missing(parameter: MissingParameter) -> String {
        missing(parameter)
    }
}

impl Served for GetOrganizationUserList {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = lookup::authorized(call, self.organization.as_str())?;
        Ok(users(call, organization, self.page, |user| short(&user)))
    }

    fn missing(parameter: MissingParameter) -> String {
        missing(parameter)
    }
}

impl Served for GetAppUserList {
    /// No signature names an application here: these are the users of the organization, all of whom see all of its
    /// applications.
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = administered(call, "Need the sub-admin permission")?;
        let entry = |user: Cow<'_, User>| {
            let mut entry = short(&user);
            if let Value::Object(members) = &mut entry {
                members.insert("updatedTime".to_owned(), "2026-01-12 09:10:00.0".into());
            }
            entry
        };
        Ok(users(call, organization, self.page, entry))
    }

    fn missing(parameter: MissingParameter) -> String {
        missing(parameter)
    }
}

/// The caller's organization, if the caller is an administrator.
fn administered<'a>(call: &Call<'a>, refusal: &str) -> Result<&'a Organization, Fault> {
    let organization = call.organization()?;
    let admin = call.caller()?.user.admin;
    admin.then_some(organization).ok_or_else(|| Fault::new(FORBIDDEN, refusal))
}

fn short(user: &User) -> Value {
    json!({
        "userId": user.id,
        "name": user.name,
        "email": user.email,
        "phoneArea": user.phone_area,
        "phone": user.phone,
    })
}

fn users(
    call: &Call<'_>,
    organization: &Organization,
    page: Page,
    entry: impl Fn(Cow<'_, User>) -> Value,
) -> Answer {
    let members = call.catalogue.members(organization);
    let (users, pagination) = lookup::page(members, page, lookup::PAGE_NAMES);
    let users: Vec<Value> = users.into_iter().map(entry).collect();
    Answer::Data(json!({ "users": users, "pagination": pagination }))
}

fn missing(parameter: MissingParameter) -> String {
    match parameter.name {
        "pagination" => "Pagination is required".to_owned(),
        name => format!("{name} is required"),
    }
}
