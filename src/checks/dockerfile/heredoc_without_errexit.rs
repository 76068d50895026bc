//! A heredoc of several commands, in which one that fails does not stop the build.

use super::super::File;
use crate::rule::Match;
use crate::syntax::dockerfile::{Args, Instruction as Written, Kind};
use crate::syntax::shell::Script;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(dockerfile) = file.dockerfile else { return };
    let mut errexit = false;
    for (written, instruction) in dockerfile.instructions.iter().zip(&file.facts.instructions) {
        match instruction.kind {
            Kind::From => errexit = false,
            Kind::Shell => errexit = instruction.args.iter().any(|word| sets(&word.text)),
            Kind::Run if !errexit => {
                let Some(script) = &instruction.script else { continue };
                if is_whole(written) && may_go_on(script) && !asks(file, written) {
                    let message = "a command that fails here does not stop the build; start with `set -e`";
                    out.push(Match::new(written.heredocs[0].word, message));
                }
            }
            _ => {}
        }
    }
}

/// Whether the heredoc is the script itself, and not the input of a command.
fn is_whole(written: &Written) -> bool {
    match (&written.args, written.heredocs.as_slice()) {
        (Args::Shell(text), [heredoc]) => heredoc.word == text.whole(),
        _ => false,
    }
}

/// Whether the script has a command that can fail unseen, before the last, and no `set -e` at its start.
fn may_go_on(script: &Script) -> bool {
    let own: Vec<_> = script.commands.iter().filter(|command| command.place.inside.is_none()).collect();
    let stops = own
        .iter()
        .any(|command| command.name() == "set" && command.words.iter().skip(1).any(|word| sets(&word.text)));
    let real = own.iter().filter(|command| !["set", "echo", "export", "cd"].contains(&command.name()));
    script.complete && !stops && real.count() > 1
}

/// Whether an argument of a shell or of `set` is `errexit`, or a bundle with `e`.
fn sets(text: &str) -> bool {
    text == "errexit"
        || text.strip_prefix('-').is_some_and(|letters| !letters.starts_with('-') && letters.contains('e'))
}

/// Whether the first line of the script names a shell with `-e`.
fn asks(file: &File<'_>, written: &Written) -> bool {
    let body =
        written.heredocs.first().and_then(|heredoc| file.text.get(heredoc.body.range())).unwrap_or_default();
    let line = body.strip_prefix("#!").and_then(|rest| rest.lines().next()).unwrap_or_default();
    line.split_whitespace().skip(1).any(sets)
}
