//! Calls about assets, for the walk over all operations; and what one call changes for the next.

use portal_api::ApplicationId;
use portal_api::asset::GetAssetsByApplication;

use crate::support::Host;
use crate::walk::{Made, Walk};

pub(crate) fn visit(walk: &mut Walk) {
    walk.visit(
        |host| by_application(host, "turbine-monitor"),
        &[
            (31403, |host| by_application(host, "no-rights")),
            (31404, |host| by_application(host, "not-acquired")),
        ],
    );
}

fn by_application(host: &Host, id: &str) -> Made<GetAssetsByApplication> {
    let token = host.token("morgan", "o-north-sea");
    (Some(token), GetAssetsByApplication { application: ApplicationId::parse(id).unwrap() })
}
