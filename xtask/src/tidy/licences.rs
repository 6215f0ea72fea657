//! Every dependency's licence is one that deny.toml allows: the portal is shipped to browsers.

use crate::shell;
use anyhow::{Context, Result};

/// The findings for all packages of Cargo.lock.
pub(super) fn problems() -> Result<Vec<String>> {
    let mut cargo = shell::cargo();
    cargo.args(["metadata", "--locked", "--format-version", "1"]);
    let text = shell::output(&mut cargo).context("cargo metadata failed: is Cargo.lock up to date?")?;
    let json: serde_json::Value = serde_json::from_str(&text)?;
    let allowed = allowed(&std::fs::read_to_string(shell::root().join("deny.toml"))?);
    let text = |package: &serde_json::Value, key: &str| {
        package.get(key).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
    };
    let packages =
        json.get("packages").and_then(|list| list.as_array()).context("cargo metadata has no packages")?;
    let refused = packages.iter().filter(|package| !accepts(&text(package, "license"), &allowed));
    Ok(refused
        .map(|package| {
            let (name, licence) = (text(package, "name"), text(package, "license"));
            format!("{name}: the licence \"{licence}\" is none that deny.toml allows")
        })
        .collect())
}

/// The texts of `allow = [ … ]`.
fn allowed(deny: &str) -> Vec<String> {
    let list =
        deny.split_once("allow = [").and_then(|(_, rest)| rest.split_once(']')).map_or("", |(list, _)| list);
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether an SPDX expression leaves a way that is allowed. `AND` binds closer than `OR`; old manifests write `/` for
/// `OR`.
fn accepts(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    !words.is_empty() && either(&mut rest, allowed) && rest.is_empty()
}

fn either(rest: &mut &[&str], allowed: &[String]) -> bool {
    let mut any = both(rest, allowed);
    while let Some((&"OR", after)) = rest.split_first() {
        *rest = after;
        any |= both(rest, allowed);
    }
    any
}

fn both(rest: &mut &[&str], allowed: &[String]) -> bool {
    let mut all = one(rest, allowed);
    while let Some((&"AND", after)) = rest.split_first() {
        *rest = after;
        all &= one(rest, allowed);
    }
    all
}

fn one(rest: &mut &[&str], allowed: &[String]) -> bool {
    let Some((first, after)) = rest.split_first() else { return false };
    *rest = after;
    if *first == "(" {
        let inner = either(rest, allowed);
        if let Some((&")", after)) = rest.split_first() {
            *rest = after;
        }
        return inner;
    }
    let mut name = (*first).to_owned();
    if let [with @ "WITH", exception, after @ ..] = *rest {
        name = format!("{name} {with} {exception}");
        *rest = after;
    }
    allowed.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_needs_one_allowed_way() {
        let allowed = allowed(
            "[licenses]\nallow = [\n  \"MIT\",\n  \"Apache-2.0 WITH LLVM-exception\", \"Zlib\",\n]\nx = [\"GPL-3.0\"]",
        );
        for good in [
            "MIT",
            "MIT OR GPL-3.0",
            "GPL-3.0/MIT",
            "MIT AND Zlib",
            "Apache-2.0 WITH LLVM-exception OR GPL-3.0",
            "(GPL-3.0 OR MIT) AND Zlib",
        ] {
            assert!(accepts(good, &allowed), "{good}");
        }
        for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "Apache-2.0", "(GPL-3.0 OR MIT) AND GPL-3.0"] {
            assert!(!accepts(bad, &allowed), "{bad}");
        }
    }
}
