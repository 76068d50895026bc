//! JSON into the shared data tree.
//!
//! Strict in what it calls right, lenient in what it reads: comments, trailing commas, single quotes and bare keys are
//! read and kept, and reported as [`ErrorKind::Invalid`]. Does not read more than one value per file.

mod lex;

use std::sync::Arc;

use super::parsed::{ErrorKind, MAX_ERRORS, Parsed, SyntaxError};
use super::tree::{Builder, Document, NodeId, Scalar, Schema, Style, Tree};
use crate::text::{FileId, Span};

/// How deep collections may nest.
const MAX_DEPTH: usize = 256;

/// Parses JSON.
pub fn parse(file: FileId, text: Arc<str>) -> Parsed<Tree> {
    let source = text.clone();
    let mut parser = Parser {
        file,
        text: &source,
        bytes: source.as_bytes(),
        at: if source.starts_with('\u{feff}') { 3 } else { 0 },
        builder: Builder::new(file, text, Schema::Json),
        frames: Vec::new(),
        pending: Vec::new(),
        errors: Vec::new(),
        complete: true,
    };
    parser.document();
    let Parser { builder, mut errors, .. } = parser;
    errors.sort_by_key(|error| error.span);
    Parsed { tree: builder.finish(), errors }
}

/// What may come next in a collection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// An entry, or the closing bracket.
    Entry,
    /// The `:` after a key.
    Colon,
    Value,
    /// A comma, or the closing bracket.
    Comma,
}

#[derive(Clone, Copy)]
struct Frame {
    map: bool,
    next: Next,
    start: usize,
    children: usize,
}

struct Parser<'a> {
    file: FileId,
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    builder: Builder,
    frames: Vec<Frame>,
    pending: Vec<NodeId>,
    errors: Vec<SyntaxError>,
    complete: bool,
}

