//! What some files say about how others are to be read, gathered before any is judged.
//!
//! Looks only at the few files that can say such things; their trees are kept for the analysis.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::compose::Neighbours;
use super::environment::Environment;
use super::ignores::Ignores;
use super::input::{Input, Syntax};
use super::kinds;
use super::replaced::Replaced;
use super::terraform::{self, TerraformOptions};
use crate::formats::kubernetes::{self, Replacement};
use crate::formats::paths::normal;
use crate::formats::terraform::Attributes;
use crate::formats::{self, Format};
use crate::model::Facts;
use crate::schema::{self, Catalog, Defined, Known};
use crate::text::Span;

/// What the other files say of a file.
#[derive(Debug, Default)]
pub struct Surroundings {
    /// Files that a kustomization lays over other objects.
    patches: HashSet<PathBuf>,
    /// Files that a kustomization takes objects from.
    resources: HashSet<PathBuf>,
    /// Files and folders that a kustomization takes in and patches.
    patched: HashSet<PathBuf>,
    /// What kustomizations put in for images.
    replaced: Replaced,
    /// Images that Skaffold builds, and gives their version, by its folder.
    built: HashMap<PathBuf, HashSet<String>>,
    /// The kinds that CustomResourceDefinitions among the files define.
    defined: Catalog,
    /// What stands beside Compose files.
    pub(super) compose: Neighbours,
    /// What a build does not see.
    pub(super) ignores: Ignores,
    /// What variables of Compose files stand for.
    pub(super) environment: Environment,
    /// The same, of definitions that are there for tests: they hold in their own folder and below.
    fixtures: HashMap<PathBuf, Catalog>,
    /// Schemas from elsewhere, by profile.
    pub given: Vec<Catalog>,
    /// Attributes of Terraform, and why some are not known, if that was asked for.
    pub attributes: Attributes,
    /// Text that no report shows.
    pub hidden: Vec<Span>,
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

    /// Takes what others fill in for unknown.
    pub(super) fn fill_in(&self, path: &Path, facts: &mut Facts) {
        if self.is_patch(path) {
            facts.complete_elsewhere();
        }
        if !self.patched.is_empty() && path.ancestors().any(|path| self.patched.contains(path)) {
            facts.resources.iter_mut().for_each(|resource| resource.patched = true);
        }
        self.replaced.fill_in(path, facts);
        if !self.built.is_empty() {
            self.set_versions(path, facts);
        }
    }

    /// Takes the versions of images that Skaffold builds for unknown: it puts its own there.
    fn set_versions(&self, path: &Path, facts: &mut Facts) {
        let built: Vec<&HashSet<String>> =
            path.ancestors().filter_map(|folder| self.built.get(folder)).collect();
        let is_built = |name: &String| built.iter().any(|names| names.contains(name));
        for image in facts.all_images_mut() {
            if image.name().is_some_and(|name| is_built(&name)) {
                image.version_from_elsewhere();
            }
        }
    }

    /// All schemas for the file at this path, of this profile, for this minor release of Kubernetes.
    pub(super) fn schemas(&self, path: &Path, profile: usize, minor: u16) -> Known<'_> {
        let given = self.given.get(profile).unwrap_or(&self.defined);
        let folders = path.ancestors().filter(|_| !self.fixtures.is_empty());
        let near = folders.skip(1).find_map(|folder| self.fixtures.get(folder)).unwrap_or(&self.defined);
        Known { minor, catalogs: [near, &self.defined, given] }
    }
}

