//! Quotes inside a value, which are letters like others.

use std::collections::HashMap;

use super::split::{arguments, bare};
use crate::rule::Match;
use crate::syntax::shell::{Form, Part, PartKind, Quotes, Script, Word};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let quoted: HashMap<&str, &Word> = script
        .assigned
        .iter()
        .filter_map(|one| Some((one.name.as_str(), one.word.as_ref().filter(|word| has_quotes(word))?)))
        .collect();
    for argument in arguments(script).filter(|one| one.command.name() != "eval") {
        for part in bare(argument.word) {
            let PartKind::Variable(variable) = &part.kind else { continue };
            if let Some(word) = quoted.get(variable.name.as_str()).filter(|_| variable.form == Form::Plain) {
                let message =
                    format!("the quotes in `${}` are passed on and hold nothing together", variable.name);
                out.push(Match::new(part.span, message).related(word.span, "with quotes in it"));
            }
        }
    }
}

/// Whether quotes are part of the value, around a blank.
fn has_quotes(word: &Word) -> bool {
    let text = |part: &Part| match (&part.kind, part.quotes) {
        (PartKind::Text(text), Quotes::Single) => text.contains(['"', '\'']) && text.contains(' '),
        (PartKind::Text(text), Quotes::Double) => {
            (text.contains("\\\"") || text.contains('\'')) && text.contains(' ')
        }
        _ => false,
    };
    word.parts.iter().any(text)
}
