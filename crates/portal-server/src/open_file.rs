//! Who else may read a file that holds a secret.

use std::fs;
use std::path::Path;

/// The rights of a file that every user of this machine may read, as `chmod` writes them. Where the system knows no such
/// rights, none.
pub(crate) fn readable_by_all(file: &Path) -> Option<String> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(file).ok()?.permissions().mode();
        (mode & 0o004 != 0).then(|| format!("{:03o}", mode & 0o777))
    }
    #[cfg(not(unix))]
    {
        let _there = fs::metadata(file);
        None
    }
}
