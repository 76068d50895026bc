//! `printf "$x"`: a value is read as a format.

use crate::rule::Match;
use crate::syntax::shell::{Command, Part, PartKind, Script, Word};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    for command in script.commands.iter().filter(|command| !command.place.nested) {
        // With directives of its own it is put together on purpose.
        let Some(format) = format(command).filter(|word| !word.text.contains('%')) else { continue };
        if let Some(part) = format.parts.iter().find(|part| is_text(part)) {
            let message =
                "a `%` or `\\` in the value would be read as part of the format; write `printf '%s' …`";
            out.push(Match::new(part.span, message));
        }
    }
}

/// Whether a part may hold any text.
fn is_text(part: &Part) -> bool {
    !matches!(part.kind, PartKind::Text(_) | PartKind::Arithmetic)
}

/// The format that a `printf` is given.
fn format(command: &Command) -> Option<&Word> {
    let (name, rest) = command.words.split_first()?;
    let mut rest = rest.iter().filter(|word| word.text != "--");
    let format = rest.next().filter(|_| name.base_name() == "printf")?;
    if format.text == "-v" { rest.nth(1) } else { Some(format) }
}
