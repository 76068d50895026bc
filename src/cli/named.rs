//! Files that functions of Terraform read, by the names that blocks have for them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::discover;
use crate::formats::{paths, terraform};
use crate::lint::Input;

/// Bytes of such a file at most.
const MAX_BYTES: u64 = 256 << 10;
/// Such files at most.
const MOST_FILES: usize = 2_000;

/// Reads the files. Those that are checked themselves are left out: what they say would be said twice.
pub(super) fn read(inputs: &[Input<'_>], working: &Path) -> Vec<(PathBuf, Arc<str>)> {
    let checked: HashSet<PathBuf> = inputs.iter().map(|input| paths::normal(input.path)).collect();
    let mut roots: HashMap<&Path, PathBuf> = HashMap::new();
    let mut wanted: BTreeSet<(PathBuf, PathBuf)> = BTreeSet::new();
    for input in inputs.iter().filter(|input| terraform::holds_blocks(&input.path.to_string_lossy())) {
        let Some(folder) = input.path.parent() else { continue };
        for name in terraform::named(&input.text) {
            let path = paths::normal(&folder.join(name));
            if !checked.contains(&path) {
                let root = roots.entry(folder).or_insert_with(|| discover::repository_root(folder, working));
                wanted.insert((path, root.clone()));
            }
        }
    }
    let wanted = wanted.into_iter().take(MOST_FILES);
    wanted
        .filter_map(|(path, root)| {
            let text = discover::read_named(&root, &path, MAX_BYTES)?;
            Some((path, text.into()))
        })
        .collect()
}
