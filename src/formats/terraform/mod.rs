//! Terraform and `OpenTofu`: modules evaluated as far as their files tell, and lowered to facts.
//!
//! A module is a folder. Those that no other calls are roots; the others are evaluated for each call, with what it
//! passes. What depends on a provider, on the time, on other files or on a module from elsewhere is unknown. A resource
//! whose `count` or `for_each` is unknown stands for its instances by one of which no more is known.

mod access;
mod blocks;
mod cloud;
mod companions;
mod documents;
mod engine;
mod eval;
mod files;
mod folder;
mod functions;
mod given;
mod installed;
mod instances;
mod json;
mod lower;
mod names;
mod objects;
mod operators;
mod scope;
mod sensitive;
mod template;
mod terragrunt;
mod types;
mod unknown;
mod value;
mod why;
mod written;

pub use blocks::Evaluated;
pub use cloud::instances;
pub use files::named;
pub use installed::{Installed, LIST, installed};
pub use json::{of_json, values_of_json};
pub use lower::{ARGUMENT, lower};
pub use objects::spoken;
pub use sensitive::called_sensitive;
pub use unknown::{Attributes, Cause, Reason, Unknown};

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use folder::Folder;
use terragrunt::Unit;

use crate::formats::paths;
use crate::syntax::hcl::{Attribute, File};
use crate::text::FileId;

/// A module that is evaluated by itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Root {
    /// Its folder.
    pub folder: PathBuf,
    /// The file of Terragrunt that runs it.
    unit: Option<PathBuf>,
}

impl Root {
    /// A module that is run as it is.
    pub fn of(folder: PathBuf) -> Root {
        Root { folder, unit: None }
    }
}

/// All folders with Terraform in them.
#[derive(Default)]
pub struct Modules<'a> {
    folders: engine::Folders<'a>,
    /// What files of values say that were named for all root modules, the strongest last.
    given: Vec<&'a Attribute>,
    /// Files that functions read, by path.
    texts: HashMap<PathBuf, files::Text>,
    /// Files of Terragrunt, by path.
    units: HashMap<PathBuf, Unit<'a>>,
    /// Folders of modules from elsewhere, by root module and the names of calls.
    installed: HashMap<PathBuf, HashMap<String, PathBuf>>,
}

impl<'a> Modules<'a> {
    /// Takes in a file of blocks, or of values for variables.
    pub fn add(&mut self, path: &Path, file: &'a File) {
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else { return };
        let name = name.to_string_lossy();
        let place = paths::normal(parent);
        let folder = self.folders.entry(place.clone()).or_insert_with(|| Folder::new(place));
        if is_values(&name) {
            if name.starts_with("terraform.tfvars") {
                folder.values.extend(file.body.attributes());
            } else if name.contains(".auto.") {
                folder.auto.extend(file.body.attributes());
            }
            return;
        }
        folder.add(file, is_override(&name));
    }

    /// Takes in a file of values for all root modules; what is given later is stronger.
    pub fn give(&mut self, file: &'a File) {
        self.given.extend(file.body.attributes());
    }

    /// Takes in a file that functions may read.
    pub fn add_text(&mut self, path: &Path, text: Arc<str>) {
        self.texts.insert(paths::normal(path), files::Text::new(text));
    }

    /// Says where a module from elsewhere is.
    pub fn install(&mut self, module: &Installed) {
        let modules = self.installed.entry(module.root.clone()).or_default();
        modules.insert(module.key.clone(), module.folder.clone());
    }

    /// Says that a file is of a module from elsewhere: it counts as it is called, and never by itself.
    pub fn lend(&mut self, path: &Path) {
        if let Some(folder) = path.parent().and_then(|parent| self.folders.get_mut(&paths::normal(parent))) {
            folder.lent = true;
        }
    }

    /// Takes in a file of Terragrunt.
    pub fn add_unit(&mut self, path: &Path, file: &'a File) {
        let path = paths::normal(path);
        self.units.insert(path.clone(), Unit::new(path, file));
    }

    /// The files of Terragrunt that may run a module, sorted.
    pub fn units(&self) -> Vec<PathBuf> {
        let run = self.units.values().filter(|unit| unit.is_run());
        let mut units: Vec<PathBuf> = run.map(|unit| unit.path.clone()).collect();
        units.sort();
        units
    }

    /// The module that a file of Terragrunt runs, if it is among the files.
    pub fn run_by(&self, unit: &Path) -> Option<Root> {
        let engine = engine::Engine::for_unit(self, self.units.get(unit)?)?;
        let folder = engine.modules[engine.root].folder.path.clone();
        Some(Root { folder, unit: Some(unit.to_path_buf()) })
    }

