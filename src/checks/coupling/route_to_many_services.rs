//! Hosts whose requests are led straight to many services.

use std::collections::BTreeMap;

use super::show;
use crate::model::graph::{Edge, EdgeKind, Graph, Id, Sign};
use crate::rule::Match;

/// The largest number of services behind one host that is not reported.
const MOST: usize = 10;

/// Services that a host leads to, by their component, each with one sign of it.
type Led<'g> = BTreeMap<usize, (&'g Edge, &'g Sign)>;

pub(super) fn check(graph: &Graph, out: &mut Vec<Match>) {
    let mut by_host: BTreeMap<(Id, &str), Led<'_>> = BTreeMap::new();
    for edge in graph.edges.iter().filter(|edge| edge.kind == EdgeKind::Ingress) {
        for sign in &edge.signs {
            let Some(host) = sign.key.as_deref() else { continue };
            let component = graph.nodes[edge.to].component;
            by_host.entry((edge.from, host)).or_default().entry(component).or_insert((edge, sign));
        }
    }
    for ((_, host), all) in by_host.into_iter().filter(|(_, all)| all.len() > MOST) {
        let mut all: Vec<(&Edge, &Sign)> = all.into_values().collect();
        all.sort_by_key(|(_, sign)| (sign.span.file, sign.span.start));
        let host = if matches!(host, "" | "*") { "any host".to_owned() } else { format!("`{host}`") };
        let message = format!(
            "{host} leads straight to {} services: whoever uses it knows how the system is cut; put a gateway in front of them",
            all.len()
        );
        let places =
            all.iter().map(|(edge, sign)| (sign.span, format!("to `{}`", show::name(&graph.nodes[edge.to]))));
        out.push(show::with(Match::new(all[0].1.span, message), places));
    }
}
