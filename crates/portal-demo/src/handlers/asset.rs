//! Assets (contract.md 1.17).

use portal_api::asset::GetAssetsByApplication;

use crate::catalogue::{ApplicationSentinel, Content};
use crate::dispatch::{Call, Served};
use crate::reply::{Answer, FORBIDDEN, Fault, NOT_FOUND};
use crate::{generate, wire};

impl Served for GetAssetsByApplication {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = call.organization()?;
        let id = self.application.as_str();
        let absent = || Fault::new(NOT_FOUND, "Can not find this application.");
        // The category decides which sites an application sees.
        let category = match &organization.content {
            Content::Listed(applications) => {
                let application = applications.iter().find(|entry| entry.id == id).ok_or_else(absent)?;
                if !application.enabled || application.sentinel == ApplicationSentinel::Forbidden {
                    return Err(Fault::new(FORBIDDEN, "No access to this application."));
                }
                if application.sentinel == ApplicationSentinel::NotAcquired {
                    return Err(Fault::new(NOT_FOUND, "The organization has not acquired this application."));
                }
                application.category
            }
            Content::Generated(count) => {
                generate::application(call.options.seed, *count, id).ok_or_else(absent)?.category
            }
            Content::Verbatim { menus, .. } => {
                menus.get(id).ok_or_else(absent)?;
                None
            }
        };
        let writer = wire::Writer::new(call.catalogue, call.options, organization);
        Ok(Answer::Data(writer.assets(organization, category)))
    }
}
