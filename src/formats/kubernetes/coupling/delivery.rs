//! What is applied by Argo CD and Flux in an order: dependencies and waves.

use crate::formats::kubernetes::read;
use crate::model::coupling::{After, Holder, Wave};
use crate::model::facts::Facts;
use crate::model::graph::Signal;
use crate::model::resource::ResourceId;
use crate::model::workload::Word;
use crate::syntax::tree::Node;

/// Adds the order that an object says.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let resource = facts.resource(id);
    match (resource.group(), resource.kind()) {
        ("kustomize.toolkit.fluxcd.io", "Kustomization") | ("helm.toolkit.fluxcd.io", "HelmRelease") => {
            let names = root.at(&["spec", "dependsOn"]).into_iter().flat_map(Node::items);
            let names = names.filter_map(|node| node.get("name"));
            let after = names.filter_map(|node| {
                let name = Word { text: node.as_str()?.to_owned(), span: read::content(node) };
                // Flux waits until what is named is ready.
                Some(After { holder: Holder::Object(id), signal: Signal::Wave, name, gate: true })
            });
            facts.coupling.after.extend(after);
        }
        ("argoproj.io", "Application") => facts.coupling.waves.extend(wave(id, root)),
        _ => {}
    }
}

/// `argocd.argoproj.io/sync-wave`
fn wave(id: ResourceId, root: Node<'_>) -> Option<Wave> {
    let annotations = root.at(&["metadata", "annotations"])?;
    let node = annotations.get("argocd.argoproj.io/sync-wave")?;
    Some(Wave { resource: id, number: node.text().parse().ok()?, span: read::content(node) })
}
