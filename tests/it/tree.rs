//! The package's own files, for tests that read them.
#![expect(clippy::disallowed_methods, reason = "these tests are about files")]
#![expect(clippy::unwrap_used, reason = "a file that cannot be read should fail the test")]
#![expect(clippy::case_sensitive_file_extension_comparisons, reason = "the names are ours")]

use std::fs;
use std::path::{Path, PathBuf};

/// A path from the package's root.
pub(crate) fn path(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(inside)
}

/// The text of a file.
pub(crate) fn text(inside: &str) -> String {
    fs::read_to_string(path(inside)).unwrap_or_else(|error| panic!("{inside}: {error}"))
}

/// The paths of all files under a folder, from the package's root, sorted; none if there is no such folder.
pub(crate) fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(path(&folder)) else { continue };
        for entry in entries {
            let entry = entry.unwrap();
            let inside = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.file_type().unwrap().is_dir() { folders.push(inside) } else { found.push(inside) }
        }
    }
    found.sort();
    found
}

/// Path and text of every Rust file under these folders.
pub(crate) fn rust(folders: &[&str]) -> Vec<(String, String)> {
    let files = folders.iter().flat_map(|folder| files(folder));
    files
        .filter(|path| path.ends_with(".rs") && !path.contains("/target/"))
        .map(|path| {
            let text = text(&path);
            (path, text)
        })
        .collect()
}

/// Writes a file, and the folders that it is in.
pub(crate) fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Removes a folder that a test made.
pub(crate) fn remove(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
}
