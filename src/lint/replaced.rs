//! Which images kustomizations give a version: what their `images` say, held against the files that they take in.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::survey::Kustomization;
use crate::formats::kubernetes::Replacement;
use crate::model::Facts;

/// Files and folders that are looked at for each one that a kustomization names.
const MAX_STEPS: usize = 50;

/// What replaces images, by the file that they stand in.
#[derive(Debug, Default)]
pub(super) struct Replaced {
    /// The entries of each kustomization that has some.
    images: Vec<Vec<Replacement>>,
    /// The kustomizations that take a file in, themselves or through others.
    by_file: HashMap<PathBuf, Vec<usize>>,
}

impl Replaced {
    pub(super) fn of(all: &[Kustomization]) -> Replaced {
        let by_folder: HashMap<&Path, usize> =
            all.iter().enumerate().map(|(at, one)| (one.folder.as_path(), at)).collect();
        let mut users: HashMap<&Path, Vec<usize>> = HashMap::new();
        for (at, one) in all.iter().enumerate() {
            for component in &one.components {
                users.entry(component).or_default().push(at);
            }
        }
        let mut steps = MAX_STEPS * all.iter().map(|one| one.resources.len()).sum::<usize>();
        let mut replaced = Replaced::default();
        for (at, one) in all.iter().enumerate().filter(|(_, one)| !one.images.is_empty()) {
            // A component changes what those who use it take in.
            let mut open = vec![at];
            open.extend(users.get(one.folder.as_path()).into_iter().flatten());
            let mut seen: HashSet<usize> = open.iter().copied().collect();
            let number = replaced.images.len();
            while let Some(at) = open.pop() {
                for path in &all[at].resources {
                    if steps == 0 {
                        return replaced;
                    }
                    steps -= 1;
                    match by_folder.get(path.as_path()) {
                        Some(&next) if seen.insert(next) => open.push(next),
                        Some(_) => {}
                        None => replaced.by_file.entry(path.clone()).or_default().push(number),
                    }
                }
            }
            replaced.images.push(one.images.clone());
        }
        replaced
    }

    /// Takes the versions of images that a kustomization sets for unknown.
    pub(super) fn fill_in(&self, path: &Path, facts: &mut Facts) {
        let Some(numbers) = self.by_file.get(path) else { return };
        for image in facts.all_images_mut() {
            if image.name().is_some_and(|name| self.pins(numbers, name)) {
                image.version_from_elsewhere();
            }
        }
    }

    /// Whether one of these kustomizations sets a version for the image, under the name that another may have given it.
    fn pins(&self, numbers: &[usize], name: String) -> bool {
        let mut names = vec![name];
        // Each kustomization renames an image once.
        for _ in numbers {
            let entries = numbers.iter().flat_map(|&number| &self.images[number]);
            let mut new = Vec::new();
            for entry in entries.filter(|entry| names.contains(&entry.name)) {
                if entry.pins {
                    return true;
                }
                new.extend(entry.new_name.clone().filter(|name| !names.contains(name)));
            }
            if new.is_empty() {
                return false;
            }
            names.extend(new);
        }
        false
    }
}
