//! How a parser makes a tree: scalars first, then the collections that hold them.

use std::sync::{Arc, OnceLock};

use super::{Comment, Data, Document, Hole, NodeId, Properties, Schema, Stored, Tree};
use crate::text::{FileId, Span};

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes: typed by the schema.
    Plain,
    /// `'single'`
    Single,
    /// `"double"`
    Double,
    /// `|`
    Literal,
    /// `>`
    Folded,
    /// Nothing is written: `key:`.
    Absent,
}

/// The value of a scalar: a slice of the text, or text that had to be put together.
#[derive(Clone, Copy, Debug)]
pub enum Scalar<'a> {
    /// Bytes `start..end` of the file.
    Slice(usize, usize),
    /// Unescaped, folded or joined text.
    Cooked(&'a str),
}

/// Collects the nodes of one file. Children are given before their parents.
#[derive(Debug)]
pub struct Builder {
    tree: Tree,
    /// Room for a value that is being put together.
    pub(crate) scratch: String,
}

impl Builder {
    /// An empty tree over `text`.
    pub fn new(file: FileId, text: Arc<str>, schema: Schema) -> Self {
        Builder {
            tree: Tree {
                file,
                schema,
                nodes: Vec::with_capacity(text.len() / 16),
                children: Vec::with_capacity(text.len() / 16),
                text,
                cooked: String::new(),
                properties: Vec::new(),
                documents: Vec::new(),
                comments: Vec::new(),
                holes: Vec::new(),
                values: Arc::default(),
                index: OnceLock::new(),
            },
            scratch: String::new(),
        }
    }

    fn push(&mut self, start: usize, end: usize, data: Data) -> NodeId {
        self.tree.nodes.push(Stored { start: start as u32, end: end as u32, data });
        NodeId(self.tree.nodes.len() as u32 - 1)
    }

    /// A scalar written at `start..end`, quotes and block header included.
    pub fn scalar(&mut self, start: usize, end: usize, style: Style, value: Scalar<'_>) -> NodeId {
        let (cooked, from, to) = match value {
            Scalar::Slice(from, to) => (false, from, to),
            Scalar::Cooked(text) => {
                let from = self.tree.cooked.len();
                self.tree.cooked.push_str(text);
                (true, from, self.tree.cooked.len())
            }
        };
        self.push(start, end, Data::Scalar { style, cooked, start: from as u32, end: to as u32 })
    }

    /// A mapping; `children` is key, value, key, value. `merges` says that one of the keys is a plain `<<`.
    pub fn mapping(&mut self, span: (usize, usize), children: &[NodeId], flow: bool, merges: bool) -> NodeId {
        let first = self.tree.children.len() as u32;
        self.tree.children.extend_from_slice(children);
        let data = Data::Mapping { first, entries: children.len() as u32 / 2, flow, open: false, merges };
        self.push(span.0, span.1, data)
    }

    /// A sequence of `items`.
    pub fn sequence(&mut self, span: (usize, usize), items: &[NodeId], flow: bool) -> NodeId {
        let first = self.tree.children.len() as u32;
        self.tree.children.extend_from_slice(items);
        self.push(span.0, span.1, Data::Sequence { first, items: items.len() as u32, flow, open: false })
    }

    /// An alias `*name` to a node that is complete already.
    pub fn alias(&mut self, start: usize, end: usize, target: Option<NodeId>) -> NodeId {
        self.push(start, end, Data::Alias(target))
    }

    /// Makes a scalar unknown: it is written, but whether it counts depends on what no file says.
    pub(crate) fn doubt(&mut self, node: NodeId) {
        let stored = &mut self.tree.nodes[node.0 as usize];
        if matches!(stored.data, Data::Scalar { .. }) {
            stored.data = Data::Unknown;
        }
    }

    /// A node of which only the place is known: kind [`Kind::Unknown`](super::Kind::Unknown).
    pub fn unknown(&mut self, start: usize, end: usize) -> NodeId {
        self.push(start, end, Data::Unknown)
    }

