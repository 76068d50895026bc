//! `echo "a\n"`: what `\n` becomes, each shell decides.

use crate::rule::Match;
use crate::syntax::shell::{Command, Dialect, Part, PartKind, Quotes, Script, Word};
use crate::text::Span;

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    for command in script.commands.iter().filter(|command| !command.place.nested && prints(command)) {
        let found = command.words[1..].iter().find_map(escape);
        if let Some((text, span)) = found {
            let message = if script.dialect == Some(Dialect::Bash) {
                format!("bash's `echo` prints `{text}` as it stands; use `printf`")
            } else {
                format!("what `echo` makes of `{text}` depends on the shell; use `printf`")
            };
            out.push(Match::new(span, message));
        }
    }
}

/// Whether it is an `echo` that is not told what to do with backslashes.
fn prints(command: &Command) -> bool {
    let [name, rest @ ..] = command.words.as_slice() else { return false };
    let told = |word: &Word| {
        word.text.strip_prefix('-').is_some_and(|letters| letters.contains(['e', 'E']) && letters.len() < 4)
    };
    name.base_name() == "echo" && !rest.iter().take_while(|word| word.text.starts_with('-')).any(told)
}

/// The first escape of a word that some `echo` would read, and where it stands.
fn escape(word: &Word) -> Option<(String, Span)> {
    word.parts.iter().find_map(in_part)
}

fn in_part(part: &Part) -> Option<(String, Span)> {
    let PartKind::Text(text) = &part.kind else { return None };
    let given = given(text, part.quotes);
    let at = find(&given)?;
    let ((from, backslash), (last, letter)) = (given[at], given[at + 1]);
    let (before, to) = (usize::from(part.quotes == Quotes::Single), last + letter.len_utf8());
    // A line continuation makes the source longer than the text.
    let straight = part.span.range().len() == text.len() + 2 * before;
    let span = if straight { part.span.slice(before + from, before + to) } else { part.span };
    Some((String::from_iter([backslash, letter]), span))
}

/// What the shell makes of a text, each character with its place: outside single quotes it takes backslashes itself.
fn given(text: &str, quotes: Quotes) -> Vec<(usize, char)> {
    let mut given = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((at, character)) = rest.next() {
        let taken = match (quotes, rest.peek()) {
            (Quotes::None, Some(_)) => true,
            (Quotes::Double, Some((_, next))) => matches!(next, '\\' | '"' | '$' | '`'),
            _ => false,
        };
        match rest.next_if(|_| character == '\\' && taken) {
            Some((_, next)) => given.push((at, next)),
            None => given.push((at, character)),
        }
    }
    given
}

/// Where the first escape starts; a backslash behind a backslash starts none.
fn find(text: &[(usize, char)]) -> Option<usize> {
    let mut at = 0;
    while let Some([(_, first), (_, next)]) = text.get(at..at + 2) {
        match (first, next) {
            ('\\', 'a'..='c' | 'e' | 'f' | 'n' | 'r' | 't' | 'v' | '0'..='7') => return Some(at),
            ('\\', _) => at += 2,
            _ => at += 1,
        }
    }
    None
}
