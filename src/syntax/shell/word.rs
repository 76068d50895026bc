//! Words, and what they are made of.

use super::HIDDEN;
use crate::text::Span;

/// One word of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The text without quotes; each run of [`HIDDEN`] is something unknown.
    pub text: String,
    /// All of it, with quotes.
    pub span: Span,
    /// What it is made of; empty for a word that is written as it is read.
    pub parts: Vec<Part>,
    /// `{a,b}` and `{1..3}`, where a shell that knows them makes several words of it.
    pub braces: Vec<Span>,
}

/// A run of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// The quotes around it.
    pub quotes: Quotes,
    /// All of it: text in single quotes with them, anything in double quotes without.
    pub span: Span,
}

/// What a part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// Text as it is written, with its backslashes and without its quotes.
    Text(String),
    /// `$x`, `${x…}`
    Variable(Variable),
    /// `$(…)` or, with `backticks`, its old form.
    Command {
        /// Whether it is written in the old form.
        backticks: bool,
    },
    /// `<(…)` or `>(…)`; the first is `input`.
    Process {
        /// Whether it is read from.
        input: bool,
    },
    /// `$((…))`
    Arithmetic,
}

/// A variable in a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name, or the sign of a special one: `x`, `1`, `@`, `?`.
    pub name: String,
    /// What is done to its value.
    pub form: Form,
}

/// What an expansion does to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `$x`, `${x}`
    Plain,
    /// `${#x}`
    Length,
    /// `${x:-y}`, `${x:=y}`, `${x:?y}`
    Default,
    /// `${x:+y}`
    Alternative,
    /// `${x#y}`, `${x%y}`
    Trim,
    /// `${x:1:2}`
    Slice,
    /// `${x/y/z}`
    Replace,
    /// `${x^}`, `${x,,}`
    Case,
    /// `${!x}`
    Indirect,
    /// `${x[1]}`, `${x[@]}`
    Element,
    /// `${x@Q}`, `${!x@}` and what else only bash has.
    Other,
}

/// Quotes around a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    /// None.
    None,
    /// `"…"`
    Double,
    /// `'…'`
    Single,
    /// `$'…'`
    Dollar,
}

/// How a command's output becomes a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Substitution {
    /// `$(…)` or backticks: its text.
    Command,
    /// `<(…)`: a file that holds it.
    Process,
}

impl Word {
    /// The text, where all of it is known.
    pub fn literal(&self) -> Option<&str> {
        (!self.text.contains(HIDDEN)).then_some(&self.text)
    }

    /// The names of the variables in it.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match &part.kind {
            PartKind::Variable(variable) => Some(variable.name.as_str()),
            _ => None,
        })
    }

    /// Whether what another command prints is in it.
    pub fn substituted(&self) -> bool {
        let runs = |part: &Part| matches!(part.kind, PartKind::Command { .. } | PartKind::Process { .. });
        self.parts.iter().any(runs)
    }

    /// How it comes from another command, where it is nothing but what that prints, in quotes or not.
    pub fn substitution(&self) -> Option<Substitution> {
        let [only] = self.parts.as_slice() else { return None };
        match only.kind {
            PartKind::Command { .. } => Some(Substitution::Command),
            PartKind::Process { input: true } => Some(Substitution::Process),
            _ => None,
        }
    }
}
