//! Users' own rule pages, from the folders that configs name.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{Config, ConfigError, DEFAULT_FILE_SIZE};
use crate::discover::{self, File, Options};
use crate::rule::{PageError, Registry};
use crate::text::{FileId, Source, Span};

/// Pages as sources, and what is wrong with them.
#[derive(Default)]
pub(super) struct Pages {
    /// In the order of their numbers.
    pub(super) sources: Vec<Source>,
    /// The places are in these sources.
    pub(super) errors: Vec<PageError>,
}

/// Adds the pages of every config's folders to `registry`; their sources are numbered from `first`.
pub(super) fn load(
    working: &Path,
    configs: &[Config],
    first: usize,
    registry: &mut Registry,
    errors: &mut Vec<ConfigError>,
) -> Pages {
    let mut folders: Vec<PathBuf> = Vec::new();
    for written in configs.iter().flat_map(|config| &config.rules) {
        match inside_root(&written.value, "rule pages") {
            Ok(folder) if folders.contains(&folder) => {}
            Ok(folder) => folders.push(folder),
            Err(message) => errors.push(ConfigError::new(written.span, message)),
        }
    }
    let mut pages = Pages::default();
    for folder in folders {
        add(working, &folder, first, registry, &mut pages);
    }
    pages
}

/// The folder without links, if it is there and still in the repository.
pub(super) fn inside_root(folder: &Path, of: &str) -> Result<PathBuf, String> {
    let missing = || format!("there is no such folder of {of}");
    let real = folder.canonicalize().map_err(|_| missing())?;
    let root = discover::repository_root(folder, folder);
    let root = root.canonicalize().unwrap_or(root);
    if !real.is_dir() {
        Err(missing())
    } else if real.starts_with(root) {
        Ok(real)
    } else {
        Err(format!("this folder of {of} leads out of the repository"))
    }
}

fn add(working: &Path, folder: &Path, first: usize, registry: &mut Registry, pages: &mut Pages) {
    let mut texts = Vec::new();
    for file in find(working, &[folder.to_path_buf()]) {
        let number = FileId((first + pages.sources.len()) as u32);
        let inside = file.absolute.strip_prefix(folder).unwrap_or(&file.absolute).to_path_buf();
        let text: Arc<str> = match discover::read(&file, DEFAULT_FILE_SIZE) {
            Ok(read) => read.text.into(),
            Err(problem) => {
                pages.errors.push(PageError { span: Span::at(number, 0), message: problem.message });
                Arc::from("")
            }
        };
        pages.sources.push(Source::new(file.path, text.clone()));
        if !text.is_empty() {
            texts.push((number, inside.to_string_lossy().replace('\\', "/"), text));
        }
    }
    pages.errors.extend(registry.load(texts));
}

/// The pages below these paths; a README is none.
pub(super) fn find(working: &Path, paths: &[PathBuf]) -> Vec<File> {
    let options = Options {
        folder: working,
        is_candidate: is_page,
        is_excluded: &|_, _| false,
        force_exclude: false,
        stdin_filename: None,
    };
    discover::discover(paths, &options).files
}

#[expect(clippy::case_sensitive_file_extension_comparisons, reason = "pages are written for us")]
fn is_page(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.ends_with(".md") && !name.eq_ignore_ascii_case("README.md")
}
