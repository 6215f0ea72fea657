//! Short names for what the program takes from its script. `wasm-bindgen` gives each of some 250 functions a name with a
//! hash in it, which stands in both files and hardly compresses: 6 KiB of the launcher.

use anyhow::{Context as _, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};
use wasm_encoder::{Encode as _, Module, RawSection};
use wasmparser::{BinaryReader, Parser, Payload, TypeRef};

/// What the module is called that holds them, in both files.
const MODULE: &str = "a";
/// How the names begin that the script has for this use only.
const PREFIX: &str = "__wb";

/// Renames the imports that come from the program's own script, in the program and in the script.
pub(super) fn shorten(program: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut names = Names::default();
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(program) {
        let payload = payload?;
        let Some((id, range)) = payload.as_section() else { continue };
        let section = program.get(usize::try_from(range.start)?..usize::try_from(range.end)?);
        let section = section.context("a section of the program ends behind the file")?;
        let renamed;
        let data = if matches!(payload, Payload::ImportSection(_)) {
            renamed = imports(section, &mut names)?;
            &renamed
        } else {
            section
        };
        module.section(&RawSection { id, data });
    }
    let script = names.put_into(script)?;
    Ok((module.finish(), script))
}

/// The section of imports with the short names.
fn imports(section: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let mut reader = BinaryReader::new(section, 0);
    let count = reader.read_var_u32()?;
    let mut out = Vec::with_capacity(section.len());
    count.encode(&mut out);
    for _ in 0..count {
        let (module, name) = (reader.read_string()?, reader.read_string()?);
        let from = reader.original_position();
        reader.read::<TypeRef>()?;
        let kind = section.get(usize::try_from(from)?..usize::try_from(reader.original_position())?);
        if name.starts_with(PREFIX) {
            names.modules.insert(module.to_owned());
            MODULE.encode(&mut out);
            names.short(name).encode(&mut out);
        } else {
            module.encode(&mut out);
            name.encode(&mut out);
        }
        out.extend_from_slice(kind.context("an import of the program ends behind its section")?);
    }
    ensure!(reader.eof(), "the imports of the program are followed by something else");
    Ok(out)
}

/// Short names by the long ones.
#[derive(Default)]
struct Names {
    short: BTreeMap<String, String>,
    /// The modules that they are taken from.
    modules: BTreeSet<String>,
}

impl Names {
    /// The short name: `a` to `z`, then `aa` and so on.
    fn short(&mut self, name: &str) -> &str {
        let mut rest = self.short.len();
        self.short.entry(name.to_owned()).or_insert_with(|| {
            let mut letters = String::new();
            loop {
                letters.insert(0, char::from(b'a' + u8::try_from(rest % 26).unwrap_or_default()));
                match (rest / 26).checked_sub(1) {
                    Some(next) => rest = next,
                    None => return letters,
                }
            }
        })
    }

    /// The script with the short names. Each has to be there, as the member of an object or as a function that is
    /// exported.
    fn put_into(&self, script: &str) -> Result<String> {
        ensure!(self.modules.len() <= 1, "the program takes functions from {:?}", self.modules);
        let mut out = String::with_capacity(script.len());
        let mut used = BTreeSet::new();
        let mut rest = script;
        while let Some(at) = rest.find(PREFIX) {
            let (before, from) = rest.split_at(at);
            let end = from.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '$'));
            let (word, behind) = from.split_at(end.unwrap_or(from.len()));
            let is_whole = !before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$');
            out.push_str(before);
            // What the program gives to the script keeps its name: there it is followed by no colon.
            match self.short.get(word).filter(|_| is_whole && behind.starts_with(':')) {
                Some(short) => {
                    ensure!(used.insert(word), "the script has {word} twice");
                    out.push_str(short);
                }
                None => out.push_str(word),
            }
            rest = behind;
        }
        out.push_str(rest);
        if let Some(missing) = self.short.keys().find(|name| !used.contains(name.as_str())) {
            anyhow::bail!("the script has no {missing}, which the program asks for");
        }
        for module in &self.modules {
            let quoted = format!("\"{module}\":");
            ensure!(out.matches(&quoted).count() == 1, "the script does not hand {module} to the program");
            out = out.replace(&quoted, &format!("\"{MODULE}\":"));
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, shorten};
    use wasm_encoder::{
        EntityType, ExportKind, ExportSection, ImportSection, MemoryType, Module, TypeSection,
    };

    const SCRIPT: &str = r#"const import0 = { __proto__: null,
        __wbg_now_1f2e: function() { return 1; },
        __wbg_log_aa: function() { wasm.__wbindgen_start(); },
    };
    return { "./app_bg.js": import0 };"#;

    fn program(names: &[&str]) -> Vec<u8> {
        let (mut types, mut imports, mut exports) =
            (TypeSection::new(), ImportSection::new(), ExportSection::new());
        types.ty().function([], []);
        for name in names {
            imports.import("./app_bg.js", name, EntityType::Function(0));
        }
        let memory =
            MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };
        imports.import("env", "memory", memory);
        exports.export("__wbindgen_start", ExportKind::Func, 0);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&exports);
        module.finish()
    }

    #[test]
    fn both_files_have_the_same_short_names() {
        let (program, script) = shorten(&program(&["__wbg_now_1f2e", "__wbg_log_aa"]), SCRIPT).unwrap();
        wasmparser::validate(&program).unwrap();
        let text = String::from_utf8_lossy(&program);
        assert!(text.contains("\u{1}a\u{1}a") && text.contains("\u{1}a\u{1}b"), "{text:?}");
        assert!(text.contains("env\u{6}memory") && !text.contains("__wbg_"));
        assert!(script.contains(" a: function") && script.contains(" b: function"), "{script}");
        assert!(script.contains("\"a\": import0") && script.contains("wasm.__wbindgen_start()"), "{script}");
    }

    // A program that asks for what the script does not have fails in the browser.
    #[test]
    fn what_the_script_lacks_is_named() {
        let error = shorten(&program(&["__wbg_gone_0"]), SCRIPT).unwrap_err();
        assert!(error.to_string().contains("__wbg_gone_0"), "{error}");
    }

    #[test]
    fn short_names_do_not_repeat() {
        let mut names = Names::default();
        let all: std::collections::BTreeSet<String> =
            (0..2_000).map(|n| names.short(&format!("__wb{n}")).to_owned()).collect();
        assert_eq!(all.len(), 2_000);
        assert!(all.contains("z") && all.contains("aa") && all.contains("zz") && all.contains("aaa"));
    }
}
