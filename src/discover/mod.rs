//! The file system: which files there are to check, which config is theirs, and their text.
//!
//! Does not know formats: the caller says which names may be of interest. Writes nothing.

mod configs;
mod encoding;
mod ignores;
mod paths;
mod read;
mod walk;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use configs::{Configs, Loaded, Which};
pub use encoding::{Text, decode};
pub use paths::{display, repository_root};
pub use read::{read, read_bytes};

/// A file to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// For people: relative to the working folder, with `/`; characters are not escaped yet.
    pub path: String,
    /// Where it is; for standard input, where it would be.
    pub absolute: PathBuf,
    /// Whether it was named by hand, so that it counts whatever its name.
    pub explicit: bool,
    /// Whether the text comes from standard input.
    pub stdin: bool,
    /// The name of a link to it, when only that name says what it is.
    pub known_as: Option<String>,
}

/// A path that was found, but cannot be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// As in [`File::path`].
    pub path: String,
    /// Where it is.
    pub absolute: PathBuf,
    /// What sort of problem.
    pub kind: ProblemKind,
    /// Lower case, no full stop, code in backticks.
    pub message: String,
}

/// Why a path cannot be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// Named by hand, and not there.
    Missing,
    /// A pipe, a socket, a device.
    Special,
    /// A link out of the repository, or into `.git`.
    Outside,
    /// A link to nothing, or in a circle.
    BrokenLink,
    /// The system does not let us.
    Unreadable,
    /// More bytes than the limit.
    TooLarge,
}

/// What a walk is told.
pub struct Options<'o> {
    /// The working folder, absolute.
    pub folder: &'o Path,
    /// Whether a file with this path, for people, may be of a known format.
    pub is_candidate: fn(&str) -> bool,
    /// Whether config leaves out the file or folder (`true`) at this absolute path.
    pub is_excluded: &'o (dyn Fn(&Path, bool) -> bool + Sync),
    /// Treat what is named as if a walk had found it: what is ignored, excluded or of no known format is left out.
    pub force_exclude: bool,
    /// What to call standard input.
    pub stdin_filename: Option<&'o Path>,
}

/// What was found, sorted by path.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Discovered {
    /// Files to check, each once.
    pub files: Vec<File>,
    /// Files that cannot be checked.
    pub problems: Vec<Problem>,
    /// Where the walk was.
    pub walked: Walked,
}

/// The folders that a walk came by, all absolute.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// Folders it started from, each with the root of its repository.
    pub roots: Vec<(PathBuf, PathBuf)>,
    /// Folders it looked into, those included.
    pub folders: Vec<PathBuf>,
    /// What it saw and left alone: ignored, excluded, hidden, links to folders.
    pub left_out: Vec<PathBuf>,
}

/// Finds the files under `roots`: folders are walked, files count as they are, `-` is standard input.
pub fn discover(roots: &[PathBuf], options: &Options<'_>) -> Discovered {
    let walk = walk::Walk::new(options);
    roots.par_iter().for_each(|root| walk.root(root));
    let (mut files, mut problems, mut walked) = walk.finish();
    // Of a file that was found twice, the one named by hand stays.
    files.par_sort_by(|a, b| {
        (&a.path, &a.absolute, !a.explicit, &a.known_as).cmp(&(
            &b.path,
            &b.absolute,
            !b.explicit,
            &b.known_as,
        ))
    });
    files.dedup_by(|later, first| later.absolute == first.absolute && later.stdin == first.stdin);
    problems.sort_by(|a, b| (&a.path, a.kind, &a.message).cmp(&(&b.path, b.kind, &b.message)));
    problems.dedup();
    for paths in [&mut walked.folders, &mut walked.left_out] {
        paths.sort();
        paths.dedup();
    }
    walked.roots.sort();
    // A folder in another is walked with it; parents are sorted before what is in them.
    walked.roots.dedup_by(|later, first| later.0.starts_with(&first.0));
    Discovered { files, problems, walked }
}

impl Problem {
    fn new(walk_folder: &Path, path: &Path, kind: ProblemKind, message: impl Into<String>) -> Problem {
        Problem {
            path: display(walk_folder, path),
            absolute: path.to_path_buf(),
            kind,
            message: message.into(),
        }
    }
}
