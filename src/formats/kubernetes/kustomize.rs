//! What a kustomization says of other files: the ConfigMaps and Secrets it generates, and which files are patches.

use crate::model::Setting;
use crate::model::facts::Facts;
use crate::model::wiring::{Definition, Target};
use crate::syntax::tree::{Node, Tree};

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

/// The paths of the patches that a kustomization names, relative to its folder. A patch may also stand in the
/// kustomization itself, as text; that is not a path.
pub fn patches(tree: &Tree) -> Vec<String> {
    let mut out = Vec::new();
    for root in tree.roots() {
        let items = |key| root.get(key).into_iter().flat_map(Node::items);
        let named = items("patches").chain(items("patchesJson6902")).filter_map(|patch| patch.get("path"));
        let paths = named.chain(items("patchesStrategicMerge")).filter_map(Node::as_str);
        out.extend(paths.filter(|path| !path.contains('\n')).map(str::to_owned));
    }
    out
}
