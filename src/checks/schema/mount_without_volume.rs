//! Mounts that name a volume which the pod does not have: the API server refuses it.

use super::super::File;
use super::builtin;
use crate::model::Setting;
use crate::model::workload::Workload;
use crate::rule::Match;
use crate::syntax::tree::{Kind, Node, Tree};
use crate::text::Span;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    let volumes: Vec<Option<Volumes>> =
        file.facts.workloads.iter().map(|workload| volumes(file, tree, workload)).collect();
    for container in &file.facts.containers {
        let (Some(volumes), false) = (&volumes[container.workload], container.fragment) else { continue };
        let node = tree.node(container.node);
        for list in ["volumeMounts", "volumeDevices"] {
            for (name, span) in names(node.get(list)) {
                if !volumes.names.contains(&name) {
                    let message = format!("the pod has no volume `{name}`; the API server refuses it");
                    out.push(Match::new(span, message).related(volumes.near, volumes.what));
                }
            }
        }
    }
}

/// The volumes of a pod, all of which are known.
struct Volumes {
    names: std::collections::HashSet<String>,
    near: Span,
    what: &'static str,
}

/// Operators add volumes to the pods of their own kinds, so only Kubernetes' own are looked at.
fn volumes(file: &File<'_>, tree: &Tree, workload: &Workload) -> Option<Volumes> {
    let resource = file.facts.resource_of(workload);
    if resource.fragment || !builtin(resource) {
        return None;
    }
    let pod = tree.node(workload.pod);
    let list = pod.get("volumes");
    let claims = tree.node(resource.node).at(&["spec", "volumeClaimTemplates"]);
    let templates = claims.into_iter().flat_map(Node::items).filter_map(|claim| claim.get("metadata"));
    let own = list.into_iter().flat_map(Node::items);
    let vague = |node: Node<'_>| node.is_open() || node.kind() == Kind::Unknown;
    if vague(pod) || list.is_some_and(vague) || claims.is_some_and(vague) {
        return None;
    }
    let mut known = std::collections::HashSet::new();
    for volume in own.chain(templates) {
        match Setting::text(volume, "name") {
            Setting::Set(name, _) => drop(known.insert(name)),
            Setting::Unset => {}
            Setting::Unknown(_) => return None,
        }
    }
    let near = pod.entry("volumes").map(|entry| entry.key.span());
    let what = if near.is_some() { "the volumes of the pod" } else { "the pod has no volumes" };
    Some(Volumes { names: known, near: near.unwrap_or(workload.anchor), what })
}

fn names(list: Option<Node<'_>>) -> impl Iterator<Item = (String, Span)> {
    let items = list.into_iter().flat_map(Node::items).filter(|item| item.kind() == Kind::Mapping);
    items.filter_map(|item| match Setting::text(item, "name") {
        Setting::Set(name, span) => Some((name, span)),
        _ => None,
    })
}
