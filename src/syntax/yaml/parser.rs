//! The state of the YAML parser: where it stands, which collections are open, and how nodes join them.
//!
//! Open collections live on a stack of frames, so no input nests the parser's own calls.
//! Which frame opens when is said in `block` and `flow`.

use std::collections::HashMap;

use super::actions::Actions;
use crate::syntax::parsed::{ErrorKind, MAX_ERRORS, SyntaxError};
use crate::syntax::tree::{Builder, NodeId, Scalar, Style};
use crate::text::{FileId, Span};

/// How deep collections may nest.
pub(super) const MAX_DEPTH: usize = 256;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Root,
    Map,
    Seq,
    FlowMap,
    FlowSeq,
    /// A mapping of one pair inside a flow sequence: `[a: b]`.
    Pair,
}

/// What a frame waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// A key, an item or a closing bracket.
    Next,
    /// Another entry must be cut off by a comma first (flow), or begin on its own line (block).
    Full,
    /// The node of a key, after `?`.
    Key,
    /// The `:` after a key.
    Colon,
    /// The node of a value or an item.
    Value,
}

/// The anchor and tag read for a node.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Props {
    pub(super) anchor: Option<Span>,
    pub(super) tag: Option<Span>,
}

impl Props {
    pub(super) fn any(&self) -> bool {
        self.anchor.is_some() || self.tag.is_some()
    }
}

/// An open collection.
#[expect(clippy::struct_excessive_bools, reason = "facts that do not depend on one another")]
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) kind: Kind,
    pub(super) state: State,
    /// Spaces that a line needs to lie inside: one more than the column of the collection; 0 for a document.
    pub(super) inner: usize,
    /// Offset of the first byte.
    pub(super) start: usize,
    /// Where its children begin in `pending`.
    pub(super) children: usize,
    pub(super) props: Props,
    /// One of the keys is a plain `<<`.
    pub(super) merges: bool,
    /// A template may add to it.
    pub(super) open: bool,
    /// The template branch in which it began.
    pub(super) blocks: u32,
    /// The outermost branch in which an entry of it stands.
    pub(super) home: u32,
    /// The entry that is being read is in another branch: it may not be there.
    pub(super) maybe: bool,
    /// Where a node that is not written would stand.
    pub(super) hollow: usize,
    /// Flow: the last node is quoted or bracketed, so its `:` needs no blank after it.
    pub(super) json: bool,
    /// Flow: the start of the line on which the last node began.
    pub(super) line: usize,
}

pub(super) struct Parser<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    /// Offset of the first byte of the current line.
    pub(super) line: usize,
    /// Where the last content ended: actions from here on stand between it and what comes next.
    pub(super) gap: usize,
    /// A tab between the indentation or the last indicator and `at`.
    pub(super) tab: Option<usize>,
    pub(super) builder: Builder,
    pub(super) frames: Vec<Frame>,
    pub(super) pending: Vec<NodeId>,
    /// Read on earlier lines for the node that the top frame waits for.
    pub(super) outer: Props,
    /// Anchors of this document; `None` while their node is not complete.
    pub(super) anchors: HashMap<&'a str, Option<NodeId>>,
    pub(super) aliases: bool,
    /// Handles that `%TAG` declared for this document.
    pub(super) handles: Vec<&'a str>,
    pub(super) errors: Vec<SyntaxError>,
    /// Whether all of the current document could be read.
    pub(super) complete: bool,
    /// Bytes that may still be read twice to recover better.
    pub(super) patience: usize,
    /// What was read of a flow collection that could not be read on.
    pub(super) abandoned: Option<NodeId>,
    pub(super) actions: Actions<'a>,
}

pub(super) fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

pub(super) fn is_break(byte: u8) -> bool {
    byte == b'\n' || byte == b'\r'
}

pub(super) fn is_space(byte: u8) -> bool {
    is_blank(byte) || is_break(byte)
}

