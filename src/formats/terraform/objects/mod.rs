//! Objects of Kubernetes that resources of Terraform make: the same values under the keys that a manifest has.
//!
//! Every value stays at the text that it is written at, so that rules for manifests mark what is to be changed here.

mod keys;
mod kinds;
mod words;
mod writer;
mod yaml;

pub use words::spoken;

use writer::Writer;

use super::folder;
use crate::model::block::Block;
use crate::model::release;
use crate::syntax::hcl::{self, ExprKind};
use crate::syntax::tree::{Builder, Kind, NodeId};

/// The type that takes an object as a value.
const MANIFEST: &str = "kubernetes_manifest";
/// The type, of another provider, that takes objects as text.
const MANIFEST_TEXT: &str = "kubectl_manifest";

/// Adds the objects that a block makes to the tree that it is in. `block` is as it came out of `written`.
pub(super) fn of(builder: &mut Builder, block: &Block, written: &hcl::Block) -> Vec<NodeId> {
    if block.keyword != "resource" {
        return Vec::new();
    }
    match block.kind() {
        MANIFEST => text(builder, block, written, "manifest"),
        MANIFEST_TEXT => text(builder, block, written, "yaml_body"),
        kind => {
            let near = written.labels.first().map_or(written.kind.span, |label| label.span);
            let object = kinds::kind(kind);
            object.map(|object| Writer { builder, near, object }.object(block)).into_iter().collect()
        }
    }
}

/// The documents that a release of a chart is given as values.
pub(super) fn chart_values(builder: &mut Builder, block: &Block, written: &hcl::Block) -> Vec<NodeId> {
    if block.keyword != "resource" || block.kind() != release::RELEASE {
        return Vec::new();
    }
    let exprs = match folder::expr(&written.body, "values").map(|expr| &expr.kind) {
        Some(ExprKind::Tuple(items)) => items.as_slice(),
        _ => &[],
    };
    let mut out = Vec::new();
    for (at, node) in release::documents(block, builder.tree()).into_iter().enumerate() {
        match builder.tree().node(node).kind() {
            Kind::Mapping => out.push(node),
            Kind::String => out.extend(yaml::of(builder, node)),
            Kind::Unknown => {
                out.extend(exprs.get(at).map(|expr| yaml::of_template(builder, expr)).unwrap_or_default());
            }
            _ => {}
        }
    }
    out
}

/// Objects that are given at a key as a value, or as text of YAML.
fn text(builder: &mut Builder, block: &Block, written: &hcl::Block, key: &str) -> Vec<NodeId> {
    let Some(node) = builder.tree().node(block.node).get(key) else { return Vec::new() };
    let id = node.id();
    match node.kind() {
        Kind::Mapping => {
            // What a function made has no places in the text that it was made from.
            let call = folder::expr(&written.body, key).filter(|expr| matches!(expr.kind, ExprKind::Call(_)));
            let placed = call.map(|expr| yaml::of_template(builder, expr)).unwrap_or_default();
            if placed.is_empty() { vec![id] } else { placed }
        }
        Kind::String => yaml::of(builder, id),
        Kind::Unknown => match folder::expr(&written.body, key) {
            Some(expr) => yaml::of_template(builder, expr),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Whether resources of this type are given objects as a manifest has them, API version and all.
pub(super) fn is_manifest(kind: &str) -> bool {
    matches!(kind, MANIFEST | MANIFEST_TEXT)
}
