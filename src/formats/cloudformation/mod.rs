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
use crate::model::cloudformation::{Entry, Template};
use crate::model::facts::{Facts, FolderId};
use crate::model::workload::Word;
use crate::syntax::tree::{Kind, Node, Tree};
use crate::text::Span;
use evaluate::Evaluator;

/// The facts of a tree. CloudFormation reads the first document only, and its names are those that count; what further
/// ones ask for is read as well, each by itself.
pub fn lower(tree: &Tree, folder: FolderId) -> Facts {
    let mut facts = Facts { folder, ..Facts::default() };
    for (root, complete) in roots(tree) {
        let instances = instances(root);
        let misspelt = misspelt(&instances);
        match &mut facts.cloudformation {
            Some(template) => template.misspelt.extend(misspelt),
            None => facts.cloudformation = Some(Template { misspelt, ..template::read(root, complete) }),
        }
        facts.cloud.extend(super::cloud::lower(instances));
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

/// Properties that differ in capitals only from those that there are.
fn misspelt(instances: &[Instance]) -> Vec<(Word, &'static str)> {
    let of = |instance: &Instance| {
        let keys = instance.properties.map().into_iter().flat_map(|map| &map.entries);
        let meant = keys.filter_map(|(key, _)| {
            Some((key.clone(), super::cloud::meant_key(&instance.kind.text, &key.text)?))
        });
        meant.collect::<Vec<_>>()
    };
    instances.iter().flat_map(of).collect()
}

fn roots(tree: &Tree) -> impl Iterator<Item = (Node<'_>, bool)> {
    tree.documents().iter().filter_map(|document| {
        let root = document.root.map(|root| tree.node(root)).filter(|root| root.kind() == Kind::Mapping)?;
        Some((root, document.complete))
    })
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
    Some(Instance { kind, name: entry.name.clone(), id, span: entry.span, near, properties, made: None })
}

/// The shortest text that stands for a node, and whether it is short.
fn place(node: Node<'_>) -> (Span, bool) {
    node.short_span().map_or((node.span(), false), |span| (span, true))
}
