//! Which shell runs the commands of a Dockerfile, and what it is given to run.

use super::Lowerer;
use crate::syntax::dockerfile::{Args, Heredoc, Instruction, Kind, Logical, Origin, Word};
use crate::syntax::shell::{self, Dialect, Script};
use crate::text::Span;

/// Words in the names of images that have Windows inside.
const WINDOWS: &[&str] = &["windows", "nanoserver"];

impl Lowerer<'_> {
    /// The shell that runs commands at the start of a stage; none where it is not a POSIX one.
    pub(super) fn first_shell(&self, stage: usize) -> Option<Dialect> {
        let Some(stage) = self.tree.stages.get(stage) else { return Some(Dialect::Sh) };
        if let Origin::Stage(parent) = stage.base {
            return self.shells.get(parent).copied().unwrap_or(Some(Dialect::Sh));
        }
        let from = self.tree.instructions.get(stage.from);
        let windows = |text: &str| WINDOWS.iter().any(|word| text.contains(word));
        let words = from.into_iter().flat_map(|from| {
            from.words().iter().take(1).chain(from.flag("platform").and_then(|flag| flag.value.as_ref()))
        });
        let image = if let Origin::Image(image) = &stage.base { image } else { "" };
        let named = words.map(Word::as_str).any(windows) || windows(image);
        (!named && self.tree.escape != '`').then_some(Dialect::Sh)
    }

    /// The shell after an instruction: SHELL sets it.
    pub(super) fn shell_after(instruction: &Instruction, shell: Option<Dialect>) -> Option<Dialect> {
        match instruction.words().first().filter(|_| instruction.kind == Kind::Shell) {
            Some(program) => Dialect::of(program.as_str()),
            None => shell,
        }
    }

    /// What `instruction` has a shell run; `heredocs` are its own, or those of the ONBUILD around it.
    pub(super) fn script(
        &self,
        instruction: &Instruction,
        heredocs: &[Heredoc],
        shell: Option<Dialect>,
    ) -> Option<Script> {
        match &instruction.args {
            Args::Shell(text) if heredocs.is_empty() => {
                Some(shell::parse(text.as_str(), shell?, &|from, to| text.span(from, to)))
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
                let script = found.and_then(|(dialect, at)| Some((dialect, &words.get(at)?.text)));
                let Some((dialect, text)) = script else { return Some(exec(words)) };
                Some(shell::parse(text.as_str(), dialect, &|from, to| text.span(from, to)))
            }
            _ => None,
        }
    }

    /// A heredoc that is itself the script, unless its first line names another interpreter.
    fn body(&self, heredoc: &Heredoc, shell: Dialect) -> Option<Script> {
        let text = self.text.get(heredoc.body.range())?;
        let line = text.strip_prefix("#!").and_then(|rest| rest.lines().next());
        let dialect = match line {
            Some(line) => {
                let mut words = line.split_whitespace().filter(|word| !word.starts_with('-'));
                Dialect::of(words.find(|word| !word.ends_with("/env")).unwrap_or_default())?
            }
            None => shell,
        };
        Some(shell::parse(text, dialect, &|from, to| heredoc.body.slice(from, to)))
    }

    /// A command with heredocs: the shell gets their bodies below it.
    fn with_bodies(&self, text: &Logical, heredocs: &[Heredoc], shell: Dialect) -> Script {
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
        shell::parse(&all, shell, &place)
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
