//! Writes `.br` and `.gz` beside every file that gains by it. Node does the work: its brotli is optimised, while one
//! built with this program would not be.

use crate::shell;
use anyhow::Result;
use std::path::Path;

const SCRIPT: &str = include_str!("compress.mjs");

pub(super) fn compress(folder: &Path) -> Result<()> {
    let mut node = shell::command("node");
    node.args(["--input-type=module", "--eval", SCRIPT, "--"]).arg(folder);
    shell::run("compressing", &mut node)
}
