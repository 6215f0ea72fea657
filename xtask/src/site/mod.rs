//! Builds the site: trunk, then the finishing steps, then the checks of what came out.

mod audit;
mod compact;
mod compress;
mod finish;
mod page;
mod shared;
mod split;
mod stamp;

pub(crate) use split::run_in_place;

use crate::{shell, tools};
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};

/// One of the two forms of the site.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// The service inside the page, for hosts that serve files only.
    pub(crate) with_service: bool,
    /// The path that the site lives under: starts and ends with a slash.
    pub(crate) base: String,
}

impl Site {
    /// The production site: no demo code in it.
    pub(crate) fn production(base: &str) -> Result<Self> {
        Ok(Self { with_service: false, base: checked_base(base)? })
    }

    /// The static demo.
    pub(crate) fn with_service(base: &str) -> Result<Self> {
        Ok(Self { with_service: true, base: checked_base(base)? })
    }

    /// The folder that it is built into.
    pub(crate) fn folder(&self) -> PathBuf {
        shell::root().join(self.name())
    }

    fn name(&self) -> &'static str {
        if self.with_service { "dist-static" } else { "dist" }
    }

    /// Builds it, unless the folder already holds the outcome of the same sources.
    pub(crate) fn build_if_stale(&self) -> Result<()> {
        if stamp::is_fresh(self)? {
            shell::say(&format!("{}/ is up to date", self.name()));
            return Ok(());
        }
        self.build()
    }

    /// Builds, finishes and checks it.
    pub(crate) fn build(&self) -> Result<()> {
        let tools = tools::site()?;
        stamp::remove(self)?;
        let mut trunk = shell::command(&tools.trunk);
        trunk.args([
            "build",
            "--release",
            "--cargo-profile",
            "web",
            "--config",
            "Trunk.toml",
            "--dist",
            self.name(),
            "--public-url",
            &self.base,
        ]);
        let mut flags = remap_flags();
        let mut path = tools.path;
        if self.with_service {
            trunk.args(["--features", "demo"]);
        } else {
            trunk.args(["--features", "split"]);
            // What the splitter reads.
            flags.push("-Clink-args=--emit-relocs".to_owned());
            let (first, (name, value)) = split::in_place_of(&tools.bindgen)?;
            path = shell::first_on(&[first], &path)?;
            trunk.env(name, value);
        }
        trunk.env("PATH", path).env("TRUNK_SKIP_VERSION_CHECK", "true").env("RUST_BACKTRACE", "0");
        // Cargo takes flags from one place only, and these would go first.
        trunk.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
        trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags.join(" "));
        let size_first = "(optimised for size, the first time takes some minutes)";
        shell::run(&format!("trunk build into {}/ {size_first}", self.name()), &mut trunk)?;
        shell::say("finishing");
        finish::finish(self)?;
        compress::compress(&self.folder())?;
        audit::audit(self)?;
        stamp::write(self)
    }

    /// Fails if it is bigger than it may be.
    pub(crate) fn within_budget(&self) -> Result<()> {
        audit::within_budget(self)
    }

    /// Prints what every other server has to send with the site.
    pub(crate) fn print_headers(&self) -> Result<()> {
        let headers = portal_server::policy::printed(&self.folder(), portal_server::policy::Tls::Yes)
            .map_err(|error| anyhow::anyhow!("{error}"))?;
        println!("\nHeaders for other servers, with every file of {}/:\n{headers}", self.name());
        println!(
            "Cache-Control: no-store for HTML, no-cache for names without a hash, else max-age=31536000, immutable\n"
        );
        Ok(())
    }
}

/// Puts the style sheets together: one request instead of one for each component; and one for those of the screens that
/// come later.
pub(crate) fn style() -> Result<()> {
    let mut files = shell::files(&shell::root().join("style"))?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "css"));
    let (later, first) =
        files.into_iter().partition(|file| file.parent().is_some_and(|at| at.ends_with("later")));
    join("portal.css", first)?;
    join("later.css", later)
}

/// Tokens come first, then the elements, then the components by name.
fn join(name: &str, mut files: Vec<PathBuf>) -> Result<()> {
    let rank = |file: &PathBuf| {
        ["tokens.css", "base.css"].iter().position(|first| file.ends_with(first)).unwrap_or(2)
    };
    files.sort_by_key(rank);
    let import = |file: &PathBuf| format!("@import \"{}\";\n", file.to_string_lossy().replace('\\', "/"));
    let entry = shell::target_dir().join("style").join(name);
    write_if_new(&entry, &files.iter().map(import).collect::<String>())?;
    write_if_new(&shell::root().join("target").join(name), &split::bundled(&entry)?)
}

/// `trunk serve` builds again when a file is touched.
fn write_if_new(file: &Path, text: &str) -> Result<()> {
    if std::fs::read_to_string(file).is_ok_and(|before| before == text) {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

/// The base as trunk and the browser need it.
fn checked_base(base: &str) -> Result<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.~".contains(c);
    ensure!(
        base.starts_with('/') && !base.contains("//") && base.chars().all(plain),
        "--base must be a path such as /portal/"
    );
    Ok(if base.ends_with('/') { base.to_owned() } else { format!("{base}/") })
}

/// Panic texts in the program carry source paths: keep this machine's folders out of it (and save their bytes).
fn remap_flags() -> Vec<String> {
    let cargo_home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let sysroot = shell::output(shell::command("rustc").args(["--print", "sysroot"]));
    let (Some(cargo_home), Some(sysroot)) = (cargo_home, sysroot) else { return Vec::new() };
    let mut folders =
        vec![(PathBuf::from(sysroot.trim()).join("lib/rustlib/src/rust"), "std"), (shell::root(), "app")];
    let sources = cargo_home.join("registry").join("src");
    folders.push((sources.clone(), ""));
    for registry in std::fs::read_dir(sources).into_iter().flatten().flatten() {
        folders.push((registry.path(), ""));
    }
    let flags: Vec<String> =
        folders.iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display())).collect();
    // The variable splits at blanks and knows no quotes.
    if flags.iter().any(|flag| flag.contains(' ')) { Vec::new() } else { flags }
}

/// The text of a file of the site.
fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{checked_base, read};
    use crate::shell;

    // trunk does not start with a folder that is not there, as in a fresh checkout.
    #[test]
    fn what_trunk_does_not_watch_exists() {
        let trunk = read(&shell::root().join("Trunk.toml")).unwrap();
        let ignored =
            trunk.lines().find_map(|line| line.strip_prefix("ignore = [")?.strip_suffix(']')).unwrap();
        for folder in ignored.split(',').map(|name| name.trim().trim_matches('"')) {
            assert!(shell::root().join(folder).is_dir(), "{folder}");
            assert!(!folder.starts_with("dist") && folder != "target", "{folder} is not in the repository");
        }
    }

    #[test]
    fn a_base_is_a_plain_path() {
        assert_eq!(checked_base("/portal").ok().as_deref(), Some("/portal/"));
        assert_eq!(checked_base("/").ok().as_deref(), Some("/"));
        for wrong in ["", "portal/", "//host/", "/a b/", "/a\"/", "https://host/"] {
            assert!(checked_base(wrong).is_err(), "{wrong}");
        }
    }
}
