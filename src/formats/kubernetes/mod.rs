//! Kubernetes manifests → facts. Plain, in `List`s, in custom resources that embed a pod, with template actions.
//!
//! Does not know rules. What a template hides is unknown, never absent.

mod certificates;
mod component_config;
#[cfg(test)]
mod component_tests;
mod components;
mod coupling;
mod definitions;
mod exposed;
mod images;
mod kubeadm;
mod kustomize;
mod mesh;
mod pods;
mod rbac;
mod read;
mod references;
mod scaling;
mod scripts;
mod security;
mod selectors;
mod skaffold;
mod templates;
#[cfg(test)]
mod tests;

pub use kustomize::{Replacement, built, components, has_patches, patches, replacements};
pub use skaffold::built_images;

use crate::model::Setting;
use crate::model::facts::{Facts, FolderId};
use crate::model::resource::Resource;
use crate::syntax::tree::{Kind, Node, Tree};

/// Lists of lists end here; the API server refuses them anyway.
const MAX_LISTS: usize = 4;

/// The facts of all objects in a tree.
pub fn lower(tree: &Tree, folder: FolderId) -> Facts {
    let mut facts = Facts { folder, ..Facts::default() };
    let kubeadm = tree.roots().any(kubeadm::reads);
    for document in tree.documents() {
        let Some(root) = document.root.map(|root| tree.node(root)) else { continue };
        if kustomize::is_kustomization(root) {
            kustomize::lower(&mut facts, root);
        }
        lower_root(&mut facts, root, document.complete, kubeadm);
    }
    facts
}

/// Adds the facts of the objects in a document, wherever that stands. `complete` says that it could be read to its end.
pub fn lower_document(facts: &mut Facts, root: Node<'_>, complete: bool) {
    lower_root(facts, root, complete, false);
}

fn lower_root(facts: &mut Facts, root: Node<'_>, complete: bool, kubeadm: bool) {
    let (resources, containers) = (facts.resources.len(), facts.containers.len());
    let components = facts.components.len();
    objects(root, MAX_LISTS, &mut |object| lower_object(facts, object, kubeadm));
    if !complete {
        // What seems to be missing may stand in the part that could not be read.
        facts.resources[resources..].iter_mut().for_each(|resource| resource.fragment = true);
        facts.containers[containers..].iter_mut().for_each(|container| container.fragment = true);
        facts.components[components..].iter_mut().for_each(|component| component.fragment = true);
    }
}

/// Calls `visit` for an object, or for each item of a list.
fn objects<'t>(node: Node<'t>, lists: usize, visit: &mut impl FnMut(Node<'t>)) {
    let (Some(_), Some(kind)) = (node.get("apiVersion"), node.get("kind")) else { return };
    match node.get("items") {
        Some(items) if kind.text().ends_with("List") && items.kind() == Kind::Sequence && lists > 0 => {
            for item in items.items() {
                objects(item, lists - 1, visit);
            }
        }
        _ => visit(node),
    }
}

fn lower_object(facts: &mut Facts, root: Node<'_>, kubeadm: bool) {
    let id = facts.resources.len();
    facts.resources.push(resource(root));
    let (from, containers) = (facts.workloads.len(), facts.containers.len());
    pods::lower(facts, id, root);
    let fragment = facts.containers[containers..].iter().any(|container| container.fragment);
    facts.resources[id].fragment |= fragment;
    if is_dump(root) || is_partial(facts.resource(id)) {
        facts.containers[containers..].iter_mut().for_each(|container| container.fragment = true);
    }
    components::lower(facts, containers, root.tree());
    component_config::lower(facts, id, root, kubeadm);
    kubeadm::lower(facts, id, root);
    exposed::lower(facts, id, root);
    rbac::lower(facts, id, root);
    let resource = facts.resource(id).clone();
    definitions::lower(facts, id, &resource, root);
    references::lower(facts, id, &resource, root);
    selectors::lower(facts, id, root);
    scaling::lower(facts, id, root);
    mesh::lower(facts, id, root);
    images::lower(facts, id, root);
    certificates::lower(facts, id, root);
    skaffold::lower(facts, id, root);
    coupling::lower(facts, id, root, from..facts.workloads.len());
    for at in from..facts.workloads.len() {
        let workload = facts.workloads[at].clone();
        let pod = root.tree().node(workload.pod);
        references::pods(facts, &workload, pod);
        facts.runs_as.push(rbac::runs_as(at, pod));
    }
}

/// Whether it is a controller of pods that says nothing of its pods: then it is applied over one that does.
fn is_part(root: Node<'_>) -> bool {
    let of_pods = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"];
    let named = |key| root.get(key).map_or("", Node::text);
    let spec = root.get("spec").filter(|spec| spec.kind() == Kind::Mapping);
    named("apiVersion") == "apps/v1"
        && of_pods.contains(&named("kind"))
        && spec.is_some_and(|spec| spec.get("selector").is_none() && spec.get("template").is_none())
}

/// Whether an object is the copy of one in a cluster: what it lacks, nobody is going to add here.
fn is_dump(root: Node<'_>) -> bool {
    let has = |key| root.get("metadata").is_some_and(|metadata| metadata.get(key).is_some());
    has("uid") || has("resourceVersion") && root.get("status").is_some()
}

/// Kinds whose containers are completed by the objects that use them. Sources: the API references of `KServe` and of
/// Kubeflow Trainer.
const PARTIAL: [&str; 5] = [
    "ClusterServingRuntime",
    "ClusterTrainingRuntime",
    "LLMInferenceServiceConfig",
    "ServingRuntime",
    "TrainingRuntime",
];

/// Whether what the containers of an object lack is given elsewhere, or not needed: Helm runs the pods of a test when it
/// is told to, and only then.
fn is_partial(resource: &Resource) -> bool {
    let mut annotations = resource.annotations.pairs.iter().filter(|one| one.key == "helm.sh/hook");
    let is_test = |hooks: &String| hooks.split(',').all(|hook| hook.trim().starts_with("test"));
    PARTIAL.contains(&resource.kind()) || annotations.any(|one| one.value.get().is_some_and(is_test))
}

fn resource(root: Node<'_>) -> Resource {
    let metadata = root.get("metadata");
    let text = |key| metadata.map_or(Setting::Unset, |metadata| Setting::text(metadata, key));
    let anchor = |node: Option<Node<'_>>| node.map(read::content).filter(|span| !span.is_empty());
    let name = metadata.and_then(|metadata| metadata.get("name").or(metadata.get("generateName")));
    let anchor = anchor(name).or(anchor(root.get("kind"))).unwrap_or_else(|| pods::first_key(root));
    let nameless = metadata
        .is_none_or(|metadata| metadata.get("name").is_none() && metadata.get("generateName").is_none());
    let mut resource = Resource {
        api_version: Setting::text(root, "apiVersion"),
        kind: Setting::text(root, "kind"),
        name: text("name"),
        namespace: text("namespace"),
        labels: read::labels(metadata, "labels"),
        annotations: read::labels(metadata, "annotations"),
        node: root.id(),
        span: root.span(),
        anchor,
        fragment: nameless || is_part(root) || is_dump(root),
        patched: false,
        made: false,
        block: None,
    };
    resource.fragment &= !component_config::is_configuration(resource.group());
    resource
}
