//! Services that do not start before others are there.

use std::collections::{BTreeMap, HashSet};

use super::ways::Ways;
use super::{roles, show};
use crate::model::graph::{Edge, EdgeKind, Graph, Id, NodeKind, Sign, Signal};
use crate::rule::Match;

/// The first number of services that start one after the other that is reported where the order is only that of the first
/// start.
const CHAIN: usize = 3;

pub(super) fn check(graph: &Graph, out: &mut Vec<Match>) {
    let gates = graph.edges.iter().filter(|edge| is_gate(graph, edge));
    for ways in Ways::of(graph, gates) {
        let steps = ways.links.longest();
        let mut told = HashSet::new();
        if steps.len() + 1 >= CHAIN {
            out.extend(chain(graph, &ways, &steps));
            told.extend(steps.iter().flat_map(|(from, to)| ways.edges(*from, *to)).map(|edge| edge.from));
        }
        waiting(graph, &ways, &told, out);
    }
}

/// Whether it keeps one service from starting before another one; what ends by itself is a step of starting, and no
/// service.
fn is_gate(graph: &Graph, edge: &Edge) -> bool {
    let serves = |id: Id| {
        let node = &graph.nodes[id];
        node.kind == NodeKind::Component && !node.once && !roles::is_router(node)
    };
    // What GitOps applies in order may be operators and their settings, which have to come first; pods tell.
    let runs = |id: Id| graph.nodes[id].image.is_some();
    let counts = |sign: &Sign| sign.gate && (sign.signal != Signal::Wave || runs(edge.from) && runs(edge.to));
    edge.kind == EdgeKind::Order
        && edge.signs.iter().any(counts)
        && serves(edge.from)
        && serves(edge.to)
        && !roles::is_no_service(&graph.nodes[edge.from])
}

fn chain(graph: &Graph, ways: &Ways<'_>, steps: &[(usize, usize)]) -> Option<Match> {
    let first = steps.first()?;
    let message = format!(
        "{} start one after the other: each waits for the next; let them start at once, and try again until it answers",
        show::way(ways.along(steps))
    );
    let edges: Vec<&Edge> = steps.iter().flat_map(|(from, to)| ways.edges(*from, *to)).copied().collect();
    let anchor = show::anchor(graph, ways.edges(first.0, first.1).first()?)?;
    Some(show::with(Match::new(anchor, message), show::all_signs(graph, &edges)))
}

/// What waits in each of its pods, whenever one starts: one finding for each who waits.
fn waiting(graph: &Graph, ways: &Ways<'_>, told: &HashSet<Id>, out: &mut Vec<Match>) {
    let mut by_node: BTreeMap<Id, Vec<&Edge>> = BTreeMap::new();
    for edge in ways.links.pairs().flat_map(|(from, to)| ways.edges(from, to)) {
        let waits = edge.signs.iter().any(|sign| sign.gate && sign.signal == Signal::Wait);
        if waits && !told.contains(&edge.from) {
            by_node.entry(edge.from).or_default().push(edge);
        }
    }
    for (from, edges) in by_node {
        let Some(anchor) = edges.first().and_then(|edge| show::anchor(graph, edge)) else { continue };
        let message = format!(
            "no pod of `{}` starts while {} is away; start without, and try again until it answers",
            show::name(&graph.nodes[from]),
            show::list(edges.iter().map(|edge| show::name(&graph.nodes[edge.to])))
        );
        let signs = show::all_signs(graph, &edges);
        let places = signs.into_iter().chain(edges.iter().filter_map(|edge| show::declared(graph, edge.to)));
        out.push(show::with(Match::new(anchor, message), places));
    }
}
