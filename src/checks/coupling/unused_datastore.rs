//! Datastores whose address nobody is told.

use std::collections::{BTreeMap, BTreeSet};

use super::{stores, who};
use crate::model::graph::{Confidence, Edge, EdgeKind, Graph, Id, NodeKind, Sign, Signal};
use crate::rule::Match;

/// In a system of fewer components, one that keeps to the names that its image expects hides a use.
const MANY: usize = 4;

pub(super) fn check(graph: &Graph, out: &mut Vec<Match>) {
    let known: BTreeSet<Id> =
        graph.edges.iter().filter(|edge| stores::is_use(edge)).map(|edge| edge.to).collect();
    let resolved: BTreeSet<usize> = known.iter().map(|id| graph.nodes[*id].system).collect();
    let seen = seen(graph);
    let mut incoming: BTreeMap<Id, Vec<&Edge>> = BTreeMap::new();
    graph.edges.iter().for_each(|edge| incoming.entry(edge.to).or_default().push(edge));
    for (id, node) in graph.nodes.iter().enumerate() {
        let system = node.system;
        let silent = !resolved.contains(&system) || seen.get(&system) != Some(&true);
        if node.kind != NodeKind::Datastore || known.contains(&id) || silent {
            continue;
        }
        let incoming = incoming.get(&id).map_or(&[][..], Vec::as_slice);
        // What serves the operation of others is set up by files of its own.
        let served = |edge: &&Edge| graph.nodes[edge.from].kind == NodeKind::Platform;
        if incoming.iter().any(|edge| may_be_use(edge) || served(edge)) || !who::keeps_data(node) {
            continue;
        }
        let Some(place) = node.places.first() else { continue };
        let waits = incoming.iter().find(|edge| edge.kind == EdgeKind::Order);
        let how = if waits.is_some() { "waited for, but " } else { "" };
        let message = format!(
            "`{}` is {how}not in any address that a service here is told; remove it if nothing uses it any more",
            node.name
        );
        let found = Match::new(*place, message);
        let sign = waits.and_then(|edge| Some((edge, edge.signs.first()?)));
        out.push(match sign {
            Some((edge, sign)) => {
                found.related(sign.span, format!("`{}` only starts after it", who::name(graph, edge.from)))
            }
            None => found,
        });
    }
}

/// Whether somebody is told an address: a policy or a route says nothing of what else a service is told.
fn is_told(edge: &Edge) -> bool {
    let told = |sign: &Sign| {
        let tells = !matches!(
            sign.signal,
            Signal::Policy | Signal::Route | Signal::Name | Signal::DependsOn | Signal::Wait
        );
        tells && sign.confidence >= Confidence::Medium
    };
    edge.signs.iter().any(told)
}

/// Whether an edge shows a use, or makes one likely.
fn may_be_use(edge: &Edge) -> bool {
    let assumed = |signal: Signal| signal == Signal::Name || signal == Signal::Declared;
    edge.confidence > Confidence::Low || edge.signs.iter().any(|sign| assumed(sign.signal))
}

/// By system: whether enough addresses are seen in it that one which is missing tells something.
fn seen(graph: &Graph) -> BTreeMap<usize, bool> {
    let mut components: BTreeMap<usize, BTreeMap<usize, bool>> = BTreeMap::new();
    for node in graph.nodes.iter().filter(|node| node.kind == NodeKind::Component && !node.once) {
        components.entry(node.system).or_default().entry(node.component).or_insert(false);
    }
    // What everybody is told, such as where traces go, says nothing of the rest.
    let business = |edge: &&Edge| graph.nodes[edge.to].kind != NodeKind::Platform;
    for edge in graph.edges.iter().filter(|edge| is_told(edge)).filter(business) {
        for id in [edge.from, edge.to] {
            let node = &graph.nodes[id];
            if let Some(touched) =
                components.get_mut(&node.system).and_then(|all| all.get_mut(&node.component))
            {
                *touched = true;
            }
        }
    }
    let calls: BTreeSet<usize> =
        graph.calls().filter(|edge| is_told(edge)).map(|edge| graph.nodes[edge.from].system).collect();
    let enough = |system: usize, all: &BTreeMap<usize, bool>| {
        let touched = all.values().filter(|touched| **touched).count();
        all.len() >= MANY && calls.contains(&system) && touched * 2 >= all.len()
    };
    components.iter().map(|(system, all)| (*system, enough(*system, all))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::graph::made::{edge, graph, node, of_kind};

    fn messages(graph: &Graph) -> Vec<String> {
        let mut out = Vec::new();
        check(graph, &mut out);
        out.into_iter().map(|found| found.message).collect()
    }

    fn low(from: Id, to: Id, kind: EdgeKind, signal: Signal) -> Edge {
        let mut made = edge(from, to, kind);
        made.confidence = Confidence::Low;
        made.signs[0].signal = signal;
        made
    }

    /// Four services that call each other, one of which uses `shop-db`; nobody `old-db`.
    fn shop(edges: Vec<Edge>) -> Graph {
        let mut nodes: Vec<_> = ["old-db", "shop-db"].map(|id| of_kind(id, NodeKind::Datastore)).into();
        nodes.extend(["shop", "a", "b", "c"].map(node));
        let calls = [(2, 3), (3, 4), (4, 5)].map(|(from, to)| edge(from, to, EdgeKind::Sync));
        graph(nodes, edges.into_iter().chain(calls).collect())
    }

    #[test]
    fn one_that_only_others_are_not() {
        let used = edge(2, 1, EdgeKind::Datastore);
        let says = |waits: &str| {
            vec![format!(
                "`old-db` is {waits}not in any address that a service here is told; remove it if nothing uses it any more"
            )]
        };
        assert_eq!(messages(&shop(vec![used.clone()])), says(""));
        let waits = low(2, 0, EdgeKind::Order, Signal::DependsOn);
        assert_eq!(messages(&shop(vec![used.clone(), waits])), says("waited for, but "));
        let named = low(2, 0, EdgeKind::Datastore, Signal::Name);
        assert_eq!(messages(&shop(vec![used, named])), [""; 0]);
        assert_eq!(messages(&shop(vec![])), [""; 0], "none is told an address: nothing is known");
    }

    #[test]
    fn silent_where_little_is_seen() {
        let mut nodes = vec![of_kind("a-db", NodeKind::Datastore), of_kind("b-db", NodeKind::Datastore)];
        nodes.extend(["a", "b", "c", "d"].map(node));
        assert_eq!(messages(&graph(nodes, vec![edge(2, 1, EdgeKind::Datastore)])), [""; 0]);
    }
}
