//! Instructions of a Dockerfile.

use super::image::HIDDEN;
use super::workload::Word;
use super::{Field, Record, Value};
use crate::syntax::dockerfile::Kind;
use crate::syntax::shell::{self, Script};
use crate::text::Span;

/// One instruction. The instruction inside ONBUILD is a fact of its own, and ONBUILD itself none.
#[derive(Clone, Debug)]
pub struct Instruction {
    /// Which one.
    pub kind: Kind,
    /// The number of its stage; none before the first FROM.
    pub stage: Option<usize>,
    /// Whether it runs in builds that are based on this one.
    pub onbuild: bool,
    /// `--name=value`
    pub flags: Flags,
    /// How the arguments are written.
    pub form: Form,
    /// The arguments after expansion, without quotes; [`HIDDEN`] stands for what is not known. In the shell form there
    /// is one, the whole text; of ENV, ARG and LABEL each is `name=value`, not expanded.
    pub args: Vec<Word>,
    /// What it has a shell run, where a POSIX shell runs it.
    pub script: Option<Script>,
    /// The keyword.
    pub anchor: Span,
    /// All of it.
    pub whole: Span,
}

/// How arguments are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Words, pairs or text.
    Plain,
    /// Text for a shell.
    Shell,
    /// A JSON array.
    Exec,
}

/// The flags of an instruction.
#[derive(Clone, Debug)]
pub struct Flags {
    /// In order.
    pub list: Vec<Flag>,
    /// What stands for them when there are none: the keyword.
    pub near: Span,
}

/// `--name` or `--name=value`.
#[derive(Clone, Debug)]
pub struct Flag {
    /// Without `--`.
    pub name: String,
    /// Empty where there is none; [`HIDDEN`] for what is not known.
    pub value: String,
    /// The value, or the whole flag where it has none.
    pub span: Span,
}

impl Flags {
    /// The first flag with this name.
    pub fn get(&self, name: &str) -> Option<&Flag> {
        self.list.iter().find(|flag| flag.name == name)
    }
}

impl Instruction {
    /// The commands that a shell runs; none where there is no shell, or one that is not POSIX.
    pub fn commands(&self) -> &[shell::Command] {
        self.script.as_ref().map_or(&[], |script| &script.commands)
    }
}

fn text(text: &str, span: Span) -> Value<'_> {
    if text.contains(HIDDEN) { Value::Unknown(span) } else { Value::text(text) }
}

fn words(command: &shell::Command) -> Value<'_> {
    Value::list(
        command.words.iter().map(|word| word.literal().map_or(Value::Unknown(word.span), Value::text)),
    )
}

impl Record for Instruction {
    fn field(&self, name: &str) -> Field<'_> {
        let set = |value| Field::Set(value, self.anchor);
        match name {
            "keyword" => set(Value::text(self.kind.name())),
            "onbuild" => set(Value::Bool(self.onbuild)),
            "form" => set(Value::text(match self.form {
                Form::Plain => "",
                Form::Shell => "shell",
                Form::Exec => "exec",
            })),
            "flags" => set(Value::Record(&self.flags)),
            "args" => {
                let span =
                    self.args.first().zip(self.args.last()).map(|(first, last)| first.span.to(last.span));
                let args = Value::list(self.args.iter().map(|word| text(&word.text, word.span)));
                Field::Set(args, span.unwrap_or(self.anchor))
            }
            "words" => set(Value::list(self.args.iter().map(|word| Value::Record(word)))),
            "commands" => match &self.script {
                Some(script) if script.complete => set(Value::list(script.commands.iter().map(words))),
                Some(_) => Field::Unknown(self.anchor),
                None => Field::Unset(Value::list([]), self.anchor),
            },
            _ => Field::Missing(self.anchor),
        }
    }

    fn span(&self) -> Span {
        self.anchor
    }
}

impl Record for Word {
    fn field(&self, name: &str) -> Field<'_> {
        match name {
            "text" => Field::Set(text(&self.text, self.span), self.span),
            "known" => Field::Set(Value::Bool(!self.text.contains(HIDDEN)), self.span),
            _ => Field::Missing(self.span),
        }
    }

    fn span(&self) -> Span {
        self.span
    }
}

impl Record for Flags {
    fn field(&self, name: &str) -> Field<'_> {
        match self.get(name) {
            Some(flag) if flag.value.contains(HIDDEN) => Field::Unknown(flag.span),
            Some(flag) => Field::Set(Value::text(&flag.value), flag.span),
            None => Field::Missing(self.near),
        }
    }

    fn span(&self) -> Span {
        self.near
    }
}
