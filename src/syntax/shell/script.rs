//! A script as a whole.

use std::collections::HashMap;

use super::{Command, Dialect, Flavour, Pipe, Place, Word, sets_errexit};
use crate::text::Span;

/// What a script runs.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// The shell that runs it; none where a program is started without one.
    pub dialect: Option<Dialect>,
    /// Whether the shell is started with `-e`, so that it stops at a failure.
    pub errexit: bool,
    /// Which program `sh` is there.
    pub flavour: Flavour,
    /// Its simple commands in the order of the text; those inside a word follow the command that has the word.
    pub commands: Vec<Command>,
    /// Variables that the script itself gives a value to, in the order of the text.
    pub assigned: Vec<Assigned>,
    /// `for x in …`
    pub loops: Vec<Loop>,
    /// What is not a simple command.
    pub constructs: Vec<Construct>,
    /// Whether all of it was read: neither too long nor malformed.
    pub complete: bool,
    /// Variables that its file gives a value to before it runs; a build may give some of them another.
    pub given: HashMap<String, Given>,
    /// Whether it is written in its file as the shell reads it, so that quotes can be put there; not so in a string of
    /// JSON or YAML.
    pub verbatim: bool,
    /// The first word of the first part that was not looked at, since it is too long or opens too many brackets.
    pub unread: Option<Span>,
    /// How many pipelines there are.
    pub(super) pipelines: usize,
    /// What keeps every shell from reading it; nothing where that is in doubt.
    pub broken: Option<Broken>,
}

/// What is wrong with a script that no shell can read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// What is wrong, in words.
    pub reason: String,
    /// Where.
    pub span: Span,
}

/// The value of a variable that comes from outside a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// Nothing.
    Empty,
    /// Text without blanks.
    Word,
    /// Text with blanks.
    Words,
    /// Nobody can tell before the build.
    Unknown,
}

/// A variable that a script gives a value to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// Its name.
    pub name: String,
    /// What it is set to; none where that is not one word: a loop, `read`, an array, `x+=…`.
    pub word: Option<Word>,
    /// The number of the command that it belongs to, `export` or the one that it is set for.
    pub command: Option<usize>,
    /// The number of the loop that it is set by.
    pub in_loop: Option<usize>,
    /// Where it is given the value.
    pub span: Span,
}

/// A loop over words.
#[derive(Clone, Debug)]
pub struct Loop {
    /// What they are; none where the loop is over the arguments.
    pub words: Option<Vec<Word>>,
    /// How many commands come before it: those that run for its words are next.
    pub before: usize,
    /// `for`, or what stands for it.
    pub span: Span,
}

/// Something that is not a simple command.
#[derive(Clone, Debug)]
pub struct Construct {
    /// What.
    pub kind: ConstructKind,
    /// The text that makes it so.
    pub span: Span,
    /// The words in it: what is tested, what a case looks at, the items of an array.
    pub words: Vec<Word>,
}

/// What a construct is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConstructKind {
    /// `[[ … ]]`, at `[[`.
    Test,
    /// `((…))`
    Arithmetic,
    /// `for ((…))`
    ArithmeticFor,
    /// `select`
    Select,
    /// `case x in`
    Case,
    /// `x=(…)`
    Array,
    /// `function x`, at `function`.
    FunctionKeyword,
    /// `coproc`
    Coprocess,
    /// `|&`
    PipeBoth,
    /// `x+=…`, at what stands before the value.
    Append,
    /// `;&` or `;;&` in a `case`.
    FallThrough,
    /// `a && b || c`, at `||`.
    AndOr,
    /// The body of a heredoc in which variables have their values.
    Heredoc,
}

impl Script {
    /// The single command of a program that is started without a shell.
    pub fn of_words(words: Vec<Word>) -> Script {
        let ends = words.first().zip(words.last()).map(|(first, last)| first.span.to(last.span));
        let command = ends.map(|span| Command {
            words,
            assignments: Vec::new(),
            redirects: Vec::new(),
            place: Place { subshell: true, ..Place::default() },
            span,
        });
        Script { commands: command.into_iter().collect(), complete: true, ..Script::default() }
    }

