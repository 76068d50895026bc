//! What a release of a chart is told in Terraform: the values that are set one by one, and those in documents.

use super::block::Block;
use crate::syntax::tree::{Kind, Node, NodeId, Tree};

/// The type of resource that installs a chart.
pub const RELEASE: &str = "helm_release";

/// Values of one release that are looked at.
const MOST: usize = 10_000;
/// Documents are followed no deeper.
const MAX_DEPTH: usize = 64;

/// A value that a chart is given.
#[derive(Clone, Debug)]
pub struct ChartValue<'t> {
    /// The keys that lead to it: `auth`, `rootPassword`.
    pub path: Vec<String>,
    /// The value, a scalar.
    pub value: Node<'t>,
}

impl ChartValue<'_> {
    /// Its last key.
    pub fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// The path with dots.
    pub fn dotted(&self) -> String {
        self.path.join(".")
    }
}

/// What a release is given: by `set` and its kin, and by the documents of `values`.
pub fn values<'t>(block: &Block, tree: &'t Tree) -> Vec<ChartValue<'t>> {
    let mut out = Vec::new();
    let body = tree.node(block.node);
    for key in ["set", "set_sensitive", "set_wo"] {
        for item in body.get(key).into_iter().flat_map(items) {
            let (Some(name), Some(value)) = (item.get("name").and_then(Node::as_str), item.get("value"))
            else {
                continue;
            };
            if is_scalar(value) {
                let path = name.replace("\\.", "\0");
                let path = path.split('.').map(|key| key.replace('\0', ".")).collect();
                out.push(ChartValue { path, value });
            }
        }
    }
    for document in &block.documents {
        walk(tree.node(*document), &mut Vec::new(), &mut out);
    }
    out.truncate(MOST);
    out
}

/// The nodes that are documents of values, or of which it is not known what they say.
pub fn documents(block: &Block, tree: &Tree) -> Vec<NodeId> {
    tree.node(block.node).get("values").into_iter().flat_map(items).map(Node::id).collect()
}

/// One item without a list is as good as a list of one.
fn items(node: Node<'_>) -> Vec<Node<'_>> {
    if node.kind() == Kind::Sequence { node.items().collect() } else { vec![node] }
}

fn is_scalar(node: Node<'_>) -> bool {
    matches!(node.kind(), Kind::Bool | Kind::Int | Kind::Float | Kind::String)
}

fn walk<'t>(node: Node<'t>, path: &mut Vec<String>, out: &mut Vec<ChartValue<'t>>) {
    if out.len() >= MOST || path.len() >= MAX_DEPTH {
        return;
    }
    match node.kind() {
        Kind::Mapping => {
            for entry in node.own_entries() {
                path.push(entry.key.text().to_owned());
                walk(entry.value, path, out);
                path.pop();
            }
        }
        Kind::Sequence => {
            for (at, item) in node.items().enumerate() {
                path.push(at.to_string());
                walk(item, path, out);
                path.pop();
            }
        }
        _ if is_scalar(node) && !path.is_empty() => out.push(ChartValue { path: path.clone(), value: node }),
        _ => {}
    }
}
