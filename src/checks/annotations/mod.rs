//! Annotations that other tools read: whether the tool knows them, takes their value, and looks where they stand.

mod annotation_on_wrong_object;
mod invalid_annotation_value;
mod known;
mod unknown_annotation;

use super::{Check, File};
use crate::model::resource::Resource;
use crate::syntax::tree::{Entry, Kind, Node, NodeId};

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("unknown-annotation", Check::File(unknown_annotation::check)),
    ("invalid-annotation-value", Check::File(invalid_annotation_value::check)),
    ("annotation-on-wrong-object", Check::File(annotation_on_wrong_object::check)),
];

/// Calls `visit` for every annotation of the file's objects and of their pods, with the object.
fn each(file: &File<'_>, mut visit: impl FnMut(&Resource, Entry<'_>)) {
    let Some(tree) = file.tree else { return };
    for resource in &file.facts.resources {
        for entry in written(tree.node(resource.node).get("metadata")) {
            visit(resource, entry);
        }
    }
    for workload in &file.facts.workloads {
        let resource = file.facts.resource_of(workload);
        let own = tree.node(resource.node).get("metadata").map(Node::id);
        let metadata = workload.metadata.filter(|id: &NodeId| Some(*id) != own);
        for entry in written(metadata.map(|id| tree.node(id))) {
            visit(resource, entry);
        }
    }
}

/// The annotations in this metadata whose key is known.
fn written(metadata: Option<Node<'_>>) -> impl Iterator<Item = Entry<'_>> {
    let annotations = metadata.and_then(|metadata| metadata.get("annotations"));
    let entries = annotations.map(Node::own_entries).into_iter().flatten();
    entries.filter(|entry| entry.key.kind() == Kind::String && !entry.key.is_merge())
}
