//! Which shell runs the commands of a Dockerfile, and what it is given to run.

use std::collections::HashMap;

use super::Lowerer;
use crate::formats::images;
use crate::model::image::Image;
use crate::syntax::dockerfile::{Args, Binding, Heredoc, Instruction, Kind, Logical, Origin, Word};
use crate::syntax::shell::{self, Dialect, Flavour, Given, Script, sets_errexit};
use crate::text::Span;

/// Words in the names of images that have Windows inside.
const WINDOWS: &[&str] = &["windows", "nanoserver"];

/// A POSIX shell, and how it is started.
#[derive(Clone, Copy)]
pub(super) struct Shell {
    dialect: Dialect,
    /// Whether it stops at a failure.
    errexit: bool,
}

impl Shell {
    /// What runs commands where nothing else is said: `/bin/sh -c`.
    pub(super) const DEFAULT: Shell = Shell { dialect: Dialect::Sh, errexit: false };

    fn of(program: &str, options: impl Iterator<Item = impl AsRef<str>>) -> Option<Shell> {
        let mut options = options;
        let errexit = options.any(|option| sets_errexit(option.as_ref()));
        Some(Shell { dialect: Dialect::of(program)?, errexit })
    }

    /// A script that stands in the file as the shell gets it.
    fn verbatim(self, text: &str, place: &dyn Fn(usize, usize) -> Span) -> Script {
        let mut script = self.parse(text, place);
        script.verbatim = true;
        script
    }

    fn parse(self, text: &str, place: &dyn Fn(usize, usize) -> Span) -> Script {
        shell::parse(text, self.dialect, place).started(self.errexit)
    }
}

