//! IP addresses where a name should stand.

use std::collections::BTreeMap;

use super::show;
use crate::model::graph::{Graph, HardAddress, Signal};
use crate::rule::Match;
use crate::text::{FileId, Span};

/// Parts of keys that hold an address for another reason than to call it.
const OTHERWISE: [&str; 12] = [
    "ADVERTISE",
    "ALLOW",
    "CLUSTER_IP",
    "EXTERNAL",
    "GATEWAY_IP",
    "NODE_IP",
    "NO_PROXY",
    "POD_IP",
    "RANGE",
    "RESOLVER",
    "TRUST",
    "WHITELIST",
];

pub(super) fn check(graph: &Graph, out: &mut Vec<Match>) {
    let mut all: BTreeMap<(FileId, &str), Vec<Span>> = BTreeMap::new();
    for hard in graph.hard.iter().filter(|hard| is_called(hard)) {
        all.entry((hard.sign.span.file, hard.host.as_str())).or_default().push(hard.sign.span);
    }
    for ((_, ip), mut spans) in all {
        spans.sort_by_key(|span| span.start);
        let message = format!("`{ip}` goes with the machine or pod that has it today; use a name");
        let again = spans[1..].iter().map(|span| (*span, "and here".to_owned()));
        out.push(show::with(Match::new(spans[0], message), again));
    }
}

/// Whether it is there to be called.
fn is_called(hard: &HardAddress) -> bool {
    let key = hard.sign.key.as_deref().unwrap_or_default().to_ascii_uppercase();
    !matches!(hard.sign.signal, Signal::Probe | Signal::Policy)
        && !OTHERWISE.iter().any(|part| key.contains(part))
}
