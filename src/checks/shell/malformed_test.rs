//! `[ … ]` that cannot be read.

use crate::rule::Match;
use crate::syntax::shell::{Command, Quotes, Script, Word};

/// Operators between two words. Source: POSIX, and what dash, `BusyBox` and bash add.
const BETWEEN: &[&str] =
    &["=", "!=", "==", "<", ">", "-eq", "-ne", "-gt", "-ge", "-lt", "-le", "-nt", "-ot", "-ef", "-a", "-o"];

/// Letters of the operators before one word.
const BEFORE: &str = "abcdefghkLnoprsStuvwxzGNOR";

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    for command in script.commands.iter().filter(|command| !command.place.nested) {
        let Some(name) = command.words.first() else { continue };
        let glued = name.text.starts_with('[') && !["[", "[["].contains(&name.text.as_str());
        // `["a", "b"]` is an exec form that is not JSON, and no test.
        let quoted = name.parts.first().is_some_and(|part| part.span.start == name.span.start + 1)
            || name.parts.get(1).is_some_and(|part| part.quotes == Quotes::Double);
        if glued && !quoted && !name.text.contains(']') {
            out.push(Match::new(name.span, "`[` is a command of its own; write a blank behind it"));
        } else if name.text == "[" && command.tested().is_none() {
            out.push(unclosed(command, name));
        } else if let Some((word, message)) = command.tested().and_then(operator) {
            out.push(Match::new(word.span, message));
        }
    }
}

fn unclosed(command: &Command, name: &Word) -> Match {
    match command.words.last() {
        Some(last) if last.text.ends_with(']') && last.text.len() > 1 => {
            Match::new(last.span, "`]` must be a word of its own; write a blank before it")
        }
        _ => Match::new(name.span, "`[` is never closed; end it with ` ]`"),
    }
}

/// An operator that no shell has.
fn operator(words: &[Word]) -> Option<(&Word, String)> {
    let (word, instead) = match words {
        [operator, _] if !is_between(operator) && is_option(operator) => {
            let letter = operator.text.strip_prefix('-').filter(|letter| letter.len() == 1);
            if letter.is_some_and(|letter| BEFORE.contains(letter)) {
                return None;
            }
            (operator, "")
        }
        [_, operator, _] if operator.text == "=~" => (operator, "; use `grep`, `case`, or `[[` of bash"),
        [first, operator, _] if first.text != "!" && first.text != "(" && !is_between(operator) => {
            let sign = ["===", "=>", "=<", "<>", "!==", "<=", ">=", "eq", "ne", "gt", "lt", "ge", "le"];
            if !is_option(operator) && !sign.contains(&operator.text.as_str()) {
                return None;
            }
            (operator, "")
        }
        _ => return None,
    };
    Some((word, format!("`[` has no operator `{}`{instead}", word.text)))
}

fn is_between(word: &Word) -> bool {
    BETWEEN.contains(&word.text.as_str())
}

/// `-xy`, without quotes.
fn is_option(word: &Word) -> bool {
    let letters = word.text.strip_prefix('-').unwrap_or_default();
    word.parts.is_empty() && !letters.is_empty() && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
}