    /// Makes an alias stand for nothing.
    pub(crate) fn cut(&mut self, alias: NodeId) {
        self.tree.nodes[alias.0 as usize].data = Data::Alias(None);
    }

    /// Offset of the first byte of a node.
    pub(crate) fn start(&self, node: NodeId) -> usize {
        self.tree.nodes[node.0 as usize].start as usize
    }

    /// Offset just past the last byte of a node.
    pub(crate) fn end(&self, node: NodeId) -> usize {
        self.tree.nodes[node.0 as usize].end as usize
    }

    /// Offset just past the node that was added last.
    pub(crate) fn last_end(&self) -> usize {
        self.tree.nodes.last().map_or(0, |stored| stored.end as usize)
    }

    /// How many nodes there are so far.
    pub(crate) fn len(&self) -> usize {
        self.tree.nodes.len()
    }

    /// Whether the node is an alias.
    pub(crate) fn is_alias(&self, node: NodeId) -> bool {
        matches!(self.tree.nodes[node.0 as usize].data, Data::Alias(_))
    }

    /// Whether the node is a plain `<<`.
    pub(crate) fn is_merge(&self, node: NodeId) -> bool {
        let stored = self.tree.nodes[node.0 as usize];
        stored.end - stored.start == 2 && self.tree.node(node).is_merge()
    }

    /// The text of a scalar; `None` for collections and aliases.
    pub(crate) fn key_text(&self, node: NodeId) -> Option<&str> {
        let Data::Scalar { cooked, start, end, .. } = self.tree.nodes[node.0 as usize].data else {
            return None;
        };
        let from: &str = if cooked { &self.tree.cooked } else { &self.tree.text };
        from.get(start as usize..end as usize)
    }

    /// What an alias stands for; `None` for other nodes and aliases to nothing.
    pub(crate) fn target(&self, node: NodeId) -> Option<NodeId> {
        if let Data::Alias(target) = self.tree.nodes[node.0 as usize].data { target } else { None }
    }

    /// The children of a collection: items, or key, value, key, value.
    pub(crate) fn children(&self, node: NodeId) -> &[NodeId] {
        let (first, count) = match self.tree.nodes[node.0 as usize].data {
            Data::Mapping { first, entries, .. } => (first as usize, 2 * entries as usize),
            Data::Sequence { first, items, .. } => (first as usize, items as usize),
            _ => return &[],
        };
        &self.tree.children[first..first + count]
    }

    /// Whether a template action overlaps the node.
    pub(crate) fn holed(&self, node: NodeId) -> bool {
        let stored = self.tree.nodes[node.0 as usize];
        self.tree.holed(stored.start, stored.end)
    }

    /// The anchor (`&name`, name only) and tag (`!x`, whole) of a node.
    pub fn properties(&mut self, node: NodeId, anchor: Option<Span>, tag: Option<Span>) {
        self.tree.properties.push(Properties { node, anchor, tag });
    }

    /// Says that a template may add keys or items to this collection.
    pub fn open(&mut self, node: NodeId) {
        if let Data::Mapping { open, .. } | Data::Sequence { open, .. } =
            &mut self.tree.nodes[node.0 as usize].data
        {
            *open = true;
        }
    }

    /// A comment, from `#` to the end of the line.
    pub fn comment(&mut self, span: Span, own_line: bool) {
        self.tree.comments.push(Comment { span, own_line });
    }

    /// A finished document.
    pub fn document(&mut self, document: Document) {
        self.tree.documents.push(document);
    }

    /// The masked template actions, sorted.
    pub fn holes(&mut self, holes: Vec<Hole>) {
        self.tree.holes = holes;
    }

    /// The tree as it stands.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The finished tree.
    pub fn finish(mut self) -> Tree {
        self.tree.properties.sort_by_key(|properties| properties.node);
        self.tree
    }
}
