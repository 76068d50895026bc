//! Graphs made by hand, for tests.

use super::{Confidence, Edge, EdgeKind, Graph, Id, Node, NodeKind, Owner, Sign, Signal, Store};
use crate::model::Setting;
use crate::text::{FileId, Span};

/// A component of this name, on the first bytes of the first file, in a namespace if the name says one.
pub(crate) fn node(id: &str) -> Node {
    let (namespace, name) = match id.split_once('/') {
        Some((namespace, name)) => (Some(namespace.to_owned()), name),
        None => (None, id),
    };
    Node {
        id: id.to_owned(),
        name: name.to_owned(),
        kind: NodeKind::Component,
        namespace,
        places: vec![Span::new(FileId(0), 0, 1)],
        image: None,
        component: 0,
        system: 0,
        owner: None,
        replicas: Setting::Unset,
        exposed: Vec::new(),
        once: false,
    }
}

/// A node of this kind.
pub(crate) fn of_kind(id: &str, kind: NodeKind) -> Node {
    Node { kind, ..node(id) }
}

/// A node that somebody answers for.
pub(crate) fn owned(id: &str, owner: &str) -> Node {
    Node { owner: Some(Owner { name: owner.to_owned(), span: None }), ..node(id) }
}

/// An edge with one sure sign, at a place of its own.
pub(crate) fn edge(from: Id, to: Id, kind: EdgeKind) -> Edge {
    let sign = Sign {
        signal: Signal::Env,
        confidence: Confidence::High,
        span: Span::at(FileId(0), 100 + 10 * from + to),
        key: None,
        gate: false,
        store: Store::default(),
    };
    Edge { from, to, kind, confidence: Confidence::High, signs: vec![sign] }
}

/// An edge to a datastore, with the database and the user that are used.
pub(crate) fn store(from: Id, to: Id, database: &str, user: &str) -> Edge {
    let mut made = edge(from, to, EdgeKind::Datastore);
    let place = made.signs[0].span;
    let part = |text: &str| (!text.is_empty()).then(|| (text.to_owned(), place));
    made.signs[0].store = Store { port: None, database: part(database), user: part(user) };
    made
}

/// A graph of these; every node is a component of its own.
pub(crate) fn graph(mut nodes: Vec<Node>, edges: Vec<Edge>) -> Graph {
    nodes.iter_mut().enumerate().for_each(|(at, node)| node.component = at);
    Graph { nodes, edges, ..Graph::default() }
}
