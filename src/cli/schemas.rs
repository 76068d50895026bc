//! Schemas of kinds, from the folders that configs name.

use std::path::Path;

use super::pages;
use crate::config::{Config, ConfigError, DEFAULT_FILE_SIZE};
use crate::discover::{self, File, Options};
use crate::lint::{self, Catalog, Input, Remark};
use crate::text::{FileId, Source};

/// The files of schemas of one config, each with its path within its folder.
pub(super) type Files = Vec<(String, File)>;

/// Finds the files of every config.
pub(super) fn find(working: &Path, configs: &[Config], errors: &mut Vec<ConfigError>) -> Vec<Files> {
    let mut of_config = |config: &Config| {
        let mut files = Files::new();
        for written in &config.schemas {
            match pages::inside_root(&written.value, "schemas") {
                Ok(folder) => files.extend(below(working, &folder)),
                Err(message) => {
                    let error = ConfigError::new(written.span, message);
                    if !errors.contains(&error) {
                        errors.push(error);
                    }
                }
            }
        }
        files
    };
    configs.iter().map(&mut of_config).collect()
}

fn below(working: &Path, folder: &Path) -> Files {
    let options = Options {
        folder: working,
        is_candidate: |path| [".json", ".yaml", ".yml"].iter().any(|end| path.ends_with(end)),
        is_excluded: &|_, _| false,
        force_exclude: false,
        stdin_filename: None,
    };
    let inside = |file: File| {
        let path = file.absolute.strip_prefix(folder).unwrap_or(&file.absolute);
        (path.to_string_lossy().replace('\\', "/"), file)
    };
    discover::discover(&[folder.to_path_buf()], &options).files.into_iter().map(inside).collect()
}

/// What was read of the files.
#[derive(Default)]
pub(super) struct Given {
    /// By config.
    pub(super) catalogs: Vec<Catalog>,
    /// Files that could not be read.
    pub(super) sources: Vec<Source>,
    pub(super) remarks: Vec<Remark>,
}

/// Reads the files that may be about kinds of the input; the sources of broken ones are numbered from `first`.
pub(super) fn load(files: &[Files], inputs: &[Input<'_>], first: usize) -> Given {
    let mut given = Given::default();
    if files.iter().all(Vec::is_empty) {
        return given;
    }
    let used = lint::used_kinds(inputs);
    for (profile, files) in files.iter().enumerate() {
        let mut catalog = Catalog::default();
        for (path, file) in files.iter().filter(|(path, _)| lint::may_define(path, &used)) {
            let read = discover::read(file, DEFAULT_FILE_SIZE).map_err(|problem| problem.message);
            match read.and_then(|read| lint::read_schemas(path, read.text.into())) {
                Ok(found) => catalog.extend(found),
                Err(message) => {
                    let number = FileId((first + given.sources.len()) as u32);
                    given.sources.push(Source::new(file.path.clone(), ""));
                    given.remarks.push(Remark::skipped(number, message, profile));
                }
            }
        }
        given.catalogs.push(catalog);
    }
    given
}
