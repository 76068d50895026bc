//! Which files describe one system: a folder of manifests, those that a kustomization takes in, a chart, a Compose file;
//! and which of these describe the same one twice, for different ways of running it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::parties::Party;
use crate::model::coupling::Holder;
use crate::model::wired::Wired;

/// Sets of files that one name is looked up in at most, when they are held against each other.
const MOST_SETS: usize = 40;

/// Names that two sets share before they may be one system.
const FEWEST_SHARED: usize = 3;

/// Systems, by the number of a file among the facts.
#[derive(Debug, Default)]
pub(super) struct Systems {
    /// By number of file: one for manifests, one for Compose.
    of_file: Vec<[usize; 2]>,
    /// The name of each.
    pub(super) names: BTreeMap<usize, String>,
}

/// A set of files, and what runs by them.
#[derive(Default)]
struct Set<'a, 'p> {
    parties: BTreeMap<&'p str, &'a Party<'p>>,
    /// The shortest path of its files' folders.
    folder: Option<&'p str>,
}

impl Systems {
    /// Sorts files into systems.
    pub(super) fn of(wired: &Wired<'_>, parties: &[Party<'_>]) -> Systems {
        let project = wired.project;
        let names = project.names();
        let key = |file: usize, compose: bool| {
            let home = project.layout.home(project.files[file].folder);
            // Kustomizations take in manifests only.
            if compose { (1, home) } else { (0, names.build(home)) }
        };
        let mut numbers: HashMap<(u8, u32), usize> = HashMap::new();
        let mut number = |key| {
            let next = numbers.len();
            *numbers.entry(key).or_insert(next)
        };
        let of_file: Vec<[usize; 2]> = (0..project.files.len())
            .map(|file| [number(key(file, false)), number(key(file, true))])
            .collect();
        let mut sets: Vec<Set<'_, '_>> = Vec::new();
        sets.resize_with(numbers.len(), Set::default);
        for (file, pair) in of_file.iter().enumerate() {
            let folder = project.layout.inside(project.files[file].folder);
            for set in pair {
                let set = &mut sets[*set];
                set.folder = [set.folder, folder].into_iter().flatten().min_by_key(|folder| folder.len());
            }
        }
        for party in parties {
            let set = of_file[party.file][usize::from(matches!(party.holder, Holder::Service(_)))];
            // A later one of the same name lies over the first.
            sets[set].parties.entry(party.name).or_insert(party);
        }
        let mut same = Same((0..sets.len()).collect());
        for (one, two) in pairs(&sets) {
            if are_one(&sets[one], &sets[two]) {
                same.join(one, two);
            }
        }
        let of_file = of_file.into_iter().map(|pair| pair.map(|set| same.find(set))).collect();
        let mut names: BTreeMap<usize, String> = BTreeMap::new();
        for (at, set) in sets.iter().enumerate().filter(|(_, set)| !set.parties.is_empty()) {
            let folder = set.folder.unwrap_or_default();
            let name = names.entry(same.find(at)).or_insert_with(|| folder.to_owned());
            if folder.len() < name.len() {
                folder.clone_into(name);
            }
        }
        Systems { of_file, names }
    }

    /// The system of what a file says.
    pub(super) fn of_file(&self, file: usize, holder: Holder) -> usize {
        self.of_file[file][usize::from(matches!(holder, Holder::Service(_)))]
    }
}

/// Pairs of sets that have a name in common.
fn pairs(sets: &[Set<'_, '_>]) -> Vec<(usize, usize)> {
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, set) in sets.iter().enumerate().filter(|(_, set)| set.parties.len() >= FEWEST_SHARED) {
        for name in set.parties.keys() {
            by_name.entry(name).or_default().push(at);
        }
    }
    let mut found = HashSet::new();
    for sets in by_name.values().filter(|sets| sets.len() <= MOST_SETS) {
        for (at, one) in sets.iter().enumerate() {
            found.extend(sets[at + 1..].iter().map(|two| (*one, *two)));
        }
    }
    let mut found: Vec<(usize, usize)> = found.into_iter().collect();
    found.sort_unstable();
    found
}

/// Whether two sets describe one system: most names of the smaller one are in both, and mean the same images.
fn are_one(one: &Set<'_, '_>, two: &Set<'_, '_>) -> bool {
    let (small, large) = if one.parties.len() <= two.parties.len() { (one, two) } else { (two, one) };
    let mut shared = 0;
    let mut others = 0;
    for (name, party) in &small.parties {
        let Some(other) = large.parties.get(name) else { continue };
        shared += 1;
        others += usize::from(differ(party, other));
    }
    shared >= FEWEST_SHARED && shared * 2 >= small.parties.len() && others * 4 <= shared
}

/// Whether two parties surely run something else.
fn differ(one: &Party<'_>, two: &Party<'_>) -> bool {
    if let (Some(one), Some(two)) = (one.built, two.built) {
        return one != two;
    }
    let last = |party: &Party<'_>| {
        let repository = &party.image?.repository.text;
        let last = repository.rsplit('/').next()?;
        (!last.is_empty()).then(|| last.to_ascii_lowercase())
    };
    matches!((last(one), last(two)), (Some(one), Some(two)) if one != two)
}

/// Which numbers stand for one thing.
struct Same(Vec<usize>);

impl Same {
    fn find(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, one: usize, two: usize) {
        let (one, two) = (self.find(one), self.find(two));
        self.0[one.max(two)] = one.min(two);
    }
}
