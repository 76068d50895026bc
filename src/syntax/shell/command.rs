//! A simple command, and where it stands.

use super::Word;
use crate::text::Span;

/// A simple command: a program with its arguments.
#[derive(Clone, Debug)]
pub struct Command {
    /// The name and the arguments; empty when there are only assignments.
    pub words: Vec<Word>,
    /// The names assigned before it, `X` of `X=1 make`.
    pub assignments: Vec<String>,
    /// `> file` and the like.
    pub redirects: Vec<Redirect>,
    /// Where it stands.
    pub place: Place,
    /// All of it.
    pub span: Span,
}

impl Command {
    /// The same command in a script that has as many commands and pipelines before it.
    pub(super) fn moved(mut self, commands: usize, pipelines: usize) -> Command {
        let place = &mut self.place;
        place.pipe = place.pipe.map(|pipe| Pipe { pipeline: pipe.pipeline + pipelines, ..pipe });
        place.inside = place.inside.map(|inside| Inside { command: inside.command + commands, ..inside });
        self
    }

    /// Its words and those that it is redirected to or from.
    pub fn all_words(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().chain(self.redirects.iter().filter_map(|redirect| redirect.target.as_ref()))
    }

    /// What `test` or a closed `[` looks at: `-f x` of `[ -f x ]`.
    pub fn tested(&self) -> Option<&[Word]> {
        let (name, words) = self.words.split_first()?;
        match name.text.as_str() {
            "test" => Some(words),
            "[" => words.split_last().filter(|(last, _)| last.text == "]").map(|(_, rest)| rest),
            _ => None,
        }
    }
}

/// Where a command stands in its script.
#[expect(clippy::struct_excessive_bools, reason = "marks that do not depend on each other")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The pipeline it is in, if that has several commands.
    pub pipe: Option<Pipe>,
    /// Whether it runs in a shell of its own, so that a `cd` ends with it.
    pub subshell: bool,
    /// Whether it may run never or often: it stands in a branch, a loop or a function.
    pub conditional: bool,
    /// Whether something else depends on how it ends: a condition, `&&` or `||` behind it.
    pub checked: bool,
    /// Whether how the command before it ends decides if it runs: it stands behind `&&` or `||`.
    pub guarded: bool,
    /// Whether how it ends is how its script ends, or a function, or what runs for a word.
    pub last: bool,
    /// Whether `!` stands before it, or before the pipeline that it ends.
    pub negated: bool,
    /// The command and its word that it runs for: `sh -c "$(this)"`.
    pub inside: Option<Inside>,
    /// Whether a group around it sends its output to a file: `{ this; } > file`.
    pub redirected: bool,
    /// Whether it stands in text that another shell gets: `sh -c 'this'`. What quotes mean there, two shells decide.
    pub nested: bool,
}

/// A place in a pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pipe {
    /// The number of the pipeline in its script.
    pub pipeline: usize,
    /// 0-based from the left.
    pub position: usize,
}

/// The word that a command's output goes into, or that it is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inside {
    /// The number of the command that has the word.
    pub command: usize,
    /// The number of the word; none in an assignment or a redirection.
    pub word: Option<usize>,
}

/// A redirection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// `>`, `<<-`, `&>` …
    pub operator: &'static str,
    /// The number before it: 2 of `2>&1`.
    pub number: Option<i32>,
    /// Where to or from; none for a heredoc.
    pub target: Option<Word>,
    /// Whether the command reads from it.
    pub input: bool,
    /// All of it.
    pub span: Span,
}
