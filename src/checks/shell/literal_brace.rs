//! `{` and `}` that are neither a group nor brace expansion.

use crate::rule::Match;
use crate::syntax::shell::{Part, PartKind, Quotes, Script, Word};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    for command in script.commands.iter().filter(|command| !command.place.nested) {
        for word in command.words.iter().filter(|word| word.braces.is_empty()) {
            let plain = |part: &Part| {
                part.quotes == Quotes::None && matches!(&part.kind, PartKind::Text(text) if lone(text))
            };
            let found = if word.parts.is_empty() { lone(&word.text) } else { word.parts.iter().any(plain) };
            if found && !placeholder(word) {
                let message = "this brace is taken as it is; put quotes around it if that is meant";
                out.push(Match::new(word.span, message));
            }
        }
    }
}

fn lone(text: &str) -> bool {
    // What a backslash or a template keeps from the shell is meant.
    text.contains(['{', '}']) && !text.contains('\\') && !text.contains("{{") && !text.contains("}}")
}

/// `{}` of `find` and `xargs`.
fn placeholder(word: &Word) -> bool {
    let rest = word.text.replace("{}", "");
    !rest.contains(['{', '}'])
}
