//! Quotes that were meant to be inside quotes.

use super::split::{arguments, is_template};
use crate::rule::Match;
use crate::syntax::shell::{PartKind, Quotes, Script, Word};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let assigned = script.assigned.iter().filter_map(|one| one.word.as_ref());
    for word in arguments(script).map(|argument| argument.word).chain(assigned) {
        if !is_template(word) {
            out.extend(between(word));
        }
    }
}

/// What stands bare between two texts in double quotes.
fn between(word: &Word) -> impl Iterator<Item = Match> {
    word.parts.windows(3).filter_map(|three| {
        let [before, bare, after] = three else { return None };
        let quoted = before.quotes == Quotes::Double && after.quotes == Quotes::Double;
        if !quoted || bare.quotes != Quotes::None {
            return None;
        }
        match &bare.kind {
            PartKind::Variable(variable) => Some(Match::new(
                bare.span,
                format!("the quotes end before `${}`, which is outside them", variable.name),
            )),
            PartKind::Command { .. } => {
                Some(Match::new(bare.span, "the quotes end before the command, which is outside them"))
            }
            PartKind::Text(text) if text.contains(char::is_alphanumeric) => {
                Some(Match::new(bare.span, format!("the quotes end before `{text}`")))
            }
            _ => None,
        }
    })
}