pub(super) fn is_bracket(byte: u8) -> bool {
    matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
}

impl Parser<'_> {
    /// The byte at `at`; past the end as if a line ended there.
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b'\n')
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    /// Records that the text cannot be read at `start..end`.
    pub(super) fn unreadable(&mut self, start: usize, end: usize, message: impl Into<String>) {
        self.report(start, end, ErrorKind::Unreadable, message.into(), None);
    }

    /// Records a breach of the grammar that does not stop the reading.
    pub(super) fn invalid(&mut self, start: usize, end: usize, message: impl Into<String>) {
        self.report(start, end, ErrorKind::Invalid, message.into(), None);
    }

    /// Records a breach of the grammar that libyaml and its descendants, kubectl's decoder among them, let pass.
    pub(super) fn tolerated(&mut self, start: usize, end: usize, message: impl Into<String>) {
        self.report(start, end, ErrorKind::Tolerated, message.into(), None);
    }

    pub(super) fn report(
        &mut self,
        start: usize,
        end: usize,
        kind: ErrorKind,
        message: String,
        related: Option<(Span, String)>,
    ) {
        if matches!(kind, ErrorKind::Unreadable | ErrorKind::Limit) {
            self.complete = false;
        }
        // Whatever the cap, the first error that leaves the file incomplete is told.
        let first_serious = self.errors.len() == MAX_ERRORS && kind.is_incomplete();
        if self.errors.len() < MAX_ERRORS || first_serious {
            let span = self.whole_chars(start, end);
            let related = related
                .map(|(span, message)| (self.whole_chars(span.start as usize, span.end as usize), message));
            self.errors.push(SyntaxError { span, message, related, kind });
        }
    }

    /// A span inside the text that cuts no character in two.
    fn whole_chars(&self, start: usize, end: usize) -> Span {
        let end = self.text.ceil_char_boundary(end.min(self.text.len()));
        self.span(self.text.floor_char_boundary(start.min(end)), end)
    }

    pub(super) fn skip_blanks(&mut self) {
        while is_blank(self.byte(self.at)) {
            if self.byte(self.at) == b'\t' && self.tab.is_none() {
                self.tab = Some(self.at);
            }
            self.at += 1;
        }
    }

    pub(super) fn column(&self, at: usize) -> usize {
        at - self.line
    }

    pub(super) fn top(&mut self) -> &mut Frame {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    /// Spaces that a line needs to belong to what is open.
    pub(super) fn inner(&self) -> usize {
        self.frames.last().map_or(0, |frame| frame.inner)
    }

    /// Opens a collection; false when it would nest too deep.
    pub(super) fn push(
        &mut self,
        kind: Kind,
        state: State,
        start: usize,
        inner: usize,
        props: Props,
    ) -> bool {
        if self.frames.len() > MAX_DEPTH {
            let message =
                format!("collections nest deeper than {MAX_DEPTH} levels; the document is read up to here");
            self.report(start, start + 1, ErrorKind::Limit, message, None);
            self.at = self.document_end(self.at);
            return false;
        }
        let (open, blocks) = if kind == Kind::Root { (false, 0) } else { self.actions.opened() };
        self.frames.push(Frame {
            kind,
            state,
            inner,
            start,
            children: self.pending.len(),
            props,
            merges: false,
            open,
            blocks,
            home: blocks,
            maybe: false,
            hollow: start + 1,
            json: false,
            line: self.line,
        });
        true
    }

    /// Gives the top frame the node that it waits for.
    pub(super) fn attach(&mut self, id: NodeId) {
        self.pending.push(id);
        let top = self.top();
        let maybe = top.maybe && top.kind == Kind::Map && top.state == State::Value;
        top.state = match (top.kind, top.state) {
            (Kind::Map | Kind::FlowMap | Kind::Pair, State::Key | State::Next) => State::Colon,
            (Kind::Map | Kind::Seq, _) => State::Next,
            _ => State::Full,
        };
        if maybe {
            self.builder.doubt(id);
        }
    }

    /// A node that is not written, where the top frame waits for one; a template's action there makes it unknown.
    pub(super) fn hollow(&mut self, at: usize) -> NodeId {
        let id = match self.actions.take_insertion() {
            Some(span) => self.builder.unknown(span.start as usize, span.end as usize),
            None => self.builder.scalar(at, at, Style::Absent, Scalar::Slice(at, at)),
        };
        let props = std::mem::take(&mut self.outer);
        self.give(id, props);
        id
    }

    /// Sets the properties of a finished node.
    pub(super) fn give(&mut self, id: NodeId, props: Props) {
        if !props.any() {
            return;
        }
        self.builder.properties(id, props.anchor, props.tag);
        let text = self.text;
        if let Some(name) = props.anchor.and_then(|span| text.get(span.range())) {
            self.anchors.insert(name, Some(id));
        }
    }

    /// Fills the top frame up so that it may be closed or go on.
    pub(super) fn fill(&mut self) {
        let hollow = self.top().hollow;
        let key = self.top().state == State::Key;
        if key {
            let id = self.hollow(hollow);
            self.attach(id);
        }
        match self.top().state {
            State::Value => {
                let id = self.hollow(hollow);
                self.attach(id);
            }
            State::Colon => {
                let end = self.pending.last().map_or(hollow, |&id| self.builder.end(id));
                let id = self.builder.scalar(end, end, Style::Absent, Scalar::Slice(end, end));
                self.top().state = State::Value;
                self.attach(id);
            }
            _ => {}
        }
    }

    /// Builds the top collection, whose bracket ends at `end` if it has one, and takes it off the stack.
    pub(super) fn build(&mut self, end: Option<usize>) -> NodeId {
        self.fill();
        let frame = *self.top();
        self.frames.pop();
        let children = &self.pending[frame.children..];
        let last = children.last().map_or(frame.start, |&id| self.builder.end(id));
        let span = (frame.start, end.unwrap_or(last.max(frame.start)));
        let flow = matches!(frame.kind, Kind::FlowMap | Kind::FlowSeq | Kind::Pair);
        let id = match frame.kind {
            Kind::Seq | Kind::FlowSeq => self.builder.sequence(span, children, flow),
            _ => {
                let id = self.builder.mapping(span, children, flow, frame.merges);
                self.check_keys(frame.children);
                id
            }
        };
        let open = self.actions.any()
            && (self.holed_key(frame) || flow && self.actions.lines_between(span.0, span.1));
        if frame.open || open {
            self.builder.open(id);
        }
        self.pending.truncate(frame.children);
        self.give(id, frame.props);
        id
    }

    fn holed_key(&self, frame: Frame) -> bool {
        let mapping = matches!(frame.kind, Kind::Map | Kind::FlowMap | Kind::Pair);
        mapping && self.pending[frame.children..].chunks(2).any(|pair| self.builder.holed(pair[0]))
    }

    /// Closes the top block collection into the one around it.
    pub(super) fn close(&mut self) {
        let id = self.build(None);
        self.attach(id);
    }

    /// Where the document ends that holds `at`: at the next marker in the first column, or with the text.
    pub(super) fn document_end(&self, at: usize) -> usize {
        let mut from = at;
        while let Some(found) = memchr::memchr(b'\n', self.bytes.get(from..).unwrap_or_default()) {
            from += found + 1;
            if self.marker(from) {
                return from;
            }
        }
        self.bytes.len()
    }

    /// Whether `---` or `...` stands at `at`, the start of a line.
    pub(super) fn marker(&self, at: usize) -> bool {
        let rest = self.bytes.get(at..).unwrap_or_default();
        (rest.starts_with(b"---") || rest.starts_with(b"...")) && is_space(self.byte(at + 3))
    }
}
