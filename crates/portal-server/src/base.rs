//! The path that a site was built for (`--base`), as its start page names it. portal-server serves at `/`: for another base,
//! a server in front has to take the path off.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;

use crate::log::{self, Level};

/// The script that every start page loads from its base.
const SCRIPT: &str = "boot.js\"";

/// The base of a site, where it is not `/`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Base {
    other: Option<Arc<Other>>,
}

#[derive(Debug)]
struct Other {
    /// With a slash at both ends.
    path: String,
    told: AtomicBool,
}

impl Base {
    /// Reads the start page.
    pub(crate) fn of(index: &str) -> Self {
        let path = index.split(SCRIPT).next().filter(|before| before.len() < index.len());
        let path = path.and_then(|before| before.rsplit('"').next());
        let other = path.filter(|path| path.len() > 1 && path.starts_with('/') && path.ends_with('/'));
        let other = other.map(|path| Other { path: path.to_owned(), told: AtomicBool::new(false) });
        Self { other: other.map(Arc::new) }
    }

    /// Says at the start what has to be done for another base than `/`.
    pub(crate) fn tell(&self) {
        if let Some(other) = &self.other {
            let message =
                "the site was built for a path: a server in front has to take it off, or build with --base /";
            log::line(Level::Warn, message, &[("path", json!(other.path))]);
        }
    }

    /// Says once if requests come with the path, so that none of the site's files is found.
    pub(crate) fn look(&self, path: &str) {
        let Some(other) = self.other.as_ref().filter(|other| path.starts_with(&other.path)) else { return };
        if !other.told.swap(true, Ordering::Relaxed) {
            let message = "no file is found: requests come with the path that the site was built for, which the server in \
                           front has to take off";
            log::line(Level::Error, message, &[("path", json!(other.path))]);
        }
    }
}

/// Says it of the site in a folder, where that can be read.
pub fn tell_base(site: &Path) {
    if let Ok(index) = fs::read_to_string(site.join("index.html")) {
        Base::of(&index).tell();
    }
}

#[cfg(test)]
mod tests {
    use super::Base;

    #[test]
    fn the_base_is_that_of_the_start_script() {
        let page = |script: &str| {
            format!(
                "<style></style><link href=\"x\"><script type=\"module\" async src={script} data-js=\"/x\"></script>"
            )
        };
        for (script, expected) in [
            ("\"/boot.js\"", None),
            ("\"/portal/boot.js\"", Some("/portal/")),
            ("\"/a/b/boot.js\"", Some("/a/b/")),
            ("\"boot.js\"", None),
            ("\"other.js\"", None),
        ] {
            let base = Base::of(&page(script));
            assert_eq!(base.other.as_ref().map(|other| other.path.as_str()), expected, "{script}");
        }
        assert!(Base::of("<!doctype html><title>x</title>").other.is_none());
    }
}
