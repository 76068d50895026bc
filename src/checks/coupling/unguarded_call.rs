//! Calls in a mesh that nothing tells how to fail.

use std::collections::HashSet;

use super::ways::Ways;
use super::{roles, show};
use crate::model::graph::{Edge, Graph, Signal};
use crate::rule::Match;

pub(super) fn check(graph: &Graph, out: &mut Vec<Match>) {
    let component = |id: usize| graph.nodes[id].component;
    let guarded: HashSet<usize> = graph.guarded.iter().map(|id| component(*id)).collect();
    let calls = graph.calls().filter(|edge| {
        let (from, to) = (&graph.nodes[edge.from], &graph.nodes[edge.to]);
        graph.meshed.contains(&to.system)
            && !roles::is_no_service(from)
            && !roles::is_router(to)
            && edge.signs.iter().any(|sign| sign.signal != Signal::Policy)
    });
    for ways in Ways::of(graph, calls) {
        for at in 0..ways.nodes.len() {
            let open = |to: &&usize| !guarded.contains(&component(ways.nodes[**to]));
            let called: Vec<usize> = ways.links.from(at).iter().filter(open).copied().collect();
            let edges: Vec<&Edge> = called.iter().flat_map(|to| ways.edges(at, *to)).copied().collect();
            let Some(anchor) = edges.first().and_then(|edge| show::anchor(graph, edge)) else { continue };
            let message = format!(
                "nothing tells the mesh how calls to {} fail; set a timeout, retries or outlier detection",
                show::list(called.iter().map(|to| ways.name(*to)))
            );
            let signs = show::all_signs(graph, &edges);
            let places = signs
                .into_iter()
                .chain(called.iter().filter_map(|to| show::declared(graph, ways.nodes[*to])));
            out.push(show::with(Match::new(anchor, message), places));
        }
    }
}
