//! What some files say about how others are to be read, gathered before any is judged.
//!
//! Looks only at the few files that can say such things; their trees are kept for the analysis.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Component, Path, PathBuf};

use rayon::iter::Either;
use rayon::prelude::*;

use super::compose::Neighbours;
use super::input::{Input, Syntax};
use super::kinds;
use crate::formats;
use crate::schema::{self, Catalog, Defined, Known};

/// What the other files say of a file.
#[derive(Debug, Default)]
pub struct Surroundings {
    /// Files that a kustomization lays over other objects.
    patches: HashSet<PathBuf>,
    /// Files that a kustomization takes objects from.
    resources: HashSet<PathBuf>,
    /// The kinds that CustomResourceDefinitions among the files define.
    defined: Catalog,
    /// What stands beside Compose files.
    pub(super) compose: Neighbours,
    /// Schemas from elsewhere, by profile.
    pub given: Vec<Catalog>,
}

impl Surroundings {
    /// Whether the file at this path completes objects that stand elsewhere.
    pub(super) fn is_patch(&self, path: &Path) -> bool {
        self.patches.contains(path) || is_called_patch(path)
    }

    /// Whether a kustomization, which may fill in namespaces and selectors, takes objects from the file at this path.
    pub(super) fn is_built(&self, path: &Path) -> bool {
        self.resources.contains(path)
    }

    /// All schemas for files of this profile, for this minor release of Kubernetes.
    pub(super) fn schemas(&self, profile: usize, minor: u16) -> Known<'_> {
        let given = self.given.get(profile).unwrap_or(&self.defined);
        Known { minor, catalogs: [&self.defined, given] }
    }
}

/// Reads what the files say of each other.
pub fn survey(inputs: &mut [Input<'_>]) -> Surroundings {
    let (patches, resources) = inputs
        .par_iter_mut()
        .flat_map_iter(|input| survived(|| named(input)))
        .partition_map(|named| match named {
            Named::Patch(path) => Either::Left(path),
            Named::Resource(path) => Either::Right(path),
        });
    let mut around = Surroundings { patches, resources, ..Surroundings::default() };
    around.defined = definitions(inputs, &around);
    around.compose = Neighbours::of(inputs);
    around
}

/// The schemas of the kinds that the files define, and that some file uses.
fn definitions(inputs: &mut [Input<'_>], around: &Surroundings) -> Catalog {
    let defines = |input: &Input<'_>| input.format.is_kubernetes() && kinds::defines(&input.text);
    let mut catalog = Catalog::default();
    if !inputs.par_iter().any(defines) {
        return catalog;
    }
    let used = kinds::used(inputs);
    let read = |input: &mut Input<'_>| {
        let asked = input.format.is_kubernetes() && kinds::defines_any(&input.text, &used);
        match (asked && !around.is_patch(input.path)).then(|| input.parse()) {
            Some(Syntax::Data(tree)) => schema::definitions(tree, true, &|kind| used.contains(kind)),
            _ => Vec::new(),
        }
    };
    let found: Vec<Vec<Defined>> = inputs.par_iter_mut().map(|input| survived(|| read(input))).collect();
    catalog.extend(found.into_iter().flatten());
    catalog
}

/// What a step gives; nothing if it crashes, for the analysis of the file will tell of it.
pub(super) fn survived<T>(step: impl FnOnce() -> Vec<T>) -> Vec<T> {
    catch_unwind(AssertUnwindSafe(step)).unwrap_or_default()
}

/// A file that a kustomization names.
enum Named {
    Patch(PathBuf),
    Resource(PathBuf),
}

/// The files that a kustomization names.
fn named(input: &mut Input<'_>) -> Vec<Named> {
    let folder = input.path.parent().unwrap_or(input.path);
    if !formats::is_kustomization(&input.path.to_string_lossy()) {
        return Vec::new();
    }
    let Syntax::Data(tree) = input.parse() else { return Vec::new() };
    let full = |path: String| normal(&folder.join(path));
    let patches = formats::kubernetes::patches(tree).into_iter().map(|path| Named::Patch(full(path)));
    let resources = formats::kubernetes::built(tree).into_iter().map(|path| Named::Resource(full(path)));
    patches.chain(resources).collect()
}

/// Whether the name of a file says that it is a patch. Many are named by no kustomization: scaffolds leave them for
/// later.
fn is_called_patch(path: &Path) -> bool {
    let says = |name: Option<&std::ffi::OsStr>| {
        let name = name.map(std::ffi::OsStr::to_string_lossy).unwrap_or_default();
        name.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| matches!(word, "patch" | "patches"))
    };
    says(path.file_name()) || says(path.parent().and_then(Path::file_name))
}

/// The path without `.` and `..`; nothing is asked of the file system.
pub(super) fn normal(path: &Path) -> PathBuf {
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
