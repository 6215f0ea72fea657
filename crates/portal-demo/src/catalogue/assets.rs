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
    pub(crate) kind: Kind,
    /// Seen only by administrators, and by those who were given the right.
    pub(crate) restricted: bool,
    /// Not there before the organization's assets were synchronised.
    pub(crate) late: bool,
    /// Words and what they say.
    pub(crate) tags: Vec<(String, String)>,
    pub(crate) assets: Vec<Asset>,
}

/// What kind of asset it is; what stands in a site is of its kind unless it says otherwise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Kind {
    pub(crate) id: String,
    pub(crate) name: Names,
}

impl Default for Kind {
    fn default() -> Self {
        let name = [("en_US", "Asset"), ("zh_CN", "资产")];
        let name = name.map(|(locale, text)| (locale.to_owned(), text.to_owned())).to_vec();
        Self { id: "asset".to_owned(), name: Names(name) }
    }
}

impl Asset {
    /// A node without anything to say besides its name.
    pub(crate) fn plain(id: String, name: Names, assets: Vec<Self>) -> Self {
        let (kind, tags) = (Kind::default(), Vec::new());
        Self { id, name, category: None, kind, restricted: false, late: false, tags, assets }
    }

    /// Whether it is an asset and no structure.
    pub(crate) fn is_leaf(&self) -> bool {
        self.assets.is_empty()
    }
}

const KEYS: &[&str] = &["id", "name", "category", "type", "typeName", "restricted", "late", "tags", "assets"];

/// What a node hands down to those below it.
#[derive(Clone, Debug, Default)]
struct Above {
    kind: Kind,
    restricted: bool,
    late: bool,
}

/// Reads `assets` of an organization. The JSON parser bounds how deep this goes.
pub(super) fn assets(file: &Object<'_>) -> Result<Vec<Asset>, CatalogueError> {
    below(file, &Above::default())
}

fn below(parent: &Object<'_>, above: &Above) -> Result<Vec<Asset>, CatalogueError> {
    let entries = parent.objects("assets", KEYS)?;
    entries
        .iter()
        .map(|entry| {
            let kind = match (entry.optional_text("type")?, entry.optional_names("typeName")?) {
                (Some(id), Some(name)) => Kind { id, name },
                (None, None) => above.kind.clone(),
                _ => return Err(entry.problem("type", "give type and typeName, or none of them")),
            };
            let own = Above {
                kind,
                restricted: entry.flag("restricted", above.restricted)?,
                late: entry.flag("late", above.late)?,
            };
            let assets = below(entry, &own)?;
            let tags = entry.objects("tags", &["key", "value"])?;
            let tags = tags.iter().map(|tag| Ok((tag.text("key")?, tag.text("value")?)));
            Ok(Asset {
                id: entry.text("id")?,
                name: entry.names("name")?,
                category: entry.optional_number("category")?,
                tags: tags.collect::<Result<_, _>>()?,
                kind: own.kind,
                restricted: own.restricted,
                late: own.late,
                assets,
            })
        })
        .collect()
}
