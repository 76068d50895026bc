//! Which shell runs the commands of a Dockerfile, and what it is given to run.

use super::Lowerer;
use crate::syntax::dockerfile::{Args, Heredoc, Instruction, Kind, Logical, Origin, Word};
use crate::syntax::shell::{self, Script};
use crate::text::Span;

/// Shells that understand what `sh` does.
const POSIX: &[&str] = &["sh", "bash", "ash", "dash", "ksh", "mksh", "zsh"];

/// Words in the names of images that have Windows inside.
const WINDOWS: &[&str] = &["windows", "nanoserver"];

impl Lowerer<'_> {
    /// Whether the shell of each stage, at its end, is a POSIX one; `USER` is followed in the same way.
    pub(super) fn starts_posix(&self, stage: usize) -> bool {
        let Some(stage) = self.tree.stages.get(stage) else { return true };
        if let Origin::Stage(parent) = stage.base {
            return self.posix.get(parent).copied().unwrap_or(true);
        }
        let from = self.tree.instructions.get(stage.from);
        let windows = |text: &str| WINDOWS.iter().any(|word| text.contains(word));
        let words = from.into_iter().flat_map(|from| {
            from.words().iter().take(1).chain(from.flag("platform").and_then(|flag| flag.value.as_ref()))
        });
        let image = if let Origin::Image(image) = &stage.base { image } else { "" };
        let named = words.map(Word::as_str).any(windows) || windows(image);
        !named && self.tree.escape != '`'
    }

    /// The shell that a SHELL instruction sets.
    pub(super) fn sets_posix(instruction: &Instruction) -> Option<bool> {
        let shell = instruction.words().first().filter(|_| instruction.kind == Kind::Shell)?;
        let name = shell.as_str().rsplit(['/', '\\']).next().unwrap_or_default();
        Some(POSIX.contains(&name))
    }

    /// What `instruction` has a shell run; `heredocs` are its own, or those of the ONBUILD around it.
    pub(super) fn script(
        &self,
        instruction: &Instruction,
        heredocs: &[Heredoc],
        posix: bool,
    ) -> Option<Script> {
        match &instruction.args {
            Args::Shell(_) if !posix => None,
            Args::Shell(text) if heredocs.is_empty() => {
                Some(shell::parse(text.as_str(), &|from, to| text.span(from, to)))
            }
            Args::Shell(text) => {
                let alone = heredocs.first().filter(|heredoc| heredoc.word == text.whole());
                match alone {
                    Some(heredoc) => self.body(heredoc),
                    None => Some(self.with_bodies(text, heredocs)),
                }
            }
            Args::Exec(words) => {
                let [shell, flags @ .., script] = words.as_slice() else { return None };
                let name = shell.as_str().rsplit('/').next().unwrap_or_default();
                let is_script = flags.last().is_some_and(|flag| {
                    flag.as_str().starts_with('-')
                        && !flag.as_str().starts_with("--")
                        && flag.as_str().ends_with('c')
                });
                let text = &script.text;
                (is_script && POSIX.contains(&name))
                    .then(|| shell::parse(text.as_str(), &|from, to| text.span(from, to)))
                    .or_else(|| Some(exec(words)))
            }
            _ => None,
        }
    }

    /// A heredoc that is itself the script, unless its first line names another interpreter.
    fn body(&self, heredoc: &Heredoc) -> Option<Script> {
        let text = self.text.get(heredoc.body.range())?;
        if let Some(line) = text.strip_prefix("#!").and_then(|rest| rest.lines().next()) {
            let mut words = line.split_whitespace().filter(|word| !word.starts_with('-'));
            let name = words.find(|word| !word.ends_with("/env")).unwrap_or_default();
            if !POSIX.contains(&name.rsplit('/').next().unwrap_or_default()) {
                return None;
            }
        }
        Some(shell::parse(text, &|from, to| heredoc.body.slice(from, to)))
    }

    /// A command with heredocs: the shell gets their bodies below it.
    fn with_bodies(&self, text: &Logical, heredocs: &[Heredoc]) -> Script {
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
        shell::parse(&all, &place)
    }
}

/// The exec form of a program that is no shell: a single command.
fn exec(words: &[Word]) -> Script {
    let word = |word: &Word| shell::Word {
        text: word.as_str().to_owned(),
        span: word.text.whole(),
        variables: Vec::new(),
        substituted: false,
        substitution: None,
    };
    let command = shell::Command {
        words: words.iter().map(word).collect(),
        assignments: Vec::new(),
        redirects: Vec::new(),
        pipe: None,
        subshell: true,
        conditional: false,
        inside: None,
    };
    Script { commands: vec![command], assigned: Vec::new(), complete: true }
}
