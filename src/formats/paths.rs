//! Paths as files name each other by them.

use std::path::{Component, Path, PathBuf};

/// The path without `.` and `..`; nothing is asked of the file system.
pub fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(out.pop()),
            part => out.push(part),
        }
    }
    out
}
