//! What all parts of the parser stand on: the place in the text, blanks and comments, errors, depth.

use std::cell::Cell;

use super::MAX_DEPTH;
use super::tree::{File, Name, Template};
use crate::syntax::parsed::{ErrorKind, MAX_ERRORS, SyntaxError};
use crate::syntax::tree::Comment;
use crate::text::{FileId, Span};

/// An error was reported, and what it stands in cannot be read on; the body that holds it recovers.
pub(super) struct Lost;

pub(super) type Read<T> = Result<T, Lost>;

pub(super) struct Parser<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    pub(super) comments: Vec<Comment>,
    pub(super) errors: Vec<SyntaxError>,
    /// Whether line ends are mere blanks here: between parentheses, in lists, in `${…}`.
    pub(super) multiline: bool,
    /// Whether indentation says where blocks end that are not closed.
    pub(super) by_indent: bool,
    pub(super) unclosed: bool,
    /// How many more bytes may be looked through in vain for the ends of heredocs.
    pub(super) patience: usize,
    depth: u32,
    /// The start of a line, and a place in that line.
    line: Cell<(usize, usize)>,
}

/// Parses a template from `start` to the end of `text`.
pub(super) fn template(file: FileId, text: &str, start: usize) -> Template {
    let mut parser = Parser::new(file, text, false);
    parser.at = start;
    parser.bare()
}

/// Parses all of `text`; also says whether the end of the file met an open block.
pub(super) fn run(file: FileId, text: &str, by_indent: bool) -> (File, Vec<SyntaxError>, bool) {
    let mut parser = Parser::new(file, text, by_indent);
    let body = parser.file();
    let Parser { comments, errors, unclosed, .. } = parser;
    (File { file, text: "".into(), body, comments }, errors, unclosed)
}

impl<'a> Parser<'a> {
    fn new(file: FileId, text: &'a str, by_indent: bool) -> Parser<'a> {
        Parser {
            file,
            text,
            bytes: text.as_bytes(),
            at: if text.starts_with('\u{feff}') { 3 } else { 0 },
            comments: Vec::new(),
            errors: Vec::new(),
            multiline: false,
            by_indent,
            unclosed: false,
            patience: 4 * text.len(),
            depth: 0,
            line: Cell::new((0, 0)),
        }
    }
}

impl Parser<'_> {
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    /// From `start` to here.
    pub(super) fn since(&self, start: usize) -> Span {
        self.span(start, self.at)
    }

    pub(super) fn peek(&self) -> u8 {
        self.ahead(0)
    }

    /// The byte so far ahead; 0 behind the end.
    pub(super) fn ahead(&self, by: usize) -> u8 {
        self.bytes.get(self.at + by).copied().unwrap_or(0)
    }

