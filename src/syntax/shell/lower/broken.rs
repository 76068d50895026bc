//! What is wrong with a script that no shell can read, in words.

use shuck_parser::parser::ParseResult;

use crate::syntax::shell::Broken;
use crate::text::Span;

/// What templates and other languages leave in a text: it is not yet a script, or never will be.
const FOREIGN: &[&str] = &["{{", "{%", "<%", "@@", "powershell", "pwsh"];

/// What the parser says when it meets something that every shell refuses, and what to say about it. Other complaints
/// may be its own limits.
const CERTAIN: &[(&str, &str)] = &[
    ("syntax error: unterminated double quote", "`\"` is never closed"),
    ("syntax error: unterminated single quote", "`'` is never closed"),
    ("syntax error: unterminated command substitution", "`$(` is never closed"),
    ("syntax error: unterminated backtick substitution", "a backtick is never closed"),
    ("syntax error: empty then clause", "nothing stands behind `then`"),
    ("expected 'fi'", "an `if` is never closed with `fi`"),
    ("expected 'esac'", "a `case` is never closed with `esac`"),
    ("expected 'done'", "a loop is never closed with `done`"),
    ("unexpected end of input in [[ ]]", "`[[` is never closed with `]]`"),
    ("expected word", "nothing stands behind the redirection"),
];

/// The first thing in `text` that keeps every shell from reading it, if that is certain.
pub(super) fn broken(
    parsed: &ParseResult,
    text: &str,
    place: &dyn Fn(usize, usize) -> Span,
) -> Option<Broken> {
    let first = parsed.diagnostics.first()?;
    if FOREIGN.iter().any(|word| text.contains(word)) {
        return None;
    }
    let (start, end) = (first.span.start.offset(), first.span.end.offset().min(text.len()));
    let token = text.get(start..end).unwrap_or_default();
    let whole = text.trim_end().trim_end_matches('\\').trim_end();
    // Of an operator at the end the parser marks the operator, of other things that are missing what is behind.
    let at_end = start >= whole.len() || (end == whole.len() && first.message.contains("after"));
    // A `}` that does not end a command is a word like others, or the end of a template's action.
    let before = text.get(..start).unwrap_or_default();
    if token.starts_with('}') && !before.trim_end_matches(' ').ends_with([';', '\n']) {
        return None;
    }
    let known =
        CERTAIN.iter().find(|(said, _)| *said == first.message).map(|(_, reason)| (*reason).to_owned());
    let reason = match known {
        Some(reason) => reason,
        None if first.message == "expected 'do'" => format!("`do` is missing before `{token}`"),
        None if first.message.starts_with("expected command after !") => return None,
        None if first.message.starts_with("expected command") && at_end => {
            "the script ends where a command, or a closing word, should follow".to_owned()
        }
        None if first.message.starts_with("expected command") => {
            format!("`{token}` stands where a command should be")
        }
        None => return None,
    };
    let span = if at_end {
        let last = whole.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        place(last, whole.len())
    } else if first.message.contains("unterminated") {
        let wide = if token.starts_with("$(") { 2 } else { 1 };
        place(start, start + wide)
    } else {
        place(start, end)
    };
    Some(Broken { reason, span })
}
