//! `echo "$(command)"` and `$(echo text)`, where the command or the text alone says the same.

use std::collections::HashSet;

use crate::rule::Match;
use crate::syntax::shell::{Command, PartKind, Script, Substitution};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    if !script.commands.iter().any(|command| command.name() == "echo") {
        return;
    }
    let substituted: HashSet<(usize, usize)> = script
        .words()
        .flat_map(|word| &word.parts)
        .filter_map(|part| match part.kind {
            PartKind::Command { backticks } => Some((part.span, if backticks { 1 } else { 2 })),
            _ => None,
        })
        .map(|(span, open)| (span.range().start + open, span.range().end.saturating_sub(1)))
        .collect();
    for command in script.commands.iter().filter(|command| !command.place.nested) {
        let Some(name) = command.words.first().filter(|name| name.text == "echo") else { continue };
        if prints_a_command(command) {
            let message = "`echo` prints what the command prints itself; drop `echo` and `$(…)`";
            out.push(Match::new(name.span, message));
        } else if substituted.contains(&(command.span.range().start, command.span.range().end))
            && is_plain(command)
        {
            out.push(Match::new(name.span, "the text itself says what `$(echo …)` does; drop `echo`"));
        }
    }
}

fn prints_a_command(command: &Command) -> bool {
    matches!(command.words.as_slice(), [_, only] if only.substitution() == Some(Substitution::Command))
}

/// Whether `echo` has nothing to do: no options, no patterns, nothing to split or to fold.
fn is_plain(command: &Command) -> bool {
    let [_, only] = command.words.as_slice() else { return false };
    let text = &only.text;
    !text.starts_with('-') && !text.contains(['*', '?', '[', '\\', '{']) && command.redirects.is_empty()
}
