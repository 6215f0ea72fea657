//! Assets (contract.md 1.17).

use portal_api::asset::GetAssetsByApplication;

use super::lookup;
use crate::dispatch::{Call, Served};
use crate::reply::{Answer, Fault};
use crate::wire;

impl Served for GetAssetsByApplication {
    fn serve(self, call: &mut Call<'_>) -> Result<Answer, Fault> {
        let organization = call.organization()?;
        // The category decides which sites an application sees.
        let category = lookup::category(call, organization, self.application.as_str())?;
        let writer = wire::Writer::new(call.catalogue, call.options, organization);
        Ok(Answer::Data(writer.assets(organization, category)))
    }
}
