//! Loops that go round once.

use super::split::is_pattern;
use crate::rule::Match;
use crate::syntax::shell::{Form, PartKind, Quotes, Script, Word};

/// `for x in y`
pub(super) fn over_one_item(script: &Script, out: &mut Vec<Match>) {
    for item in items(script).filter(|item| item.braces.is_empty() && !is_pattern(item)) {
        if let Some(text) = item.literal().filter(|text| !text.is_empty()) {
            let message =
                format!("the loop runs once, with `{text}`; add what is missing, or leave the loop out");
            out.push(Match::new(item.span, message));
        }
    }
}

/// `for x in "$list"`
pub(super) fn over_quotes(script: &Script, out: &mut Vec<Match>) {
    for item in items(script) {
        let quoted = item.parts.iter().all(|part| part.quotes == Quotes::Double);
        let [.., last] = item.parts.as_slice() else { continue };
        let expands = item.parts.iter().any(|part| !matches!(part.kind, PartKind::Text(_)));
        let many = item.parts.iter().any(|part| match &part.kind {
            PartKind::Variable(variable) => {
                variable.name == "@" || matches!(variable.form, Form::Element | Form::Other)
            }
            _ => false,
        });
        if quoted && expands && !many {
            let message = "in quotes this is one word, so the loop runs once; leave the quotes out to loop over its words";
            out.push(Match::new(item.parts[0].span.to(last.span), message));
        }
    }
}

/// The words of loops that are over one word.
fn items(script: &Script) -> impl Iterator<Item = &Word> {
    script.loops.iter().filter_map(|one| match one.words.as_deref() {
        Some([only]) => Some(only),
        _ => None,
    })
}
