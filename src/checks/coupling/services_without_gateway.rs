//! Systems whose services are published one by one.

use std::collections::{BTreeMap, BTreeSet};

use super::{roles, show};
use crate::model::graph::{EdgeKind, Graph, Id, Node, NodeKind};
use crate::rule::Match;

/// The first number of published services that is reported.
const MANY: usize = 3;

pub(super) fn check(graph: &Graph, out: &mut Vec<Match>) {
    let routed: BTreeSet<Id> =
        graph.edges.iter().filter(|edge| edge.kind == EdgeKind::Ingress).map(|edge| edge.to).collect();
    let mut systems: BTreeMap<usize, Vec<(Id, &Node)>> = BTreeMap::new();
    for (id, node) in graph.nodes.iter().enumerate() {
        systems.entry(node.system).or_default().push((id, node));
    }
    for nodes in systems.values() {
        if nodes.iter().any(|(_, node)| roles::is_router(node)) {
            continue;
        }
        let open = |id: &Id, node: &Node| {
            node.kind == NodeKind::Component
                && !node.once
                && !roles::is_tool(node)
                && !node.exposed.is_empty()
                && !routed.contains(id)
        };
        let mut seen = BTreeSet::new();
        let open: Vec<&Node> = nodes
            .iter()
            .filter(|(id, node)| open(id, node) && seen.insert(node.component))
            .map(|(_, node)| *node)
            .collect();
        if open.len() < MANY {
            continue;
        }
        let Some(anchor) = open.first().and_then(|node| node.exposed.first()) else { continue };
        let message = format!(
            "{} are published one by one: whoever uses them knows each, and each has to guard itself; put a gateway in front",
            show::list(open.iter().map(|node| show::name(node)))
        );
        let places = open.iter().flat_map(|node| {
            node.exposed.iter().map(|span| (*span, format!("`{}` is published here", show::name(node))))
        });
        out.push(show::with(Match::new(*anchor, message), places));
    }
}