/// Reads what the files say of each other.
pub fn survey(inputs: &mut [Input<'_>], options: &TerraformOptions) -> Surroundings {
    let all: Vec<Kustomization> =
        inputs.par_iter_mut().flat_map_iter(|input| survived(|| kustomization(input))).collect();
    let replaced = Replaced::of(&all);
    let mut around = Surroundings { replaced, ..Surroundings::default() };
    for one in all {
        around.patches.extend(one.patches);
        if one.has_patches {
            around.patched.extend(one.resources.iter().cloned());
        }
        around.resources.extend(one.resources);
    }
    let built: Vec<(PathBuf, Vec<String>)> =
        inputs.par_iter_mut().flat_map_iter(|input| survived(|| skaffold(input))).collect();
    for (folder, names) in built {
        around.built.entry(folder).or_default().extend(names);
    }
    define(inputs, &mut around);
    around.compose = Neighbours::of(inputs);
    around.ignores = Ignores::of(inputs);
    around.environment = Environment::of(inputs);
    terraform::evaluate(inputs, options, &mut around);
    around
}

/// Reads the schemas of the kinds that the files define, and that some file uses.
fn define(inputs: &mut [Input<'_>], around: &mut Surroundings) {
    let defines = |input: &Input<'_>| input.format.is_kubernetes() && kinds::defines(&input.text);
    if !inputs.par_iter().any(defines) {
        return;
    }
    let used = kinds::used(inputs);
    let root = common_folder(inputs);
    let read = |input: &mut Input<'_>, patch: bool| {
        let asked = input.format.is_kubernetes() && kinds::defines_any(&input.text, &used);
        let kinds = match (asked && !patch).then(|| input.parse()) {
            Some(Syntax::Data(tree)) => schema::definitions(tree, true, &|kind| used.contains(kind)),
            _ => Vec::new(),
        };
        let folder = input.path.parent().filter(|folder| is_for_tests(folder, &root)).map(normal);
        if kinds.is_empty() { Vec::new() } else { vec![(folder, kinds)] }
    };
    let found: Vec<(Option<PathBuf>, Vec<Defined>)> = inputs
        .par_iter_mut()
        .flat_map_iter(|input| {
            let patch = around.is_patch(input.path);
            survived(|| read(input, patch))
        })
        .collect();
    for (folder, kinds) in found {
        match folder {
            Some(folder) => around.fixtures.entry(folder).or_default().extend(kinds),
            None => around.defined.extend(kinds),
        }
    }
}

/// The folder that all files are below.
fn common_folder(inputs: &[Input<'_>]) -> PathBuf {
    let mut folders = inputs.iter().filter_map(|input| input.path.parent());
    let Some(first) = folders.next() else { return PathBuf::new() };
    folders
        .fold(first, |common, folder| {
            common.ancestors().find(|common| folder.starts_with(common)).unwrap_or(Path::new(""))
        })
        .to_owned()
}

/// Whether a folder below `root` is one of those that hold what tests need.
fn is_for_tests(folder: &Path, root: &Path) -> bool {
    let names = folder.strip_prefix(root).unwrap_or(folder).components();
    names.filter_map(|name| name.as_os_str().to_str()).any(|name| TESTS.contains(&name))
}

/// Folders that hold what tests need.
const TESTS: [&str; 4] = ["testdata", "test", "tests", "fixtures"];

/// What a step gives; nothing if it crashes, for the analysis of the file will tell of it.
pub(super) fn survived<T>(step: impl FnOnce() -> Vec<T>) -> Vec<T> {
    catch_unwind(AssertUnwindSafe(step)).unwrap_or_default()
}

/// What a kustomization says of other files, by their full paths.
#[derive(Debug)]
pub(super) struct Kustomization {
    /// The folder that it stands in.
    pub(super) folder: PathBuf,
    patches: Vec<PathBuf>,
    /// Whether it patches, be it by text of its own.
    has_patches: bool,
    /// Files and folders that it takes objects from.
    pub(super) resources: Vec<PathBuf>,
    /// Folders of the components that it uses.
    pub(super) components: Vec<PathBuf>,
    /// What it says of images.
    pub(super) images: Vec<Replacement>,
}

/// The kustomization in a file; a list, for whatever crashes gives none.
fn kustomization(input: &mut Input<'_>) -> Vec<Kustomization> {
    let folder = input.path.parent().unwrap_or(input.path);
    if !formats::is_kustomization(&input.path.to_string_lossy()) {
        return Vec::new();
    }
    let Syntax::Data(tree) = input.parse() else { return Vec::new() };
    let full = |paths: Vec<String>| paths.into_iter().map(|path| normal(&folder.join(path))).collect();
    vec![Kustomization {
        folder: normal(folder),
        patches: full(kubernetes::patches(tree)),
        has_patches: kubernetes::has_patches(tree),
        resources: full(kubernetes::built(tree)),
        components: full(kubernetes::components(tree)),
        images: kubernetes::replacements(tree),
    }]
}

/// The images that a `skaffold.yaml` builds, and its folder.
fn skaffold(input: &mut Input<'_>) -> Vec<(PathBuf, Vec<String>)> {
    let Some(folder) = input.path.parent().map(normal) else { return Vec::new() };
    let says = memchr::memmem::find(input.text.as_bytes(), b"skaffold/").is_some();
    if input.format != Format::Kubernetes || !says {
        return Vec::new();
    }
    let Syntax::Data(tree) = input.parse() else { return Vec::new() };
    vec![(folder, kubernetes::built_images(tree))]
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
