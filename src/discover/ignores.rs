//! Which files people do not want to see: `.gitignore`, `.ignore`, `.plimsollignore`, and hidden folders.
//!
//! The files are read here rather than by the `ignore` crate, which would follow a link to a device.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::read::read_bytes;
use super::{Problem, ProblemKind};

/// The ignore files, from the least weight to the most.
const FILES: [&str; 3] = [".gitignore", ".ignore", ".plimsollignore"];
/// Bytes of an ignore file that are compiled at most; nobody writes more by hand.
const MAX_BYTES: u64 = 256 << 10;

/// Hidden folders that hold configuration of the kind we read.
const HIDDEN: [&str; 15] = [
    ".argocd",
    ".azure-pipelines",
    ".azuredevops",
    ".buildkite",
    ".ci",
    ".circleci",
    ".deploy",
    ".devcontainer",
    ".docker",
    ".gitea",
    ".github",
    ".gitlab",
    ".helm",
    ".tekton",
    ".woodpecker",
];

/// Whether this is the name of an ignore file.
pub(super) fn is_ignore_file(name: &OsStr) -> bool {
    FILES.iter().any(|file| name == *file)
}

/// Whether a folder of this name is never walked into.
pub(super) fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().first() == Some(&b'.') && !HIDDEN.iter().any(|known| name == *known)
}

/// The patterns of one folder, over those of the folders above.
#[derive(Debug)]
pub(super) struct Level {
    above: Option<Arc<Level>>,
    folder: PathBuf,
    patterns: Gitignore,
}

impl Level {
    /// The patterns of `folder`; `above` when it has none.
    pub(super) fn read(
        folder: &Path,
        above: Option<Arc<Level>>,
        is_root: bool,
        problem: &mut dyn FnMut(&Path, ProblemKind, String),
    ) -> Option<Arc<Level>> {
        let mut builder = GitignoreBuilder::new("");
        let local = is_root.then(|| folder.join(".git/info/exclude"));
        for path in local.into_iter().chain(FILES.iter().map(|name| folder.join(name))) {
            let bytes = match read_bytes(&path, MAX_BYTES) {
                Ok(bytes) => bytes,
                Err((ProblemKind::Missing, _)) => continue,
                Err((kind, message)) => {
                    problem(&path, kind, message);
                    continue;
                }
            };
            for line in String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').lines() {
                // A pattern that does not compile matches nothing, as in git.
                let _ = builder.add_line(None, line);
            }
        }
        match builder.build() {
            Ok(patterns) if !patterns.is_empty() => {
                Some(Arc::new(Level { above, folder: folder.to_path_buf(), patterns }))
            }
            Ok(_) => above,
            Err(error) => {
                problem(
                    &folder.join(FILES[0]),
                    ProblemKind::Unreadable,
                    format!("its patterns do not compile: {error}"),
                );
                above
            }
        }
    }
}

/// Whether the patterns leave out the file or folder at this absolute path; the nearest folder's decide.
pub(super) fn is_ignored(level: Option<&Arc<Level>>, path: &Path, is_folder: bool) -> bool {
    let mut next = level;
    while let Some(level) = next {
        if let Ok(inside) = path.strip_prefix(&level.folder) {
            match level.patterns.matched(inside, is_folder) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
        }
        next = level.above.as_ref();
    }
    false
}

/// A problem with an ignore file, told to people.
pub(super) fn told(from: &Path, path: &Path, kind: ProblemKind, message: &str) -> Problem {
    Problem::new(from, path, kind, format!("its patterns are not used: {message}"))
}
