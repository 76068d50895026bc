//! `[ $x = a* ]`, which matches no pattern.

use crate::rule::Match;
use crate::syntax::shell::{Part, PartKind, Quotes, Script};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    for command in script.commands.iter().filter(|command| !command.place.nested) {
        let Some([_, operator, right]) = command.tested() else { continue };
        let glob = |part: &Part| {
            part.quotes == Quotes::None && matches!(&part.kind, PartKind::Text(text) if has_glob(text))
        };
        let pattern =
            if right.parts.is_empty() { has_glob(&right.text) } else { right.parts.iter().any(glob) };
        if pattern && ["=", "==", "!="].contains(&operator.text.as_str()) {
            out.push(Match::new(right.span, "`[` knows no patterns, these are names of files; use `case`"));
        }
    }
}

fn has_glob(text: &str) -> bool {
    text.contains(['*', '?']) && !text.contains('\\')
}
