//! Calls into the inside of another namespace.

use std::collections::BTreeMap;

use super::{show, who};
use crate::model::graph::{Confidence, Edge, EdgeKind, Graph, Node, NodeKind};
use crate::rule::{Match, Severity};

/// Namespaces, or starts of their names up to a `-`, that serve all others.
const PLATFORM: [&str; 36] = [
    "argo",
    "argo-cd",
    "argocd",
    "cert-manager",
    "cilium",
    "consul",
    "crossplane",
    "datadog",
    "elastic-system",
    "external-dns",
    "external-secrets",
    "flux",
    "flux-system",
    "gatekeeper",
    "grafana",
    "ingress",
    "istio",
    "keda",
    "knative",
    "kube",
    "kyverno",
    "linkerd",
    "logging",
    "longhorn",
    "metallb",
    "monitoring",
    "network",
    "observability",
    "openshift",
    "operators",
    "rook",
    "tekton",
    "telemetry",
    "traefik",
    "vault",
    "velero",
];

/// Parts of names of what stands at the edge of a namespace, for others to call.
const ENTRIES: [&str; 9] = ["api", "bff", "edge", "entry", "frontend", "gateway", "ingress", "public", "web"];

pub(super) fn check(graph: &Graph, out: &mut Vec<Match>) {
    let spaces = Spaces::of(graph);
    if spaces.one_each() {
        return;
    }
    for edge in graph.edges.iter().filter(|edge| edge.confidence >= Confidence::Medium) {
        out.extend(found(graph, &spaces, edge));
    }
}

fn found(graph: &Graph, spaces: &Spaces<'_>, edge: &Edge) -> Option<Match> {
    let (from, to) = (&graph.nodes[edge.from], &graph.nodes[edge.to]);
    let (own, other) = (from.namespace.as_deref()?, to.namespace.as_deref()?);
    let data = to.kind == NodeKind::Datastore;
    let reaches = matches!(edge.kind, EdgeKind::Sync | EdgeKind::Datastore);
    let business = spaces.is_business(own) && spaces.is_business(other);
    if own == other || !reaches || !business || !who::lives_on(from) || !(data || is_inside(to)) {
        return None;
    }
    let owners = who::Owners::of(graph, &[edge.from, edge.to]);
    let severity = match owners {
        who::Owners::Same => Severity::Hint,
        _ if data => Severity::Warning,
        _ => Severity::Hint,
    };
    let what = if data { "the datastore" } else { "" };
    let help =
        if data { "ask the service that owns the data" } else { "call what that namespace offers to others" };
    let space = if what.is_empty() { "" } else { " " };
    let message = format!(
        "`{}` reaches into the namespace `{other}` for {what}{space}`{}`{}; {help}",
        from.name,
        to.name,
        owners.said()
    );
    let places = show::signs(graph, edge).chain(show::declared(graph, edge.to));
    Some(show::with(Match::new(show::anchor(graph, edge)?, message).at(severity), places))
}

/// Whether a node is a part that others need not know: nothing lets requests in to it, and its name is not that of a door.
fn is_inside(node: &Node) -> bool {
    node.kind == NodeKind::Component && node.exposed.is_empty() && !who::is_called(node, &ENTRIES)
}

/// What is in each namespace.
struct Spaces<'g> {
    /// How many parts, and whether one of them is a component.
    counts: BTreeMap<&'g str, (usize, bool)>,
}

impl<'g> Spaces<'g> {
    fn of(graph: &'g Graph) -> Self {
        let mut counts: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
        for node in &graph.nodes {
            if let Some(namespace) = node.namespace.as_deref().filter(|_| node.kind != NodeKind::External) {
                let (count, has_component) = counts.entry(namespace).or_default();
                *count += 1;
                *has_component |= node.kind == NodeKind::Component;
            }
        }
        Spaces { counts }
    }

    /// Whether nearly every part has a namespace of its own: then a namespace is no domain.
    fn one_each(&self) -> bool {
        let single = self.counts.values().filter(|(count, _)| *count == 1).count();
        single * 10 > self.counts.len() * 7
    }

    /// Whether a namespace is one of services, and not one that serves others with databases or operates the cluster.
    fn is_business(&self, namespace: &str) -> bool {
        let serves = |word: &str| {
            namespace.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        let has_component = self.counts.get(namespace).is_some_and(|(_, has_component)| *has_component);
        has_component && !PLATFORM.iter().any(|word| serves(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::graph::made::{edge, graph, node, of_kind};

    fn severities(ids: [&str; 3], to: NodeKind) -> Vec<(Severity, String)> {
        let kind = if to == NodeKind::Datastore { EdgeKind::Datastore } else { EdgeKind::Sync };
        let mut nodes: Vec<Node> = ids[..2].iter().map(|id| node(id)).collect();
        nodes.push(of_kind(ids[2], to));
        nodes.push(node(&ids[0].replace('/', "/other-")));
        let mut out = Vec::new();
        check(&graph(nodes, vec![edge(0, 2, kind)]), &mut out);
        out.into_iter().map(|found| (found.severity.unwrap_or(Severity::Hint), found.message)).collect()
    }

    #[test]
    fn another_namespaces_inside() {
        assert_eq!(
            severities(["shop/cart", "bills/api", "bills/tax"], NodeKind::Component),
            [(Severity::Hint, "`cart` reaches into the namespace `bills` for `tax`; call what that namespace offers to others".into())]
        );
        assert_eq!(
            severities(["shop/cart", "bills/api", "bills/db"], NodeKind::Datastore),
            [(Severity::Warning, "`cart` reaches into the namespace `bills` for the datastore `db`; ask the service that owns the data".into())]
        );
    }

    #[test]
    fn doors_and_what_serves_all() {
        for ids in [
            ["shop/cart", "bills/tax", "bills/api"],
            ["shop/cart", "shop/tax", "shop/rates"],
            ["shop/cart", "istio-system/a", "istio-system/b"],
        ] {
            assert_eq!(severities(ids, NodeKind::Component), [], "{ids:?}");
        }
        assert_eq!(severities(["shop/cart", "shop/x", "databases/pg"], NodeKind::Datastore), []);
    }

    #[test]
    fn a_namespace_for_each_part_is_no_domain() {
        let nodes = vec![node("a/a"), node("b/b"), node("c/c")];
        let mut out = Vec::new();
        check(&graph(nodes, vec![edge(0, 1, EdgeKind::Sync)]), &mut out);
        assert_eq!(out, []);
    }
}
