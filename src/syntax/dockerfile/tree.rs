//! The tree: directives, comments, instructions and their arguments, with the span of each.

use crate::text::Span;

use super::kind::Kind;
use super::logical::Logical;
use super::stages::{Reference, Stage};

/// A Dockerfile. Everything is in the order of the text.
#[derive(Debug)]
pub struct Dockerfile {
    /// `# name=value` lines at the top.
    pub directives: Vec<Directive>,
    /// The escape character: `\`, or a backtick where a directive says so.
    pub escape: char,
    /// Every comment, from `#` to the end of its line; directives are not comments.
    pub comments: Vec<Span>,
    /// Every instruction, also those with an error.
    pub instructions: Vec<Instruction>,
    /// The stages; the last one is what ships.
    pub stages: Vec<Stage>,
    /// Every `--from` of a COPY and `from` of a mount.
    pub references: Vec<Reference>,
}

impl Dockerfile {
    /// The comments between this instruction and the one before it.
    pub fn comments_above(&self, instruction: usize) -> &[Span] {
        let end_of = |at: usize| self.instructions.get(at).map_or(0, |before| before.span.end);
        let from = instruction.checked_sub(1).map_or(0, end_of);
        let to = self.instructions.get(instruction).map_or(u32::MAX, |this| this.keyword.start);
        let first = self.comments.partition_point(|comment| comment.start < from);
        let last = self.comments.partition_point(|comment| comment.start < to);
        self.comments.get(first..last).unwrap_or_default()
    }
}

/// A `# name=value` line that BuildKit obeys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// Which one.
    pub name: DirectiveName,
    /// The name.
    pub key: Span,
    /// The value, without the blanks around it.
    pub value: Word,
}

/// The directives there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectiveName {
    /// The image that reads the Dockerfile.
    Syntax,
    /// The escape character.
    Escape,
    /// Settings of BuildKit's own checks.
    Check,
}

/// One setting of a check directive: `skip=A,B` or `error=true`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The name before `=`.
    pub key: Word,
    /// The values, which commas separate.
    pub values: Vec<Word>,
}

/// One instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// The keyword as written.
    pub keyword: Span,
    /// Which instruction it is.
    pub kind: Kind,
    /// From the keyword to the end of the last argument or heredoc.
    pub span: Span,
    /// The flags before the arguments.
    pub flags: Vec<Flag>,
    /// The arguments.
    pub args: Args,
    /// The heredocs that it takes, in order.
    pub heredocs: Vec<Heredoc>,
    /// Empty lines inside its continuation: legal so far, but deprecated.
    pub blank_lines: Vec<Span>,
}

impl Instruction {
    /// The first flag with this name, which is written without `--`.
    pub fn flag(&self, name: &str) -> Option<&Flag> {
        self.flags.iter().find(|flag| flag.name.as_str() == name)
    }

    /// The arguments where they are words, in either form; else none.
    pub fn words(&self) -> &[Word] {
        match &self.args {
            Args::Words(words) | Args::Exec(words) => words,
            Args::Text(word) => std::slice::from_ref(word),
            _ => &[],
        }
    }

    /// The `key=value` pairs; none unless ARG, ENV or LABEL.
    pub fn pairs(&self) -> &[Pair] {
        if let Args::Pairs(pairs) = &self.args { pairs } else { &[] }
    }

    /// The instruction inside ONBUILD, the CMD inside HEALTHCHECK.
    pub fn inner(&self) -> Option<&Instruction> {
        if let Args::Instruction(inner) = &self.args { Some(inner) } else { None }
    }
}

/// The arguments of an instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Args {
    /// There are none.
    None,
    /// Words between blanks: FROM, COPY, ADD, EXPOSE, VOLUME, `HEALTHCHECK NONE`.
    Words(Vec<Word>),
    /// A JSON array of strings: any instruction that takes the exec form. The words are decoded.
    Exec(Vec<Word>),
    /// The text for a shell: RUN, CMD, ENTRYPOINT.
    Shell(Logical),
    /// The whole rest of the line: USER, WORKDIR, STOPSIGNAL, MAINTAINER, and any unknown instruction.
    Text(Word),
    /// ARG, ENV, LABEL.
    Pairs(Vec<Pair>),
    /// ONBUILD and `HEALTHCHECK CMD`: an instruction in an instruction. It holds no heredocs; the outer one
    /// does.
    Instruction(Box<Instruction>),
}

/// One argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// All of it, with quotes and with continuations inside.
    pub span: Span,
    /// What BuildKit expands: quotes and escapes are in it, continuations are not; a JSON string is decoded.
    pub text: Logical,
}

impl Word {
    pub(super) fn new(text: Logical) -> Word {
        Word { span: text.whole(), text }
    }

    /// The text before expansion.
    pub fn as_str(&self) -> &str {
        self.text.as_str()
    }
}

/// `--name` or `--name=value`. Quotes and escapes are already taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// All of it.
    pub span: Span,
    /// The name without `--`.
    pub name: Word,
    /// What follows `=`.
    pub value: Option<Word>,
}

/// `key=value`, or `key` of an ARG, or the old form `key value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// What is named.
    pub key: Word,
    /// Its value; none when there is no `=`.
    pub value: Option<Word>,
    /// Whether a blank separates the two: the old form, which has a single pair.
    pub legacy: bool,
}

/// Text on the lines below an instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heredoc {
    /// `<<EOF` with all that belongs to it.
    pub word: Span,
    /// The delimiter without quotes.
    pub name: String,
    /// The file descriptor; 0 when none is written.
    pub descriptor: u32,
    /// `<<-`: tabs at the start of lines do not count.
    pub strip_tabs: bool,
    /// Whether variables in the body expand: the delimiter has no quotes.
    pub expand: bool,
    /// The lines of the body, with the last line end.
    pub body: Span,
    /// The line that ends it, without its line end; none when it is missing.
    pub terminator: Option<Span>,
}
