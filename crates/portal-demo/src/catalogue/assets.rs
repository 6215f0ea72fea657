//! The assets of an organization: sites, and what stands in them.

use super::read::Object;
use super::{CatalogueError, Names};

/// A node of the tree. What has nothing below it is an asset, everything else is structure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Asset {
    pub(crate) id: String,
    pub(crate) name: Names,
    /// Whose applications see a site of the top level; all where none is given.
    pub(crate) category: Option<i64>,
    pub(crate) assets: Vec<Asset>,
}

/// The JSON parser bounds how deep this goes.
pub(super) fn assets(parent: &Object<'_>) -> Result<Vec<Asset>, CatalogueError> {
    let entries = parent.objects("assets", &["id", "name", "category", "assets"])?;
    entries
        .iter()
        .map(|entry| {
            Ok(Asset {
                id: entry.text("id")?,
                name: entry.names("name")?,
                category: entry.optional_number("category")?,
                assets: assets(entry)?,
            })
        })
        .collect()
}
