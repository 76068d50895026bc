//! Where a shell takes the words of a script apart: at blanks in what variables and commands give, and at patterns.

use crate::rule::{Applicability, Fix, Match};
use crate::syntax::shell::{Assigned, Command, Dialect, Part, PartKind, Quotes, Script, Word};
use crate::text::{Edit, Span};

/// Commands that what they assign is an argument of.
const DECLARATIONS: &[&str] = &["export", "readonly", "local", "declare", "typeset"];

/// A word that a shell splits and matches with file names.
#[derive(Clone, Copy)]
pub(super) struct Argument<'s> {
    /// The command that gets it.
    pub command: &'s Command,
    /// The word.
    pub word: &'s Word,
}

/// The arguments of every command, and the name of its program, unless that is a variable alone: who runs `$SUDO make`
/// means several words.
pub(super) fn arguments(script: &Script) -> impl Iterator<Item = Argument<'_>> {
    script.commands.iter().filter(|command| !command.place.nested).flat_map(|command| {
        let name = command.words.len() - command.program().len();
        let alone = move |at: usize, word: &Word| at == name && matches!(word.parts.as_slice(), [_]);
        let words = command.words.iter().enumerate().filter(move |(at, word)| !alone(*at, word));
        words.map(move |(_, word)| Argument { command, word })
    })
}

/// The other words that are split: in `sh`, what `export` and its kin assign; in bash, where redirections lead.
pub(super) fn others(script: &Script) -> impl Iterator<Item = &Word> {
    let sh = script.dialect == Some(Dialect::Sh);
    let bash = script.dialect == Some(Dialect::Bash);
    let assigned = script.assigned.iter().filter(move |_| sh).filter(|one| is_argument(script, one));
    let redirects = script.commands.iter().filter(move |command| bash && !command.place.nested);
    let targets = redirects.flat_map(|command| &command.redirects).filter(|one| one.operator != "<<<");
    assigned.filter_map(|one| one.word.as_ref()).chain(targets.filter_map(|one| one.target.as_ref()))
}

/// Whether it is an argument of `export` or its kin, and not written before a command.
pub(super) fn is_argument(script: &Script, assigned: &Assigned) -> bool {
    let command = assigned.command.and_then(|command| script.commands.get(command));
    command.is_some_and(|command| {
        let name = command.words.first().map_or("", |word| word.text.as_str());
        DECLARATIONS.contains(&name) && !command.assignments.contains(&assigned.name)
    })
}

/// The parts of a word without quotes around them.
pub(super) fn bare(word: &Word) -> impl Iterator<Item = &Part> {
    word.parts.iter().filter(|part| part.quotes == Quotes::None)
}

/// The text in a word without quotes around it.
pub(super) fn bare_text(word: &Word) -> impl Iterator<Item = &str> {
    let whole = word.parts.is_empty().then_some(word.text.as_str());
    whole.into_iter().chain(bare(word).filter_map(|part| match &part.kind {
        PartKind::Text(text) => Some(text.as_str()),
        _ => None,
    }))
}

/// Whether the word is a pattern for file names: `*`, `?`, `[x]`.
pub(super) fn is_pattern(word: &Word) -> bool {
    bare_text(word).any(has_pattern)
}

/// Whether another program fills the word in before a shell sees it: `{{ .Name }}`.
pub(super) fn is_template(word: &Word) -> bool {
    word.text.contains("{{")
}

/// Whether `text`, with its backslashes, is a pattern for file names.
pub(super) fn has_pattern(text: &str) -> bool {
    let mut escaped = false;
    text.char_indices().any(|(at, char)| {
        let plain = !escaped;
        escaped = plain && char == '\\';
        plain && (matches!(char, '*' | '?') || char == '[' && text[at..].contains(']'))
    })
}

/// Whether a part is all of its word.
pub(super) fn is_whole(word: &Word, part: &Part) -> bool {
    matches!(word.parts.as_slice(), [only] if only == part)
}

/// A match of something that quotes would mend.
pub(super) fn unquoted(script: &Script, span: Span, message: String) -> Match {
    let mut found = Match::new(span, message);
    if script.verbatim {
        let at = |offset| Edit { span: Span::at(span.file, offset), text: "\"".to_owned() };
        let edits = vec![at(span.range().start), at(span.range().end)];
        // Who wrote a list of words on purpose gets one word.
        found.fix = Some(Fix { applicability: Applicability::Unsafe, edits });
    }
    found
}
