//! Few files in place of many. The splitter writes one file for each set of parts that have something in common, which
//! is dozens. What is common goes into one file here, except for the sets that would cost the other parts most.

use super::split::{features, said};
use crate::node;
use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The files that a part needs, by its name: first those that it has in common with others, then its own.
pub(super) type Needs = BTreeMap<String, Vec<String>>;

/// How many sets keep a file of their own. A part loads its own file, the common one and at most these.
const OWN_FILES: usize = 2;
/// A part that only screens of another one ask for, and that one: what they share needs no file of its own.
const INSIDE: (&str, &str) = ("console", "further");
/// How the splitter calls what several parts need, and the file of one part.
const CHUNK: &str = "chunk_";
const PART: &str = "split_";
/// Where the splitter's files take memory, table and globals from.
const IMPORTS: &str = "__wasm_split";
/// Where a file that was put together takes them from: `wasm-merge` gives imports from [`IMPORTS`] to its first module.
pub(super) const MERGED_IMPORTS: &str = "main";

/// A file for several of the splitter's.
#[derive(Debug, PartialEq, Eq)]
struct Group {
    name: String,
    chunks: Vec<String>,
}

/// Merges the splitter's files in its folder, and gives the loading script and the needs that fit them.
pub(super) fn merge(folder: &Path, loader: &str, needs: &Needs) -> Result<(String, Needs)> {
    let size = |chunk: &str| {
        let file = folder.join(format!("{chunk}.wasm"));
        std::fs::metadata(&file)
            .map(|data| data.len())
            .with_context(|| format!("{} is missing", file.display()))
    };
    let groups = plan(needs, size)?;
    for group in &groups {
        merge_files(folder, group)?;
    }
    let loader = with_groups(loader, needs, &groups)?;
    Ok((loader, needs.iter().map(|(part, files)| (part.clone(), in_groups(files, &groups))).collect()))
}

/// The sets that would cost most keep a file of their own: those that are big and needed by few.
fn plan(needs: &Needs, size: impl Fn(&str) -> Result<u64>) -> Result<Vec<Group>> {
    let mut sets: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (part, files) in needs {
        for chunk in files.iter().filter(|file| file.starts_with(CHUNK)) {
            sets.entry(chunk).or_default().insert(part);
        }
    }
    let mut groups: Vec<Group> = Vec::new();
    let (inner, outer) = INSIDE;
    if let Some((chunk, _)) = sets.iter().find(|(_, parts)| parts.iter().eq([&inner, &outer])) {
        let chunk = (*chunk).to_owned();
        sets.remove(&*chunk);
        groups.push(Group { name: outer.to_owned(), chunks: vec![chunk, format!("{PART}{outer}")] });
    }
    let mut costs = Vec::new();
    for (chunk, parts) in &sets {
        let without = u64::try_from(needs.len() - parts.len())?;
        costs.push((size(chunk)? * without, *chunk));
    }
    costs.sort_unstable_by(|one, other| other.cmp(one));
    let mut common = Group { name: "shared".to_owned(), chunks: Vec::new() };
    for (place, (_, chunk)) in costs.into_iter().enumerate() {
        if place < OWN_FILES {
            let parts: Vec<&str> = sets.get(chunk).into_iter().flatten().copied().collect();
            groups.push(Group { name: parts.join("_"), chunks: vec![chunk.to_owned()] });
        } else {
            common.chunks.push(chunk.to_owned());
        }
    }
    common.chunks.sort_unstable();
    if !common.chunks.is_empty() {
        groups.push(common);
    }
    Ok(groups)
}

/// The files of a part after merging.
fn in_groups(files: &[String], groups: &[Group]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for file in files {
        let group = groups.iter().find(|group| group.chunks.contains(file));
        let name = group.map_or(file, |group| &group.name);
        if !out.contains(name) {
            out.push(name.clone());
        }
    }
    out
}

/// Puts the files of a group into one, and removes them.
fn merge_files(folder: &Path, group: &Group) -> Result<()> {
    let file = |name: &str| folder.join(format!("{name}.wasm"));
    let target = file(&group.name);
    if let [chunk] = &*group.chunks {
        return Ok(std::fs::rename(file(chunk), target)?);
    }
    let hub = folder.join("hub.wat");
    std::fs::write(&hub, hub_text(folder, group)?)?;
    // Until the hub is one with the others there are several memories, of which one is left.
    let mut command = crate::shell::command(node::program("wasm-merge")?);
    command.args(features()?).arg("--enable-multimemory").arg(&hub).arg(IMPORTS);
    for chunk in &group.chunks {
        command.arg(file(chunk)).arg(chunk);
    }
    said(command.arg("--skip-export-conflicts").arg("-o").arg(&target))?;
    for chunk in &group.chunks {
        std::fs::remove_file(file(chunk))?;
    }
    Ok(std::fs::remove_file(hub)?)
}

