//! A heredoc of several commands, in which one that fails does not stop the build.

use super::super::File;
use crate::rule::Match;
use crate::syntax::dockerfile::{Args, Instruction as Written, Kind};
use crate::syntax::shell::Script;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(dockerfile) = file.dockerfile else { return };
    for (written, instruction) in dockerfile.instructions.iter().zip(&file.facts.instructions) {
        let Some(script) = instruction.script.as_ref().filter(|_| instruction.kind == Kind::Run) else {
            continue;
        };
        if is_whole(written) && may_go_on(script) {
            let message = "a command that fails here does not stop the build; start with `set -e`";
            out.push(Match::new(written.heredocs[0].word, message));
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

/// Whether the script has a command that can fail unseen, before the last, and nothing asks for `set -e`.
fn may_go_on(script: &Script) -> bool {
    let own = script.commands.iter().filter(|command| command.place.inside.is_none());
    let real = own.filter(|command| !["set", "echo", "export", "cd"].contains(&command.name()));
    script.complete && script.errexit_from().is_none() && real.count() > 1
}
