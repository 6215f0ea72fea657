//! The program in several files. trunk calls `wasm-bindgen`; while the production site is built it finds this program
//! under that name, which splits what the compiler made and hands the first part on to the real one. What the others
//! need (names, sizes, the script that loads them) is finished afterwards.

use super::shared::{self, Needs};
use crate::{node, shell};
use anyhow::{Context, Result, ensure};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The name that trunk calls.
const BINDGEN: &str = "wasm-bindgen";
/// Tells the program under that name where the real one is.
const REAL: &str = "PORTAL_WASM_BINDGEN";
/// What the loading script is called until it is part of the program's own script.
const LOADER: &str = "__wasm_split.js";
/// Which files a screen needs, as the splitter says.
const NEEDS: &str = "needs.json";

/// The parts of a finished site: file names by the name of a chunk of `src/lazy.rs`, in the order of loading.
pub(crate) type Parts = BTreeMap<String, Vec<String>>;

fn folder() -> PathBuf {
    shell::target_dir().join("split")
}

/// A folder for the front of PATH that holds this program as `wasm-bindgen`, and the variable that it needs.
pub(super) fn in_place_of(real: &Path) -> Result<(PathBuf, (&'static str, PathBuf))> {
    let tools = shell::target_dir().join("tools");
    std::fs::create_dir_all(&tools)?;
    let stand_in = tools.join(format!("{BINDGEN}{}", std::env::consts::EXE_SUFFIX));
    if stand_in.exists() {
        std::fs::remove_file(&stand_in)?;
    }
    let this = std::env::current_exe().context("cannot find this program")?;
    std::fs::copy(this, &stand_in).with_context(|| format!("cannot write {}", stand_in.display()))?;
    Ok((tools, (REAL, real.to_path_buf())))
}

/// Runs as `wasm-bindgen` if that is the name of this program; `None` if it is not.
pub(crate) fn run_in_place() -> Option<Result<()>> {
    let name = std::env::args_os().next().map(PathBuf::from)?;
    (name.file_stem()? == BINDGEN).then(bindgen)
}

fn bindgen() -> Result<()> {
    let real = std::env::var_os(REAL).with_context(|| format!("{REAL} is not set"))?;
    let mut arguments: Vec<std::ffi::OsString> = std::env::args_os().skip(1).collect();
    let mut is_program = false;
    for argument in &mut arguments {
        let path = PathBuf::from(&*argument);
        if path.extension().is_some_and(|extension| extension == "wasm") && path.is_file() {
            *argument = split(&path)?.into_os_string();
            is_program = true;
        }
    }
    if is_program {
        // The parts are linked by the first one's table of functions.
        arguments.push("--keep-lld-exports".into());
    }
    let status = Command::new(real).args(arguments).status().context("cannot start wasm-bindgen")?;
    ensure!(status.success(), "wasm-bindgen ended with {status}");
    Ok(())
}

/// Splits a program, and gives the file of its first part.
fn split(program: &Path) -> Result<PathBuf> {
    let folder = folder();
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let whole = std::fs::read(program)?;
    let first = folder.join("first").join("app-portal.wasm");
    std::fs::create_dir_all(folder.join("first"))?;
    let mut options = wasm_split_cli_support::Options::new(&whole);
    options.output_dir = &folder;
    options.main_out_path = &first;
    options.main_module = "./app-portal.js";
    let split = wasm_split_cli_support::transform(options).map_err(|error| anyhow::anyhow!("{error:#}"))?;
    let needs: BTreeMap<_, _> = split.prefetch_map.into_iter().collect();
    std::fs::write(folder.join(NEEDS), serde_json::to_vec(&needs)?)?;
    Ok(first)
}

/// Puts the parts into the site, and the script that loads them into the program's own. Gives the script's text.
pub(super) fn finish(site: &Path, script: &str) -> Result<(String, Parts)> {
    let folder = folder();
    let needs: Needs = serde_json::from_slice(&std::fs::read(folder.join(NEEDS))?)?;
    let (mut loader, needs) = shared::merge(&folder, &super::read(&folder.join(LOADER))?, &needs)?;
    let mut names = BTreeMap::new();
    for file in shell::files(&folder)? {
        let Some(stem) = file.file_stem().and_then(|stem| stem.to_str()) else { continue };
        if file.parent() != Some(&*folder) || file.extension().is_none_or(|extension| extension != "wasm") {
            continue;
        }
        let small = optimised(&file)?;
        let name = format!("part-{}-{}.wasm", stem.trim_start_matches("split_"), digest(&small));
        std::fs::write(site.join(&name), small)?;
        loader = loader.replace(&format!("\"./{stem}.wasm\""), &format!("\"./{name}\""));
        names.insert(stem.to_owned(), name);
    }
    let streaming = "WebAssembly.instantiateStreaming(src, imports)";
    ensure!(
        loader.contains(streaming),
        "the loading script of wasm_split has changed: {streaming} is missing"
    );
    loader = loader.replace(streaming, "instantiate(src, imports)") + INSTANTIATE;
    std::fs::write(folder.join(LOADER), loader)?;
    std::fs::write(folder.join("app-portal.js"), script)?;
    let script = bundled(&folder.join("app-portal.js"))?;
    let file_names = |stems: Vec<String>| stems.iter().filter_map(|stem| names.get(stem).cloned()).collect();
    Ok((script, needs.into_iter().map(|(chunk, stems)| (chunk, file_names(stems))).collect()))
}

/// As boot.js does for the first part: a host that names the wrong content type costs that, not the screen. `main` is
/// [`shared::MERGED_IMPORTS`].
const INSTANTIATE: &str = r#"
async function instantiate(coming, { __wasm_split: main }) {
    const imports = { __wasm_split: main, main };
    const reply = await coming;
    if (!reply.ok) throw new TypeError(`HTTP ${reply.status} for ${reply.url}`);
    const streams = reply.headers.get("content-type") === "application/wasm";
    return streams ? WebAssembly.instantiateStreaming(reply, imports) : WebAssembly.instantiate(await reply.arrayBuffer(), imports);
}
"#;

/// What the program may use of WebAssembly, for every tool that reads it.
pub(super) fn features() -> Result<Vec<String>> {
    Ok(flags()?.into_iter().filter(|flag| flag.starts_with("--enable-")).collect())
}

/// The flags of wasm-opt for the first part, which are in index.html.
fn flags() -> Result<Vec<String>> {
    let html = super::read(&shell::root().join("index.html"))?.replace('\n', " ");
    let flags = super::page::attribute(&html, "data-wasm-opt-params");
    let flags = flags.context("index.html names no data-wasm-opt-params")?;
    Ok(flags.split_whitespace().map(str::to_owned).collect())
}

fn optimised(part: &Path) -> Result<Vec<u8>> {
    let small = part.with_extension("small");
    let mut command = shell::command(node::program("wasm-opt")?);
    command.arg("-Oz").args(flags()?).arg(part).arg("-o").arg(&small);
    said(&mut command)?;
    Ok(std::fs::read(small)?)
}

/// A script or a style sheet with all that it imports, as short as it can be. Nothing is rewritten for older browsers,
/// and what `url()` names is a file of the site.
pub(super) fn bundled(file: &Path) -> Result<String> {
    let mut command = shell::command(node::program("esbuild")?);
    command.arg(file).args([
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=esnext",
        "--external:*.svg",
        "--log-level=warning",
    ]);
    said(&mut command)
}

/// What a tool writes; where it fails, its complaint.
pub(super) fn said(command: &mut Command) -> Result<String> {
    let output =
        command.output().with_context(|| format!("cannot start {}", command.get_program().display()))?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{}: {}", command.get_program().display(), complaint.trim());
    Ok(String::from_utf8(output.stdout)?)
}

/// The first letters of a digest, for a name that follows the content.
pub(super) fn digest(content: &[u8]) -> String {
    Sha256::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
