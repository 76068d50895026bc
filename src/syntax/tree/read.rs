//! Reading a tree: typed values, keys with merges applied, spans of parts.

use std::collections::HashSet;

use super::index::MANY;
use super::{Data, NodeId, Resolved, Style, Tree};
use crate::text::Span;

/// How many aliases and merges are followed from one node before it counts as unknown.
const MAX_HOPS: usize = 64;

/// A node to read. Reads follow aliases and merge keys; the span stays where the node is written.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    id: NodeId,
}

/// What a node is, after aliases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`, `~`, or nothing written.
    Null,
    /// A boolean.
    Bool,
    /// A number without a fraction.
    Int,
    /// A number with a fraction or exponent, or too large for 64 bits.
    Float,
    /// Text.
    String,
    /// Keys and values.
    Mapping,
    /// Items.
    Sequence,
    /// Not knowable: it holds a template action, or an alias to nothing.
    Unknown,
}

/// A key and its value.
#[derive(Clone, Copy)]
pub struct Entry<'t> {
    /// The key.
    pub key: Node<'t>,
    /// The value.
    pub value: Node<'t>,
}

impl Entry<'_> {
    /// From the first byte of the key to the last of the value.
    pub fn span(&self) -> Span {
        self.key.span().to(self.value.span())
    }

    /// The shortest text that shows the entry: a scalar on one line, else the key.
    pub fn place(&self) -> Span {
        self.value.short_span().unwrap_or_else(|| self.key.span())
    }
}

impl<'t> Node<'t> {
    pub(super) fn new(tree: &'t Tree, id: NodeId) -> Self {
        Node { tree, id }
    }

