//! What the walk over the file system has seen, as the engine knows it: paths as text, folders by number.

use std::collections::HashMap;
use std::path::Path;

use crate::discover::Discovered;
use crate::model::Layout;
use crate::model::facts::FolderId;
use crate::model::layout::Seen;

/// The layout of what was found, and the folder of each file.
pub(super) fn of(found: &Discovered) -> (Layout, Vec<FolderId>) {
    let mut places = Vec::new();
    let mut known: HashMap<&Path, FolderId> = HashMap::new();
    let mut folders = Vec::with_capacity(found.files.len());
    for file in &found.files {
        let next = FolderId(known.len() as u32);
        let folder = file.absolute.parent().unwrap_or(&file.absolute);
        folders.push(*known.entry(folder).or_insert_with(|| {
            places.push(text(folder));
            next
        }));
    }
    let problems = found.problems.iter().map(|problem| text(&problem.absolute));
    let walked = &found.walked;
    let seen = Seen {
        places,
        walked: walked.roots.iter().map(|(folder, root)| (text(folder), text(root))).collect(),
        files: found.files.iter().map(|file| text(&file.absolute)).collect(),
        folders: walked.folders.iter().map(|folder| text(folder)).collect(),
        left_out: walked.left_out.iter().map(|path| text(path)).chain(problems).collect(),
    };
    (Layout::new(seen), folders)
}

/// An absolute path with `/` between its parts.
fn text(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    text.trim_end_matches('/').to_owned()
}