impl Parser<'_> {
    fn document(&mut self) {
        self.skip_space();
        let start = self.at;
        if start < self.bytes.len() {
            self.value();
            while !self.frames.is_empty() && self.step() {}
            while let Some(frame) = self.frames.last().copied() {
                if self.complete {
                    let close = if frame.map { '}' } else { ']' };
                    let message = format!("this bracket is never closed; add `{close}`");
                    self.report(frame.start, frame.start + 1, ErrorKind::Unreadable, message);
                }
                self.close(self.at);
            }
            self.skip_space();
            if self.at < self.bytes.len() && self.complete {
                let message = "text after the end of the value; a JSON file holds one value";
                self.report(self.at, self.bytes.len(), ErrorKind::Unreadable, message);
            }
            let span = Span::new(self.file, start, self.bytes.len());
            let root = self.pending.first().copied();
            self.builder.document(Document { span, root, complete: self.complete });
        }
    }

    fn report(&mut self, start: usize, end: usize, kind: ErrorKind, message: impl Into<String>) {
        self.complete &= kind == ErrorKind::Invalid || kind == ErrorKind::DuplicateKey;
        // Whatever the cap, the first error that leaves the file incomplete is told.
        let first_serious = self.errors.len() == MAX_ERRORS && kind.is_incomplete();
        if self.errors.len() < MAX_ERRORS || first_serious {
            let end = self.text.ceil_char_boundary(end.min(self.text.len()));
            let start = self.text.floor_char_boundary(start.min(end));
            let span = Span::new(self.file, start, end);
            self.errors.push(SyntaxError { span, message: message.into(), related: None, kind });
        }
    }

    fn next(&mut self, next: Next) {
        if let Some(frame) = self.frames.last_mut() {
            frame.next = next;
        }
    }

    /// Reads one token inside a collection; false where reading ends.
    fn step(&mut self) -> bool {
        self.skip_space();
        let (Some(&byte), Some(frame)) = (self.bytes.get(self.at), self.frames.last().copied()) else {
            return false;
        };
        let at = self.at;
        match (byte, frame.next) {
            (b'}' | b']', _) => self.closing(frame, byte),
            (b',', Next::Comma) => {
                self.at += 1;
                self.next(Next::Entry);
            }
            (b',', _) => {
                self.report(at, at + 1, ErrorKind::Unreadable, "nothing stands before this comma");
                self.fill(frame);
                self.at += 1;
                self.next(Next::Entry);
            }
            (b':', Next::Colon) => {
                self.at += 1;
                self.next(Next::Value);
            }
            (b':', _) => {
                self.report(at, at + 1, ErrorKind::Unreadable, "a `:` cannot stand here");
                self.at += 1;
            }
            (_, Next::Comma) => {
                let message = "a comma is missing before this";
                self.report(at, at + 1, ErrorKind::Invalid, message);
                self.next(Next::Entry);
            }
            (_, Next::Colon) => {
                self.report(at, at + 1, ErrorKind::Invalid, "a `:` is missing before this value");
                self.next(Next::Value);
            }
            (_, Next::Entry) if frame.map => self.key(),
            _ => return self.value(),
        }
        true
    }

    fn closing(&mut self, frame: Frame, byte: u8) {
        let at = self.at;
        if (byte == b'}') != frame.map {
            let close = if frame.map { '}' } else { ']' };
            self.report(at, at + 1, ErrorKind::Unreadable, format!("expected `{close}` here"));
        } else if frame.next == Next::Entry && self.pending.len() > frame.children {
            self.report(
                at,
                at + 1,
                ErrorKind::Invalid,
                "JSON allows no comma before a closing bracket; remove it",
            );
        } else if matches!(frame.next, Next::Colon | Next::Value) {
            self.report(at, at + 1, ErrorKind::Unreadable, "a value is missing before this bracket");
        }
        self.at += 1;
        self.close(self.at);
    }

    /// Adds the value that is missing after a key.
    fn fill(&mut self, frame: Frame) {
        if frame.map && matches!(frame.next, Next::Colon | Next::Value) {
            let at = self.at;
            let id = self.builder.unknown(at, at);
            self.pending.push(id);
        }
    }

    /// Builds the top collection and gives it to the one around it.
    fn close(&mut self, end: usize) {
        let Some(frame) = self.frames.last().copied() else { return };
        self.fill(frame);
        self.frames.pop();
        let children = &self.pending[frame.children..];
        let id = if frame.map {
            let id = self.builder.mapping((frame.start, end), children, true, false);
            for ([first, _], [later, _]) in self.builder.repeated_keys(children) {
                self.duplicate(first, later);
            }
            id
        } else {
            self.builder.sequence((frame.start, end), children, true)
        };
        self.pending.truncate(frame.children);
        self.attach(id);
    }

    fn duplicate(&mut self, first: NodeId, later: NodeId) {
        let name = self.builder.key_text(later).unwrap_or_default();
        let message = format!("the key `{name}` stands twice in this object; the last value counts");
        let (start, end) = (self.builder.start(later), self.builder.end(later));
        let before = self.errors.len();
        self.report(start, end, ErrorKind::DuplicateKey, message);
        let span = Span::new(self.file, self.builder.start(first), self.builder.end(first));
        if let Some(error) = self.errors.get_mut(before) {
            error.related = Some((span, "first here".to_owned()));
        }
    }

    fn attach(&mut self, id: NodeId) {
        self.pending.push(id);
        self.next(Next::Comma);
    }

    fn key(&mut self) {
        let start = self.at;
        match self.bytes[start] {
            b'"' | b'\'' => {
                let id = self.string();
                self.pending.push(id);
            }
            _ => {
                let end = self.word();
                self.report(start, end, ErrorKind::Invalid, "a JSON key needs double quotes");
                let id = self.builder.scalar(start, end, Style::Plain, Scalar::Slice(start, end));
                self.pending.push(id);
            }
        }
        self.next(Next::Colon);
    }

    /// Reads a scalar or opens a collection; false where nesting is too deep.
    fn value(&mut self) -> bool {
        let start = self.at;
        match self.bytes[start] {
            byte @ (b'{' | b'[') => {
                if self.frames.len() >= MAX_DEPTH {
                    let message =
                        format!("values nest deeper than {MAX_DEPTH} levels; the file is read up to here");
                    self.report(start, start + 1, ErrorKind::Limit, message);
                    return false;
                }
                self.at += 1;
                let children = self.pending.len();
                self.frames.push(Frame { map: byte == b'{', next: Next::Entry, start, children });
                return true;
            }
            b'"' | b'\'' => {
                let id = self.string();
                self.attach(id);
            }
            _ => {
                let end = self.word();
                self.literal(start, end);
                let id = self.builder.scalar(start, end, Style::Plain, Scalar::Slice(start, end));
                self.attach(id);
            }
        }
        true
    }
}

#[cfg(test)]
mod tests;
