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
mod folder;
mod functions;
mod instances;
mod json;
mod lower;
mod names;
mod objects;
mod operators;
mod scope;
mod template;
mod types;
mod value;

pub use blocks::Evaluated;
pub use cloud::instances;
pub use json::{of_json, values_of_json};
pub use lower::lower;
pub use objects::spoken;

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use folder::Folder;

use crate::formats::paths;
use crate::syntax::hcl::File;
use crate::text::FileId;

/// All folders with Terraform in them.
#[derive(Default)]
pub struct Modules<'a> {
    folders: engine::Folders<'a>,
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
                // The weakest of those that are read without being asked for.
                folder.values.splice(0..0, file.body.attributes());
            } else if name.contains(".auto.") {
                folder.values.extend(file.body.attributes());
            }
            return;
        }
        folder.add(file, is_override(&name));
    }

    /// Folders that no other calls, sorted.
    pub fn roots(&self) -> Vec<PathBuf> {
        let of = |folder: &Folder<'a>| {
            let calls = folder.calls.values();
            calls.filter_map(|call| engine::local_source(&folder.path, call)).collect::<Vec<_>>()
        };
        let called: HashSet<PathBuf> = self.folders.values().flat_map(of).collect();
        let mut roots: Vec<PathBuf> =
            self.folders.keys().filter(|folder| !called.contains(*folder)).cloned().collect();
        roots.sort();
        roots
    }

    /// Folders none of whose blocks is among these files' blocks: no call came to them, as none is made, or as they call
    /// each other in a circle.
    pub fn unreached(&self, reached: &HashSet<FileId>) -> Vec<PathBuf> {
        let is_unreached =
            |folder: &Folder<'a>| folder.blocks.iter().all(|(file, _)| !reached.contains(file));
        let folders = self.folders.iter().filter(|(_, folder)| is_unreached(folder));
        let mut folders: Vec<PathBuf> = folders.map(|(path, _)| path.clone()).collect();
        folders.sort();
        folders
    }

    /// All blocks below a root module, with their files.
    pub fn evaluate(&self, root: &Path) -> Vec<(FileId, Evaluated)> {
        let Some(folder) = self.folders.get(root) else { return Vec::new() };
        let mut out = Vec::new();
        engine::Engine::new(&self.folders, folder).all(0, &mut out);
        companions::attach(&mut out);
        out
    }
}

/// Whether a file of this name holds values for variables.
pub fn is_values(name: &str) -> bool {
    name.ends_with(".tfvars") || name.ends_with(".tfvars.json")
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
