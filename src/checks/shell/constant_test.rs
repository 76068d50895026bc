//! Tests that come out the same whatever happens.

use crate::rule::Match;
use crate::syntax::shell::{HIDDEN, Part, PartKind, Quotes, Script, Word};

const OPERATORS: &[&str] = &["=", "==", "!=", "-eq", "-ne", "-gt", "-ge", "-lt", "-le"];

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    for command in script.commands.iter().filter(|command| !command.place.nested) {
        let words = command.tested().unwrap_or_default();
        let words = if words.first().is_some_and(|first| first.text == "!") { &words[1..] } else { words };
        let found = match words {
            [word] => alone(word),
            [operator, word]
                if operator.parts.is_empty() && ["-z", "-n"].contains(&operator.text.as_str()) =>
            {
                before(operator, word)
            }
            [left, operator, right] if OPERATORS.contains(&operator.text.as_str()) => between(left, right),
            _ => None,
        };
        out.extend(found);
    }
}

fn alone(word: &Word) -> Option<Match> {
    let unquoted = |part: &Part| {
        part.quotes == Quotes::None && matches!(&part.kind, PartKind::Text(text) if text.contains('='))
    };
    if word.parts.len() > 1 && word.text.contains(HIDDEN) && word.parts.iter().any(unquoted) {
        return Some(Match::new(word.span, "this is one word and always true; write blanks around `=`"));
    }
    let message = match word.literal().filter(|_| as_written(word))? {
        "false" | "0" => "any word is true here, this too; drop the brackets",
        "" => "an empty word is always false here",
        _ => "a word that is not empty is always true here",
    };
    Some(Match::new(word.span, message))
}

fn before(operator: &Word, word: &Word) -> Option<Match> {
    if word.literal().is_some() && as_written(word) {
        return Some(Match::new(
            word.span,
            format!("`{}` of a fixed word is always the same", operator.text),
        ));
    }
    let [part] = word.parts.as_slice() else { return None };
    let splits = matches!(part.kind, PartKind::Variable(_) | PartKind::Command { .. });
    let lone = splits && part.quotes == Quotes::None && operator.text == "-n";
    // Of an empty word without quotes nothing is left: `[ -n ]` asks whether `-n` is empty.
    lone.then(|| {
        Match::new(
            word.span,
            "without quotes `-n` is true of an empty value as well; write `\"…\"` around it",
        )
    })
}

fn between(left: &Word, right: &Word) -> Option<Match> {
    let fixed = [left, right].iter().all(|word| word.literal().is_some() && as_written(word));
    fixed.then(|| {
        Match::new(
            left.span.to(right.span),
            "both sides are fixed, so this is always the same; is a `$` missing?",
        )
    })
}

/// Whether the word stands in the file as the shell sees it: Compose may have put a default there, or a template may put
/// in something yet.
fn as_written(word: &Word) -> bool {
    let quotes = if word.parts.is_empty() { 0 } else { 2 };
    word.span.len() == word.text.len() + quotes && !word.text.contains(['{', '@', '%'])
}
