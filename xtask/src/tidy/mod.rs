//! The repository checks its own rules: who may import whom, what files look like, what may not stand in them.
//! Each rule says why it is there, and has a test with a sample that breaks it.

mod cases;
mod imports;
mod licences;
mod manifests;
mod markdown;
mod pages;
mod rust;
mod source;
mod words;

use crate::shell;
use anyhow::{Result, bail};
use std::path::Path;

pub(crate) use pages::problems as page_problems;

/// Checks all files that belong to the repository.
pub(crate) fn run() -> Result<()> {
    let problems = problems()?;
    if problems.is_empty() {
        shell::say("tidy: in order");
        return Ok(());
    }
    for problem in &problems {
        println!("{problem}");
    }
    bail!("tidy: {} findings", problems.len())
}

fn problems() -> Result<Vec<String>> {
    let mut problems = manifests::problems(&manifests::packages()?);
    problems.extend(licences::problems()?);
    let root = shell::root();
    let files = repository_files()?;
    for name in &files {
        // Pictures and fonts are no text.
        let Ok(text) = std::fs::read_to_string(root.join(name)) else { continue };
        let found = file_problems(name, &text, &files);
        problems.extend(found.into_iter().map(|problem| format!("{name}{problem}")));
    }
    Ok(problems)
}

/// The findings in one file, as `:line: what`.
fn file_problems(name: &str, text: &str, files: &[String]) -> Vec<String> {
    let mut found = words::problems(name, text);
    if name.ends_with(".rs") {
        let source = source::Source::new(text);
        found.extend(rust::problems(name, &source));
        found.extend(imports::problems(name, &source));
    }
    if name.ends_with("Cargo.toml") {
        found.extend(manifests::lints(text));
    }
    if name == "index.html" {
        found.extend(pages::problems(text).into_iter().map(|problem| format!(": {problem}")));
    }
    if name.ends_with(".md") {
        found.extend(markdown::problems(name, text, files));
    }
    if name == cases::TABLE {
        let read = |file: &str| std::fs::read_to_string(shell::root().join(file)).ok();
        found.extend(cases::problems(text, &read));
    }
    found
}

/// Paths with slashes of all files that git tracks or would track.
fn repository_files() -> Result<Vec<String>> {
    let mut git = shell::command("git");
    let Some(list) = shell::output(git.args(["ls-files", "--cached", "--others", "--exclude-standard"]))
    else {
        return unpacked_files();
    };
    let mut files: Vec<String> = list.lines().map(str::to_owned).collect();
    files.retain(|file| shell::root().join(file).is_file());
    files.sort();
    files.dedup();
    Ok(files)
}

/// The same for a checkout without git.
fn unpacked_files() -> Result<Vec<String>> {
    let root = shell::root();
    let mut files = Vec::new();
    for file in shell::files(&root)? {
        let name = file.strip_prefix(&root).unwrap_or(Path::new("")).to_string_lossy().replace('\\', "/");
        let made = |part: &str| {
            part.starts_with("dist") || ["target", "node_modules", "shots", "test-results"].contains(&part)
        };
        if !name.split('/').any(made) {
            files.push(name);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    // The rules hold for this repository, also where nobody runs the command.
    #[test]
    fn the_repository_is_tidy() {
        let problems = super::problems().unwrap();
        assert!(problems.is_empty(), "\n{}", problems.join("\n"));
    }
}
