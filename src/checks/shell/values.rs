//! What is known of the values that a script gives its variables.

use std::collections::HashMap;

use super::output::Output;
use super::split::has_pattern;
use crate::syntax::shell::{Form, Given, PartKind, Quotes, Script, Variable, Word};

/// How many variables are looked through before they are set, one set to the next.
const DEEPEST: usize = 8;

/// Variables that hold a number, or nothing, whatever a script does. Sources: POSIX, 2.5.2; the manual of bash.
const NUMBERS: &[&str] = &[
    "?",
    "#",
    "$",
    "!",
    "-",
    "PPID",
    "LINENO",
    "OPTIND",
    "UID",
    "EUID",
    "RANDOM",
    "SRANDOM",
    "SECONDS",
    "BASHPID",
    "EPOCHSECONDS",
    "SHLVL",
    "COLUMNS",
    "LINES",
];

/// Build arguments that BuildKit itself gives a value to: names of systems and processors.
/// Source: the Dockerfile reference, "Automatic platform ARGs in the global scope".
const PLATFORM: &[&str] = &[
    "TARGETPLATFORM",
    "TARGETOS",
    "TARGETARCH",
    "TARGETVARIANT",
    "BUILDPLATFORM",
    "BUILDOS",
    "BUILDARCH",
    "BUILDVARIANT",
];

/// What a variable holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Text without blanks and patterns, so that quotes change nothing.
    Plain,
    /// The same, or nothing at all.
    Optional,
    /// Words that the script itself, or the file around it, puts together.
    List,
    /// Anything.
    Unknown,
}

/// The values of a script's variables.
pub(super) struct Values<'s> {
    sources: HashMap<&'s str, Vec<Source<'s>>>,
    /// What is known of those looked at so far; while one is looked at, nothing is.
    known: HashMap<&'s str, Value>,
    given: &'s HashMap<String, Given>,
    output: Output<'s>,
}

/// What a variable is set to.
#[derive(Clone, Copy)]
enum Source<'s> {
    Word(&'s Word),
    Loop(&'s [Word]),
    Other,
}

impl Value {
    /// What is known of one that is this or that.
    fn or(self, other: Value) -> Value {
        match (self, other) {
            (Value::List, _) | (_, Value::List) => Value::List,
            (Value::Unknown, _) | (_, Value::Unknown) => Value::Unknown,
            (Value::Plain, Value::Plain) => Value::Plain,
            _ => Value::Optional,
        }
    }

    /// Whether quotes make no difference, as long as nothing is as good as an empty word.
    pub(super) fn is_a_word(self) -> bool {
        matches!(self, Value::Plain | Value::Optional)
    }
}

impl<'s> Values<'s> {
    pub(super) fn of(script: &'s Script) -> Values<'s> {
        let mut sources: HashMap<&str, Vec<Source<'_>>> = HashMap::new();
        for assigned in &script.assigned {
            let list = assigned.in_loop.and_then(|number| script.loops.get(number)?.words.as_deref());
            let source = match (&assigned.word, list) {
                (Some(word), _) => Source::Word(word),
                (None, Some(words)) => Source::Loop(words),
                (None, None) => Source::Other,
            };
            sources.entry(assigned.name.as_str()).or_default().push(source);
        }
        let (known, given, output) = (HashMap::new(), &script.given, Output::of(script));
        let mut values = Values { sources, known, given, output };
        for assigned in &script.assigned {
            values.look_at(&assigned.name, 0);
        }
        values
    }

    /// Whether the script itself gives the variable a value.
    pub(super) fn assigns(&self, name: &str) -> bool {
        self.sources.contains_key(name)
    }

    /// What is known of a variable where it is used.
    pub(super) fn value(&self, variable: &Variable) -> Value {
        let name = variable.name.as_str();
        if variable.form == Form::Length || NUMBERS.contains(&name) {
            return Value::Plain;
        }
        if PLATFORM.contains(&name) && !self.sources.contains_key(name) {
            return Value::Optional;
        }
        let words = self.given.get(name) == Some(&Given::Words);
        let given = if words { Value::List } else { Value::Unknown };
        let known = self.known.get(name).copied().unwrap_or(given);
        match (variable.form, known) {
            // What is left of one word may be nothing.
            (Form::Trim | Form::Slice | Form::Case, Value::Plain) => Value::Optional,
            (Form::Plain | Form::Trim | Form::Slice | Form::Case, known) => known,
            (Form::Default, Value::List) => Value::List,
            _ => Value::Unknown,
        }
    }

    fn look_at(&mut self, name: &'s str, depth: usize) {
        if depth == DEEPEST || self.known.contains_key(name) {
            return;
        }
        self.known.insert(name, Value::Unknown);
        let sources = self.sources.remove(name).unwrap_or_default();
        let value = sources.iter().map(|source| self.source(*source, depth)).reduce(Value::or);
        self.sources.insert(name, sources);
        self.known.insert(name, value.unwrap_or(Value::Unknown));
    }

    fn source(&mut self, source: Source<'s>, depth: usize) -> Value {
        match source {
            Source::Word(word) => self.word(word, depth),
            Source::Loop(words) => {
                // A loop hands out one word at a time: blanks come in only by quotes.
                let each = words.iter().map(|word| self.word(word, depth));
                match each.fold(Value::Plain, Value::or) {
                    Value::List => Value::Unknown,
                    value => value,
                }
            }
            Source::Other => Value::Unknown,
        }
    }

    fn word(&mut self, word: &'s Word, depth: usize) -> Value {
        if word.parts.is_empty() {
            return text(&word.text, Quotes::None);
        }
        let each = word.parts.iter().map(|part| match &part.kind {
            PartKind::Text(own) => text(own, part.quotes),
            PartKind::Arithmetic => Value::Plain,
            PartKind::Variable(variable) => {
                if self.sources.contains_key(variable.name.as_str()) {
                    self.look_at(&variable.name, depth + 1);
                }
                self.value(variable)
            }
            PartKind::Command { .. } if self.output.is_a_word(part) => Value::Optional,
            PartKind::Command { .. } | PartKind::Process { .. } => Value::Unknown,
        });
        each.fold(Value::Plain, Value::or)
    }
}

fn text(text: &str, quotes: Quotes) -> Value {
    // Shells do not agree on what a backslash in a value does to a pattern.
    let escaped = text.contains('\\') && quotes != Quotes::Dollar;
    if text.contains(char::is_whitespace) {
        Value::List
    } else if escaped || has_pattern(text) {
        Value::Unknown
    } else {
        Value::Plain
    }
}
