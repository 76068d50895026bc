//! Puts every rule page under `rules/` into the program, as one table of paths, texts and heads: what decides whether a
//! rule runs.
//!
//! Reads no more of a page than those few lines of its front matter, each one word or one list. The program reads the
//! rest when a rule runs, with the same code as for users' pages, and a test holds the heads to what that code says.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads the source and writes into the build folder"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("rules");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=rules");
    let mut table = String::from("&[\n");
    for domain in sorted(&root)?.iter().filter(|path| path.is_dir()) {
        println!("cargo::rerun-if-changed={}", domain.display());
        for page in sorted(domain)?.iter().filter(|path| path.extension().is_some_and(|end| end == "md")) {
            let name = format!("{}/{}", file_name(domain), file_name(page));
            let _ = writeln!(table, "    {},", row(&name, page)?);
        }
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("pages.rs"), table)
}

/// The row of one page.
fn row(name: &str, page: &Path) -> io::Result<String> {
    let text = fs::read_to_string(page)?;
    let matter = || text.lines().skip(1).take_while(|line| *line != "---");
    let value = |key: &str| {
        let of = |line: &'_ str| line.strip_prefix(key)?.strip_prefix(':').map(|rest| rest.trim().to_owned());
        matter().find_map(of).unwrap_or_default()
    };
    let words = |key: &str| -> Vec<String> {
        let written = value(key);
        let list = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(&written);
        let words = list.split(',').map(|word| word.trim().trim_matches(['"', '\'']).to_owned());
        words.filter(|word| !word.is_empty()).collect()
    };
    let (severity, preset, subject) = (value("severity"), value("preset"), value("for"));
    Ok(format!(
        "BuiltIn {{ path: {name:?}, text: include_str!({:?}), severity: {severity:?}, preset: {preset:?}, \
         subject: {subject:?}, native: {}, kinds: &{:?}, formats: &{:?}, equivalents: &{:?} }}",
        page.display().to_string(),
        value("native") == "true",
        words("kinds"),
        words("formats"),
        words("equivalents"),
    ))
}

/// The entries of a folder, in an order that does not depend on the file system.
fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
