//! All files' facts together: what cross-file rules read.

use super::facts::Facts;
use super::resource::Resource;
use super::wiring::Definition;
use super::workload::Workload;

/// The merge of all files' facts, in the order of the files.
#[derive(Debug, Default)]
pub struct Project {
    /// One for each file that has facts.
    pub files: Vec<Facts>,
}

impl Project {
    /// Every resource with the facts of its file.
    pub fn resources(&self) -> impl Iterator<Item = (&Facts, &Resource)> {
        self.files.iter().flat_map(|facts| facts.resources.iter().map(move |resource| (facts, resource)))
    }

    /// Every workload with the facts of its file.
    pub fn workloads(&self) -> impl Iterator<Item = (&Facts, &Workload)> {
        self.files.iter().flat_map(|facts| facts.workloads.iter().map(move |workload| (facts, workload)))
    }

    /// Everything that a reference can lead to, with the facts of its file.
    pub fn definitions(&self) -> impl Iterator<Item = (&Facts, &Definition)> {
        self.files
            .iter()
            .flat_map(|facts| facts.definitions.iter().map(move |definition| (facts, definition)))
    }
}
