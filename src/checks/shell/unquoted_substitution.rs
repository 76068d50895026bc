//! What a command prints without quotes, where a shell splits it.

use super::lists::{is_test, takes_list};
use super::output::{Output, is_placeholder};
use super::split::{arguments, bare, is_whole, others, unquoted};
use crate::rule::Match;
use crate::syntax::shell::{Part, PartKind, Script, Word};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let output = Output::of(script);
    let wanted = arguments(script)
        .flat_map(|argument| {
            let found = commands(argument.word);
            let wanted = found.filter(move |part| !(is_whole(argument.word, part) && takes_list(argument)));
            wanted.map(move |part| (part, is_test(argument)))
        })
        .chain(others(script).flat_map(commands).map(|part| (part, false)));
    for (part, tested) in wanted {
        let inside = output.commands(part);
        let placeholder = matches!(inside, [only] if is_placeholder(only));
        let word = output.is_a_word(part);
        if placeholder || word && !tested {
            continue;
        }
        let name = inside.first().map_or("", |command| command.name());
        let of = if name.is_empty() || name.contains(char::is_control) {
            "the command".to_owned()
        } else {
            format!("`{name}`")
        };
        let wrong = if word {
            "is no operand where that is nothing"
        } else {
            "is split at blanks and matched with file names"
        };
        let message = format!("what {of} prints {wrong}; put `$(…)` in double quotes");
        out.push(unquoted(script, part.span, message));
    }
}

fn commands(word: &Word) -> impl Iterator<Item = &Part> {
    bare(word).filter(|part| matches!(part.kind, PartKind::Command { .. }))
}