/// A module that hands on what all files of a group import. Without it the merged file would import the memory once for
/// each of them, which not every browser takes.
fn hub_text(folder: &Path, group: &Group) -> Result<String> {
    let mut imports = BTreeMap::new();
    for chunk in &group.chunks {
        let mut command = crate::shell::command(node::program("wasm-dis")?);
        let text = said(command.args(features()?).arg(folder.join(format!("{chunk}.wasm"))))?;
        for line in text.lines().map(str::trim).filter(|line| line.starts_with("(import ")) {
            let (module, name, kind) = import(line).with_context(|| format!("cannot read {line}"))?;
            ensure!(module == IMPORTS, "{chunk} imports {name} from {module}");
            imports.entry(name.to_owned()).or_insert_with(|| kind.to_owned());
        }
    }
    let mut text = String::from("(module\n");
    for (name, kind) in &imports {
        text += &format!("(import \"{MERGED_IMPORTS}\" \"{name}\" {kind})\n");
    }
    for (name, kind) in &imports {
        let short: Vec<&str> = kind.split_whitespace().take(2).collect();
        text += &format!("(export \"{name}\" {}))\n", short.join(" "));
    }
    Ok(text + ")\n")
}

/// Module, name and kind of `(import "module" "name" (memory $m 1))`.
fn import(line: &str) -> Option<(&str, &str, &str)> {
    let mut quoted = line.splitn(5, '"');
    let (_, module, _, name, kind) =
        (quoted.next()?, quoted.next()?, quoted.next()?, quoted.next()?, quoted.next()?);
    Some((module, name, kind.trim().strip_suffix(')')?))
}

/// The loading script with one loader for each group.
fn with_groups(loader: &str, needs: &Needs, groups: &[Group]) -> Result<String> {
    let mut out = loader.to_owned();
    let variable = |chunk: &str| format!("__{chunk}");
    for group in groups {
        for (place, chunk) in group.chunks.iter().enumerate() {
            if let Some(part) = chunk.strip_prefix(PART) {
                out = without_own_file(&out, part)?;
                continue;
            }
            let start = format!("const {} = makeLoad(", variable(chunk));
            let (before, from) = out.split_once(&start).with_context(|| format!("nothing loads {chunk}"))?;
            let (body, after) =
                from.split_once(", []);\n").with_context(|| format!("{chunk} waits for others"))?;
            let kept = (place == 0).then(|| {
                let body = body.replace(&format!("./{chunk}.wasm"), &format!("./{}.wasm", group.name));
                format!("{start}{body}, []);\n")
            });
            out = format!("{before}{}{after}", kept.unwrap_or_default());
        }
    }
    for (part, files) in needs {
        let list = |files: Vec<String>| format!(", [{}]));", files.join(", "));
        let chunks = files.iter().filter(|file| file.starts_with(CHUNK));
        let old = list(chunks.map(|chunk| variable(chunk)).collect());
        let firsts = in_groups(files, groups).into_iter().filter_map(|name| {
            let group = groups.iter().find(|group| group.name == name)?;
            group.chunks.first().map(|chunk| variable(chunk))
        });
        let new = list(firsts.collect());
        let export = format!("export const __wasm_split_load_{part} = ");
        let (before, from) = out.split_once(&export).with_context(|| format!("nothing loads {part}"))?;
        let (body, after) = from.split_once(&old).with_context(|| format!("{part} waits for other files"))?;
        out = format!("{before}{export}{body}{new}{after}");
    }
    Ok(out)
}

