//! Services that many call, or that call many.

use super::show::Place;
use super::ways::Ways;
use super::{roles, show};
use crate::model::graph::{Edge, Graph, Signal};
use crate::rule::Match;

/// The first number of callers, or of services called, that is reported: the 95th percentile of both among the services of
/// well-known microservice applications.
const MANY: usize = 6;

/// The first product of the two that is reported.
const MANY_WAYS: usize = 15;

pub(super) fn check(graph: &Graph, out: &mut Vec<Match>) {
    let entries = roles::entries(graph);
    // A policy may let in whoever might call one day, and a gateway calls all that there is.
    let counts = |edge: &&Edge| {
        let from = &graph.nodes[edge.from];
        !roles::is_no_service(from)
            && !roles::is_router(from)
            && edge.signs.iter().any(|sign| sign.signal != Signal::Policy)
    };
    let calls = graph.calls().filter(counts);
    for ways in Ways::of(graph, calls) {
        let reversed = ways.links.reversed();
        for at in 0..ways.nodes.len() {
            let node = &graph.nodes[ways.nodes[at]];
            if roles::is_router(node) {
                continue;
            }
            let callers = if roles::is_identity(node) { &[][..] } else { reversed.from(at) };
            let many = entries.contains(&ways.nodes[at]) || roles::is_face(node);
            let called = if many { &[][..] } else { ways.links.from(at) };
            let Some(message) = message(show::name(node), callers.len(), called.len()) else { continue };
            let Some(anchor) = node.places.first() else { continue };
            let into = callers.iter().flat_map(|other| ways.edges(*other, at));
            let out_of = called.iter().flat_map(|other| ways.edges(at, *other));
            let places = into.chain(out_of).filter_map(|edge| best(graph, edge));
            out.push(show::with(Match::new(*anchor, message), places));
        }
    }
}

fn message(name: &str, callers: usize, called: usize) -> Option<String> {
    let both = callers * called >= MANY_WAYS;
    match (callers >= MANY, called >= MANY) {
        (false, false) if !both => None,
        (true, false) if !both => Some(format!(
            "{callers} services call `{name}`: none of them works without it, and a change to it is a change for all"
        )),
        (false, true) if !both => Some(format!(
            "`{name}` calls {called} services: it fails with any of them, and changes with all; split it by what asks for what"
        )),
        _ => Some(format!(
            "{callers} services call `{name}`, which calls {called}: whatever fails or changes passes through it; split it"
        )),
    }
}

/// One sign of an edge is enough where there are many edges.
fn best(graph: &Graph, edge: &Edge) -> Option<Place> {
    show::signs(graph, edge).next()
}
