//! `x = y` and `x= y`, which assign nothing.

use std::collections::HashMap;

use crate::rule::Match;
use crate::syntax::shell::{Assigned, Command, Quotes, Script, Word};

const MESSAGE: &str = "an assignment has no blanks around `=`: this runs a command; write `name=value`";

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let mut last: HashMap<usize, &Assigned> = HashMap::new();
    for assigned in &script.assigned {
        last.extend(assigned.command.map(|command| (command, assigned)));
    }
    for (number, command) in script.commands.iter().enumerate() {
        if let Some(word) = equals(command) {
            out.push(Match::new(word.span, MESSAGE));
        }
        // `X= command` runs a command with an empty variable, so only what cannot be one counts.
        let Some(first) = command.words.first().filter(|word| is_value(word)) else { continue };
        let Some(before) = last.get(&number) else { continue };
        let empty = before.word.as_ref().is_some_and(|word| word.text.is_empty());
        if empty && before.span.end < first.span.start {
            out.push(Match::new(first.span, MESSAGE));
        }
    }
}

/// The `=` behind a word that could be a variable: `x = y`, `export x =y`.
fn equals(command: &Command) -> Option<&Word> {
    let declares = command
        .words
        .first()
        .is_some_and(|name| ["export", "local", "readonly"].contains(&name.text.as_str()));
    let (name, next) = (command.words.first()?, command.words.get(1)?);
    let is_name =
        name.parts.is_empty() && name.text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let starts = if declares { next.text.starts_with('=') } else { next.text == "=" };
    (is_name && next.parts.is_empty() && starts).then_some(next)
}

/// Whether a word is hardly a command: in quotes, a number, what a command prints.
fn is_value(word: &Word) -> bool {
    let quoted = !word.parts.is_empty() && word.parts.iter().all(|part| part.quotes != Quotes::None);
    let number = !word.text.is_empty() && word.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    quoted || (number && word.text != ".") || word.substitution().is_some()
}
