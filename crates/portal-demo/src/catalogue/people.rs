//! Who belongs to an organization: users of the catalogue, and a crowd that is computed.

use std::borrow::Cow;

use super::{Catalogue, Organization, User};
use crate::generate;

impl Catalogue {
    /// The people of an organization: those who can sign in first.
    pub(crate) fn members<'a>(
        &'a self,
        organization: &'a Organization,
    ) -> impl Iterator<Item = Cow<'a, User>> + Clone {
        let users = self.users.iter().filter(|user| user.organizations.contains(&organization.id));
        let crowd =
            (0..organization.crowd).map(|number| Cow::Owned(generate::person(&organization.id, number)));
        users.map(Cow::Borrowed).chain(crowd)
    }

    /// One of them, by id.
    pub(crate) fn member<'a>(&'a self, organization: &'a Organization, id: &str) -> Option<Cow<'a, User>> {
        let user = self.users.iter().find(|user| user.id == id);
        let user = user.filter(|user| user.organizations.contains(&organization.id)).map(Cow::Borrowed);
        user.or_else(|| {
            let number = generate::person_number(id).filter(|number| *number < organization.crowd)?;
            Some(Cow::Owned(generate::person(&organization.id, number)))
        })
    }
}
