//! All files' facts together: what cross-file rules read.

use std::sync::OnceLock;

use super::facts::Facts;
use super::graph::Declarations;
use super::layout::Layout;
use super::names::Names;
use super::reach::Reach;
use super::reference::Reference;
use super::resource::Resource;
use super::workload::Workload;

/// The merge of all files' facts, in the order of the files.
#[derive(Debug, Default)]
pub struct Project {
    /// One for each file that has facts.
    pub files: Vec<Facts>,
    /// Where the files lie.
    pub layout: Layout,
    /// What configs say of services.
    pub declared: Declarations,
    /// Made when a check first asks, as is the next.
    names: OnceLock<Names>,
    reach: OnceLock<Reach>,
}

impl Project {
    /// A project of these files.
    pub fn new(files: Vec<Facts>, layout: Layout) -> Project {
        let declared = Declarations::default();
        Project { files, layout, declared, names: OnceLock::new(), reach: OnceLock::new() }
    }

    /// Every resource with the facts of its file.
    pub fn resources(&self) -> impl Iterator<Item = (&Facts, &Resource)> {
        self.files.iter().flat_map(|facts| facts.resources.iter().map(move |resource| (facts, resource)))
    }

    /// Every workload with the facts of its file.
    pub fn workloads(&self) -> impl Iterator<Item = (&Facts, &Workload)> {
        self.files.iter().flat_map(|facts| facts.workloads.iter().map(move |workload| (facts, workload)))
    }

    /// Every reference by name with the facts of its file.
    pub fn references(&self) -> impl Iterator<Item = (&Facts, &Reference)> {
        self.files.iter().flat_map(|facts| facts.references.iter().map(move |reference| (facts, reference)))
    }

    /// Who holds which role.
    pub fn reach(&self) -> &Reach {
        self.reach.get_or_init(|| Reach::new(self))
    }

    /// What names lead to.
    pub fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(self))
    }
}
