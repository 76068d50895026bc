//! `\` with a blank behind it at the end of a line.

use crate::rule::Match;
use crate::syntax::shell::Script;

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let lasts = script.commands.iter().filter_map(|command| command.words.last());
    // The parser keeps a backslash outside quotes in the text.
    for last in lasts.filter(|last| last.parts.is_empty() && ["\\ ", "\\\t"].contains(&last.text.as_str())) {
        out.push(Match::new(last.span, "the blank behind `\\` keeps the line from going on; remove it"));
    }
}
