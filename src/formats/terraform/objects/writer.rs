//! From the blocks of a resource to an object: the same nodes, at the keys that the API has.

use super::super::lower::MAX_DEPTH;
use super::{keys, kinds};
use crate::model::block::Block;
use crate::syntax::tree::{Builder, Kind, NodeId, Scalar, Style};
use crate::text::Span;

/// The depth of a resource's own blocks.
const OWN_BLOCK: usize = MAX_DEPTH - 1;

/// Writes blocks of a resource as parts of an object.
pub(super) struct Writer<'b> {
    pub(super) builder: &'b mut Builder,
    /// The type of the resource, which says what it is.
    pub(super) near: Span,
    /// The API version and kind.
    pub(super) object: (&'static str, &'static str),
}

impl Writer<'_> {
    /// The object that a block is.
    pub(super) fn object(&mut self, block: &Block) -> NodeId {
        let (version, kind) = self.object;
        let mut children = Vec::new();
        for (key, value) in [("apiVersion", version), ("kind", kind)] {
            children.push(self.text(self.near, key));
            children.push(self.text(self.near, value));
        }
        for (key, value) in self.entries(block.node) {
            let name = self.name(key);
            let name = match (kind, name.as_str()) {
                (_, name) if keys::is_of_terraform(name) => continue,
                // The provider encodes what is called `data`, and takes what is called `binary_data` as it is.
                ("Secret", "data") => {
                    self.verbatim(key, "stringData", value, &mut children);
                    continue;
                }
                ("Secret", "binary_data") => {
                    self.verbatim(key, "data", value, &mut children);
                    continue;
                }
                _ => name,
            };
            self.entry("", (key, &name, value), MAX_DEPTH, &mut children);
        }
        let span = (block.whole.start as usize, block.whole.end as usize);
        let object = self.builder.mapping(span, &children, false, false);
        if self.builder.tree().node(block.node).is_open() {
            self.builder.open(object);
        }
        object
    }

    /// Adds the entry at a key of a block called `within`.
    fn entry(
        &mut self,
        within: &str,
        (key, name, value): (NodeId, &str, NodeId),
        depth: usize,
        children: &mut Vec<NodeId>,
    ) {
        let node = self.builder.tree().node(value);
        let (kind, open) = (node.kind(), node.is_open());
        if kind == Kind::Null {
            return;
        }
        let selects = || node.get("match_labels").is_none() && node.get("match_expressions").is_none();
        if keys::is_verbatim(name) || name == "selector" && kind == Kind::Mapping && selects() {
            // Written as a block or as a map.
            let map = self.only(value).unwrap_or(value);
            return self.verbatim(key, &keys::camel(name), map, children);
        }
        let Some(depth) = depth.checked_sub(1) else { return };
        let items: Vec<NodeId> = match kind {
            Kind::Mapping => vec![value],
            Kind::Sequence => self.builder.children(value).to_vec(),
            _ => return self.scalar(key, name, value, children),
        };
        let is_block =
            |item: &NodeId| matches!(self.builder.tree().node(*item).kind(), Kind::Mapping | Kind::Unknown);
        if items.is_empty() || !items.iter().all(is_block) || kind == Kind::Sequence && self.is_words(&items)
        {
            return self.verbatim(
                key,
                keys::list(within, name).unwrap_or(&keys::camel(name)),
                value,
                children,
            );
        }
        if let Some(plural) = keys::list(within, name) {
            let items: Vec<NodeId> = items.iter().map(|item| self.block(name, *item, depth)).collect();
            let list = self.builder.sequence(self.span(value), &items, false);
            if open && kind == Kind::Sequence {
                self.builder.open(list);
            }
            self.verbatim(key, plural, list, children);
            return;
        }
        let only = match items.as_slice() {
            [only] if !open || kind == Kind::Mapping => self.block(name, *only, depth),
            // Perhaps there is none, or one of many: nobody knows what it says.
            _ => {
                let (start, end) = self.span(value);
                self.builder.unknown(start, end)
            }
        };
        if name == "persistent_volume_source" {
            // A level that the API does not have.
            children.extend_from_slice(self.builder.children(only).to_vec().as_slice());
            return;
        }
        self.verbatim(key, &keys::camel(name), only, children);
    }

    /// One block as a mapping.
    fn block(&mut self, within: &str, node: NodeId, depth: usize) -> NodeId {
        let read = self.builder.tree().node(node);
        let open = read.is_open();
        if read.kind() != Kind::Mapping {
            return node;
        }
        let mut children = Vec::new();
        for (key, value) in self.entries(node) {
            let name = self.name(key);
            self.entry(within, (key, &name, value), depth, &mut children);
        }
        if !open {
            self.defaults(within, node, depth, &mut children);
        }
        let block = self.builder.mapping(self.span(node), &children, false, false);
        if open {
            self.builder.open(block);
        }
        block
    }

    /// What the provider says where nobody does.
    fn defaults(&mut self, within: &str, node: NodeId, depth: usize, children: &mut Vec<NodeId>) {
        let read = self.builder.tree().node(node);
        let place = read.span();
        let lacks = |key| read.get(key).is_none_or(|value| value.kind() == Kind::Null);
        let kind = self.object.1;
        let default = match within {
            "metadata" if depth == OWN_BLOCK && kinds::is_namespaced(kind) && lacks("namespace") => {
                ("namespace", "default")
            }
            "spec" if matches!(kind, "Job" | "CronJob") && !lacks("container") && lacks("restart_policy") => {
                ("restartPolicy", "Never")
            }
            _ => return,
        };
        children.push(self.text(place, default.0));
        children.push(self.text(place, default.1));
    }

    /// Text that says a number or a boolean becomes one.
    fn scalar(&mut self, key: NodeId, name: &str, value: NodeId, children: &mut Vec<NodeId>) {
        let node = self.builder.tree().node(value);
        let text = node.text();
        let is_number = !text.is_empty()
            && text.len() < 16
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && (text == "0" || !text.starts_with('0'));
        let typed = node.kind() == Kind::String
            && keys::takes_number(name)
            && (is_number || matches!(text, "true" | "false"));
        let value = if typed {
            let text = text.to_owned();
            let (start, end) = self.span(value);
            self.builder.scalar(start, end, Style::Plain, Scalar::Cooked(&text))
        } else {
            value
        };
        self.verbatim(key, &keys::camel(name), value, children);
    }

    /// Adds a value as it is.
    fn verbatim(&mut self, key: NodeId, name: &str, value: NodeId, children: &mut Vec<NodeId>) {
        let span = self.builder.tree().node(key).span();
        children.push(self.text(span, name));
        children.push(value);
    }

    fn text(&mut self, place: Span, text: &str) -> NodeId {
        let (start, end) = (place.start as usize, place.end as usize);
        self.builder.scalar(start, end, Style::Double, Scalar::Cooked(text))
    }

    /// The one item of a list that is known to have no other.
    fn only(&self, node: NodeId) -> Option<NodeId> {
        let read = self.builder.tree().node(node);
        match self.builder.children(node) {
            [only] if read.kind() == Kind::Sequence && !read.is_open() => Some(*only),
            _ => None,
        }
    }

    /// Whether a list of which nothing is known is one of words, not of blocks: blocks stand at their keyword.
    fn is_words(&self, items: &[NodeId]) -> bool {
        items.iter().all(|item| self.builder.tree().node(*item).kind() == Kind::Unknown)
    }

    fn entries(&self, node: NodeId) -> Vec<(NodeId, NodeId)> {
        let children = self.builder.children(node);
        children.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    }

    fn name(&self, key: NodeId) -> String {
        self.builder.tree().node(key).text().to_owned()
    }

    fn span(&self, node: NodeId) -> (usize, usize) {
        let span = self.builder.tree().node(node).span();
        (span.start as usize, span.end as usize)
    }
}
