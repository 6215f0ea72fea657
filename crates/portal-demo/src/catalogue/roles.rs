//! Roles, the same in every organization, and what people of them may do.

use super::read::{Object, parse};
use super::{CatalogueError, Names, User};

/// All roles and permissions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Roles {
    pub(crate) roles: Vec<Role>,
    pub(crate) permissions: Vec<(String, Names)>,
}

/// A role.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Role {
    pub(crate) id: String,
    pub(crate) name: Names,
    /// Ids of permissions.
    permissions: Vec<String>,
}

impl Roles {
    /// The roles of a user: those that the user names; without any the first one for an administrator, and the last for
    /// everybody else.
    pub(crate) fn of<'a>(&'a self, user: &User) -> Vec<&'a Role> {
        if user.roles.is_empty() {
            let role = if user.admin { self.roles.first() } else { self.roles.last() };
            return role.into_iter().collect();
        }
        self.roles.iter().filter(|role| user.roles.contains(&role.id)).collect()
    }

    /// What a user may do, each once.
    pub(crate) fn permissions_of<'a>(&'a self, user: &User) -> Vec<&'a (String, Names)> {
        let roles = self.of(user);
        let held = |id: &String| roles.iter().any(|role| role.permissions.contains(id));
        self.permissions.iter().filter(|(id, _)| held(id)).collect()
    }
}

/// Reads the file.
pub(super) fn roles((file, text): (&str, &str)) -> Result<Roles, CatalogueError> {
    let value = parse(file, text)?;
    let file = Object::of_file(file, &value, &["roles", "permissions"])?;
    let permissions = file.objects("permissions", &["id", "name"])?;
    let permissions = permissions.iter().map(|entry| Ok((entry.text("id")?, entry.names("name")?)));
    let permissions: Vec<(String, Names)> = permissions.collect::<Result<_, _>>()?;
    let mut roles: Vec<Role> = Vec::new();
    for entry in file.objects("roles", &["id", "name", "permissions"])? {
        let role = Role {
            id: entry.text("id")?,
            name: entry.names("name")?,
            permissions: entry.texts("permissions")?,
        };
        if roles.iter().any(|other| other.id == role.id) {
            return Err(entry.problem("id", "another role has this id"));
        }
        if let Some(unknown) =
            role.permissions.iter().find(|id| !permissions.iter().any(|(known, _)| known == *id))
        {
            return Err(entry.problem("permissions", format!("no permission has the id {unknown}")));
        }
        roles.push(role);
    }
    Ok(Roles { roles, permissions })
}