/// The loading script with nothing to load for a part but what it has in common with others.
fn without_own_file(loader: &str, part: &str) -> Result<String> {
    let start = format!("export const __wasm_split_load_{part} = wrapAsyncCb(makeLoad(");
    let (before, from) = loader.split_once(&start).with_context(|| format!("nothing loads {part}"))?;
    let (_, after) = from.split_once("\n, [").with_context(|| format!("{part} waits for nothing"))?;
    Ok(format!("{before}{start}() => async () => ({{}})\n, [{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs() -> Needs {
        let all: [(&str, &[&str]); 3] = [
            ("application", &["chunk_1", "chunk_2", "chunk_3", "chunk_4", "chunk_6", "split_application"]),
            ("entry", &["chunk_1", "chunk_2", "chunk_3", "chunk_5", "split_entry"]),
            ("rest", &["chunk_1", "chunk_4", "chunk_5", "chunk_6", "split_rest"]),
        ];
        let owned = |files: &[&str]| files.iter().map(|file| (*file).to_owned()).collect();
        all.into_iter().map(|(part, files)| (part.to_owned(), owned(files))).collect()
    }

    fn size(chunk: &str) -> Result<u64> {
        Ok(match chunk {
            "chunk_1" => 9_000,
            "chunk_2" | "chunk_5" => 10,
            _ => 500,
        })
    }

    // A first visit must not wait for dozens of requests.
    #[test]
    fn what_parts_share_is_in_few_files() {
        let groups = plan(&needs(), size).unwrap();
        let names: Vec<&str> = groups.iter().map(|group| &*group.name).collect();
        assert_eq!(groups.len(), OWN_FILES + 1, "{names:?}");
        assert_eq!(groups.last().unwrap().chunks, ["chunk_1", "chunk_2", "chunk_3", "chunk_5"]);
        for (part, files) in needs() {
            let merged = in_groups(&files, &groups);
            assert_eq!(merged.last(), Some(&format!("split_{part}")));
            assert!(merged.contains(&"shared".to_owned()) && merged.len() <= OWN_FILES + 2, "{merged:?}");
        }
    }

    /// A loading script as the splitter writes it.
    fn loader(needs: &Needs, chunks: u32) -> String {
        let fetch = |file: &str| format!("makeLoad(() => {{\n fetch(\"./{file}.wasm\");\n}}\n");
        let chunk = |n| format!("/* a */\nconst __chunk_{n} = {}, []);\n", fetch(&format!("chunk_{n}")));
        let mut loader: String = (1..=chunks).map(chunk).collect();
        for (part, files) in needs.iter().rev() {
            let chunks: Vec<String> =
                files.iter().filter(|file| file.starts_with(CHUNK)).map(|file| format!("__{file}")).collect();
            let (fetch, chunks) = (fetch(&format!("split_{part}")), chunks.join(", "));
            loader +=
                &format!("export const __wasm_split_load_{part} = wrapAsyncCb({fetch}, [{chunks}]));\n");
        }
        loader
    }

    // The console is drawn by a further screen: what only these two need comes with the further screens.
    #[test]
    fn the_console_shares_the_file_of_the_further_screens() {
        let owned = |files: &[&str]| files.iter().map(|file| (*file).to_owned()).collect::<Vec<_>>();
        let needs: Needs = [
            ("console", owned(&["chunk_1", "chunk_2", "split_console"])),
            ("further", owned(&["chunk_1", "chunk_2", "split_further"])),
            ("rest", owned(&["chunk_2", "split_rest"])),
        ]
        .map(|(part, files)| (part.to_owned(), files))
        .into();
        let groups = plan(&needs, size).unwrap();
        let files = |part: &str| in_groups(needs.get(part).unwrap(), &groups);
        assert_eq!(files("console").first().unwrap(), "further");
        assert_eq!(files("further").len(), 2);
        let merged = with_groups(&loader(&needs, 2), &needs, &groups).unwrap();
        assert!(merged.contains("./further.wasm") && !merged.contains("split_further.wasm"), "{merged}");
        let further =
            "__wasm_split_load_further = wrapAsyncCb(makeLoad(() => async () => ({})\n, [__chunk_1, ";
        assert!(merged.contains(further), "{merged}");
    }

    #[test]
    fn the_script_loads_each_file_once() {
        let loader = loader(&needs(), 6);
        let groups = plan(&needs(), size).unwrap();
        let merged = with_groups(&loader, &needs(), &groups).unwrap();
        assert_eq!(merged.matches("fetch(").count(), OWN_FILES + 1 + needs().len(), "{merged}");
        assert!(!merged.contains("__chunk_2") && !merged.contains("__chunk_5"), "{merged}");
        // The rest needs chunk 5, which is in the file that is loaded as the first of its group.
        assert!(merged.contains("split_rest.wasm\");\n}\n, [__chunk_1, "), "{merged}");
    }

    #[test]
    fn an_import_is_read_from_its_line() {
        let line = "(import \"__wasm_split\" \"memory\" (memory $m 19))";
        assert_eq!(import(line), Some(("__wasm_split", "memory", "(memory $m 19)")));
        assert_eq!(import("(import \"a\")"), None);
    }
}
