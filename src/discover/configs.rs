//! Which config is whose: the closest `plimsoll.toml` above a file, up to the root of its repository.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use super::paths::{display, repository_root, tidy};
use super::{ProblemKind, decode, read_bytes};
use crate::config::{Config, ConfigError, FILE_NAME, extend, parse};
use crate::text::{FileId, Source, Sources, Span};

/// Bytes of a config at most.
const MAX_BYTES: u64 = 1 << 20;

/// Where config comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// The closest file above each path.
    Closest,
    /// This file, for everything.
    Only(PathBuf),
    /// None.
    Isolated,
}

/// The configs of a run, read when first asked for.
#[derive(Debug)]
pub struct Configs {
    /// The working folder, absolute and without links.
    folder: PathBuf,
    which: Which,
    /// Where the search upwards ends.
    roots: Vec<PathBuf>,
    known: RwLock<Known>,
}

#[derive(Debug, Default)]
struct Known {
    of_folder: HashMap<PathBuf, usize>,
    loaded: Loaded,
}

/// What was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// By number; 0 is that of files without a config.
    pub configs: Vec<Config>,
    /// The texts that the spans of configs and errors point into.
    pub sources: Sources,
    /// In the order of paths and places.
    pub errors: Vec<ConfigError>,
}

impl Configs {
    /// Configs for what lies under `paths`, as given on the command line in `folder`.
    pub fn new(folder: &Path, paths: &[PathBuf], which: Which) -> Self {
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
        let mut roots: Vec<PathBuf> = paths.iter().map(|path| repository_of(&folder, path)).collect();
        roots.sort();
        roots.dedup();
        let mut known = Known::default();
        known.loaded.configs.push(Config { folder: folder.clone(), ..Config::default() });
        let configs = Configs { folder, which, roots, known: RwLock::new(known) };
        if let Which::Only(path) = &configs.which {
            configs.load_only(path);
        }
        configs
    }

    /// The number of the config for files in this absolute folder.
    pub fn of_folder(&self, folder: &Path) -> usize {
        match self.which {
            Which::Closest => self.closest(folder),
            Which::Only(_) => 1,
            Which::Isolated => 0,
        }
    }

    /// Whether its config leaves out the file or folder at this absolute path.
    pub fn excludes(&self, path: &Path, is_folder: bool) -> bool {
        let Some(parent) = path.parent() else { return false };
        let number = self.of_folder(parent);
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let config = known.loaded.configs.get(number);
        config.is_some_and(|config| config.exclude.iter().any(|globs| globs.matches(path, is_folder)))
    }

    /// What was read so far.
    pub fn finish(self) -> Loaded {
        let mut loaded = self.known.into_inner().unwrap_or_else(PoisonError::into_inner).loaded;
        let sources = &loaded.sources;
        loaded.errors.sort_by(|a, b| {
            let place = |error: &ConfigError| (sources.get(error.span.file).path.clone(), error.span.start);
            place(a).cmp(&place(b)).then_with(|| a.message.cmp(&b.message))
        });
        loaded.errors.dedup_by(|a, b| {
            let same_file = sources.get(a.span.file).path == sources.get(b.span.file).path;
            same_file && a.span.range() == b.span.range() && a.message == b.message
        });
        loaded
    }

    fn closest(&self, folder: &Path) -> usize {
        if let Some(number) = self.remembered(folder) {
            return number;
        }
        let root = self.root_of(folder);
        let mut passed = Vec::new();
        let mut number = 0;
        for place in folder.ancestors() {
            if let Some(there) = self.remembered(place) {
                number = there;
                break;
            }
            passed.push(place);
            let file = place.join(FILE_NAME);
            // The system is asked without the lock: most folders have no config, and all threads come by here.
            if file.symlink_metadata().is_ok() {
                number = self.load(&file, place, &root);
                break;
            }
            if place == root {
                break;
            }
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.of_folder.extend(passed.into_iter().map(|place| (place.to_path_buf(), number)));
        number
    }

    fn remembered(&self, folder: &Path) -> Option<usize> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).of_folder.get(folder).copied()
    }

    /// Loads the config of a folder, unless another thread was first.
    fn load(&self, file: &Path, place: &Path, root: &Path) -> usize {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(number) = known.of_folder.get(place) {
            return *number;
        }
        let number = known.loaded.load(&self.folder, file, place, root);
        known.of_folder.insert(place.to_path_buf(), number);
        number
    }

    fn root_of(&self, folder: &Path) -> PathBuf {
        // Of roots in one another, the outermost: a submodule obeys the repository that it is walked from.
        let outer = self.roots.iter().filter(|root| folder.starts_with(root));
        outer
            .min_by_key(|root| root.as_os_str().len())
            .cloned()
            .unwrap_or_else(|| repository_root(folder, &self.folder))
    }

    fn load_only(&self, path: &Path) {
        let full = tidy(&self.folder.join(path));
        // Named by hand, so it may be a link.
        let full = full.canonicalize().unwrap_or(full);
        let own = full.parent().unwrap_or(&full);
        let root = self.root_of(&self.folder);
        // Patterns of a config from elsewhere count from where plimsoll runs.
        let base = if own.starts_with(&root) { own } else { &self.folder };
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.loaded.load(&self.folder, &full, base, &root);
    }
}

fn repository_of(folder: &Path, path: &Path) -> PathBuf {
    let full = folder.join(path);
    let real = full.canonicalize().unwrap_or_else(|_| tidy(&full));
    let start = if real.is_dir() { &real } else { real.parent().unwrap_or(&real) };
    repository_root(start, folder)
}

impl Loaded {
    /// Loads a config with its bases, and returns its number.
    fn load(&mut self, from: &Path, file: &Path, base: &Path, root: &Path) -> usize {
        let config = match self.read(from, file, base, root) {
            Ok(config) => extend(config, file, &mut |written| {
                let path = &written.value;
                self.read(from, path, path.parent().unwrap_or(path), root).map_err(|errors| {
                    errors.into_iter().map(|error| error.related(written.span, "extended here")).collect()
                })
            }),
            Err(errors) => Err(errors),
        };
        let config = config.unwrap_or_else(|errors| {
            self.errors.extend(errors);
            Config { folder: base.to_path_buf(), ..Config::default() }
        });
        self.configs.push(config);
        self.configs.len() - 1
    }

    fn read(
        &mut self,
        from: &Path,
        file: &Path,
        base: &Path,
        root: &Path,
    ) -> Result<Config, Vec<ConfigError>> {
        let shown = display(from, file);
        let bytes = match read_bytes(file, MAX_BYTES) {
            Ok(bytes) => bytes,
            Err((kind, message)) => {
                let at = self.sources.add(Source::new(shown, ""));
                let help = if kind == ProblemKind::Missing {
                    "check the path"
                } else {
                    "a config must be a plain file"
                };
                return Err(vec![ConfigError::new(Span::at(at, 0), message).help(help)]);
            }
        };
        let text = decode(bytes);
        let at: FileId = self.sources.add(Source::new(shown, text.text.as_str()));
        let (config, mut errors) = parse(at, &text.text, base, root);
        errors.extend(
            text.notes.into_iter().map(|(offset, note)| ConfigError::new(Span::at(at, offset), note)),
        );
        if errors.is_empty() { Ok(config) } else { Err(errors) }
    }
}
