//! Modules of Terraform from elsewhere, as `terraform init` left them beside root modules.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::discover::{self, Discovered};
use crate::formats::terraform;
use crate::lint::Installed;

/// Bytes of a list of modules at most.
const MAX_BYTES: u64 = 4 << 20;
/// Files of modules that are read in all.
const MOST_FILES: usize = 4_000;

/// Adds the files of such modules to what was found, and tells where the modules are.
pub(super) fn take_in(found: &mut Discovered, working: &Path) -> Vec<Installed> {
    let blocks = found.files.iter().filter(|file| terraform::holds_blocks(&file.path));
    let roots: BTreeSet<PathBuf> =
        blocks.filter_map(|file| Some(file.absolute.parent()?.to_path_buf())).collect();
    let mut all = Vec::new();
    let mut folders = BTreeSet::new();
    let own = found.files.len();
    for root in roots {
        let Ok(list) = discover::read_bytes(&root.join(terraform::LIST), MAX_BYTES) else { continue };
        for module in terraform::installed(&root, &String::from_utf8_lossy(&list)) {
            // Several calls may share a module.
            if folders.insert(module.folder.clone()) {
                let left = MOST_FILES.saturating_sub(found.files.len() - own);
                let place = (module.root.as_path(), module.folder.as_path());
                discover::lend(found, working, place, terraform::holds_blocks, left);
            }
            all.push(module);
        }
    }
    all
}
