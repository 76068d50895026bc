//! `> file` with nothing that writes.

use crate::rule::Match;
use crate::syntax::shell::{Command, Script};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let alone = |command: &&Command| command.words.is_empty() && command.assignments.is_empty();
    for command in script.commands.iter().filter(alone) {
        let Some(redirect) = command.redirects.first() else { continue };
        let message = "nothing writes to or reads from this; write `: >file` if that is meant";
        out.push(Match::new(redirect.span, message));
    }
}
