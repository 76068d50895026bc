//! Reads Dockerfiles: the grammar of BuildKit's Dockerfile frontend 1, with a span for every part.
//!
//! Does not read shell code, image references or ports, and reports only what BuildKit refuses: style is for
//! rules.
//!
//! Text goes through these steps, each its own module: lines joined by continuations (`source`), directives,
//! keyword and arguments (`instruction`, `words`, `json`), heredocs, what BuildKit refuses (`check`, `mount`,
//! `values`), and the graph of `stages`. [`expand()`] and [`Scopes`] work on the finished tree.

mod check;
mod directive;
mod expand;
#[cfg(test)]
mod expand_tests;
mod glob;
mod heredoc;
mod instruction;
mod json;
mod kind;
mod logical;
mod mount;
mod pieces;
mod scope;
mod source;
mod stages;
#[cfg(test)]
mod tests;
mod tree;
mod values;
mod words;

pub use expand::{Binding, Expanded, Use, Value, expand};
pub use kind::Kind;
pub use logical::Logical;
pub use pieces::{Piece, pieces};
pub use scope::{PLATFORM, Scopes, Variable};
pub use stages::{Origin, Reference, Stage};
pub use tree::{Args, Directive, DirectiveName, Dockerfile, Flag, Heredoc, Instruction, Pair, Setting, Word};

use crate::syntax::parsed::{Parsed, cap};
use crate::text::{FileId, Span};

use source::Source;

/// Reads `text`, which is all of `file`. Never fails: what cannot be read is among the errors.
pub fn parse(file: FileId, text: &str) -> Parsed<Dockerfile> {
    let mut source = Source::new(file, text);
    let directives = directive::read(&mut source);
    let instructions = instructions(&mut source);
    let escape = source.escape;
    let globals = scope::Layer::globals(&instructions, escape);
    let stages = stages::stages(&instructions, &globals, escape);
    let references = stages::references(&instructions, &stages);
    let comments = source.comments;
    let tree = Dockerfile { directives, escape, comments, instructions, stages, references };
    let mut errors = source.errors;
    stages::check(&tree.instructions, Span::at(file, 0), &mut errors);
    errors.sort_by_key(|error| error.span.start);
    cap(&mut errors);
    Parsed { tree, errors }
}

fn instructions(source: &mut Source) -> Vec<Instruction> {
    let mut instructions = Vec::new();
    let mut broken = false;
    while let Some(entry) = source.entry() {
        let escape = source.escape;
        let lost = instructions.last().is_some_and(|last: &Instruction| last.kind == Kind::Unknown);
        let mut reader = instruction::Reader { escape, errors: &mut source.errors, lost };
        let mut instruction = reader.instruction(&entry.line, false);
        instruction.blank_lines = entry.blank_lines;
        if instruction.may_take_heredocs() {
            instruction.heredocs = heredoc::find(&entry.line);
            heredoc::bodies(source, &mut instruction.heredocs, &mut broken);
        }
        if let Some(last) = instruction.heredocs.last() {
            instruction.span = instruction.span.to(last.terminator.unwrap_or(last.body));
        }
        check::Checker { escape, errors: &mut source.errors }.instruction(&instruction);
        instructions.push(instruction);
    }
    instructions
}

impl Instruction {
    /// Whether `<<` in it means a heredoc; not in the exec form.
    fn may_take_heredocs(&self) -> bool {
        let target = if self.kind == Kind::Onbuild { self.inner().unwrap_or(self) } else { self };
        target.kind.takes_heredocs() && !matches!(target.args, Args::Exec(_))
    }
}
