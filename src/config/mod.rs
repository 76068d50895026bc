//! What the user wants: `plimsoll.toml` and the arguments that go before it, with the place of every word.
//!
//! Reads no file: text is handed in. Knows no rule by name: [`selection`] is given the list of them.

mod error;
mod extend;
mod globs;
mod limits;
mod parse;
mod reader;
pub mod selection;
mod services;
mod version;

use std::path::{Path, PathBuf};

use crate::rule::Severity;
use crate::text::{Span, wildcard};

pub use error::ConfigError;
pub use extend::{Load, MAX_EXTENDS, extend};
pub use globs::Globs;
pub use limits::{DEFAULT_FILE_SIZE, parse_size};
pub use parse::parse;
pub use services::{DependencyKind, ServiceEdge, ServiceLayer, Services};
pub use version::{KubernetesVersion, Requirement};

/// The name of a config file.
pub const FILE_NAME: &str = "plimsoll.toml";

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written<T> {
    /// What was meant.
    pub value: T,
    /// The text that says so: in TOML with its quotes.
    pub span: Span,
}

/// A config file, with what it extends already under it.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The folder of the file, absolute; its globs count from here.
    pub folder: PathBuf,
    /// Release of Kubernetes to check against.
    pub kubernetes_version: Option<Written<KubernetesVersion>>,
    /// From which severity on a finding fails the run.
    pub fail_on: Option<Written<FailOn>>,
    /// Which rules run, before overrides; the base's first, the file's own last.
    pub selections: Vec<Selection>,
    /// Exceptions, the base's first; a later one wins.
    pub overrides: Vec<Override>,
    /// What is left out of the walk, by this file and by its bases.
    pub exclude: Vec<Globs>,
    /// Folders of the user's own rule pages, absolute, and inside the root as far as the words of the path say.
    pub rules: Vec<Written<PathBuf>>,
    /// Folders of schemas, as `rules`.
    pub schemas: Vec<Written<PathBuf>>,
    /// Bytes above which a file is not read; never above [`DEFAULT_FILE_SIZE`].
    pub file_size: Option<Written<u64>>,
    /// What files do not say of the services that they deploy.
    pub services: Services,
    /// The config under this one, as written, until [`extend`] has put it there.
    pub extends: Option<Written<PathBuf>>,
}

/// Words that switch rules on and off, not looked up yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Replaces what selections of less weight select; `None` to leave it.
    pub select: Option<Vec<Written<String>>>,
    /// Switches on as well.
    pub extend_select: Vec<Written<String>>,
    /// Switches off.
    pub ignore: Vec<Written<String>>,
    /// Severities to report with.
    pub severity: Vec<(Written<String>, Level)>,
}

/// A selection for some files or objects only.
#[derive(Clone, Debug, Default)]
pub struct Override {
    /// Files that it is for; `None` for all.
    pub paths: Option<Globs>,
    /// Kinds of objects, with `*`; empty for all.
    pub kinds: Vec<String>,
    /// Namespaces, with `*`; empty for all.
    pub namespaces: Vec<String>,
    /// Names of objects, with `*`; empty for all.
    pub names: Vec<String>,
    /// What to do with them.
    pub selection: Selection,
    /// Why; empty if not said.
    pub reason: String,
}

impl Override {
    /// Whether it is for the file at this absolute path.
    pub fn covers_path(&self, path: &Path) -> bool {
        self.paths.as_ref().is_none_or(|globs| globs.matches(path, false))
    }

    /// Whether it asks for more than a path, so that only an object can tell.
    pub fn asks_for_object(&self) -> bool {
        !(self.kinds.is_empty() && self.namespaces.is_empty() && self.names.is_empty())
    }

    /// Whether it is for this object; an object without a namespace is in none of the namespaces.
    pub fn covers_object(&self, kind: &str, namespace: Option<&str>, name: &str) -> bool {
        let any = |patterns: &[String], text: &str| {
            patterns.is_empty() || patterns.iter().any(|pattern| wildcard(pattern, text))
        };
        any(&self.kinds, kind)
            && any(&self.names, name)
            && (self.namespaces.is_empty() || namespace.is_some_and(|text| any(&self.namespaces, text)))
    }
}

/// A severity, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Do not report.
    Off,
    /// Report with this severity.
    At(Severity),
}

impl Level {
    /// The words for levels.
    pub const NAMES: [&'static str; 5] = ["error", "warning", "info", "hint", "off"];

    /// The level with this name.
    pub fn parse(name: &str) -> Option<Level> {
        if name == "off" { Some(Level::Off) } else { Severity::parse(name).map(Level::At) }
    }
}

/// What fails a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// Nothing.
    Never,
    /// A finding of this severity or above.
    At(Severity),
}

impl FailOn {
    /// The words for it.
    pub const NAMES: [&'static str; 5] = ["error", "warning", "info", "hint", "never"];

    /// The one with this name.
    pub fn parse(name: &str) -> Option<FailOn> {
        if name == "never" { Some(FailOn::Never) } else { Severity::parse(name).map(FailOn::At) }
    }

    /// Whether a finding of `severity` fails the run.
    pub fn fails(self, severity: Severity) -> bool {
        matches!(self, FailOn::At(least) if severity >= least)
    }
}

impl Default for FailOn {
    fn default() -> Self {
        FailOn::At(Severity::Warning)
    }
}
