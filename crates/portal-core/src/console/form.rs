//! From what is typed to a call.

use portal_api::describe::{Description, Unfit};
use portal_api::{MissingParameter, Parts};

use crate::search::{self, fold};

/// A form, read.
#[derive(Clone, Debug)]
pub struct Filled {
    /// What goes out. Parameters that are left empty, or that cannot be sent, are not in it.
    pub parts: Parts,
    /// The fields that cannot be sent, by their place.
    pub unfit: Vec<(usize, Unfit)>,
    /// The mandatory parameter that the service will miss first. Such a call can be sent: to see what it says.
    pub missing: Option<MissingParameter>,
}

/// Reads a form: one text for each parameter, in order.
pub fn fill_in(description: &Description, texts: &[String]) -> Filled {
    let mut parts = Parts::default();
    let mut unfit = Vec::new();
    for (place, (parameter, text)) in description.parameters.iter().zip(texts).enumerate() {
        if let Err(why) = parameter.put(&mut parts, text) {
            unfit.push((place, why));
        }
    }
    let missing = (description.check)(&parts).err();
    Filled { parts, unfit, missing }
}

/// Whether a search for operations finds one: by its name, its path or a parameter. The query is folded.
pub fn matches(description: &Description, query: &str) -> bool {
    let names = description.parameters.iter().map(|parameter| parameter.name);
    let key = [description.spec.operation, description.spec.path].into_iter().chain(names);
    search::matches(&fold(&key.collect::<Vec<_>>().join("\n")), query)
}
