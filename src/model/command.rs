//! A command that a shell runs, as expressions see it.

use super::{Field, Record, Value};
use crate::syntax::shell::options::{Arguments, Opt};
use crate::syntax::shell::{Command, HIDDEN, Word};
use crate::text::Span;

/// A command with its arguments read.
pub struct CommandView<'c> {
    command: &'c Command,
    options: Options<'c>,
    arguments: Arguments<'c>,
    starters: Vec<&'c Word>,
    anchor: Span,
}

/// The options of a command, by name without dashes.
struct Options<'c> {
    list: Vec<Opt<'c>>,
    /// The text of a variable that may hold more.
    open: Option<Span>,
    near: Span,
}

impl<'c> CommandView<'c> {
    /// The command; none where there are only assignments.
    pub fn new(command: &'c Command) -> Option<Self> {
        let anchor = command.program().first().or(command.words.first())?.span;
        let mut arguments = command.arguments();
        let open = arguments.operands.iter().find(|word| may_be_options(word)).map(|word| word.span);
        let options = Options { list: std::mem::take(&mut arguments.options), open, near: anchor };
        Some(CommandView { command, options, arguments, starters: command.starters(), anchor })
    }
}

/// Whether a word is a variable that is named for holding options.
fn may_be_options(word: &Word) -> bool {
    let named = |name: &str| {
        let upper = name.to_ascii_uppercase();
        ["OPT", "FLAG", "ARG"].iter().any(|part| upper.contains(part))
    };
    word.text.starts_with(HIDDEN) && word.variables().any(named)
}

fn text(word: &Word) -> Value<'_> {
    word.literal().map_or(Value::Unknown(word.span), Value::text)
}

fn records<'c>(words: &[&'c Word]) -> Value<'c> {
    Value::list(words.iter().map(|word| Value::Record(*word)))
}

impl Record for CommandView<'_> {
    fn field(&self, name: &str) -> Field<'_> {
        let set = |value| Field::Set(value, self.anchor);
        match name {
            "name" => match self.command.program().first() {
                Some(word) if word.literal().is_none() => Field::Unknown(word.span),
                Some(word) => Field::Set(Value::text(word.base_name()), word.span),
                None => Field::Unset(Value::text(""), self.anchor),
            },
            "verb" => match self.arguments.verb {
                Some(word) => Field::Set(text(word), word.span),
                None => Field::Unset(Value::text(""), self.anchor),
            },
            "arguments" => {
                let arguments = self.command.program().iter().skip(1);
                set(Value::list(arguments.map(|word| Value::Record(word))))
            }
            "operands" => set(records(&self.arguments.operands)),
            "options" => set(Value::Record(&self.options)),
            "optionNames" => match self.options.open {
                Some(span) => Field::Unknown(span),
                None => set(Value::list(self.options.list.iter().map(|option| Value::text(option.name)))),
            },
            "starters" => set(records(&self.starters)),
            "words" => set(Value::list(self.command.words.iter().map(text))),
            "piped" => set(Value::Bool(self.command.place.pipe.is_some())),
            "subshell" => set(Value::Bool(self.command.place.subshell)),
            "conditional" => set(Value::Bool(self.command.place.conditional)),
            _ => Field::Missing(self.anchor),
        }
    }

    fn span(&self) -> Span {
        self.anchor
    }
}

impl Record for Options<'_> {
    fn field(&self, name: &str) -> Field<'_> {
        let Some(option) = self.list.iter().rev().find(|option| option.name == name) else {
            return self.open.map_or(Field::Missing(self.near), Field::Unknown);
        };
        let span = option.value_word.unwrap_or(option.word).span;
        match option.value {
            Some(value) if value.contains(HIDDEN) => Field::Unknown(span),
            value => Field::Set(Value::text(value.unwrap_or_default()), span),
        }
    }

    fn span(&self) -> Span {
        self.near
    }
}

impl Record for Word {
    fn field(&self, name: &str) -> Field<'_> {
        match name {
            "text" => match self.literal() {
                Some(text) => Field::Set(Value::text(text), self.span),
                None => Field::Unknown(self.span),
            },
            "known" => Field::Set(Value::Bool(self.literal().is_some()), self.span),
            "variables" => {
                let names = self.variables().map(Value::text);
                Field::Set(Value::list(names), self.span)
            }
            _ => Field::Missing(self.span),
        }
    }

    fn span(&self) -> Span {
        self.span
    }
}
