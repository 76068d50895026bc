//! The walk over folders, in parallel.
//!
//! Links to folders are not followed. A link to a file inside the repository counts as that file; nothing is opened
//! here but folders and ignore files.

use std::ffi::OsStr;
use std::fs::FileType;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::ignores::{self, Level, is_hidden, is_ignore_file, is_ignored};
use super::paths::{display, repository_root, tidy};
use super::read::{failed, special};
use super::{File, Options, Problem, ProblemKind, Walked};

/// The name of standard input among the paths.
const STDIN: &str = "-";

/// A walk under way.
pub(super) struct Walk<'o> {
    options: &'o Options<'o>,
    /// The working folder without links, so that paths can be told relative to it.
    folder: PathBuf,
    found: Mutex<(Vec<File>, Vec<Problem>, Walked)>,
}

/// A folder to look into.
struct Folder<'r> {
    path: PathBuf,
    /// The repository that links may not leave.
    root: &'r Path,
    above: Option<Arc<Level>>,
}

impl<'o> Walk<'o> {
    pub(super) fn new(options: &'o Options<'o>) -> Self {
        let folder = options.folder.canonicalize().unwrap_or_else(|_| options.folder.to_path_buf());
        Walk { options, folder, found: Mutex::default() }
    }

    pub(super) fn finish(self) -> (Vec<File>, Vec<Problem>, Walked) {
        self.found.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// One path from the command line.
    pub(super) fn root(&self, path: &Path) {
        if path == Path::new(STDIN) {
            return self.stdin();
        }
        let full = self.folder.join(path);
        match full.metadata() {
            Ok(metadata) if metadata.is_dir() => match full.canonicalize() {
                Ok(real) if leaves_its_repository(path, &full, &real) => {
                    let message = "a link to a folder outside the repository, which is not followed; name the folder itself";
                    self.refuse(&tidy(&full), (ProblemKind::Outside, message.to_string()));
                }
                Ok(real) => self.walk(&real),
                Err(error) => self.refuse(&full, failed(&error)),
            },
            // A broken link is looked at as a link.
            _ => match full.symlink_metadata() {
                Ok(metadata) => self.named(&full, metadata.file_type()),
                Err(error) => self.refuse(&tidy(&full), failed(&error)),
            },
        }
    }

    fn stdin(&self) {
        let name = self.options.stdin_filename;
        let absolute = tidy(&self.folder.join(name.unwrap_or(Path::new("<stdin>"))));
        let path = display(&self.folder, &absolute);
        self.add(
            vec![File { path, absolute, explicit: true, stdin: true, known_as: None, lent: false }],
            Vec::new(),
        );
    }

    /// A file named by hand.
    fn named(&self, full: &Path, kind: FileType) {
        let (Some(parent), Some(name)) = (full.parent(), full.file_name()) else { return };
        // The folders on the way may be links that the user knows of; the file itself may not.
        let parent = parent.canonicalize().unwrap_or_else(|_| parent.to_path_buf());
        let root = repository_root(&parent, &self.folder);
        let path = parent.join(name);
        if self.options.force_exclude && self.is_left_out(&root, &path) {
            return;
        }
        // Who asks for this hands over lists that a program made, not files that a person picked.
        let mut batch = Batch::new(self, !self.options.force_exclude);
        batch.entry(&root, path.clone(), display(&self.folder, &path), kind);
        batch.flush();
    }

    /// Whether a walk from `root` would not come to `path`.
    fn is_left_out(&self, root: &Path, path: &Path) -> bool {
        let Ok(inside) = path.strip_prefix(root) else { return false };
        let mut level = self.level(root, None, true);
        let mut place = root.to_path_buf();
        let mut names = inside.components().peekable();
        while let Some(name) = names.next() {
            place.push(name);
            let is_folder = names.peek().is_some();
            if (is_folder && is_hidden(name.as_os_str()))
                || self.is_unwanted(level.as_ref(), &place, is_folder)
            {
                return true;
            }
            if is_folder {
                level = self.level(&place, level, false);
            }
        }
        false
    }

    fn is_unwanted(&self, level: Option<&Arc<Level>>, path: &Path, is_folder: bool) -> bool {
        is_ignored(level, path, is_folder) || (self.options.is_excluded)(path, is_folder)
    }

    fn level(&self, folder: &Path, above: Option<Arc<Level>>, is_root: bool) -> Option<Arc<Level>> {
        Level::read(folder, above, is_root, &mut |path, kind, message| {
            self.add(Vec::new(), vec![ignores::told(&self.folder, path, kind, &message)]);
        })
    }

    fn walk(&self, folder: &Path) {
        let root = repository_root(folder, &self.folder);
        // The ignore files between the repository and the folder hold in the folder as well.
        let mut above = None;
        let mut between: Vec<&Path> =
            folder.ancestors().skip(1).take_while(|one| one.starts_with(&root)).collect();
        between.reverse();
        for one in between {
            above = self.level(one, above, one == root);
        }
        self.lock().2.roots.push((folder.to_path_buf(), root.clone()));
        let start = Folder { path: folder.to_path_buf(), root: &root, above };
        rayon::scope(|scope| self.look_into(scope, start));
    }

    fn look_into<'s>(&'s self, scope: &rayon::Scope<'s>, folder: Folder<'s>) {
        let entries =
            match std::fs::read_dir(&folder.path).and_then(Iterator::collect::<std::io::Result<Vec<_>>>) {
                Ok(entries) => entries,
                Err(error) => return self.refuse(&folder.path, failed(&error)),
            };
        let is_root = folder.path == folder.root;
        let level = if is_root || entries.iter().any(|entry| is_ignore_file(&entry.file_name())) {
            self.level(&folder.path, folder.above, is_root)
        } else {
            folder.above
        };
        let prefix = prefix(&self.folder, &folder.path);
        let mut batch = Batch::new(self, false);
        for entry in entries {
            let name = entry.file_name();
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                let path = entry.path();
                if is_hidden(&name) || self.is_unwanted(level.as_ref(), &path, true) {
                    batch.left_out.push(path);
                } else {
                    let next = Folder { path, root: folder.root, above: level.clone() };
                    scope.spawn(move |scope| self.look_into(scope, next));
                }
                continue;
            }
            let shown = joined(&prefix, &name);
            if (kind.is_symlink() || (self.options.is_candidate)(&shown)) && name != ".git" {
                let path = entry.path();
                if self.is_unwanted(level.as_ref(), &path, false) {
                    batch.left_out.push(path);
                } else {
                    batch.entry(folder.root, path, shown, kind);
                }
            }
        }
        batch.folder = Some(folder.path);
        batch.flush();
    }

    fn refuse(&self, path: &Path, (kind, message): (ProblemKind, String)) {
        self.add(Vec::new(), vec![Problem::new(&self.folder, path, kind, message)]);
    }

    fn add(&self, files: Vec<File>, problems: Vec<Problem>) {
        let mut found = self.lock();
        found.0.extend(files);
        found.1.extend(problems);
    }

    fn lock(&self) -> MutexGuard<'_, (Vec<File>, Vec<Problem>, Walked)> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a folder named by hand is a link that a repository could have brought along: hooks pass names that nobody
