//! `$@` and `$*` without quotes.

use super::split::{arguments, bare, unquoted};
use crate::rule::Match;
use crate::syntax::shell::{PartKind, Script};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let looped = script.loops.iter().filter_map(|one| one.words.as_ref()).flatten();
    for part in arguments(script).map(|argument| argument.word).chain(looped).flat_map(bare) {
        let PartKind::Variable(variable) = &part.kind else { continue };
        let name = variable.name.as_str();
        if matches!(name, "@" | "*") {
            let message = format!("`${name}` splits every argument at its blanks; write `\"$@\"`");
            out.push(unquoted(script, part.span, message));
        }
    }
}
