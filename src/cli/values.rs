//! Files of values for the variables of Terraform, as `--var-file` names them.

use std::path::{Path, PathBuf};

use crate::config::ConfigError;
use crate::discover::{self, Discovered, Problem};
use crate::formats::terraform;
use crate::lint::Input;
use crate::text::{Source, Sources, Span};

/// The files, in the order given.
#[derive(Default)]
pub(super) struct Values {
    files: Vec<PathBuf>,
    wrong: Vec<Problem>,
}

impl Values {
    /// Takes the files at `paths` in among those that were found, unless they are there already.
    pub(super) fn take_in(found: &mut Discovered, folder: &Path, paths: &[PathBuf]) -> Values {
        let mut values = Values::default();
        for path in paths {
            match discover::take_in(found, folder, path) {
                Ok(file) => values.files.push(file),
                Err(problem) => values.wrong.push(problem),
            }
        }
        values
    }

    /// What is wrong with the arguments.
    pub(super) fn errors(&mut self, sources: &mut Sources) -> Vec<ConfigError> {
        let mut error = |path: String, message: String, help: &str| {
            let file = sources.add(Source::new(path, ""));
            ConfigError::new(Span::at(file, 0), message).help(help)
        };
        let wrong = std::mem::take(&mut self.wrong);
        let mut errors: Vec<ConfigError> =
            wrong.into_iter().map(|wrong| error(wrong.path, wrong.message, "check the path")).collect();
        for file in self.files.iter().filter(|file| !terraform::is_values(&file.to_string_lossy())) {
            let message = "not a file of values, going by its name".to_string();
            let help = "name it `*.tfvars` or `*.tfvars.json`";
            errors.push(error(file.to_string_lossy().into_owned(), message, help));
        }
        errors
    }

    /// Marks the files among the inputs.
    pub(super) fn mark(&self, inputs: &mut [Input<'_>]) {
        if self.files.is_empty() {
            return;
        }
        for input in inputs {
            input.values = self.files.iter().rposition(|file| file == input.path);
        }
    }
}
