//! Finds `<<EOF` words in an instruction, and the bodies below it.

use std::ops::Range;

use crate::syntax::parsed::{ErrorKind, SyntaxError};
use crate::text::Span;

use super::expand;
use super::kind::Kind;
use super::logical::Logical;
use super::source::{Line, Source};
use super::tree::Heredoc;
use super::words::{BLANKS, unquoted};

/// In heredoc words the escape character is always this one.
const ESCAPE: char = '\\';

/// The heredocs that the words of `line` open; their bodies are still empty.
pub(super) fn find(line: &Logical) -> Vec<Heredoc> {
    if !line.as_str().contains("<<") {
        return Vec::new();
    }
    let words = shell_words(line.as_str()).unwrap_or_default();
    words.into_iter().filter_map(|word| heredoc(line, word)).collect()
}

/// Whether `word`, an argument of COPY or ADD, opens a heredoc.
pub(super) fn is_heredoc(word: &Logical) -> bool {
    heredoc(word, 0..word.as_str().len()).is_some()
}

fn heredoc(line: &Logical, word: Range<usize>) -> Option<Heredoc> {
    let text = line.as_str().get(word.clone())?;
    let digits = text.len() - text.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    let rest = text.get(digits..)?.strip_prefix("<<")?;
    let (strip_tabs, rest) = rest.strip_prefix('-').map_or((false, rest), |rest| (true, rest));
    let delimiter = rest.trim_start_matches(BLANKS);
    if delimiter.contains('<') {
        return None;
    }
    let name = unquoted(&line.slice(word.end - delimiter.len()..word.end), ESCAPE);
    let name = name.as_str().to_owned();
    let quotes = |text: &str| text.matches(['\'', '"']).count();
    let span = line.span(word.start, word.end);
    (!name.is_empty()).then(|| Heredoc {
        word: span,
        expand: quotes(delimiter) == quotes(&name),
        name,
        descriptor: text[..digits].parse().unwrap_or(0),
        strip_tabs,
        body: Span::at(span.file, span.end as usize),
        terminator: None,
    })
}

/// The words of a shell line; none when a quote or a `${` never ends, for then BuildKit sees no heredoc
/// either.
fn shell_words(text: &str) -> Option<Vec<Range<usize>>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut at = 0;
    while let Some(char) = text.get(at..)?.chars().next() {
        if char.is_whitespace() {
            words.extend(start.take().map(|start| start..at));
            at += char.len_utf8();
            continue;
        }
        start = start.or(Some(at));
        at = match char {
            '\'' => at + 2 + text.get(at + 1..)?.find('\'')?,
            '"' => double_quote_end(text, at)?,
            '$' => expand::variable_end(text, at, ESCAPE)?,
            ESCAPE => at + 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
            '<' if text[at..].starts_with("<<") => {
                text.len() - text[at + 2..].trim_start_matches([' ', '\t', '\r']).len()
            }
            _ => at + char.len_utf8(),
        };
    }
    words.extend(start.map(|start| start..text.len()));
    Some(words)
}

/// The end of the quoted text whose `"` is at `start`.
fn double_quote_end(text: &str, start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        let char = text.get(at..)?.chars().next()?;
        at = match char {
            '"' => return Some(at + 1),
            '$' => expand::variable_end(text, at, ESCAPE)?,
            ESCAPE if text[at + 1..].starts_with(['"', '$', ESCAPE]) => at + 2,
            _ => at + char.len_utf8(),
        };
    }
}

/// Reads the bodies of `heredocs` from the lines at the current place.
///
/// Without its terminator a body would swallow the rest of the file. It is taken to end where a line starts
/// with an instruction in capitals.
pub(super) fn bodies(source: &mut Source, heredocs: &mut [Heredoc], broken: &mut bool) {
    let mut complete = true;
    for heredoc in heredocs {
        let start = source.at;
        heredoc.body = Span::at(source.file, start);
        if !complete {
            continue;
        }
        // Once a terminator was missing, the search stops at instructions: it would be quadratic otherwise.
        heredoc.terminator = terminator(source, heredoc, *broken);
        if let Some(line) = heredoc.terminator {
            heredoc.body = Span::new(source.file, start, line.start as usize);
            continue;
        }
        (complete, *broken) = (false, true);
        source.at = start;
        while source.peek().is_some_and(|line| !starts_instruction(source.str(line))) {
            source.line();
        }
        heredoc.body = Span::new(source.file, start, source.at);
        source.errors.push(unterminated(heredoc));
    }
}

/// The line that ends `heredoc`; the place moves behind it.
fn terminator(source: &mut Source, heredoc: &Heredoc, until_instruction: bool) -> Option<Span> {
    while let Some(line) = source.peek() {
        let text = source.str(line);
        if until_instruction && starts_instruction(text) {
            return None;
        }
        source.at = line.next;
        if heredoc.ends_at(text) {
            return Some(span_of(source, line));
        }
    }
    None
}

impl Heredoc {
    fn ends_at(&self, line: &str) -> bool {
        let line = if self.strip_tabs { line.trim_start_matches('\t') } else { line };
        line == self.name
    }
}

fn span_of(source: &Source, line: Line) -> Span {
    Span::new(source.file, line.start, line.end)
}

fn starts_instruction(line: &str) -> bool {
    let keyword = line.split(BLANKS).next().unwrap_or_default();
    keyword.len() < line.len() && Kind::of(keyword).name() == keyword && !keyword.is_empty()
}

fn unterminated(heredoc: &Heredoc) -> SyntaxError {
    SyntaxError {
        span: heredoc.word,
        message: format!("heredoc never ends: add a line that is just `{}`", heredoc.name.escape_debug()),
        related: None,
        kind: ErrorKind::Unreadable,
    }
}
