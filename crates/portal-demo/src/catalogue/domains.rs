//! Domains: the houses that keep accounts, by what follows the `@` of their e-mail addresses (contract.md 1.13).

use super::read::{Object, parse};
use super::{Catalogue, CatalogueError, Names, User};

/// A domain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Domain {
    pub(crate) id: String,
    /// What follows the `@`.
    mail: String,
    pub(crate) name: Names,
    pub(crate) description: Option<Names>,
    /// Where its own sign-in starts; none where people sign in at the portal.
    pub(crate) url: Option<String>,
}

impl Domain {
    /// Whether an e-mail address belongs to it.
    pub(super) fn keeps(&self, email: &str) -> bool {
        email.rsplit_once('@').is_some_and(|(_, mail)| mail.eq_ignore_ascii_case(&self.mail))
    }
}

impl Catalogue {
    /// The domain of a user. Every user has one: the loader sees to it.
    pub(crate) fn domain_of(&self, user: &User) -> Option<&Domain> {
        self.domains.iter().find(|domain| domain.keeps(&user.email))
    }
}

/// Reads the file.
pub(super) fn domains((file, text): (&str, &str)) -> Result<Vec<Domain>, CatalogueError> {
    let value = parse(file, text)?;
    let file = Object::of_file(file, &value, &["domains"])?;
    let mut domains: Vec<Domain> = Vec::new();
    for entry in file.objects("domains", &["id", "mail", "name", "description", "url"])? {
        let domain = Domain {
            id: entry.text("id")?,
            mail: entry.text("mail")?,
            name: entry.names("name")?,
            description: entry.optional_names("description")?,
            url: entry.optional_text("url")?,
        };
        if domains.iter().any(|other| other.mail.eq_ignore_ascii_case(&domain.mail)) {
            return Err(entry.problem("mail", "another domain has this end of addresses"));
        }
        if domains.iter().any(|other| other.id == domain.id) {
            return Err(entry.problem("id", "another domain has this id"));
        }
        domains.push(domain);
    }
    Ok(domains)
}
