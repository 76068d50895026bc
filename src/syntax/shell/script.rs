//! A script as a whole.

use super::{Command, Dialect, Place, Word};
use crate::text::Span;

/// What a script runs.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// The shell that runs it; none where a program is started without one.
    pub dialect: Option<Dialect>,
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
    /// The first word of the first part that was not looked at, since it is too long or opens too many brackets.
    pub unread: Option<Span>,
    /// How many pipelines there are.
    pub(super) pipelines: usize,
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
    /// Where it is given the value.
    pub span: Span,
}

/// A loop over words.
#[derive(Clone, Debug)]
pub struct Loop {
    /// What they are; none where the loop is over the arguments.
    pub words: Option<Vec<Word>>,
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
        let (commands, pipelines) = (self.commands.len(), self.pipelines);
        self.commands.extend(other.commands.into_iter().map(|command| command.moved(commands, pipelines)));
        self.assigned.extend(other.assigned.into_iter().map(|mut assigned| {
            assigned.command = assigned.command.map(|number| number + commands);
            assigned
        }));
        self.loops.extend(other.loops);
        self.constructs.extend(other.constructs);
        self.complete &= other.complete;
        self.pipelines += other.pipelines;
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

impl Assigned {
    /// Its value, where that is written out.
    pub fn value(&self) -> Option<&str> {
        self.word.as_ref()?.literal()
    }
}
