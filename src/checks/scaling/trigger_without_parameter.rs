//! Triggers of KEDA that lack a parameter without a default.

use super::super::File;
use crate::rule::Match;
use crate::syntax::tree::{Kind, Node};

/// What the common scalers cannot do without and take from nowhere but the trigger's parameters, or a variable of
/// the workload. Source: <https://keda.sh/docs/2.19/scalers/>.
const NEEDED: &[(&str, &[&str])] = &[
    ("apache-kafka", &["bootstrapServers", "consumerGroup"]),
    ("azure-queue", &["queueName"]),
    ("cpu", &["value"]),
    ("cron", &["timezone", "start", "end", "desiredReplicas"]),
    ("external", &["scalerAddress"]),
    ("external-push", &["scalerAddress"]),
    ("github-runner", &["owner", "runnerScope"]),
    ("kafka", &["bootstrapServers", "consumerGroup"]),
    ("kubernetes-workload", &["podSelector", "value"]),
    ("loki", &["serverAddress", "query", "threshold"]),
    ("memory", &["value"]),
    ("metrics-api", &["url", "valueLocation"]),
    ("mongodb", &["collection", "query", "queryValue"]),
    ("mysql", &["query", "queryValue"]),
    ("nats-jetstream", &["stream", "consumer"]),
    ("postgresql", &["query"]),
    ("prometheus", &["serverAddress", "query", "threshold"]),
    ("rabbitmq", &["queueName"]),
    ("redis", &["listName"]),
];

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    for resource in &file.facts.resources {
        if resource.group() != "keda.sh" {
            continue;
        }
        let triggers = tree.node(resource.node).at(&["spec", "triggers"]);
        for trigger in triggers.into_iter().flat_map(Node::items) {
            lacking(trigger, out);
        }
    }
}

fn lacking(trigger: Node<'_>, out: &mut Vec<Match>) {
    let Some(kind) = trigger.get("type").and_then(Node::as_str) else { return };
    let Some((_, needed)) = NEEDED.iter().find(|(name, _)| *name == kind) else { return };
    let Some(entry) = trigger.entry("metadata").filter(|entry| entry.value.kind() == Kind::Mapping) else {
        return;
    };
    let parameters = entry.value;
    let given =
        |key: &str| parameters.get(key).or_else(|| parameters.get(&format!("{key}FromEnv"))).is_some();
    let missing: Vec<String> =
        needed.iter().filter(|key| !given(key)).map(|key| format!("`{key}`")).collect();
    if missing.is_empty() || parameters.is_open() {
        return;
    }
    let message = format!("the `{kind}` scaler needs {}", missing.join(" and "));
    let found = Match::new(entry.place(), message);
    out.push(Match { missing: true, ..found });
}
