//! Splits arguments: at blanks, at blanks outside quotes, and into flags.

use std::ops::Range;

use super::logical::{Builder, Logical};
use super::tree::{Flag, Word};

/// The blanks between arguments: not every white space is one.
pub(super) const BLANKS: [char; 5] = [' ', '\t', '\r', '\x0b', '\x0c'];

/// The words between blanks. Quotes mean nothing here.
pub(super) fn split(text: &Logical) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    for part in text.as_str().split(BLANKS) {
        if !part.is_empty() {
            words.push(Word::new(text.slice(at..at + part.len())));
        }
        at += part.len() + 1;
    }
    words
}

/// The words between white space that is neither quoted nor escaped, with quotes and escapes still in them.
pub(super) fn split_quoted(text: &Logical, escape: char) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quote = None;
    let mut chars = text.as_str().char_indices();
    while let Some((at, char)) = chars.next() {
        if quote.is_none() && char.is_whitespace() {
            words.extend(start.take().map(|start| start..at));
            continue;
        }
        start = start.or(Some(at));
        if char == escape && quote != Some('\'') {
            if chars.next().is_none() {
                // A trailing escape character is dropped.
                words.extend(start.take().filter(|&start| start < at).map(|start| start..at));
            }
        } else if quote == Some(char) {
            quote = None;
        } else if quote.is_none() && matches!(char, '\'' | '"') {
            quote = Some(char);
        }
    }
    words.extend(start.map(|start| start..text.as_str().len()));
    words
}

/// The flags from `from` on, and where the arguments behind them start.
pub(super) fn flags(line: &Logical, from: usize, escape: char) -> (Vec<Flag>, usize) {
    let text = line.as_str();
    let mut flags = Vec::new();
    let mut at = from;
    loop {
        let rest = text.get(at..).unwrap_or_default().trim_start();
        let start = text.len() - rest.len();
        if !rest.starts_with("--") {
            return (flags, start);
        }
        let (end, content) = flag_text(line, start, escape);
        at = end;
        if content.as_str() == "--" {
            return (flags, end);
        }
        flags.push(flag(line, start..end, &content));
    }
}

fn flag(line: &Logical, range: Range<usize>, content: &Logical) -> Flag {
    let text = content.as_str();
    let equals = text.find('=');
    let name = Word::new(content.slice(2.min(text.len())..equals.unwrap_or(text.len())));
    let value = equals.map(|at| Word::new(content.slice(at + 1..text.len())));
    Flag { span: line.span(range.start, range.end), name, value }
}

/// The end of the flag at `start`, and its text without quotes and escapes.
fn flag_text(line: &Logical, start: usize, escape: char) -> (usize, Logical) {
    // The escaped character stands for itself, whatever it is.
    strip(line, start, |char, quoted| quoted.is_none() && char.is_whitespace(), |char, _, _| char == escape)
}

/// `text` without its quotes and escapes, as expansion leaves it when no variable changes.
pub(super) fn unquoted(text: &Logical, escape: char) -> Logical {
    let escapes = |char: char, quote: Option<char>, next: Option<char>| {
        let special = next.is_none_or(|next| next == '"' || next == '$' || next == escape);
        char == escape && quote != Some('\'') && (quote.is_none() || special)
    };
    strip(text, 0, |_, _| false, escapes).1
}

/// The text from `start` on without its quotes and escapes, and where it ends: at the first character that `stops`
/// takes for an end, given the quote it is in. `escapes` tells, given the quote and the next character as well, what
/// makes that next character stand for itself.
fn strip(
    line: &Logical,
    start: usize,
    stops: impl Fn(char, Option<char>) -> bool,
    escapes: impl Fn(char, Option<char>, Option<char>) -> bool,
) -> (usize, Logical) {
    let text = line.as_str();
    let mut builder = Builder::of(line);
    let mut quote = None;
    let mut run = start;
    let mut end = text.len();
    let mut chars = text.get(start..).unwrap_or_default().char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let at = at + start;
        if stops(char, quote) {
            end = at;
            break;
        }
        let closes = quote == Some(char);
        let opens = quote.is_none() && matches!(char, '\'' | '"');
        if !closes && !opens && !escapes(char, quote, chars.peek().map(|&(_, next)| next)) {
            continue;
        }
        builder.append(line, run..at);
        run = at + char.len_utf8();
        if closes {
            quote = None;
        } else if opens {
            quote = Some(char);
        } else {
            chars.next();
        }
    }
    builder.append(line, run..end);
    (end, builder.finish(line.span(start, start).start as usize))
}

impl Word {
    /// The text without its quotes and escapes; variables stay. Not for words of an exec form, which have
    /// none.
    pub fn unquoted(&self, escape: char) -> Logical {
        unquoted(&self.text, escape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    fn logical(text: &str) -> Logical {
        let mut builder = Builder::new(FileId(0));
        builder.push(text, 0..text.len());
        builder.finish(0)
    }

    fn quoted(text: &str) -> Vec<&str> {
        split_quoted(&logical(text), '\\').into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn words_keep_their_quotes() {
        assert_eq!(quoted(r#"a="b c" d=e\ f  g='h\' i"#), [r#"a="b c""#, r"d=e\ f", r"g='h\'", "i"]);
        assert_eq!(quoted(r#"a "b"#), ["a", "\"b"]);
        assert_eq!(quoted(r"a=b \"), ["a=b"]);
        assert_eq!(quoted(r"a=b\"), ["a=b"]);
    }

    #[test]
    fn flags_lose_their_quotes_but_not_their_places() {
        let line = logical(r#"COPY --chown="a b" --link -- --x /y"#);
        let (flags, rest) = flags(&line, 5, '\\');
        assert_eq!(&line.as_str()[rest..], " --x /y");
        let value = flags[0].value.as_ref().unwrap();
        assert_eq!((flags[0].name.as_str(), value.as_str()), ("chown", "a b"));
        assert_eq!(value.span, crate::text::Span::new(FileId(0), 14, 17));
        assert_eq!((flags[1].name.as_str(), &flags[1].value), ("link", &None));
    }

    #[test]
    fn unquotes_as_a_shell_does() {
        assert_eq!(unquoted(&logical(r#"a"b\"\n"'c\'\d"#), '\\').as_str(), r#"ab"\nc\d"#);
        assert_eq!(unquoted(&logical("C:\\a`b"), '`').as_str(), "C:\\ab");
    }
}
