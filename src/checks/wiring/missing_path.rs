//! Paths into the repository that lead nowhere.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::model::layout::{Found, join};
use crate::model::reference::{PathPurpose, PathReference};
use crate::model::{Facts, Project};
use crate::rule::Match;

/// Paths of files that a kustomization takes in.
pub(super) fn kustomize(project: &Project, out: &mut Vec<Match>) {
    let mut told = HashSet::new();
    for (facts, reference) in paths(project) {
        let (Some(path), Some(span)) = (reference.path.get(), reference.path.span()) else { continue };
        let Some(base) = project.layout.place(facts.folder) else { continue };
        let found = project.layout.look(base, path);
        let message = match (&reference.purpose, found) {
            (PathPurpose::Source(_), _) => continue,
            (_, Found::Nothing) => {
                format!("there is no `{path}`; the kustomization cannot be built")
            }
            (PathPurpose::KustomizeResource, Found::Folder) if !is_kustomization(project, base, path) => {
                format!("`{path}` has no `kustomization.yaml`; the kustomization cannot be built")
            }
            _ => continue,
        };
        // Several patches may be made of one file.
        if told.insert((span.file, path)) {
            out.push(Match::new(span, message));
        }
    }
}

fn is_kustomization(project: &Project, base: &str, folder: &str) -> bool {
    ["kustomization.yaml", "kustomization.yml", "Kustomization"]
        .iter()
        .any(|name| project.layout.look(base, &format!("{folder}/{name}")) != Found::Nothing)
}

/// What paths from one source to one repository lead to.
#[derive(Default)]
struct Share<'p> {
    /// Folders that are here.
    here: BTreeSet<String>,
    missing: Vec<&'p PathReference>,
}

/// Paths of folders that Argo CD or Flux applies. Whether they are of this very repository, nobody says; where most
/// paths of the same source do lead to folders here, they are.
pub(super) fn gitops(project: &Project, out: &mut Vec<Match>) {
    let mut shares: HashMap<(&str, &str), Share<'_>> = HashMap::new();
    for (facts, reference) in paths(project) {
        let PathPurpose::Source(source) = &reference.purpose else { continue };
        let (Some(path), Some(root)) = (reference.path.get(), project.layout.root(facts.folder)) else {
            continue;
        };
        let share = shares.entry((root, source)).or_default();
        match (project.layout.look(root, path), join("", path)) {
            (Found::Folder, Some(path)) if !path.is_empty() => drop(share.here.insert(path)),
            (Found::Nothing, _) => share.missing.push(reference),
            _ => {}
        }
    }
    let sure = |share: &Share<'_>| share.here.len() >= 2.max(2 * share.missing.len());
    for reference in shares.into_values().filter(sure).flat_map(|share| share.missing) {
        let (Some(path), Some(span)) = (reference.path.get(), reference.path.span()) else { continue };
        let message = format!(
            "there is no folder `{path}` in this repository, where other paths of the same source lead; nothing is applied"
        );
        out.push(Match::new(span, message));
    }
}

fn paths(project: &Project) -> impl Iterator<Item = (&Facts, &PathReference)> {
    project.files.iter().flat_map(|facts| facts.paths.iter().map(move |reference| (facts, reference)))
}
