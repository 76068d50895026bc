//! Databases, and servers of them, that several services use.

use std::collections::HashSet;

use super::show;
use super::stores::{self, Client, Used};
use super::who::{self, Owners};
use crate::model::graph::{Graph, Id};
use crate::rule::Match;
use crate::text::Span;

/// One database of several services.
pub(super) fn check(graph: &Graph, out: &mut Vec<Match>) {
    for used in stores::used(graph) {
        for (_, clients) in stores::grouped(&used, |client| &client.databases) {
            if clients.len() >= 2 {
                out.push(found(graph, &used, &clients));
            }
        }
    }
}

fn found(graph: &Graph, used: &Used, clients: &[(&Client, Span)]) -> Match {
    let nodes: Vec<Id> = clients.iter().map(|(client, _)| client.node).collect();
    let owners = Owners::of(graph, &nodes);
    let store = who::name(graph, used.store);
    let (first, span) = &clients[0];
    let name = first.databases.iter().find(|(_, place)| place == span).map_or("", |(name, _)| name);
    let what = match name {
        "0" | "" => format!("keep their data in `{store}`"),
        name => format!("use the database `{name}` of `{store}`"),
    };
    let login = shared_user(clients).map_or(String::new(), |user| format!(" as `{user}`"));
    let message = format!(
        "{} {what}{login}{}; let one of them own the data, and the others ask it",
        who::names(graph, &nodes),
        owners.said()
    );
    let others = clients[1..].iter().map(|(client, span)| (client.node, *span));
    labelled(graph, Match::new(*span, message).at(owners.severity()), others, used.store)
}

/// The user that all of them sign in as.
fn shared_user<'c>(clients: &'c [(&Client, Span)]) -> Option<&'c str> {
    let (first, rest) = clients.split_first()?;
    let has = |client: &Client, user: &str| client.users.iter().any(|(known, _)| known == user);
    let mut users = first.0.users.iter().map(|(user, _)| user.as_str());
    users.find(|user| rest.iter().all(|(client, _)| has(client, user)))
}

/// Labels for the datastore and the other clients; where two are told by one text, the place of the other itself.
fn labelled(graph: &Graph, found: Match, others: impl Iterator<Item = (Id, Span)>, store: Id) -> Match {
    let mut taken = HashSet::from([found.span]);
    let store = graph.nodes[store].places.first().map(|place| (*place, "the datastore".to_owned()));
    taken.extend(store.iter().map(|(place, _)| *place));
    let others = others.filter_map(|(id, span)| {
        let mut places = std::iter::once(span).chain(graph.nodes[id].places.first().copied());
        let span = places.find(|span| taken.insert(*span))?;
        Some((span, format!("`{}` uses it too", who::name(graph, id))))
    });
    let others: Vec<show::Place> = others.collect();
    show::with(found, store.into_iter().chain(others))
}

/// One server of several services that are not known to use one database of it.
pub(super) fn server(graph: &Graph, out: &mut Vec<Match>) {
    for used in stores::used(graph) {
        let databases = stores::grouped(&used, |client| &client.databases);
        let clients = &used.clients;
        if clients.len() < 2 || databases.values().any(|clients| clients.len() >= 2) {
            continue;
        }
        let nodes: Vec<Id> = clients.iter().map(|client| client.node).collect();
        let apart = clients.iter().all(|client| !client.databases.is_empty());
        let which =
            if apart { "each with a database of its own" } else { "and do not say with which databases" };
        let message = format!(
            "{} share the server `{}`, {which}; who loads or upgrades it does so for all",
            who::names(graph, &nodes),
            who::name(graph, used.store)
        );
        let others = clients[1..].iter().map(|client| (client.node, client.host));
        out.push(labelled(graph, Match::new(clients[0].host, message), others, used.store));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::graph::made::{graph, node, of_kind, owned, store};
    use crate::model::graph::{Confidence, NodeKind};
    use crate::rule::Severity;

    fn messages(graph: &Graph, check: fn(&Graph, &mut Vec<Match>)) -> Vec<(Severity, String)> {
        let mut out = Vec::new();
        check(graph, &mut out);
        out.into_iter().map(|found| (found.severity.unwrap_or(Severity::Hint), found.message)).collect()
    }

    fn db(id: &str) -> crate::model::graph::Node {
        of_kind(id, NodeKind::Datastore)
    }

    #[test]
    fn one_database_of_two() {
        let nodes = vec![owned("a", "x"), owned("b", "y"), db("db"), node("c")];
        let edges = vec![store(0, 2, "Shop", "sa"), store(1, 2, "shop", "sa"), store(3, 2, "other", "sa")];
        let found = messages(&graph(nodes, edges), check);
        let message = "`a` and `b` use the database `Shop` of `db` as `sa`, and belong to `x` and `y`; let one of \
                       them own the data, and the others ask it";
        assert_eq!(found, [(Severity::Warning, message.to_owned())]);
    }

    #[test]
    fn a_server_with_databases_apart_is_another_matter() {
        let graph =
            graph(vec![node("a"), node("b"), db("db")], vec![store(0, 2, "x", ""), store(1, 2, "y", "")]);
        assert_eq!(messages(&graph, check), []);
        let message = "`a` and `b` share the server `db`, each with a database of its own; who loads or upgrades it does so for all";
        assert_eq!(messages(&graph, server), [(Severity::Hint, message.to_owned())]);
    }

    #[test]
    fn one_space_for_all() {
        let graph =
            graph(vec![node("a"), node("b"), db("redis")], vec![store(0, 2, "", ""), store(1, 2, "", "")]);
        let message =
            "`a` and `b` keep their data in `redis`; let one of them own the data, and the others ask it";
        assert_eq!(messages(&graph, check), [(Severity::Hint, message.to_owned())]);
    }

    #[test]
    fn who_does_not_count() {
        let mut made = graph(
            vec![node("a"), node("db-migrate"), node("job"), node("a-worker"), node("late"), db("db")],
            [0, 1, 2, 3, 4].map(|from| store(from, 5, "shop", "")).into(),
        );
        made.nodes[2].once = true;
        made.nodes[3].component = 0;
        made.edges[4].confidence = Confidence::Low;
        assert_eq!(messages(&made, check), []);
        assert_eq!(messages(&made, server), []);
    }
}
