//! CloudFormation and SAM templates → facts. Intrinsic functions are computed with the defaults of parameters; what
//! depends on the account, the region or another stack is unknown.
//!
//! Does not know rules, other files or what a type of resource means.

mod calls;
mod conditions;
mod evaluate;
mod functions;
mod serverless;
mod template;
#[cfg(test)]
mod tests;

use crate::model::cloud::{Computed, Data, Instance, Map};
use crate::model::cloudformation::Entry;
use crate::model::facts::{Facts, FolderId};
use crate::syntax::tree::{Kind, Node, Tree};
use crate::text::Span;
use evaluate::Evaluator;

/// The facts of the first document in a tree; CloudFormation reads no other.
pub fn lower(tree: &Tree, folder: FolderId) -> Facts {
    let mut facts = Facts { folder, ..Facts::default() };
    if let Some((root, complete)) = root(tree) {
        facts.cloudformation = Some(template::read(root, complete));
        facts.cloud = super::cloud::lower(&instances(root));
    }
    facts
}

/// The resources of a template, their properties computed. Those whose condition does not hold are none.
fn instances(root: Node<'_>) -> Vec<Instance> {
    let evaluator = Evaluator::new(root);
    let resources = root.get("Resources").map(Node::entries).unwrap_or_default();
    let read = resources.into_iter().filter_map(|entry| {
        let named = template::entry(entry)?;
        instance(&evaluator, &named, entry.value)
    });
    let mut instances: Vec<Instance> = read.collect();
    if let Some(globals) = root.get("Globals") {
        serverless::spread(&evaluator, globals, &mut instances);
    }
    instances
}

fn root(tree: &Tree) -> Option<(Node<'_>, bool)> {
    let document = tree.documents().iter().find(|document| document.root.is_some())?;
    let root = document.root.map(|root| tree.node(root)).filter(|root| root.kind() == Kind::Mapping)?;
    Some((root, document.complete))
}

fn instance<'t>(evaluator: &Evaluator<'t>, entry: &Entry, node: Node<'t>) -> Option<Instance> {
    let kind = node.get("Type").and_then(template::word)?;
    let condition = node.get("Condition").and_then(Node::as_str);
    if condition.is_some_and(|name| evaluator.condition(name) == Some(false)) {
        return None;
    }
    let written = node.entry("Properties").filter(|entry| entry.value.kind() != Kind::Null);
    let near = written.map_or(entry.name.span, |entry| entry.key.span());
    let properties = match written {
        Some(written) => evaluator.value(written.value),
        None if node.is_open() => Computed::unknown(near),
        None => Computed::new(Data::Map(Map::default()), near),
    };
    let id = entry.name.text.clone();
    Some(Instance { kind, name: entry.name.clone(), id, span: entry.span, near, properties })
}

/// The shortest text that stands for a node, and whether it is short.
fn place(node: Node<'_>) -> (Span, bool) {
    node.short_span().map_or((node.span(), false), |span| (span, true))
}
