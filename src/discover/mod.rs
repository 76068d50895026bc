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
    /// Whether no walk would come to it: it is there for what other files say of it.
    pub lent: bool,
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

/// The file at `path`, as somebody in `folder` calls it; it is added to those found where it is not among them. Only a
/// plain file of the repository will do.
pub fn take_in(found: &mut Discovered, folder: &Path, path: &Path) -> Result<PathBuf, Problem> {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let full = paths::tidy(&folder.join(path));
    let refused = |kind, message: String| Problem::new(&folder, &full, kind, message);
    let metadata = full.symlink_metadata().map_err(|error| {
        let (kind, message) = read::failed(&error);
        refused(kind, message)
    })?;
    if !metadata.is_file() {
        return Err(refused(ProblemKind::Special, read::special(metadata.file_type()).to_string()));
    }
    // The folders on the way may be links; what they lead to has to be inside.
    let real = full.canonicalize().unwrap_or_else(|_| full.clone());
    let own = repository_root(&folder, &folder);
    let mut roots = found.walked.roots.iter().map(|(_, root)| root).chain([&own]);
    if !roots.any(|root| real.starts_with(root)) {
        let message = "outside the repository, so it is not read";
        return Err(refused(ProblemKind::Outside, message.to_string()));
    }
    let shown = display(&folder, &real);
    let place = found.files.binary_search_by(|file| (&file.path, &file.absolute).cmp(&(&shown, &real)));
    if let Err(at) = place {
        let absolute = real.clone();
        let file = File { path: shown, absolute, explicit: true, stdin: false, known_as: None, lent: false };
        found.files.insert(at, file);
    }
    Ok(real)
}

/// The text of a plain file that another file names; `root` is the repository that it must lie in.
pub fn read_named(root: &Path, path: &Path, limit: u64) -> Option<String> {
    let real = path.canonicalize().ok()?;
    let inside = real.strip_prefix(root.canonicalize().ok()?).ok()?;
    if inside.components().any(|part| part.as_os_str() == ".git") {
        return None;
    }
    let text = decode(read_bytes(&real, limit).ok()?);
    text.notes.is_empty().then_some(text.text)
}

/// Adds the plain files of a folder that a file names, though it is one that walks leave out: those whose name will do,
/// `most` at most. The folder must lie in `home` as it is, not by a link.
pub fn lend(
    found: &mut Discovered,
    working: &Path,
    (home, folder): (&Path, &Path),
    will_do: fn(&str) -> bool,
    most: usize,
) {
    let is_inside = folder.canonicalize().is_ok_and(|real| real == folder && real.starts_with(home));
    let Some(entries) = is_inside.then(|| std::fs::read_dir(folder).ok()).flatten() else { return };
    let working = working.canonicalize().unwrap_or_else(|_| working.to_path_buf());
    let plain = |entry: std::fs::DirEntry| {
        let name = entry.file_name();
        let is_plain = entry.file_type().is_ok_and(|kind| kind.is_file());
        (is_plain && will_do(&name.to_string_lossy())).then(|| entry.path())
    };
    let mut files: Vec<PathBuf> = entries.flatten().filter_map(plain).collect();
    files.sort();
    found.files.extend(files.into_iter().take(most).map(|absolute| {
        let path = display(&working, &absolute);
        File { path, absolute, explicit: false, stdin: false, known_as: None, lent: true }
    }));
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
