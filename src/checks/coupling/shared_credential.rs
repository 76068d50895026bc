//! Credentials of several services: secrets that many take, users that many sign in as.

use super::stores::{self, Client};
use super::who::{self, Owners};
use super::{shares, show};
use crate::model::graph::{Graph, Id};
use crate::rule::Match;
use crate::text::Span;

/// Users that may do everything in a database server, where it comes as it is installed.
const SUPERUSERS: [&str; 9] =
    ["admin", "default", "elastic", "neo4j", "postgres", "root", "sa", "sys", "system"];

pub(super) fn check(graph: &Graph, out: &mut Vec<Match>) {
    shares::secret(graph, out);
    for used in stores::used(graph) {
        for (user, clients) in stores::grouped(&used, |client| &client.users) {
            out.extend(found(graph, used.store, &user, &clients));
        }
    }
}

fn found(graph: &Graph, store: Id, user: &str, clients: &[(&Client, Span)]) -> Option<Match> {
    let nodes: Vec<Id> = clients.iter().map(|(client, _)| client.node).collect();
    let owners = Owners::of(graph, &nodes);
    let everything = SUPERUSERS.contains(&user);
    let enough = nodes.len() >= 3 || everything || matches!(owners, Owners::Differ(..));
    // Of one database the rule for those says it already, and as whom.
    if nodes.len() < 2 || !enough || (!everything && share_one(clients)) {
        return None;
    }
    let power = if everything { ", who may do everything there" } else { "" };
    let message = format!(
        "{} sign in to `{}` as `{user}`{power}{}; give each a user of its own, with what it needs",
        who::names(graph, &nodes),
        who::name(graph, store),
        owners.said()
    );
    let (first, rest) = clients.split_first()?;
    let others =
        rest.iter().map(|(client, span)| (*span, format!("`{}` does too", who::name(graph, client.node))));
    Some(show::with(Match::new(first.1, message), others))
}

/// Whether all of them use one database.
fn share_one(clients: &[(&Client, Span)]) -> bool {
    let names = |client: &Client| -> Vec<String> {
        client.databases.iter().map(|(name, _)| name.to_ascii_lowercase()).collect()
    };
    let Some((first, rest)) = clients.split_first() else { return false };
    names(first.0).iter().any(|name| rest.iter().all(|(client, _)| names(client).contains(name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::graph::NodeKind;
    use crate::model::graph::made::{graph, node, of_kind, store};

    fn messages(user: &str, databases: [&str; 3]) -> Vec<String> {
        let nodes = vec![node("a"), node("b"), node("c"), of_kind("db", NodeKind::Datastore)];
        let edges = databases.iter().enumerate().map(|(from, name)| store(from, 3, name, user)).collect();
        let mut out = Vec::new();
        check(&graph(nodes, edges), &mut out);
        out.into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn one_user_for_several() {
        assert_eq!(
            messages("sa", ["x", "y", "z"]),
            [
                "`a`, `b` and `c` sign in to `db` as `sa`, who may do everything there; give each a user of its own, with what it needs"
            ]
        );
        assert_eq!(messages("app", ["x", "y", "z"]).len(), 1);
        assert_eq!(messages("app", ["x", "x", "x"]), [""; 0], "that is the shared database");
        assert_eq!(messages("sa", ["x", "x", "x"]).len(), 1);
        assert_eq!(messages("", ["x", "y", "z"]), [""; 0]);
    }
}
