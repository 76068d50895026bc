//! `plimsoll check`.

use std::path::PathBuf;

use rayon::prelude::*;

use super::args::Check;
use super::exit::Exit;
use super::progress::Progress;
use super::{failure, selectors};
use crate::config::DEFAULT_FILE_SIZE;
use crate::discover::{self, Configs, Options, Which};
use crate::formats;

/// Finds, reads and counts the files.
pub(super) fn check(arguments: &Check) -> Exit {
    let folder = match super::working_folder() {
        Ok(folder) => folder,
        Err(error) => return super::fail(&format!("cannot tell the working folder: {error}"), ""),
    };
    if let Some(threads) = arguments.threads {
        // Fails only when the pool exists, and it does not yet.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    let paths = if arguments.paths.is_empty() { vec![PathBuf::from(".")] } else { arguments.paths.clone() };
    let which = match &arguments.config {
        Some(file) => Which::Only(file.clone()),
        None if arguments.isolated => Which::Isolated,
        None => Which::Closest,
    };
    let configs = Configs::new(&folder, &paths, which);
    let found = discover::discover(
        &paths,
        &Options {
            folder: &folder,
            is_candidate: formats::is_candidate,
            is_excluded: &|path, is_folder| configs.excludes(path, is_folder),
            force_exclude: arguments.force_exclude,
            stdin_filename: arguments.stdin_filename.as_deref(),
        },
    );
    let mut loaded = configs.finish();
    let _selection = selectors::selection(&arguments.selection, &mut loaded.sources);
    if !loaded.errors.is_empty() {
        let color = super::colors_of_stderr(arguments.color);
        super::tell(&failure::show(&loaded.errors, &loaded.sources, color));
        return Exit::Usage;
    }
    let limit = arguments.max_file_size.unwrap_or(DEFAULT_FILE_SIZE);
    let progress = Progress::new(found.files.len(), !arguments.no_progress);
    let read = found.files.par_iter().filter(|file| {
        let read = discover::read(file, limit).is_ok();
        progress.step();
        read
    });
    let read = read.count();
    drop(progress);
    super::print(
        format!("{read} of {} files read, {} problems\n", found.files.len(), found.problems.len()).as_bytes(),
    )
}
