//! What some files say about how others are to be read, gathered before any is judged.
//!
//! Looks only at the few files that can say such things; their trees are kept for the analysis.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use super::input::{Input, Syntax};
use crate::formats;

/// What the other files say of a file.
#[derive(Debug, Default)]
pub struct Surroundings {
    /// Files that a kustomization lays over other objects.
    patches: HashSet<PathBuf>,
}

impl Surroundings {
    /// Whether the file at this path completes objects that stand elsewhere.
    pub(super) fn is_patch(&self, path: &Path) -> bool {
        self.patches.contains(path)
    }
}

/// Reads what the files say of each other.
pub fn survey(inputs: &mut [Input<'_>]) -> Surroundings {
    let patches = inputs.par_iter_mut().flat_map_iter(patches).collect();
    Surroundings { patches }
}

/// The files that a kustomization names as patches.
fn patches(input: &mut Input<'_>) -> Vec<PathBuf> {
    let folder = input.path.parent().unwrap_or(input.path);
    if !formats::is_kustomization(&input.path.to_string_lossy()) {
        return Vec::new();
    }
    let Syntax::Data(tree) = input.parse() else { return Vec::new() };
    formats::kubernetes::patches(tree).iter().map(|path| normal(&folder.join(path))).collect()
}

/// The path without `.` and `..`; nothing is asked of the file system.
fn normal(path: &Path) -> PathBuf {
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
