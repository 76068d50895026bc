//! What a kustomization generates: ConfigMaps and Secrets that other files refer to.

use crate::model::Setting;
use crate::model::facts::Facts;
use crate::model::wiring::{Definition, Target};
use crate::syntax::tree::Node;

/// Adds the generators of a kustomization.
pub(super) fn lower(facts: &mut Facts, root: Node<'_>) {
    for (key, target) in [("configMapGenerator", Target::ConfigMap), ("secretGenerator", Target::Secret)] {
        for node in root.get(key).into_iter().flat_map(Node::items) {
            facts.definitions.push(Definition {
                target,
                name: Setting::text(node, "name"),
                namespace: Setting::text(node, "namespace"),
                // Keys come from files and literals; the rendered object is what knows them.
                keys: None,
                anchor: node.get("name").map_or(node.span(), Node::span),
            });
        }
    }
}
