//! Which folders are built together, as kustomizations take in each other.

use crate::model::layout::{Found, Layout};
use crate::model::project::Project;
use crate::model::reference::PathPurpose;

/// Homes by what they are built with: numbers of sets, by number of home.
#[derive(Debug, Default)]
pub(super) struct Builds(Vec<u32>);

impl Builds {
    pub(super) fn of(project: &Project) -> Builds {
        let mut builds = Builds((0..project.layout.homes()).collect());
        for facts in &project.files {
            let from = project.layout.home(facts.folder);
            let resources = facts.paths.iter().filter(|path| path.purpose == PathPurpose::KustomizeResource);
            for path in resources.filter_map(|path| path.path.get()) {
                if let Some(to) = home_at(&project.layout, facts.folder, path) {
                    builds.join(from, to);
                }
            }
        }
        builds
    }

    fn join(&mut self, one: u32, two: u32) {
        let (one, two) = (self.set(one), self.set(two));
        if let Some(link) = self.0.get_mut(one.max(two) as usize) {
            *link = one.min(two);
        }
    }

    /// The number of the set that a home is in.
    pub(super) fn set(&mut self, home: u32) -> u32 {
        let mut at = home;
        while let Some(&next) = self.0.get(at as usize).filter(|next| **next != at) {
            // Each step halves the way for the next time.
            let beyond = self.0.get(next as usize).copied().unwrap_or(next);
            self.0[at as usize] = beyond;
            at = beyond;
        }
        at
    }
}

/// The home of a folder, or of the folder of a file.
fn home_at(layout: &Layout, folder: crate::model::facts::FolderId, path: &str) -> Option<u32> {
    let base = layout.place(folder)?;
    match layout.look(base, path) {
        Found::Folder => layout.home_of(base, path),
        Found::File => layout.home_of(base, &format!("{path}/..")),
        Found::Nothing | Found::Unknown => None,
    }
}
