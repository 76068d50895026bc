//! A pattern whose matches may look like options.

use super::split::{Argument, arguments, bare_text, has_pattern};
use crate::rule::{Applicability, Fix, Match};
use crate::syntax::shell::{PartKind, Quotes, Script, Word};
use crate::text::{Edit, Span};

/// Programs that no option can hurt, or that take patterns of their own.
const CALM: &[&str] = &["echo", "printf", "find", "[", "test", "set", "for"];

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let mut closed = None;
    for Argument { command, word } in arguments(script) {
        if word.text == "--" {
            closed = Some(command.span);
        }
        let safe = closed == Some(command.span) || CALM.contains(&command.name());
        if safe || !starts_with_pattern(word) {
            continue;
        }
        let message = format!(
            "a file whose name starts with `-` would be an option of `{}`; write `./` before the pattern",
            command.name()
        );
        let mut found = Match::new(word.span, message);
        if script.verbatim {
            let edit =
                Edit { span: Span::at(word.span.file, word.span.range().start), text: "./".to_owned() };
            // Archives keep the names as they are given.
            found.fix = Some(Fix { applicability: Applicability::Unsafe, edits: vec![edit] });
        }
        out.push(found);
    }
}

fn starts_with_pattern(word: &Word) -> bool {
    let bare = word
        .parts
        .first()
        .is_none_or(|part| part.quotes == Quotes::None && matches!(part.kind, PartKind::Text(_)));
    let first = bare_text(word).next().unwrap_or_default();
    bare && first.starts_with(['*', '?']) && has_pattern(first)
}
