//! Physical lines, and the logical lines that continuations make of them.

use crate::syntax::parsed::{ErrorKind, SyntaxError};
use crate::text::{FileId, Span};

use super::logical::{Builder, Logical};

/// BuildKit refuses lines with more bytes than this, line end not counted.
const LONGEST_LINE: usize = 65_535;

/// A physical line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) start: usize,
    /// Without `\r` and `\n`.
    pub(super) end: usize,
    /// Where the next line starts.
    pub(super) next: usize,
}

/// Reads a text line by line, and collects its comments.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) escape: char,
    pub(super) comments: Vec<Span>,
    pub(super) errors: Vec<SyntaxError>,
}

/// A logical line, and the empty lines that were left out of it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) line: Logical,
    pub(super) blank_lines: Vec<Span>,
}

impl<'a> Source<'a> {
    pub(super) fn new(file: FileId, text: &'a str) -> Self {
        let mark = '\u{feff}';
        let at = if text.starts_with(mark) { mark.len_utf8() } else { 0 };
        Source { file, text, at, escape: '\\', comments: Vec::new(), errors: Vec::new() }
    }

    /// The line at the current place.
    pub(super) fn peek(&self) -> Option<Line> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let newline = memchr::memchr(b'\n', rest.as_bytes());
        let body = &rest[..newline.unwrap_or(rest.len())];
        let end = self.at + body.trim_end_matches('\r').len();
        Some(Line {
            start: self.at,
            end,
            next: newline.map_or(self.text.len(), |length| self.at + length + 1),
        })
    }

    /// The line at the current place; the place moves behind it.
    pub(super) fn line(&mut self) -> Option<Line> {
        let line = self.peek()?;
        self.at = line.next;
        if line.end - line.start > LONGEST_LINE {
            let message =
                "line has more than 65535 bytes, which BuildKit refuses: break it with a continuation";
            self.errors.push(invalid(Span::at(self.file, line.start), message));
        }
        Some(line)
    }

    pub(super) fn str(&self, line: Line) -> &'a str {
        self.text.get(line.start..line.end).unwrap_or_default()
    }

    /// The next logical line that is not empty.
    pub(super) fn entry(&mut self) -> Option<Entry> {
        loop {
            let line = self.line()?;
            let text = self.str(line);
            let content = text.trim_start();
            if content.starts_with('#') {
                self.comment(line);
                continue;
            }
            let start = line.end - content.len();
            let (content, continued) = self.split(content);
            if content.is_empty() && !continued {
                continue;
            }
            return Some(self.join(content, start, continued));
        }
    }

    /// The logical line that begins with `content`.
    fn join(&mut self, content: &str, start: usize, mut continued: bool) -> Entry {
        let mut builder = Builder::new(self.file);
        builder.push(content, start..start + content.len());
        let mut blank_lines = Vec::new();
        while continued {
            let Some(line) = self.line() else { break };
            let text = self.str(line);
            let content = text.trim_start();
            if content.starts_with('#') {
                self.comment(line);
            } else if content.is_empty() {
                blank_lines.push(Span::new(self.file, line.start, line.end));
            } else {
                let part;
                (part, continued) = self.split(text);
                builder.push(part, line.start..line.start + part.len());
            }
        }
        Entry { line: builder.finish(start), blank_lines }
    }

    /// `line` without its continuation, and whether it has one.
    fn split<'b>(&self, line: &'b str) -> (&'b str, bool) {
        match line.trim_end_matches([' ', '\t']).strip_suffix(self.escape) {
            Some(body) if !body.ends_with(self.escape) => (body, true),
            _ => (line, false),
        }
    }

    fn comment(&mut self, line: Line) {
        let text = self.str(line);
        self.comments.push(Span::new(self.file, line.end - text.trim_start().len(), line.end));
    }
}

/// An error that leaves nothing unread.
pub(super) fn invalid(span: Span, message: impl Into<String>) -> SyntaxError {
    SyntaxError { span, message: message.into(), related: None, kind: ErrorKind::Invalid }
}
