//! What much depends on, and what runs once only.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::show;
use super::ways::Ways;
use crate::model::graph::{Confidence, Edge, EdgeKind, Graph, NodeKind};
use crate::model::wired::Wired;
use crate::rule::Match;

/// The first number of components that depend on it directly.
const MANY: usize = 3;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    let graph = wired.graph();
    let (sizes, patched) = (sizes(graph), patched(wired));
    for ways in Ways::of(graph, graph.edges.iter().filter(|edge| depends(graph, edge))) {
        let reversed = ways.links.reversed();
        let Some(behind) = reversed.reach().map(|reach| reach.counts()) else { continue };
        for (at, behind) in behind.iter().enumerate() {
            let node = &graph.nodes[ways.nodes[at]];
            let size = sizes.get(&node.system).copied().unwrap_or_default();
            let direct = reversed.from(at);
            // Itself is among those behind it.
            let behind = behind - 1;
            let share = behind * 2 >= size;
            let (Some(1), Some(span)) = (node.replicas.get(), node.replicas.span()) else { continue };
            if direct.len() < MANY || !share || patched.contains(node.name.as_str()) {
                continue;
            }
            let message = format!(
                "{behind} of {size} services need `{}`, which runs once only; {}",
                show::name(node),
                mend(node.kind)
            );
            let edges = direct.iter().filter_map(|from| ways.edges(*from, at).first());
            let signs = edges.filter_map(|edge| show::signs(graph, edge).next());
            let places = show::declared(graph, ways.nodes[at]).into_iter().chain(signs);
            out.push(show::with(Match::new(span, message), places));
        }
    }
}

/// Names of objects over which something is laid, which may say how many run.
fn patched<'p>(wired: &Wired<'p>) -> HashSet<&'p str> {
    let objects = wired.project.resources().map(|(_, resource)| resource);
    let patches = objects.filter(|resource| resource.fragment);
    patches.filter_map(|resource| resource.name.get().map(String::as_str)).collect()
}

fn mend(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Component => "run two or more",
        _ => "run it replicated, or let somebody do that",
    }
}

/// How many components each system has.
fn sizes(graph: &Graph) -> BTreeMap<usize, usize> {
    let mut all: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for node in graph.nodes.iter().filter(|node| node.kind == NodeKind::Component) {
        all.entry(node.system).or_default().insert(node.component);
    }
    all.into_iter().map(|(system, components)| (system, components.len())).collect()
}

/// Whether the one does not work without the other, as far as addresses tell.
fn depends(graph: &Graph, edge: &Edge) -> bool {
    let works = |kind| matches!(kind, NodeKind::Component | NodeKind::Datastore | NodeKind::Broker);
    matches!(edge.kind, EdgeKind::Sync | EdgeKind::Async | EdgeKind::Datastore)
        && edge.confidence >= Confidence::Medium
        && graph.nodes[edge.from].kind == NodeKind::Component
        && works(graph.nodes[edge.to].kind)
}