/// has looked at. With a slash at its end, somebody has.
fn leaves_its_repository(given: &Path, full: &Path, real: &Path) -> bool {
    let is_link = full.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
    let with_slash = given.as_os_str().as_encoded_bytes().ends_with(b"/");
    let Some(Ok(parent)) = full.parent().map(Path::canonicalize) else { return false };
    let root = parent.ancestors().find(|above| above.join(".git").symlink_metadata().is_ok());
    is_link && !with_slash && root.is_some_and(|root| !real.starts_with(root))
}

fn prefix(from: &Path, folder: &Path) -> String {
    let mut shown = display(from, folder);
    if !shown.is_empty() {
        shown.push('/');
    }
    shown
}

fn joined(prefix: &str, name: &OsStr) -> String {
    let name = name.to_string_lossy();
    let mut shown = String::with_capacity(prefix.len() + name.len());
    shown.push_str(prefix);
    shown.push_str(&name);
    shown
}

/// What one folder gave, handed over at once.
struct Batch<'b> {
    walk: &'b Walk<'b>,
    explicit: bool,
    files: Vec<File>,
    problems: Vec<Problem>,
    left_out: Vec<PathBuf>,
    /// The folder itself, once it was looked into.
    folder: Option<PathBuf>,
}

impl<'b> Batch<'b> {
    fn new(walk: &'b Walk<'b>, explicit: bool) -> Self {
        Batch { walk, explicit, files: Vec::new(), problems: Vec::new(), left_out: Vec::new(), folder: None }
    }

    fn flush(self) {
        let mut found = self.walk.lock();
        found.0.extend(self.files);
        found.1.extend(self.problems);
        found.2.left_out.extend(self.left_out);
        found.2.folders.extend(self.folder);
    }

    /// Something that is not a folder.
    fn entry(&mut self, root: &Path, path: PathBuf, shown: String, kind: FileType) {
        if kind.is_symlink() {
            self.link(root, &path, shown);
        } else if kind.is_file() {
            self.file(path, shown, None);
        } else {
            self.problem(path, shown, ProblemKind::Special, special(kind).to_string());
        }
    }

    fn file(&mut self, absolute: PathBuf, path: String, known_as: Option<String>) {
        self.files.push(File {
            path,
            absolute,
            explicit: self.explicit,
            stdin: false,
            known_as,
            lent: false,
        });
    }

    fn problem(&mut self, absolute: PathBuf, path: String, kind: ProblemKind, message: String) {
        self.problems.push(Problem { path, absolute, kind, message });
    }

    /// A link: counts as what it leads to, unless that is not ours to read.
    fn link(&mut self, root: &Path, path: &Path, shown: String) {
        let wanted = self.explicit || (self.walk.options.is_candidate)(&shown);
        let target = match path.canonicalize() {
            Ok(target) => target,
            Err(error) if wanted => {
                let message = match failed(&error) {
                    (ProblemKind::Missing, _) => "a link to nothing".to_string(),
                    (ProblemKind::BrokenLink, _) => {
                        "a link that leads in a circle, or through too many others".to_string()
                    }
                    (_, message) => message,
                };
                return self.problem(path.to_path_buf(), shown, ProblemKind::BrokenLink, message);
            }
            Err(_) => return,
        };
        let is_inside = target
            .strip_prefix(root)
            .is_ok_and(|inside| !inside.components().any(|part| part.as_os_str() == ".git"));
        let Ok(metadata) = target.symlink_metadata() else { return };
        if metadata.is_dir() && is_inside {
            // Walked by its own name, if at all.
            self.left_out.push(path.to_path_buf());
        } else if !is_inside && (wanted || metadata.is_dir()) {
            let what = if metadata.is_dir() { "folder" } else { "file" };
            let message = format!("a link to a {what} outside the repository, which is not followed");
            self.problem(path.to_path_buf(), shown, ProblemKind::Outside, message);
        } else if wanted && !metadata.is_file() {
            self.problem(
                path.to_path_buf(),
                shown,
                ProblemKind::Special,
                special(metadata.file_type()).to_string(),
            );
        } else if wanted {
            self.left_out.push(path.to_path_buf());
            let path = display(&self.walk.folder, &target);
            let known_as = (!(self.walk.options.is_candidate)(&path)).then_some(shown);
            self.file(target, path, known_as);
        }
    }
}
