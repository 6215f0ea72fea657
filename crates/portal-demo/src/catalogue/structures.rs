//! The structure of an organization's own: departments, sites, whatever people stand in.

use super::read::Object;
use super::{CatalogueError, Names, Organization, User};

/// A node of the tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Structure {
    pub(crate) id: String,
    pub(crate) name: Names,
    /// Accounts of those who stand in it; nobody where none is given.
    members: Vec<String>,
    pub(crate) structures: Vec<Structure>,
}

impl Structure {
    /// Whether a user stands in this node itself.
    pub(crate) fn has(&self, user: &User) -> bool {
        self.members.contains(&user.account)
    }

    /// The node with those below it in which a user stands; `None` where there is none.
    pub(crate) fn of(&self, user: &User) -> Option<Self> {
        let structures: Vec<Self> = self.structures.iter().filter_map(|below| below.of(user)).collect();
        let kept = self.has(user) || !structures.is_empty();
        kept.then(|| Self { structures, id: self.id.clone(), name: self.name.clone(), members: Vec::new() })
    }
}

impl Organization {
    /// The nodes in which a user stands, each with the id of its parent.
    pub(crate) fn structures_of(&self, user: &User) -> Vec<(&Structure, &str)> {
        fn collect<'a>(
            structures: &'a [Structure],
            parent: &'a str,
            user: &User,
            out: &mut Vec<(&'a Structure, &'a str)>,
        ) {
            for structure in structures {
                if structure.has(user) {
                    out.push((structure, parent));
                }
                collect(&structure.structures, &structure.id, user, out);
            }
        }
        let mut found = Vec::new();
        collect(&self.structures, "", user, &mut found);
        found
    }
}

/// The JSON parser bounds how deep this goes.
pub(super) fn structures(parent: &Object<'_>) -> Result<Vec<Structure>, CatalogueError> {
    let entries = parent.objects("structures", &["id", "name", "members", "structures"])?;
    entries
        .iter()
        .map(|entry| {
            Ok(Structure {
                id: entry.text("id")?,
                name: entry.names("name")?,
                members: entry.texts("members")?,
                structures: structures(entry)?,
            })
        })
        .collect()
}
