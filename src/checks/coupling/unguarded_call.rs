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
        let reversed = ways.links.reversed();
        for at in (0..ways.nodes.len()).filter(|at| !guarded.contains(&component(ways.nodes[*at]))) {
            let callers = reversed.from(at).iter();
            let edges: Vec<&Edge> = callers.flat_map(|from| ways.edges(*from, at)).copied().collect();
            let Some(anchor) = edges.first().and_then(|edge| show::anchor(graph, edge)) else { continue };
            let message = format!(
                "nothing tells the mesh how a call to `{0}` fails: no timeout, no retries, no outlier detection; set them for `{0}`",
                ways.name(at)
            );
            let signs = edges.iter().flat_map(|edge| show::signs(graph, edge));
            let places = signs.chain(show::declared(graph, ways.nodes[at]));
            out.push(show::with(Match::new(anchor, message), places));
        }
    }
}
