//! Which `.dockerignore` says what a build does not see.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::input::Input;
use crate::formats::Format;
use crate::formats::paths::normal;
use crate::text::FileId;

/// The ignore files, by their path.
#[derive(Debug, Default)]
pub(super) struct Ignores(HashMap<PathBuf, FileId>);

impl Ignores {
    /// Those among the files.
    pub(super) fn of(inputs: &[Input<'_>]) -> Ignores {
        let files = inputs.iter().filter(|input| input.format == Format::Dockerignore);
        Ignores(files.map(|input| (normal(input.path), input.file)).collect())
    }

    /// The one for a build from the Dockerfile at this path in this folder: its own, or else that of the folder.
    pub(super) fn of_build(&self, dockerfile: &Path, context: &Path) -> Option<FileId> {
        if self.0.is_empty() {
            return None;
        }
        let mut own = dockerfile.to_path_buf().into_os_string();
        own.push(".dockerignore");
        let own = self.0.get(Path::new(&own));
        own.or_else(|| self.0.get(&context.join(".dockerignore"))).copied()
    }

    /// The one for a Dockerfile, where nothing says that it is built elsewhere than in its folder.
    pub(super) fn of_dockerfile(&self, path: &Path) -> Option<FileId> {
        let path = normal(path);
        path.parent().and_then(|folder| self.of_build(&path, folder))
    }
}
