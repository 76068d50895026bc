//! Calls that wait for calls that wait for calls.

use super::ways::Ways;
use super::{roles, show};
use crate::model::graph::{Edge, Graph};
use crate::rule::Match;

/// The first number of calls in a row that is reported.
const DEEP: usize = 4;

pub(super) fn check(graph: &Graph, out: &mut Vec<Match>) {
    // Proxies only hand on, and what makes load is nobody's request.
    let passes = |id: usize| roles::is_router(&graph.nodes[id]) || roles::is_no_service(&graph.nodes[id]);
    let calls = graph.calls().filter(|edge| !passes(edge.from) && !passes(edge.to));
    for ways in Ways::of(graph, calls) {
        let steps = ways.links.longest();
        if steps.len() >= DEEP {
            out.extend(report(graph, &ways, &steps));
        }
    }
}

fn report(graph: &Graph, ways: &Ways<'_>, steps: &[(usize, usize)]) -> Option<Match> {
    let first = steps.first()?;
    let message = format!(
        "{} calls in a row, {}: a request waits for all of them and fails with any; shorten the way, or answer before the rest is done",
        steps.len(),
        show::way(ways.along(steps))
    );
    let edges: Vec<&Edge> = steps.iter().flat_map(|(from, to)| ways.edges(*from, *to)).copied().collect();
    let anchor = show::anchor(graph, ways.edges(first.0, first.1).first()?)?;
    Some(show::with(Match::new(anchor, message), show::all_signs(graph, &edges)))
}
