//! What the checks of this domain say about nodes: names, owners, and how severe it is that they share something.

use std::collections::HashSet;

use super::show;
use crate::model::graph::{Graph, Id, Node, NodeKind};
use crate::rule::Severity;

/// Parts of names and images of what looks after data that is not its own, or comes and goes: exporters, poolers,
/// migrations, backups, consoles, what streams changes, tests.
const CARETAKERS: [&str; 38] = [
    "adminer",
    "akhq",
    "backup",
    "barman",
    "debezium",
    "dump",
    "e2e",
    "exporter",
    "flyway",
    "init",
    "insight",
    "kafdrop",
    "kafka-ui",
    "kibana",
    "liquibase",
    "metabase",
    "migrate",
    "migration",
    "migrator",
    "migrations",
    "mongo-express",
    "odyssey",
    "pgadmin",
    "pgadmin4",
    "pgbouncer",
    "pgcat",
    "pgpool",
    "phpmyadmin",
    "proxysql",
    "redis-commander",
    "redisinsight",
    "restore",
    "seed",
    "seeder",
    "setup",
    "test",
    "testing",
    "tests",
];

/// Whether the owners of some nodes are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owners {
    /// Nobody says who they are, or not of enough of them.
    Unknown,
    /// Somebody answers for all of them.
    Same,
    /// Two of them have nobody in common: their names.
    Differ(String, String),
}

impl Owners {
    /// The owners of these nodes.
    pub(super) fn of(graph: &Graph, nodes: &[Id]) -> Owners {
        let known: Vec<_> = nodes.iter().filter_map(|id| graph.nodes[*id].owner.as_ref()).collect();
        let Some(first) = known.first() else { return Owners::Unknown };
        match known.iter().find(|owner| owner.differs_from(first)) {
            Some(other) => Owners::Differ(first.name.clone(), other.name.clone()),
            None if known.len() == nodes.len() => Owners::Same,
            None => Owners::Unknown,
        }
    }

    /// A warning where two teams have to agree, else a hint.
    pub(super) fn severity(&self) -> Severity {
        if matches!(self, Owners::Differ(..)) { Severity::Warning } else { Severity::Hint }
    }

    /// What a message adds about them.
    pub(super) fn said(&self) -> String {
        match self {
            Owners::Differ(one, other) => format!(", and belong to `{one}` and `{other}`"),
            Owners::Same | Owners::Unknown => String::new(),
        }
    }
}

/// The names of nodes as a list.
pub(super) fn names(graph: &Graph, nodes: &[Id]) -> String {
    show::list(nodes.iter().map(|id| name(graph, *id)))
}

/// What a node is called in messages.
pub(super) fn name(graph: &Graph, node: Id) -> &str {
    show::name(&graph.nodes[node])
}

/// Last words of names of images of a service that do part of its work: `shop` and `shop-worker` are one.
const ROLES: [&str; 10] =
    ["beat", "celery", "consumer", "cron", "cronjob", "queue", "scheduler", "sidekiq", "worker", "workers"];

/// The name of an image without the word for its part in the service.
fn without_role(image: &str) -> &str {
    let role = image.rsplit_once(['-', '_', '.']).filter(|(_, role)| ROLES.contains(role));
    role.map_or(image, |(whole, _)| whole)
}

/// One node of each component among these, in their order; of those that differ only in how words of their names are
/// joined, or whose images are parts of one service, one as well.
pub(super) fn one_of_each(graph: &Graph, nodes: impl IntoIterator<Item = Id>) -> Vec<Id> {
    let mut components = HashSet::new();
    let mut spelled = HashSet::new();
    let mut images: HashSet<(usize, &str)> = HashSet::new();
    let is_new = |id: &Id| {
        let node = &graph.nodes[*id];
        let letters: String = node.name.chars().filter(char::is_ascii_alphanumeric).collect();
        let image = node.image.as_deref().map(|image| (node.system, without_role(image)));
        // All are noted, whichever decides.
        let component = components.insert(node.component);
        let spelling = spelled.insert((node.system, letters));
        let image = image.is_none_or(|image| images.insert(image));
        component && spelling && image
    };
    nodes.into_iter().filter(is_new).collect()
}

/// Whether a node is a part of the system that lives on: no job, and nothing that only looks after others' data.
pub(super) fn lives_on(node: &Node) -> bool {
    node.kind == NodeKind::Component && !node.once && !is_called(node, &CARETAKERS)
}

/// Whether a datastore is there for more than a test or a backup.
pub(super) fn keeps_data(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Datastore | NodeKind::External) && !is_called(node, &CARETAKERS)
}

/// Whether one of these words stands in the name of a node, or in the last part of that of its image.
pub(super) fn is_called(node: &Node, words: &[&str]) -> bool {
    let image = node.image.as_deref().unwrap_or_default();
    let image = image.rsplit('/').next().unwrap_or_default();
    [node.name.as_str(), image].iter().any(|name| has_word(name, words))
}

/// Whether one of these words stands in a name, between other letters and digits than its own.
pub(super) fn has_word(name: &str, words: &[&str]) -> bool {
    let name = name.to_ascii_lowercase().replace('_', "-");
    let inside = |word: &&str| {
        name.match_indices(*word).any(|(at, _)| {
            let apart = |char: Option<char>| char.is_none_or(|char| !char.is_ascii_alphanumeric());
            apart(name[..at].chars().next_back()) && apart(name[at + word.len()..].chars().next())
        })
    };
    words.iter().any(inside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::graph::made::{graph, node, owned};

    #[test]
    fn owners_are_compared_where_they_are_known() {
        let graph = graph(vec![owned("a", "x"), owned("b", "x"), owned("c", "y"), node("d")], vec![]);
        assert_eq!(Owners::of(&graph, &[0, 1]), Owners::Same);
        assert_eq!(Owners::of(&graph, &[0, 3]), Owners::Unknown);
        assert_eq!(Owners::of(&graph, &[3]), Owners::Unknown);
        let differ = Owners::of(&graph, &[0, 3, 2]);
        assert_eq!(
            (differ.severity(), differ.said()),
            (Severity::Warning, ", and belong to `x` and `y`".into())
        );
    }

    #[test]
    fn parts_of_one_service_count_once() {
        let spelled = graph(["a.b", "a-b", "c"].map(node).into(), vec![]);
        assert_eq!(one_of_each(&spelled, [0, 1, 2]), [0, 2]);
        let mut parts = graph(["a", "b"].map(node).into(), vec![]);
        parts.nodes[0].image = Some("acme/shop".to_owned());
        parts.nodes[1].image = Some("acme/shop-worker".to_owned());
        assert_eq!(one_of_each(&parts, [0, 1]), [0]);
    }

    #[test]
    fn words_in_names() {
        assert!(has_word("postgres_exporter", &["exporter"]) && has_word("pgbouncer", &["pgbouncer"]));
        assert!(!has_word("initiative", &["init"]) && !has_word("orders", &["order"]));
    }
}
