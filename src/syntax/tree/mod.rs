//! The data tree that YAML and JSON share: flat, with a span on every node and key.
//!
//! Storage only grows and is never walked recursively, so a hostile depth costs nothing here. Aliases stay
//! references: nothing is expanded. Values are typed when they are read ([`Node::kind`]), by the tree's [`Schema`].
//! Does not parse and knows no domain.

mod build;
mod index;
mod keys;
mod place;
mod read;
mod scalar;
mod trace;

pub use build::{Builder, Scalar, Style};
pub use place::Piece;
pub use read::{Entry, Kind, Node};
pub use scalar::{Resolved, Schema};
pub use trace::Trace;

use std::sync::{Arc, OnceLock};

use super::interpolation::Values;
use crate::text::{FileId, Span};

/// The number of a node in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(crate) u32);

/// All documents of one file.
#[derive(Debug)]
pub struct Tree {
    file: FileId,
    text: Arc<str>,
    schema: Schema,
    nodes: Vec<Stored>,
    /// Children of collections, each collection's in one run: items, or key, value, key, value.
    children: Vec<NodeId>,
    /// Scalars whose value is not a slice of the text: escapes, folds, joined lines.
    cooked: String,
    properties: Vec<Properties>,
    documents: Vec<Document>,
    comments: Vec<Comment>,
    /// Template actions that were masked, in order.
    holes: Vec<Hole>,
    /// What its variables stand for, where somebody has said so.
    values: Arc<Values>,
    /// Made when a large mapping is first asked for a key.
    index: OnceLock<index::Index>,
}

/// One document of a file.
#[derive(Clone, Copy, Debug)]
pub struct Document {
    /// The whole document, from its first byte or `---` to the next `---`, `...` or the end of the file.
    pub span: Span,
    /// Its root; `None` when it is empty.
    pub root: Option<NodeId>,
    /// Whether the document could be read to its end. If not, nothing may be called missing in it.
    pub complete: bool,
}

/// A comment, from its `#` to the end of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Where it stands, `#` included.
    pub span: Span,
    /// Whether nothing but blanks precedes it on its line.
    pub own_line: bool,
}

/// A template action such as `{{ .Values.x }}`, masked before parsing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hole {
    /// Where the action stands, delimiters included.
    pub span: Span,
    /// Whether it may put whole lines where it stands: keys into the mapping, items into the sequence around it.
    pub opens: bool,
}

/// The tag and anchor of a node; few nodes have any.
#[derive(Clone, Copy, Debug)]
struct Properties {
    node: NodeId,
    anchor: Option<Span>,
    tag: Option<Span>,
}

#[derive(Clone, Copy, Debug)]
struct Stored {
    start: u32,
    end: u32,
    data: Data,
}

#[derive(Clone, Copy, Debug)]
enum Data {
    /// `start..end` index the text, or `cooked` when `cooked` is set.
    Scalar {
        style: Style,
        cooked: bool,
        start: u32,
        end: u32,
    },
    Mapping {
        first: u32,
        entries: u32,
        flow: bool,
        open: bool,
        merges: bool,
    },
    Sequence {
        first: u32,
        items: u32,
        flow: bool,
        open: bool,
    },
    /// An alias; `None` when its anchor is unknown or it would contain itself.
    Alias(Option<NodeId>),
    /// Something stands here that could not be read, or that a template prints.
    Unknown,
}

impl Tree {
    /// The file the spans are in.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// Says what its variables stand for.
    pub fn set_values(&mut self, values: Arc<Values>) {
        self.values = values;
    }

    /// What its variables stand for, as far as somebody has said so.
    pub fn values(&self) -> &Values {
        &self.values
    }

    /// The text that was parsed, before any masking.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How plain scalars are typed.
    pub fn schema(&self) -> Schema {
        self.schema
    }

    /// The documents, in order. An empty file has none.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The roots of the documents that have one.
    pub fn roots(&self) -> impl Iterator<Item = Node<'_>> {
        self.documents.iter().filter_map(|document| document.root).map(|id| self.node(id))
    }

    /// The node with this number.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node::new(self, id)
    }

    /// The comments, in order.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// The masked template actions, in order.
    pub fn holes(&self) -> &[Hole] {
        &self.holes
    }

    /// Every stored node in the order of creation, aliases not followed.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = Node<'_>> {
        (0..self.nodes.len()).map(|at| self.node(NodeId(at as u32)))
    }

    fn span(&self, start: u32, end: u32) -> Span {
        Span { file: self.file, start, end }
    }

    /// Whether a masked action overlaps `start..end`.
    fn holed(&self, start: u32, end: u32) -> bool {
        let from = self.holes.partition_point(|hole| hole.span.end <= start);
        self.holes.get(from).is_some_and(|hole| hole.span.start < end)
    }
}
