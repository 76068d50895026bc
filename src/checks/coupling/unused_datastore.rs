//! Datastores whose address nobody is told.

use std::collections::{BTreeMap, BTreeSet};

use super::{stores, who};
use crate::model::graph::{Confidence, Edge, EdgeKind, Graph, Id, NodeKind, Sign, Signal};
use crate::rule::Match;

/// In a system of fewer components, one that keeps to the names that its image expects hides a use.
const MANY: usize = 4;
/// So many in a hundred components have to be told an address.
const MOST: usize = 75;

pub(super) fn check(graph: &Graph, out: &mut Vec<Match>) {
    let known: BTreeSet<Id> =
        graph.edges.iter().filter(|edge| stores::is_use(edge)).map(|edge| edge.to).collect();
    let told = told(graph);
    let seen = seen(graph, &told);
    let mut incoming: BTreeMap<Id, Vec<&Edge>> = BTreeMap::new();
    graph.edges.iter().for_each(|edge| incoming.entry(edge.to).or_default().push(edge));
    for (id, node) in graph.nodes.iter().enumerate() {
        let counts = node.kind == NodeKind::Datastore && who::keeps_data(node) && seen.contains(&node.system);
        let incoming = incoming.get(&id).map_or(&[][..], Vec::as_slice);
        // Who is told of nothing keeps to names that stand in its code, and may use what it waits for.
        let hidden = |edge: &&Edge| !told.contains(&graph.nodes[edge.from].component);
        if counts && !known.contains(&id) && !incoming.iter().any(|edge| may_be_use(edge) || hidden(edge)) {
            out.extend(found(graph, id, incoming));
        }
    }
}

fn found(graph: &Graph, store: Id, incoming: &[&Edge]) -> Option<Match> {
    let place = graph.nodes[store].places.first()?;
    let waits = incoming.iter().find(|edge| edge.kind == EdgeKind::Order);
    let how = if waits.is_some() { "waited for, but " } else { "" };
    let message = format!(
        "`{}` is {how}not in any address that a service here is told; remove it if nothing uses it any more",
        who::name(graph, store)
    );
    let found = Match::new(*place, message);
    let sign = waits.and_then(|edge| Some((edge, edge.signs.first()?)));
    Some(match sign {
        Some((edge, sign)) => {
            found.related(sign.span, format!("`{}` only starts after it", who::name(graph, edge.from)))
        }
        None => found,
    })
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

/// The components that are told an address; where traces go, which everybody is told, does not count.
fn told(graph: &Graph) -> BTreeSet<usize> {
    let business = |edge: &&Edge| graph.nodes[edge.to].kind != NodeKind::Platform;
    let told = graph.edges.iter().filter(|edge| is_told(edge)).filter(business);
    told.map(|edge| graph.nodes[edge.from].component).collect()
}

/// The systems in which enough addresses are seen, one of a datastore among them, that one which is missing tells
/// something.
fn seen(graph: &Graph, told: &BTreeSet<usize>) -> BTreeSet<usize> {
    let mut components: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for node in graph.nodes.iter().filter(|node| who::lives_on(node)) {
        components.entry(node.system).or_default().insert(node.component);
    }
    let uses = graph.edges.iter().filter(|edge| stores::is_use(edge) && is_told(edge));
    let resolved: BTreeSet<usize> = uses.map(|edge| graph.nodes[edge.to].system).collect();
    let enough = |all: &BTreeSet<usize>| {
        let tells = all.iter().filter(|component| told.contains(component)).count();
        all.len() >= MANY && tells * 100 >= all.len() * MOST
    };
    components
        .into_iter()
        .filter(|(system, all)| resolved.contains(system) && enough(all))
        .map(|(system, _)| system)
        .collect()
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
        let calls = [(2, 3), (3, 4), (4, 2)].map(|(from, to)| edge(from, to, EdgeKind::Sync));
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
        assert_eq!(messages(&shop(vec![used.clone(), named])), [""; 0]);
        let hidden = low(5, 0, EdgeKind::Order, Signal::DependsOn);
        assert_eq!(messages(&shop(vec![used, hidden])), [""; 0], "`c` may know it by itself");
        assert_eq!(messages(&shop(vec![])), [""; 0], "none is told an address: nothing is known");
    }

    #[test]
    fn silent_where_little_is_seen() {
        let mut nodes = vec![of_kind("a-db", NodeKind::Datastore), of_kind("b-db", NodeKind::Datastore)];
        nodes.extend(["a", "b", "c", "d"].map(node));
        assert_eq!(messages(&graph(nodes, vec![edge(2, 1, EdgeKind::Datastore)])), [""; 0]);
    }
}
