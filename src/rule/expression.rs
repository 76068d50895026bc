//! The declarative check of a page: an expression that must hold, and what to say and underline when it does not.
//!
//! Does not decide which facts it is run on.

use std::sync::OnceLock;

use crate::model::Value;
use crate::text::Span;

use super::Match;
use super::cel::{Outcome, Program, STEPS};
use super::locate::{Path, Place, whole};
use super::page::Front;
use super::template::Template;

/// What became of one check of one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Fine.
    Holds,
    /// Depends on something that the file does not say: nothing may be reported.
    Unknown,
    /// Wrong.
    Fails(Match),
    /// The expression could not be evaluated, and why: the page is at fault, not the input.
    Error(String),
}

/// A compiled check.
#[derive(Debug)]
pub struct Expression {
    program: Program,
    report: Vec<Path>,
    message: Words,
    missing: Option<Words>,
}

/// A message that is compiled when it is first needed: most rules never find anything.
#[derive(Debug)]
struct Words {
    source: String,
    template: OnceLock<Result<Template, String>>,
}

impl Words {
    fn new(source: &str) -> Words {
        Words { source: source.to_owned(), template: OnceLock::new() }
    }

    /// The message; its source where it does not compile, which `verify` reports when the page is loaded.
    fn fill(&self, variables: &[(&'static str, Value<'_>)]) -> String {
        let compiled =
            self.template.get_or_init(|| Template::compile(&self.source).map_err(|error| error.message));
        compiled.as_ref().map_or_else(|_| self.source.clone(), |template| template.fill(variables))
    }
}

impl Expression {
    /// Compiles `check` for the page with this front matter; the error is for people.
    pub fn compile(check: &str, front: &Front) -> Result<Expression, String> {
        let words = |spanned: &super::page::Spanned| Words::new(&spanned.text);
        Ok(Expression {
            program: Program::compile(check).map_err(|error| error.message)?,
            report: front.report.clone(),
            message: front.message.as_ref().map_or_else(|| Words::new(&front.summary), words),
            missing: front.missing.as_ref().map(words),
        })
    }

    /// Checks one subject. The first of `variables` is the subject itself, the others are what belongs to it.
    pub fn run(&self, variables: &[(&'static str, Value<'_>)]) -> Verdict {
        match evaluate(&self.program, variables) {
            Ok(Value::Bool(true)) => Verdict::Holds,
            Ok(Value::Bool(false)) => self.fail(variables),
            Ok(Value::Node(node)) if node.as_bool() == Some(true) => Verdict::Holds,
            Ok(Value::Node(node)) if node.as_bool() == Some(false) => self.fail(variables),
            Ok(_) => Verdict::Error("the check gives neither `true` nor `false`".to_owned()),
            Err(Stop::Unknown) => Verdict::Unknown,
            Err(Stop::Error(message)) => Verdict::Error(message),
        }
    }

    fn fail(&self, variables: &[(&'static str, Value<'_>)]) -> Verdict {
        let Some(near) = variables.first().and_then(|(_, subject)| home(subject)) else {
            return Verdict::Error("the subject has no place in a file".to_owned());
        };
        let places: Vec<Place> = self.report.iter().map(|path| path.locate(variables, near)).collect();
        let mut written = places.iter().filter(|place| place.written).map(|place| place.span);
        let Some(first) = written.next() else {
            let span = places.first().map_or(near, |place| place.span);
            let words = self.missing.as_ref().filter(|_| !places.is_empty()).unwrap_or(&self.message);
            let missing = !places.is_empty();
            return Verdict::Fails(Match { missing, ..Match::new(span, words.fill(variables)) });
        };
        let found = Match::new(first, self.message.fill(variables));
        Verdict::Fails(written.fold(found, |found, span| found.related(span, "and here")))
    }
}

/// The text that stands for a subject.
fn home(subject: &Value<'_>) -> Option<Span> {
    match subject {
        Value::Record(record) => Some(record.span()),
        Value::Made(record) => Some(record.span),
        Value::Node(node) => Some(whole(subject, node.span())),
        Value::Unknown(span) => Some(*span),
        _ => None,
    }
}

/// Why there is no value.
pub(super) enum Stop {
    /// It cannot be known.
    Unknown,
    /// It cannot be computed.
    Error(String),
}

/// The value of `program`.
pub(super) fn evaluate<'a>(
    program: &'a Program,
    variables: &[(&'static str, Value<'a>)],
) -> Result<Value<'a>, Stop> {
    match program.eval(variables, STEPS) {
        Outcome::Value(value) => Ok(value),
        Outcome::Unknown(_) => Err(Stop::Unknown),
        Outcome::Error(message) => Err(Stop::Error(message)),
    }
}
