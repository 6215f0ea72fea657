//! Assets (contract.md 1.15 to 1.21).

use super::{APPLICATION_QUERY, Description, Kind, ORGANIZATION, ORGANIZATION_QUERY, PAGE, Parameter};
use crate::asset::{
    AuthorizeAsset, CheckAssetPermission, GetAssetStructure, GetAssetsByApplication, GetAssetsByOrganization,
    GetUsersWithAssetAccess, SyncAsset,
};

const USER: Parameter = Parameter::body("userId", "The user.", "u15724268424842");
const ASSETS: Parameter = Parameter::body("assetIds", "The ids of assets.", "abcd1234").kind(Kind::Texts);

pub(super) static ALL: &[Description] = &[
    Description::of::<AuthorizeAsset>(&[USER, ORGANIZATION, ASSETS], &[31400, 31403, 31404]).writing(),
    Description::of::<CheckAssetPermission>(&[ASSETS], &[31400, 31401, 31512]),
    Description::of::<GetAssetsByApplication>(
        &[
            APPLICATION_QUERY,
            Parameter::query("resourceTypes", "Kinds of assets; all others are left out.", "turbine")
                .kind(Kind::Texts)
                .optional()
                .since("3.0.0"),
        ],
        &[31400, 31401, 31403, 31404, 31512],
    ),
    Description::of::<GetAssetsByOrganization>(
        &[
            USER,
            ORGANIZATION,
            Parameter::body("resourceTypes", "Kinds of assets; all others are left out.", "turbine")
                .kind(Kind::Texts)
                .optional()
                .since("3.0.0"),
            PAGE.optional(),
        ],
        &[31400, 31403, 31404],
    ),
    Description::of::<GetAssetStructure>(
        &[Parameter::query("assetId", "The asset.", "abcd1234")],
        &[31400, 31401, 31404, 31512],
    ),
    Description::of::<SyncAsset>(&[ORGANIZATION_QUERY], &[31400, 31403, 31404]).writing(),
    Description::of::<GetUsersWithAssetAccess>(
        &[Parameter::body("assetId", "The asset.", "abcd1234"), ORGANIZATION],
        &[31400, 31404],
    ),
];
