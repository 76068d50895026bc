//! Checks of health that ask another service.

use super::show;
use crate::model::graph::Graph;
use crate::rule::Match;

pub(super) fn check(graph: &Graph, out: &mut Vec<Match>) {
    for probe in &graph.probes {
        let (from, to) = (&graph.nodes[probe.from], &graph.nodes[probe.to]);
        if from.once {
            continue;
        }
        let then = if probe.liveness {
            "is restarted as well, which mends nothing"
        } else {
            "counts as down as well"
        };
        let message = format!(
            "this asks `{}`: whenever that is down, `{}` {then}; check only what `{}` itself does",
            show::name(to),
            show::name(from),
            show::name(from)
        );
        let places = [show::declared(graph, probe.from), show::declared(graph, probe.to)];
        out.push(show::with(Match::new(probe.span, message), places.into_iter().flatten()));
    }
}
