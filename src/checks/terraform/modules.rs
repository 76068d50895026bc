//! Files of one folder are one module.

use std::collections::BTreeMap;

use crate::model::facts::FolderId;
use crate::model::module::Names;
use crate::model::{Facts, Project};

/// The names of each folder, file by file.
pub(super) fn modules(project: &Project) -> impl Iterator<Item = (FolderId, Vec<&Names>)> {
    let mut folders: BTreeMap<FolderId, Vec<&Names>> = BTreeMap::new();
    let named = |facts: &'_ Facts| facts.names.is_some();
    for facts in project.files.iter().filter(|facts| named(facts)) {
        folders.entry(facts.folder).or_default().extend(&facts.names);
    }
    folders.into_iter()
}

/// Those of which all files were read, so that what is not there is missing.
pub(super) fn whole(project: &Project) -> impl Iterator<Item = (FolderId, Vec<&Names>)> {
    let is_whole = |folder: FolderId, files: &[&Names]| {
        project.layout.root(folder).is_some() && files.iter().all(|names| !names.partial)
    };
    modules(project).filter(move |(folder, files)| is_whole(*folder, files))
}
