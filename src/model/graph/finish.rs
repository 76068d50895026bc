//! The last steps: kinds of edges that follow from their ends, components, order and unique ids.

use std::collections::BTreeMap;

use super::{Confidence, Edge, EdgeKind, Graph, Id, NodeKind, Sign};

/// Completes a graph whose nodes and edges are known.
pub(super) fn finish(graph: &mut Graph) {
    kinds(graph);
    components(graph);
    ids(graph);
    let all = vec![true; graph.nodes.len()];
    super::renumber::renumber(graph, &all);
}

/// Calls to what keeps data or hands messages on are no calls.
fn kinds(graph: &mut Graph) {
    let mut merged: BTreeMap<(Id, Id, EdgeKind), Vec<Sign>> = BTreeMap::new();
    for edge in std::mem::take(&mut graph.edges) {
        let kind = match (edge.kind, graph.nodes[edge.to].kind) {
            (EdgeKind::Sync, NodeKind::Datastore) => EdgeKind::Datastore,
            (EdgeKind::Sync, NodeKind::Broker) => EdgeKind::Async,
            (kind, _) => kind,
        };
        merged.entry((edge.from, edge.to, kind)).or_default().extend(edge.signs);
    }
    graph.edges = merged
        .into_iter()
        .map(|((from, to, kind), signs)| {
            let confidence = signs.iter().map(|sign| sign.confidence).max().unwrap_or(Confidence::Low);
            Edge { from, to, kind, confidence, signs }
        })
        .collect();
}

/// Nodes of a system that run the same image of a project are one component; some repositories hold an image for each
/// service, told apart by its tag.
fn components(graph: &mut Graph) {
    let tags: BTreeMap<Id, String> =
        graph.releases.iter().rev().map(|release| (release.node, release.tag.text.clone())).collect();
    let mut first: BTreeMap<(usize, String, Option<String>), usize> = BTreeMap::new();
    for id in 0..graph.nodes.len() {
        let node = &graph.nodes[id];
        let (NodeKind::Component, Some(image)) = (node.kind, &node.image) else { continue };
        let component =
            *first.entry((node.system, image.clone(), tags.get(&id).cloned())).or_insert(node.component);
        graph.nodes[id].component = component;
    }
}

/// A name is enough where it is the only one; else the namespace, the system or a number tells them apart.
fn ids(graph: &mut Graph) {
    let systems = graph.systems.clone();
    let steps: [&dyn Fn(&super::Node) -> String; 3] = [
        &|node| node.name.clone(),
        &|node| match (&node.namespace, node.kind) {
            (Some(namespace), _) => format!("{namespace}/{}", node.name),
            (None, NodeKind::Ingress | NodeKind::External) => format!("{}/{}", node.kind.name(), node.name),
            (None, _) => String::new(),
        },
        &|node| {
            let system = systems.get(&node.system).map_or("", String::as_str);
            let namespace = node.namespace.as_deref().map(|space| format!("{space}/")).unwrap_or_default();
            format!("{system}:{namespace}{}", node.name)
        },
    ];
    for step in steps {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        let open: Vec<Id> = (0..graph.nodes.len()).filter(|id| graph.nodes[*id].id.is_empty()).collect();
        for id in &open {
            *count.entry(step(&graph.nodes[*id])).or_default() += 1;
        }
        for id in open {
            let name = step(&graph.nodes[id]);
            if !name.is_empty() && count.get(&name) == Some(&1) {
                graph.nodes[id].id = name;
            }
        }
    }
    for id in 0..graph.nodes.len() {
        if graph.nodes[id].id.is_empty() {
            graph.nodes[id].id = format!("{}#{}", graph.nodes[id].name, id + 1);
        }
    }
}
