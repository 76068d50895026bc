//! `printf` with fewer arguments than its format takes, or with arguments that it does not take.

use crate::rule::Match;
use crate::syntax::shell::{Form, HIDDEN, Part, PartKind, Quotes, Script, Word};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    for command in script.commands.iter().filter(|command| !command.place.nested) {
        let Some((name, words)) = command.words.split_first() else { continue };
        let words = if words.first().is_some_and(|first| first.text == "--") { &words[1..] } else { words };
        let Some((format, arguments)) = words.split_first().filter(|_| name.text == "printf") else {
            continue;
        };
        if format.text.contains(HIDDEN) || format.text.starts_with("-v") {
            continue;
        }
        let Some(taken) = taken(&format.text) else { continue };
        if taken == 0 && !arguments.is_empty() {
            out.push(Match::new(format.span, "this format has no `%s`, so the arguments are not printed"));
        } else if arguments.len() < taken && !arguments.is_empty() && arguments.iter().all(is_one) {
            let message = format!("this format takes {taken} arguments, and gets {}", arguments.len());
            out.push(Match::new(format.span, message));
        }
    }
}

/// How many arguments a format takes; none where that cannot be told.
fn taken(format: &str) -> Option<usize> {
    let mut taken = 0;
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            rest = after;
            continue;
        }
        let end = rest.find(|sign: char| !"-+ #0123456789.'*".contains(sign))?;
        let (flags, after) = rest.split_at(end);
        let kind = after.chars().next().filter(char::is_ascii_alphabetic)?;
        taken += 1 + flags.matches('*').count();
        rest = &after[kind.len_utf8()..];
    }
    Some(taken)
}

/// Whether it is one argument for certain: what is not quoted may become several.
fn is_one(word: &Word) -> bool {
    let several = |part: &Part| match &part.kind {
        PartKind::Text(text) => part.quotes == Quotes::None && text.contains(['*', '?', '[']),
        PartKind::Variable(variable) => {
            part.quotes == Quotes::None || variable.name == "@" || variable.form == Form::Element
        }
        PartKind::Command { .. } => part.quotes == Quotes::None,
        PartKind::Process { .. } | PartKind::Arithmetic => false,
    };
    word.braces.is_empty() && !word.text.contains(['*', '?']) && !word.parts.iter().any(several)
}
