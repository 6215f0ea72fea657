//! What each crate may depend on: a crate whose manifest has no browser cannot reach one.

use crate::shell;
use anyhow::{Context, Result};

/// A package of the workspace with its normal dependencies.
#[derive(Debug)]
pub(super) struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Debug)]
struct Dependency {
    name: String,
    optional: bool,
}

/// All that a crate may name, and why no more.
const ONLY: &[(&str, &[&str], &str)] = &[
    (
        "portal-api",
        &["form_urlencoded", "memchr", "percent-encoding", "secrecy", "serde", "serde_json"],
        "the contract needs text and JSON only",
    ),
    (
        "portal-core",
        &["portal-api", "serde", "serde_json"],
        "the core is pure: no clock, chance or async in its manifest",
    ),
    (
        "portal-demo",
        &["portal-api", "serde", "serde_json"],
        "the service runs in a page, in a server and in tests alike",
    ),
];

/// What may not be in the program that the browser downloads (house rules on size).
const TOO_BIG: &[&str] = &[
    "regex",
    "chrono",
    "time",
    "url",
    "icu",
    "idna",
    "rand",
    "getrandom",
    "uuid",
    "reqwest",
    "tokio",
    "log",
    "tracing",
];

const BROWSER: &[&str] =
    &["web-sys", "js-sys", "wasm-bindgen", "wasm-bindgen-futures", "gloo-net", "leptos", "leptos_router"];

/// The workspace as cargo reads it.
pub(super) fn packages() -> Result<Vec<Package>> {
    let mut cargo = shell::cargo();
    cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let text = shell::output(&mut cargo).context("cargo metadata failed: is a Cargo.toml broken?")?;
    let json: serde_json::Value = serde_json::from_str(&text)?;
    let list =
        json.get("packages").and_then(|list| list.as_array()).context("cargo metadata has no packages")?;
    Ok(list.iter().map(package).collect())
}

fn package(json: &serde_json::Value) -> Package {
    let text = |json: &serde_json::Value, key: &str| {
        json.get(key).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
    };
    let list =
        json.get("dependencies").and_then(|list| list.as_array()).map(Vec::as_slice).unwrap_or_default();
    let normal =
        list.iter().filter(|dependency| dependency.get("kind").is_none_or(serde_json::Value::is_null));
    let dependency = |json: &serde_json::Value| Dependency {
        name: text(json, "name"),
        optional: json.get("optional").and_then(serde_json::Value::as_bool).unwrap_or(false),
    };
    Package { name: text(json, "name"), dependencies: normal.map(dependency).collect() }
}

pub(super) fn problems(packages: &[Package]) -> Vec<String> {
    packages
        .iter()
        .flat_map(|package| {
            package.dependencies.iter().filter_map(|dependency| problem(&package.name, dependency))
        })
        .collect()
}

/// A manifest must take the lints of the workspace: without that line clippy lets everything through.
pub(super) fn lints(text: &str) -> Option<String> {
    let missing = text.contains("[package]") && !text.contains("[lints]\nworkspace = true");
    missing.then(|| {
        ": has no `[lints] workspace = true`: the rules against unwrap, panic and allow do not hold there"
            .to_owned()
    })
}

fn problem(package: &str, dependency: &Dependency) -> Option<String> {
    let name = dependency.name.as_str();
    let why = if let Some((_, allowed, why)) = ONLY.iter().find(|(crate_name, ..)| *crate_name == package) {
        (!allowed.contains(&name)).then_some(*why)
    } else if package == "app-portal" {
        match name {
            "portal-demo" if !dependency.optional => {
                Some("demo code stays out of the production site: the feature `demo` alone may ask for it")
            }
            "portal-server" => Some("the page is not the server"),
            _ if TOO_BIG.contains(&name) => Some("too big for the page: the browser has Intl, URL and fetch"),
            _ => None,
        }
    } else if BROWSER.contains(&name) {
        Some("only the page itself may reach the browser")
    } else {
        (package == "portal-server" && name == "portal-core")
            .then_some("the host serves files and the service; what the page does is none of its business")
    };
    why.map(|why| format!("{package}: Cargo.toml names {name}: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaks(package: &str, name: &str, optional: bool) -> bool {
        problem(package, &Dependency { name: name.to_owned(), optional }).is_some()
    }

    #[test]
    fn each_rule_finds_its_breach() {
        assert!(breaks("portal-core", "rand", false) && breaks("portal-demo", "tokio", false));
        assert!(breaks("portal-api", "web-sys", false) && breaks("portal-server", "portal-core", false));
        assert!(breaks("app-portal", "portal-demo", false) && breaks("app-portal", "regex", false));
        assert!(breaks("xtask", "leptos", false));
    }

    #[test]
    fn what_is_allowed_passes() {
        assert!(!breaks("portal-core", "serde_json", false) && !breaks("app-portal", "portal-demo", true));
        assert!(!breaks("portal-server", "axum", true) && !breaks("app-portal", "leptos", false));
    }

    #[test]
    fn every_package_takes_the_lints() {
        assert!(lints("[package]\nname = \"a\"\n").is_some() && lints("[workspace]\n").is_none());
        assert!(lints("[package]\n\n[lints]\nworkspace = true\n").is_none());
    }

    #[test]
    fn dependencies_of_tests_are_free() {
        let json =
            serde_json::json!({ "name": "portal-core", "dependencies": [{ "name": "url", "kind": "dev" }] });
        assert!(problems(&[package(&json)]).is_empty());
    }
}
