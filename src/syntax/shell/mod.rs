//! Reads shell scripts, as far as rules need: the simple commands in them, each word with its place.
//!
//! Does not expand, run or check anything; control flow is kept only as marks on each command.
//!
//! The grammar is that of the crate `shuck-parser`, whose tree is lowered here to a flat list. It is read as bash even
//! where `sh` will run it: bash reads all that `sh` does, and a script that needs bash should not be lost to rules.

mod lower;
pub mod options;
mod program;
#[cfg(test)]
mod tests;

use crate::text::Span;

/// Scripts longer than this, in bytes, are not read.
pub const LONGEST: usize = 64 * 1024;

/// Stands in a word for text that only the running shell knows: a variable, or what a command prints.
pub const HIDDEN: char = '\u{1}';

/// What a script runs.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// Its simple commands in the order of the text; those inside a word follow the command that has the word.
    pub commands: Vec<Command>,
    /// Variables that the script itself gives a value to, in the order of the text.
    pub assigned: Vec<Assigned>,
    /// Whether all of it was read: neither too long nor malformed.
    pub complete: bool,
}

/// A simple command: a program with its arguments.
#[derive(Clone, Debug)]
pub struct Command {
    /// The name and the arguments; empty when there are only assignments.
    pub words: Vec<Word>,
    /// The names assigned before it, `X` of `X=1 make`.
    pub assignments: Vec<String>,
    /// `> file` and the like.
    pub redirects: Vec<Redirect>,
    /// The pipeline it is in, if that has several commands.
    pub pipe: Option<Pipe>,
    /// Whether it runs in a shell of its own, so that a `cd` ends with it.
    pub subshell: bool,
    /// Whether it may run never or often: it stands in a branch, a loop or a function.
    pub conditional: bool,
    /// The command and its word that it runs for: `sh -c "$(this)"`.
    pub inside: Option<Inside>,
}

/// A variable that a script gives a value to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// Its name.
    pub name: String,
    /// Its value, where that is written out.
    pub value: Option<String>,
    /// Where it is given the value.
    pub span: Span,
}

/// A place in a pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pipe {
    /// The number of the pipeline in its script.
    pub pipeline: usize,
    /// 0-based from the left.
    pub position: usize,
}

/// The word that a command's output goes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inside {
    /// The number of the command that has the word.
    pub command: usize,
    /// The number of the word; none in an assignment or a redirection.
    pub word: Option<usize>,
}

/// One word of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The text without quotes; each run of [`HIDDEN`] is something unknown.
    pub text: String,
    /// All of it, with quotes.
    pub span: Span,
    /// The variables in it.
    pub variables: Vec<String>,
    /// Whether what another command prints is in it.
    pub substituted: bool,
    /// Whether it is nothing but what another command prints, `$(…)` or `<(…)`, in quotes or not.
    pub substitution: Option<Substitution>,
}

/// How a command's output becomes a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Substitution {
    /// `$(…)` or backticks: its text.
    Command,
    /// `<(…)`: a file that holds it.
    Process,
}

/// A redirection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// Where to or from; none for a heredoc.
    pub target: Option<Word>,
    /// Whether the command reads from it.
    pub input: bool,
    /// All of it.
    pub span: Span,
}

impl Script {
    /// Whether the script gives the variable a value anywhere.
    pub fn assigns(&self, name: &str) -> bool {
        self.assigned.iter().any(|assigned| assigned.name == name)
    }

    /// The value that the script gives the variable, if it does so once and writes it out.
    pub fn value(&self, name: &str) -> Option<&str> {
        let mut found = self.assigned.iter().filter(|assigned| assigned.name == name);
        let first = found.next()?;
        if found.next().is_some() { None } else { first.value.as_deref() }
    }
}

impl Word {
    /// The text, where all of it is known.
    pub fn literal(&self) -> Option<&str> {
        (!self.text.contains(HIDDEN)).then_some(&self.text)
    }
}

/// Scripts with more brackets open at once than this are not read: the parser's time grows with them.
const DEEPEST: usize = 100;

/// Reads `text`; `place` tells where its bytes `from..to` are written. Never fails: what cannot be read is left out.
pub fn parse(text: &str, place: &dyn Fn(usize, usize) -> Span) -> Script {
    if text.len() > LONGEST || depth(text) > DEEPEST {
        return Script::default();
    }
    lower::lower(text, place)
}

/// How many brackets are open at once at most; quotes are not looked at.
fn depth(text: &str) -> usize {
    let mut open: usize = 0;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'(' | b'{' => open += 1,
            b')' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    deepest
}
