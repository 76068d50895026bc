//! Services that share something, and for which nobody answers where others have somebody.

use std::collections::BTreeMap;

use super::{stores, who};
use crate::model::graph::{Confidence, Graph, Id, NodeKind, ShareKind};
use crate::rule::Match;

/// Where fewer in a hundred components have an owner, owners are not written down here.
const USUAL: usize = 20;

pub(super) fn check(graph: &Graph, out: &mut Vec<Match>) {
    let components = || graph.nodes.iter().filter(|node| node.kind == NodeKind::Component);
    let owned = components().filter(|node| node.owner.is_some()).count();
    if owned == 0 || owned * 100 < components().count() * USUAL {
        return;
    }
    for (id, what) in sharing(graph) {
        let node = &graph.nodes[id];
        let Some(place) = node.places.first().filter(|_| node.owner.is_none()) else { continue };
        let message = format!(
            "nobody is named who answers for `{}`, which {what}; add a label `team`, or a line to `CODEOWNERS`",
            node.name
        );
        out.push(Match::new(*place, message));
    }
}

/// The components that share something with others, and the first thing that each does.
fn sharing(graph: &Graph) -> BTreeMap<Id, String> {
    let mut found = BTreeMap::new();
    for used in stores::used(graph).iter().filter(|used| used.clients.len() >= 2) {
        let says = format!("shares the datastore `{}`", who::name(graph, used.store));
        for client in &used.clients {
            found.entry(client.node).or_insert_with(|| says.clone());
        }
    }
    for share in &graph.shares {
        let what = match share.kind {
            ShareKind::Volume => "volume",
            ShareKind::Secret => "secret",
            ShareKind::Topic => "topic",
            ShareKind::Config => continue,
        };
        let users = share.uses.iter().map(|used| used.node).filter(|id| who::lives_on(&graph.nodes[*id]));
        let users = who::one_of_each(graph, users);
        for id in users.iter().filter(|_| users.len() >= 2) {
            found.entry(*id).or_insert_with(|| format!("shares the {what} `{}`", share.name));
        }
    }
    for edge in graph.edges.iter().filter(|edge| edge.confidence >= Confidence::Medium) {
        let (from, to) = (&graph.nodes[edge.from], &graph.nodes[edge.to]);
        if let (Some(own), Some(other), true) = (&from.namespace, &to.namespace, who::lives_on(from))
            && own != other
            && to.kind == NodeKind::Component
        {
            found.entry(edge.from).or_insert_with(|| format!("calls into the namespace `{other}`"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::graph::made::{graph, node, of_kind, owned, store};

    fn messages(first: crate::model::graph::Node) -> Vec<String> {
        let nodes = vec![first, node("b"), of_kind("db", NodeKind::Datastore)];
        let mut out = Vec::new();
        check(&graph(nodes, vec![store(0, 2, "x", ""), store(1, 2, "x", "")]), &mut out);
        out.into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn where_others_have_an_owner() {
        let message = "nobody is named who answers for `b`, which shares the datastore `db`; add a label `team`, or a line to `CODEOWNERS`";
        assert_eq!(messages(owned("a", "x")), [message]);
        assert_eq!(messages(node("a")), [""; 0]);
    }
}