    /// The tree this node is of.
    pub fn tree(self) -> &'t Tree {
        self.tree
    }

    /// Its number.
    pub fn id(self) -> NodeId {
        self.id
    }

    pub(super) fn stored(self) -> super::Stored {
        self.tree.nodes[self.id.0 as usize]
    }

    /// Where the node is written: a scalar with its quotes or block header, a collection from its first to its
    /// last child or bracket, an alias with its `*`. Empty, just after the `:`, when nothing is written.
    pub fn span(self) -> Span {
        let stored = self.stored();
        self.tree.span(stored.start, stored.end)
    }

    /// Whether this is written as an alias.
    pub fn is_alias(self) -> bool {
        matches!(self.stored().data, Data::Alias(_))
    }

    /// The node itself, or what its alias stands for; `None` for an alias to nothing and for what could not be read.
    pub fn target(self) -> Option<Node<'t>> {
        let mut node = self;
        for _ in 0..MAX_HOPS {
            match node.stored().data {
                Data::Alias(Some(id)) => node = Node::new(self.tree, id),
                Data::Alias(None) | Data::Unknown => return None,
                _ => return Some(node),
            }
        }
        None
    }

    pub(super) fn data(self) -> Option<Data> {
        self.target().map(|node| node.stored().data)
    }

    /// What the node is.
    pub fn kind(self) -> Kind {
        let Some(target) = self.target() else { return Kind::Unknown };
        match target.stored().data {
            Data::Mapping { .. } => Kind::Mapping,
            Data::Sequence { .. } => Kind::Sequence,
            Data::Alias(_) | Data::Unknown => Kind::Unknown,
            Data::Scalar { .. } => match target.resolved() {
                Resolved::Null => Kind::Null,
                Resolved::Bool(_) => Kind::Bool,
                Resolved::Int(_) => Kind::Int,
                Resolved::Float(_) => Kind::Float,
                Resolved::String => Kind::String,
                Resolved::Unknown => Kind::Unknown,
            },
        }
    }

    /// The typed value of a scalar; `String` for collections too.
    fn resolved(self) -> Resolved {
        let stored = self.stored();
        let Data::Scalar { style, .. } = stored.data else { return Resolved::String };
        if self.tree.holed(stored.start, stored.end) {
            return Resolved::Unknown;
        }
        let tag = self.tag();
        if style == Style::Plain || style == Style::Absent || tag.is_some() {
            self.tree.schema.resolve(self.text(), style, tag)
        } else {
            Resolved::String
        }
    }

    fn value(self) -> Resolved {
        self.target().map_or(Resolved::Unknown, Node::resolved)
    }

    /// The text of a scalar, unescaped and folded, whatever its type; empty for collections.
    pub fn text(self) -> &'t str {
        let tree = self.tree;
        match self.data() {
            Some(Data::Scalar { cooked, start, end, .. }) => {
                let from: &'t str = if cooked { &tree.cooked } else { &tree.text };
                from.get(start as usize..end as usize).unwrap_or_default()
            }
            _ => "",
        }
    }

    /// The text, if the node is text.
    pub fn as_str(self) -> Option<&'t str> {
        (self.kind() == Kind::String).then(|| self.text())
    }

    /// The boolean, if it is one.
    pub fn as_bool(self) -> Option<bool> {
        if let Resolved::Bool(value) = self.value() { Some(value) } else { None }
    }

    /// The number, if it is one without a fraction that fits 64 bits.
    pub fn as_i64(self) -> Option<i64> {
        if let Resolved::Int(value) = self.value() { Some(value) } else { None }
    }

    /// The number, if it is one.
    pub fn as_f64(self) -> Option<f64> {
        match self.value() {
            Resolved::Int(value) => Some(super::scalar::rounded(value)),
            Resolved::Float(value) => Some(value),
            _ => None,
        }
    }

    /// How a scalar is written; `None` for collections.
    pub fn style(self) -> Option<Style> {
        if let Some(Data::Scalar { style, .. }) = self.data() { Some(style) } else { None }
    }

    /// Whether there may be more keys or items here than are written: a template may print them, or a merge key pulls
    /// in what is not known.
    pub fn is_open(self) -> bool {
        self.open_within(MAX_HOPS)
    }

    fn open_within(self, hops: usize) -> bool {
        match self.data() {
            None | Some(Data::Mapping { open: true, .. } | Data::Sequence { open: true, .. }) => true,
            Some(Data::Mapping { merges: true, .. }) if hops > 0 => {
                let mut merges = self.own_entries().filter(|entry| entry.key.is_merge());
                merges.any(|entry| entry.value.kind() == Kind::Unknown)
                    || self.merged().into_iter().any(|node| node.open_within(hops / 2))
            }
            _ => false,
        }
    }

    /// Whether a collection is written with brackets.
    pub fn is_flow(self) -> bool {
        matches!(self.data(), Some(Data::Mapping { flow: true, .. } | Data::Sequence { flow: true, .. }))
    }

    /// The tag as written, such as `!Ref` or `!!str`.
    pub fn tag(self) -> Option<&'t str> {
        let tree = self.tree;
        self.properties().and_then(|properties| properties.tag).map(|span| &tree.text[span.range()])
    }

    /// The name of the node's own anchor.
    pub fn anchor(self) -> Option<&'t str> {
        let tree = self.tree;
        self.properties().and_then(|properties| properties.anchor).map(|span| &tree.text[span.range()])
    }

    fn properties(self) -> Option<super::Properties> {
        let all = &self.tree.properties;
        if all.is_empty() {
            return None;
        }
        let at = all.binary_search_by_key(&self.id, |properties| properties.node).ok()?;
        all.get(at).copied()
    }

    /// The keys and values as written: no merge key applied, duplicates kept.
    pub fn own_entries(self) -> impl DoubleEndedIterator<Item = Entry<'t>> + ExactSizeIterator {
        let tree = self.tree;
        let run = match self.data() {
            Some(Data::Mapping { first, entries, .. }) => {
                &tree.children[first as usize..first as usize + 2 * entries as usize]
            }
            _ => &[],
        };
        run.chunks_exact(2).map(move |pair| Entry { key: tree.node(pair[0]), value: tree.node(pair[1]) })
    }

    /// The items of a sequence.
    pub fn items(self) -> impl DoubleEndedIterator<Item = Node<'t>> + ExactSizeIterator {
        let tree = self.tree;
        let run = match self.data() {
            Some(Data::Sequence { first, items, .. }) => {
                &tree.children[first as usize..first as usize + items as usize]
            }
            _ => &[],
        };
        run.iter().map(move |&id| tree.node(id))
    }

    /// The item of a sequence at this position, counted from 0.
    pub fn item(self, at: usize) -> Option<Node<'t>> {
        match self.data() {
            Some(Data::Sequence { first, items, .. }) if at < items as usize => {
                Some(self.tree.node(self.tree.children[first as usize + at]))
            }
            _ => None,
        }
    }

    /// Whether a mapping has a merge key.
    pub fn merges(self) -> bool {
        matches!(self.data(), Some(Data::Mapping { merges: true, .. }))
    }

    /// The mappings that `<<` keys of this mapping pull in, in order of precedence.
    fn merged(self) -> Vec<Node<'t>> {
        let mut out = Vec::new();
        for entry in self.own_entries().filter(|entry| entry.key.is_merge()) {
            match entry.value.kind() {
                Kind::Mapping => out.push(entry.value),
                Kind::Sequence => out.extend(entry.value.items().filter(|item| item.kind() == Kind::Mapping)),
                _ => {}
            }
        }
        out
    }

    /// Whether this node is a plain `<<`, the merge key.
    pub fn is_merge(self) -> bool {
        self.text() == "<<" && self.style() == Some(Style::Plain) && self.tree.schema.merges()
    }

    /// The entry with this key: own keys first (the last of duplicates, as decoders take it), then merged ones.
    pub fn entry(self, key: &str) -> Option<Entry<'t>> {
        self.entry_within(key, MAX_HOPS)
    }

    fn entry_within(self, key: &str, hops: usize) -> Option<Entry<'t>> {
        let own = self.own_entry(key);
        if own.is_some() || !self.merges() || hops == 0 {
            return own;
        }
        self.merged().into_iter().find_map(|node| node.entry_within(key, hops / 2))
    }

    fn own_entry(self, key: &str) -> Option<Entry<'t>> {
        match self.target().map(|node| (node.id, node.stored().data)) {
            Some((id, Data::Mapping { entries, .. })) if entries >= MANY => self.tree.indexed(id, key),
            _ => self.own_entries().rev().find(|entry| entry.key.text() == key),
        }
    }

    /// The value of this key.
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        self.entry(key).map(|entry| entry.value)
    }

    /// All entries as a decoder sees them: merge keys applied, the last of duplicates.
    pub fn entries(self) -> Vec<Entry<'t>> {
        let mut out: Vec<Entry<'t>> = Vec::new();
        self.collect_entries(&mut out, &mut HashSet::new(), MAX_HOPS);
        out
    }

    fn collect_entries(self, out: &mut Vec<Entry<'t>>, seen: &mut HashSet<&'t str>, hops: usize) {
        let from = out.len();
        for entry in self.own_entries().rev() {
            if !(self.merges() && entry.key.is_merge()) && seen.insert(entry.key.text()) {
                out.push(entry);
            }
        }
        out[from..].reverse();
        if self.merges() && hops > 0 {
            for node in self.merged() {
                node.collect_entries(out, seen, hops / 2);
            }
        }
    }

    /// The node at the end of a path of keys.
    pub fn at(self, path: &[&str]) -> Option<Node<'t>> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// Where the text of a scalar is written, without quotes where it can be; `None` for a collection, for text on
    /// several lines, and where nothing is written.
    pub fn short_span(self) -> Option<Span> {
        if matches!(self.kind(), Kind::Mapping | Kind::Sequence) {
            return None;
        }
        let inner = self.sub_span(0, self.text().len());
        let span = if inner.is_empty() { self.span() } else { inner };
        let written = self.tree.text.get(span.range())?;
        (!written.is_empty() && memchr::memchr(b'\n', written.as_bytes()).is_none()).then_some(span)
    }
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?} {:?}", self.kind(), self.span().range(), self.text())
    }
}