    /// Puts what another script runs behind what this one does.
    pub(super) fn append(&mut self, other: Script) {
        let (commands, loops, pipelines) = (self.commands.len(), self.loops.len(), self.pipelines);
        self.commands.extend(other.commands.into_iter().map(|command| command.moved(commands, pipelines)));
        self.assigned.extend(other.assigned.into_iter().map(|mut assigned| {
            assigned.command = assigned.command.map(|number| number + commands);
            assigned.in_loop = assigned.in_loop.map(|number| number + loops);
            assigned
        }));
        let moved = |one: Loop| Loop { before: one.before + commands, ..one };
        self.loops.extend(other.loops.into_iter().map(moved));
        self.constructs.extend(other.constructs);
        self.complete &= other.complete;
        self.pipelines += other.pipelines;
    }

    /// The same script where `sh` is this program.
    #[must_use]
    pub fn with_flavour(self, flavour: Flavour) -> Script {
        Script { flavour, ..self }
    }

    /// Every word in it: those of commands and redirections, what variables are set to, what loops are over, what is
    /// tested; not those of scripts inside it.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        let commands = self.commands.iter().filter(|command| !command.place.nested);
        commands
            .flat_map(Command::all_words)
            .chain(self.assigned.iter().filter_map(|assigned| assigned.word.as_ref()))
            .chain(self.loops.iter().filter_map(|one| one.words.as_ref()).flatten())
            .chain(self.constructs.iter().flat_map(|construct| &construct.words))
    }

    /// The same script, run by a shell that stops at a failure or does not.
    #[must_use]
    pub fn started(self, errexit: bool) -> Script {
        Script { errexit, ..self }
    }

    /// The number of the command from which on a failure ends the script; that may be turned off again.
    pub fn errexit_from(&self) -> Option<usize> {
        let asks = |command: &Command| {
            command.name() == "set" && command.words.iter().skip(1).any(|word| sets_errexit(&word.text))
        };
        if self.errexit { Some(0) } else { self.commands.iter().position(asks) }
    }

    /// Commands that pass what they print to another: each with the one that gets it. Of those that share their place
    /// in a pipeline with others, as in `(a; b) | c`, there are none.
    pub fn piped<'s>(&'s self) -> Vec<(&'s Command, &'s Command)> {
        let mut ends: Vec<(Pipe, &'s Command)> =
            self.commands.iter().filter_map(|command| Some((command.place.pipe?, command))).collect();
        ends.sort_by_key(|(pipe, _)| (pipe.pipeline, pipe.position));
        let groups: Vec<_> = ends.chunk_by(|(a, _), (b, _)| a == b).collect();
        let next = |a: Pipe, b: Pipe| a.pipeline == b.pipeline && a.position + 1 == b.position;
        let pair = |two: &[&[(Pipe, &'s Command)]]| match two {
            [[(a, left)], [(b, right)]] if next(*a, *b) => Some((*left, *right)),
            _ => None,
        };
        groups.windows(2).filter_map(pair).collect()
    }

    /// Whether the script gives the variable a value anywhere.
    pub fn assigns(&self, name: &str) -> bool {
        self.assigned.iter().any(|assigned| assigned.name == name)
    }

    /// The value that the script gives the variable, if it does so once and writes it out.
    pub fn value(&self, name: &str) -> Option<&str> {
        let mut found = self.assigned.iter().filter(|assigned| assigned.name == name);
        let first = found.next()?;
        if found.next().is_some() { None } else { first.value() }
    }
}

impl Given {
    /// What `value` is.
    pub fn of(value: &str) -> Given {
        match value.trim() {
            "" => Given::Empty,
            words if words.contains(char::is_whitespace) => Given::Words,
            _ => Given::Word,
        }
    }
}

impl Assigned {
    /// Its value, where that is written out.
    pub fn value(&self) -> Option<&str> {
        self.word.as_ref()?.literal()
    }
}
