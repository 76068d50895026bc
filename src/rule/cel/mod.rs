//! The Common Expression Language over spanned facts.
//!
//! A [`Program`] is compiled once and evaluated on many facts, without copying them. What a template hides is
//! [`Outcome::Unknown`], by the language's own rules of partial evaluation: `false && unknown` is still false.
//! Does not know which variables exist or what they mean, does no I/O, and does not check types beforehand.

mod access;
mod ast;
mod compare;
mod eval;
mod fault;
mod fold;
mod functions;
mod lex;
mod literal;
mod macros;
mod number;
mod operand;
mod operators;
mod parse;
mod pattern;
mod reads;
mod walk;

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::model::Value;
use crate::text::Span;

pub use pattern::compile as pattern;
pub use reads::Read;

/// The longest source that is compiled, in bytes.
const MAX_SOURCE: usize = 64 * 1024;

/// How many steps an evaluation may take when the caller has no other wish.
pub const STEPS: u64 = 1_000_000;

/// Why an expression does not compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CelError {
    /// The bytes of the source at fault, 0-based.
    pub range: Range<usize>,
    /// What is wrong and what to do.
    pub message: String,
}

impl CelError {
    fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        CelError { range, message: message.into() }
    }

    fn too_deep(range: Range<usize>) -> Self {
        CelError::new(range, "this expression nests too deeply; split it")
    }
}

/// What an evaluation gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<T> {
    /// The value.
    Value(T),
    /// It depends on what the file does not say; the span is the first text that hides it.
    Unknown(Span),
    /// The expression does not make sense for these facts: what and why.
    Error(String),
}

/// A compiled expression. It can be shared between threads.
pub struct Program {
    ast: ast::Ast,
}

impl Program {
    /// Compiles `source`. Literal patterns are compiled when they are first used; see [`Program::check_patterns`].
    pub fn compile(source: &str) -> Result<Program, CelError> {
        if source.len() > MAX_SOURCE {
            let message = format!("this expression is longer than {} KiB; split it", MAX_SOURCE / 1024);
            return Err(CelError::new(0..source.len(), message));
        }
        parse::parse(source).map(|ast| Program { ast })
    }

    /// Compiles every literal pattern now, so that a bad one is reported where it is written.
    pub fn check_patterns(&self) -> Result<(), CelError> {
        self.ast.patterns.iter().try_for_each(|pattern| match pattern::compiled(&self.ast, pattern) {
            Ok(_) => Ok(()),
            Err(message) => Err(CelError::new(self.ast.range(pattern.node), message)),
        })
    }

    /// Every variable that the scope must bind, each time it is read, with the fields read from it.
    pub fn reads(&self) -> Vec<Read<'_>> {
        reads::reads(&self.ast)
    }

    /// The value for `scope`, which binds variables to values by name. Takes at most `steps` steps.
    pub fn eval<'a>(&'a self, scope: &[(&str, Value<'a>)], steps: u64) -> Outcome<Value<'a>> {
        let mut machine = eval::Machine::new(&self.ast, scope, steps);
        fault::outcome(machine.eval(self.ast.root))
    }

    /// As [`Program::eval`], for an expression that must give true or false.
    pub fn eval_bool<'a>(&'a self, scope: &[(&str, Value<'a>)], steps: u64) -> Outcome<bool> {
        let mut machine = eval::Machine::new(&self.ast, scope, steps);
        fault::outcome(machine.truth(self.ast.root, "the result"))
    }
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Program").field(&self.ast.text).finish()
    }
}
