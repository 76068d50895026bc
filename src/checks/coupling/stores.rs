//! Datastores, and which part of them is used by whom, as whom.

use std::collections::{BTreeMap, HashSet};

use super::{show, who};
use crate::model::graph::{Confidence, Edge, EdgeKind, Graph, Id, Sign};
use crate::text::Span;

/// Parts of names and images of datastores in which all clients see the same data unless they say otherwise, and the
/// ports that they listen on.
const ONE_SPACE: [&str; 6] = ["redis", "valkey", "keydb", "dragonfly", "memcached", "memcache"];
const ONE_SPACE_PORTS: [u16; 3] = [6379, 6380, 11_211];

/// That a component uses a datastore.
#[derive(Clone, Debug)]
pub(super) struct Client {
    /// Who.
    pub(super) node: Id,
    /// The text that leads to the datastore.
    pub(super) host: Span,
    /// The databases in it, each with the place of its name; for one that has no name, that of the host.
    pub(super) databases: Vec<(String, Span)>,
    /// The users that sign in.
    pub(super) users: Vec<(String, Span)>,
}

/// A datastore and its clients, one of each component.
#[derive(Debug)]
pub(super) struct Used {
    /// The datastore.
    pub(super) store: Id,
    /// The clients, in the order of the graph.
    pub(super) clients: Vec<Client>,
}

/// Whether an edge is the use of a datastore that an address shows: who only starts after it need not use it.
pub(super) fn is_use(edge: &Edge) -> bool {
    edge.kind == EdgeKind::Datastore && edge.confidence >= Confidence::Medium
}

/// All datastores that something lasting uses.
pub(super) fn used(graph: &Graph) -> Vec<Used> {
    let mut by_store: BTreeMap<Id, Vec<&Edge>> = BTreeMap::new();
    for edge in graph.edges.iter().filter(|edge| is_use(edge)) {
        if who::keeps_data(&graph.nodes[edge.to]) && who::lives_on(&graph.nodes[edge.from]) {
            by_store.entry(edge.to).or_default().push(edge);
        }
    }
    let one = |(store, edges): (Id, Vec<&Edge>)| Used { store, clients: clients(graph, &edges) };
    by_store.into_iter().map(one).collect()
}

fn clients(graph: &Graph, edges: &[&Edge]) -> Vec<Client> {
    let first: HashSet<Id> =
        who::one_of_each(graph, edges.iter().map(|edge| edge.from)).into_iter().collect();
    let client = |edge: &&Edge| {
        let signs: Vec<&Sign> =
            edge.signs.iter().filter(|sign| sign.confidence >= Confidence::Medium).collect();
        let host = show::anchor(graph, edge)?;
        Some(Client {
            node: edge.from,
            host,
            databases: databases(graph, edge.to, &signs, host),
            users: distinct(signs.iter().filter_map(|sign| sign.store.user.clone())),
        })
    };
    edges.iter().filter(|edge| first.contains(&edge.from)).filter_map(client).collect()
}

fn databases(graph: &Graph, store: Id, signs: &[&Sign], host: Span) -> Vec<(String, Span)> {
    let named = distinct(signs.iter().filter_map(|sign| sign.store.database.clone()));
    if !named.is_empty() {
        return named;
    }
    let port = |sign: &&Sign| sign.store.port.is_some_and(|port| ONE_SPACE_PORTS.contains(&port));
    let one_space = who::is_called(&graph.nodes[store], &ONE_SPACE) || signs.iter().any(port);
    one_space.then(|| ("0".to_owned(), host)).into_iter().collect()
}

/// Each text once, at its first place.
fn distinct(found: impl Iterator<Item = (String, Span)>) -> Vec<(String, Span)> {
    let mut all: Vec<(String, Span)> = Vec::new();
    for (text, span) in found {
        if !all.iter().any(|(known, _)| known.eq_ignore_ascii_case(&text)) {
            all.push((text, span));
        }
    }
    all
}

/// Clients by something that they are told in common, such as the database, whatever its case.
pub(super) fn grouped(
    used: &Used,
    what: fn(&Client) -> &[(String, Span)],
) -> BTreeMap<String, Vec<(&Client, Span)>> {
    let mut groups: BTreeMap<String, Vec<(&Client, Span)>> = BTreeMap::new();
    for client in &used.clients {
        for (text, span) in what(client) {
            groups.entry(text.to_ascii_lowercase()).or_default().push((client, *span));
        }
    }
    groups
}