    /// Folders that no other calls, sorted; those that Terragrunt runs come with what runs them.
    pub fn roots(&self, run: Vec<Root>) -> Vec<Root> {
        let of = |folder: &Folder<'a>| {
            let calls = folder.calls.values();
            calls.filter_map(|call| engine::local_source(&folder.path, call)).collect::<Vec<_>>()
        };
        let mut called: HashSet<PathBuf> = self.folders.values().flat_map(of).collect();
        called.extend(run.iter().map(|root| root.folder.clone()));
        let own = self.folders.iter().filter(|(_, folder)| !folder.lent).map(|(path, _)| path);
        let mut roots: Vec<PathBuf> = own.filter(|folder| !called.contains(*folder)).cloned().collect();
        roots.sort();
        // Rules look at so many instances of a block, and not at more.
        let mut runs: HashMap<PathBuf, usize> = HashMap::new();
        let mut is_seen = |root: &Root| {
            let count = runs.entry(root.folder.clone()).or_default();
            *count += 1;
            *count <= MOST_INSTANCES
        };
        let run: Vec<Root> = run.into_iter().filter(|root| is_seen(root)).collect();
        run.into_iter().chain(roots.into_iter().map(Root::of)).collect()
    }

    /// Folders none of whose blocks is among these files' blocks: no call came to them, as none is made, or as they call
    /// each other in a circle.
    pub fn unreached(&self, reached: &HashSet<FileId>) -> Vec<Root> {
        let is_unreached = |folder: &Folder<'a>| {
            !folder.lent && folder.blocks.iter().all(|(file, _)| !reached.contains(file))
        };
        let folders = self.folders.iter().filter(|(_, folder)| is_unreached(folder));
        let mut folders: Vec<PathBuf> = folders.map(|(path, _)| path.clone()).collect();
        folders.sort();
        folders.into_iter().map(Root::of).collect()
    }

    fn engine(&self, root: &Root) -> Option<engine::Engine<'_>> {
        match &root.unit {
            Some(unit) => engine::Engine::for_unit(self, self.units.get(unit)?),
            None => Some(engine::Engine::new(self, self.folders.get(&root.folder)?)),
        }
    }

    /// All blocks below a root module, with their files.
    pub fn evaluate(&self, root: &Root) -> Vec<(FileId, Evaluated)> {
        let Some(mut engine) = self.engine(root) else { return Vec::new() };
        let mut out = Vec::new();
        engine.all(engine.root, &mut out);
        companions::attach(&mut out);
        out
    }

    /// The attributes of all blocks below a root module, and why some of them are not known.
    pub fn unknown(&self, root: &Root) -> Attributes {
        let Some(mut engine) = self.engine(root) else { return Attributes::default() };
        engine.asked = Some(unknown::Asked::default());
        engine.all(engine.root, &mut Vec::new());
        engine.asked.take().map(unknown::Asked::into_attributes).unwrap_or_default()
    }
}

/// Whether a file of this name holds values for variables.
pub fn is_values(name: &str) -> bool {
    name.ends_with(".tfvars") || name.ends_with(".tfvars.json")
}

/// Whether a file of this name holds blocks.
pub fn holds_blocks(name: &str) -> bool {
    [".tf", ".tofu", ".tf.json", ".tofu.json"].iter().any(|end| name.ends_with(end))
}

/// Whether the blocks of a file of this name are laid over those of others.
pub fn is_override(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    stem == "override" || stem.ends_with("_override")
}

/// Instances of one block that rules look at.
const MOST_INSTANCES: usize = 24;

/// The blocks of each file, in the order of the text; of many instances of one, the first.
pub fn by_file(all: impl IntoIterator<Item = (FileId, Evaluated)>) -> BTreeMap<FileId, Vec<Evaluated>> {
    let mut files: BTreeMap<FileId, BTreeMap<u32, Vec<Evaluated>>> = BTreeMap::new();
    for (file, one) in all {
        let instances = files.entry(file).or_default().entry(one.at).or_default();
        if instances.len() < MOST_INSTANCES {
            instances.push(one);
        }
    }
    let in_order =
        |(file, blocks): (_, BTreeMap<u32, Vec<_>>)| (file, blocks.into_values().flatten().collect());
    files.into_iter().map(in_order).collect()
}

#[cfg(test)]
mod tests;