    pub(super) fn starts(&self, word: &str) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()))
    }

    pub(super) fn at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// Goes past `word` if it is next.
    pub(super) fn eat(&mut self, word: &str) -> bool {
        let next = self.starts(word);
        if next {
            self.at += word.len();
        }
        next
    }

    /// Passes over blanks and comments, and over line ends where they mean nothing.
    pub(super) fn space(&mut self) {
        loop {
            match self.peek() {
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'\n' if self.multiline => self.at += 1,
                b'#' => self.comment(),
                b'/' if matches!(self.ahead(1), b'/' | b'*') => self.comment(),
                _ => return,
            }
        }
    }

    /// Passes over blanks, comments and line ends, whatever they mean.
    pub(super) fn lines(&mut self) {
        let before = std::mem::replace(&mut self.multiline, true);
        self.space();
        self.multiline = before;
    }

    fn comment(&mut self) {
        let start = self.at;
        if self.starts("/*") {
            let close = memchr::memmem::find(&self.bytes[start + 2..], b"*/");
            if close.is_none() {
                let message = "this comment is never closed; add `*/`";
                self.report(start, start + 2, ErrorKind::Unreadable, message);
            }
            self.at = close.map_or(self.bytes.len(), |at| start + 2 + at + 2);
        } else {
            self.at = self.line_end(start);
            if self.bytes[start..self.at].ends_with(b"\r") {
                self.at -= 1;
            }
        }
        let before = &self.bytes[self.line_start(start)..start];
        let own_line = before.iter().all(|byte| matches!(byte, b' ' | b'\t'));
        self.keep_comment(Comment { span: self.since(start), own_line });
    }

    /// Keeps a comment, unless it is read for the second time, after an error.
    pub(super) fn keep_comment(&mut self, comment: Comment) {
        if self.comments.last().is_none_or(|last| last.span.start < comment.span.start) {
            self.comments.push(comment);
        }
    }

    /// Where the line that holds `at` ends, before its line feed.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        memchr::memchr(b'\n', rest).map_or(self.bytes.len(), |end| at + end)
    }

    /// Where the line that holds `at` starts.
    pub(super) fn line_start(&self, at: usize) -> usize {
        let at = at.min(self.bytes.len());
        let (line, asked) = self.line.get();
        // Lines may be long and hold much: what was looked through once is not again.
        let (from, known) = if at >= asked { (asked, line) } else { (0, 0) };
        let start = if at >= asked || at < line {
            memchr::memrchr(b'\n', &self.bytes[from..at]).map_or(known, |end| from + end + 1)
        } else {
            line
        };
        self.line.set((start, at));
        start
    }

    /// A name, if one is next.
    pub(super) fn name(&mut self) -> Option<Name> {
        let rest = &self.text[self.at..];
        let first = rest.chars().next()?;
        if !(first.is_alphabetic() || first == '_') {
            return None;
        }
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-') || is_mark(c);
        let length = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
        let start = self.at;
        self.at += length;
        Some(Name { text: rest[..length].to_owned(), span: self.since(start) })
    }

    /// Whether a name could start here.
    pub(super) fn at_name(&self) -> bool {
        let byte = self.peek();
        byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
    }

    /// Whether this very word is next, and no longer one.
    pub(super) fn at_word(&self, word: &str) -> bool {
        let after = self.ahead(word.len());
        self.starts(word) && !(after.is_ascii_alphanumeric() || matches!(after, b'_' | b'-') || after >= 0x80)
    }

    pub(super) fn report(&mut self, start: usize, end: usize, kind: ErrorKind, message: impl Into<String>) {
        // Those beyond are cut anyway, and one more says that there are some.
        if self.errors.len() <= MAX_ERRORS || kind.is_incomplete() && self.errors.len() <= 2 * MAX_ERRORS {
            let end = self.text.ceil_char_boundary(end.min(self.text.len()));
            let start = self.text.floor_char_boundary(start.min(end));
            let span = self.span(start, end);
            self.errors.push(SyntaxError { span, message: message.into(), related: None, kind });
        }
    }

    /// Reports a key that stands twice.
    pub(super) fn duplicate(&mut self, key: Span, first: Span, message: String) {
        let errors = self.errors.len();
        self.report(key.start as usize, key.end as usize, ErrorKind::DuplicateKey, message);
        if let Some(error) = self.errors.get_mut(errors) {
            error.related = Some((first, "first here".to_owned()));
        }
    }

    /// Reports what stands here, and gives up on what it stands in.
    pub(super) fn lose<T>(&mut self, wanted: &str) -> Read<T> {
        let message = match self.peek() {
            0 if self.at_end() => format!("the file ends where {wanted} should stand"),
            b'\n' | b'\r' => format!("the line ends where {wanted} should stand"),
            _ => {
                let next = self.text[self.at..].chars().next().unwrap_or_default();
                format!("`{next}` stands where {wanted} should")
            }
        };
        let width = usize::from(!matches!(self.peek(), b'\n' | b'\r'));
        self.report(self.at, self.at + width, ErrorKind::Unreadable, message);
        Err(Lost)
    }

    /// Goes past `word`, or gives up; `open` is the bracket that it closes.
    pub(super) fn close(&mut self, word: &str, open: usize) -> Read<()> {
        if self.eat(word) {
            return Ok(());
        }
        let errors = self.errors.len();
        let lost = self.lose(&format!("`,` or `{word}`"));
        let opened = self.span(open, open + 1);
        if let Some(error) = self.errors.get_mut(errors) {
            error.related = Some((opened, format!("opened here, and not closed by `{word}`")));
        }
        lost
    }

    /// Runs `read` one level deeper, with line ends as blanks or not.
    pub(super) fn nested<T>(&mut self, multiline: bool, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth >= MAX_DEPTH {
            let message = format!("this nests deeper than {MAX_DEPTH} levels, and is not read");
            self.report(self.at, self.at + 1, ErrorKind::Limit, message);
            return Err(Lost);
        }
        let before = std::mem::replace(&mut self.multiline, multiline);
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        self.multiline = before;
        result
    }
}

/// Marks that combine with the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{203f}' | '\u{2040}')
}