impl Lowerer<'_> {
    /// The shell that runs commands at the start of a stage; none where it is not a POSIX one.
    pub(super) fn first_shell(&self, stage: usize) -> Option<Shell> {
        let Some(stage) = self.tree.stages.get(stage) else { return Some(Shell::DEFAULT) };
        if let Origin::Stage(parent) = stage.base {
            return self.shells.get(parent).copied().unwrap_or(Some(Shell::DEFAULT));
        }
        let from = self.tree.instructions.get(stage.from);
        let windows = |text: &str| WINDOWS.iter().any(|word| text.contains(word));
        let words = from.into_iter().flat_map(|from| {
            from.words().iter().take(1).chain(from.flag("platform").and_then(|flag| flag.value.as_ref()))
        });
        let image = if let Origin::Image(image) = &stage.base { image } else { "" };
        let named = words.map(Word::as_str).any(windows) || windows(image);
        (!named && self.tree.escape != '`').then_some(Shell::DEFAULT)
    }

    /// The shell after an instruction: SHELL sets it.
    pub(super) fn shell_after(instruction: &Instruction, shell: Option<Shell>) -> Option<Shell> {
        match instruction.words().split_first().filter(|_| instruction.kind == Kind::Shell) {
            Some((program, options)) => Shell::of(program.as_str(), options.iter().map(Word::as_str)),
            None => shell,
        }
    }

    /// What `sh` is at the start of a stage.
    pub(super) fn first_flavour(&self, stage: usize, image: Option<&Image>) -> Flavour {
        if let Some(parent) = self.tree.parent(stage) {
            return self.flavours.get(parent).copied().unwrap_or_default();
        }
        image.map_or(Flavour::Unknown, images::flavour)
    }

    /// After an instruction that puts another program in the place of `/bin/sh`, nobody can tell what that is.
    pub(super) fn replaced_shell(&mut self) {
        let script = self.facts.instructions.last().and_then(|last| last.script.as_ref());
        let replaces = |command: &shell::Command| match command.name() {
            "ln" | "mv" | "cp" | "rm" | "update-alternatives" => {
                command.words.iter().any(|word| ["/bin/sh", "/usr/bin/sh"].contains(&word.text.as_str()))
            }
            "dpkg-reconfigure" => command.words.iter().any(|word| word.text == "dash"),
            _ => false,
        };
        if script.is_some_and(|script| script.commands.iter().any(replaces)) {
            self.flavour = Flavour::Unknown;
        }
    }

    /// What `instruction` has a shell run; `heredocs` are its own, or those of the ONBUILD around it.
    pub(super) fn script(
        &self,
        instruction: &Instruction,
        heredocs: &[Heredoc],
        shell: Option<Shell>,
    ) -> Option<Script> {
        match &instruction.args {
            Args::Shell(text) if heredocs.is_empty() => {
                Some(shell?.verbatim(text.as_str(), &|from, to| text.span(from, to)))
            }
            Args::Shell(text) => {
                let alone = heredocs.first().filter(|heredoc| heredoc.word == text.whole());
                match alone {
                    Some(heredoc) => self.body(heredoc, shell?),
                    None => Some(self.with_bodies(text, heredocs, shell?)),
                }
            }
            Args::Exec(words) => {
                let found = shell::script_of(words.iter().map(Word::as_str));
                let script = found.and_then(|(dialect, at)| Some((dialect, words.split_at_checked(at)?)));
                let Some((dialect, (before, [word, ..]))) = script else { return Some(exec(words)) };
                let errexit = before.iter().any(|option| sets_errexit(option.as_str()));
                let shell = Shell { dialect, errexit };
                Some(shell.parse(word.as_str(), &|from, to| word.text.span(from, to)))
            }
            _ => None,
        }
    }

    /// The script of the instruction with this number, with what is known around it: which program `sh` is, and what ARG
    /// and ENV make of its variables.
    pub(super) fn in_place(&self, at: usize, mut script: Script) -> Script {
        let mut given = HashMap::new();
        for name in script.words().flat_map(shell::Word::variables) {
            if given.contains_key(name) {
                continue;
            }
            let variable = self.scopes.lookup(at, name);
            let value = match variable.binding {
                Binding::Known(value) => Some(Given::of(&value)),
                _ => variable.origin.map(|_| Given::Unknown),
            };
            given.extend(value.map(|value| (name.to_owned(), value)));
        }
        (script.given, script.flavour) = (given, self.flavour);
        script
    }

    /// A heredoc that is itself the script, unless its first line names another interpreter.
    fn body(&self, heredoc: &Heredoc, shell: Shell) -> Option<Script> {
        let text = self.text.get(heredoc.body.range())?;
        let line = text.strip_prefix("#!").and_then(|rest| rest.lines().next());
        let shell = match line {
            Some(line) => {
                let mut words = line.split_whitespace().filter(|word| !word.starts_with('-'));
                let program = words.find(|word| !word.ends_with("/env")).unwrap_or_default();
                Shell::of(program, line.split_whitespace().skip(1))?
            }
            None => shell,
        };
        Some(shell.verbatim(text, &|from, to| heredoc.body.slice(from, to)))
    }

    /// A command with heredocs: the shell gets their bodies below it.
    fn with_bodies(&self, text: &Logical, heredocs: &[Heredoc], shell: Shell) -> Script {
        let mut all = format!("{}\n", text.as_str());
        let mut parts: Vec<(usize, Span)> = Vec::new();
        for heredoc in heredocs {
            let end = heredoc.terminator.unwrap_or(heredoc.body);
            let span = heredoc.body.to(end);
            parts.push((all.len(), span));
            all.push_str(self.text.get(span.range()).unwrap_or_default());
            all.push('\n');
        }
        let own = text.as_str().len();
        let place = |from: usize, to: usize| {
            if from <= own {
                return text.span(from, to);
            }
            let after = parts.partition_point(|(start, _)| *start <= from);
            let part = after.checked_sub(1).and_then(|at| parts.get(at));
            part.map_or(text.whole(), |(start, span)| span.slice(from - start, to.saturating_sub(*start)))
        };
        shell.verbatim(&all, &place)
    }
}

/// The exec form of a program that is no shell: a single command.
fn exec(words: &[Word]) -> Script {
    let word = |word: &Word| shell::Word {
        text: word.as_str().to_owned(),
        span: word.text.whole(),
        parts: Vec::new(),
        braces: Vec::new(),
    };
    Script::of_words(words.iter().map(word).collect())
}
