//! Labels of nodes under their old names, wherever pods or volumes choose nodes by them.

use super::super::File;
use crate::rule::Match;
use crate::syntax::tree::{Kind, Node};

/// Old names and new. Source: <https://kubernetes.io/docs/reference/labels-annotations-taints/>.
const RENAMED: &[(&str, &str)] = &[
    ("beta.kubernetes.io/arch", "kubernetes.io/arch"),
    ("beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type"),
    ("beta.kubernetes.io/os", "kubernetes.io/os"),
    ("failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region"),
    ("failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone"),
];

/// Deeper than any part of a pod that chooses nodes.
const MAX_DEPTH: usize = 12;

/// Fields that choose nodes.
const CHOOSING: &[&str] =
    &["nodeSelector", "affinity", "topologySpreadConstraints", "nodeAffinity", "allowedTopologies"];

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    let pods = file.facts.workloads.iter().map(|workload| tree.node(workload.pod));
    let others = file.facts.resources.iter().filter_map(|resource| {
        let root = tree.node(resource.node);
        match resource.kind() {
            "PersistentVolume" => root.get("spec"),
            "StorageClass" => Some(root),
            _ => None,
        }
    });
    for node in pods.chain(others) {
        for field in CHOOSING.iter().filter_map(|field| node.get(field)) {
            walk(field, out);
        }
    }
}

fn walk(root: Node<'_>, out: &mut Vec<Match>) {
    let mut stack = vec![(root, 0)];
    while let Some((node, depth)) = stack.pop() {
        if depth > MAX_DEPTH || node.is_alias() {
            continue;
        }
        if let Some(name) = node.as_str() {
            out.extend(found(name, node));
        }
        for entry in node.own_entries() {
            if entry.key.kind() != Kind::Unknown {
                out.extend(found(entry.key.text(), entry.key));
            }
            stack.push((entry.value, depth + 1));
        }
        stack.extend(node.items().map(|item| (item, depth + 1)));
    }
}

fn found(name: &str, node: Node<'_>) -> Option<Match> {
    let (_, new) = RENAMED.iter().find(|(old, _)| *old == name)?;
    let span = node.short_span().unwrap_or(node.span());
    Some(Match::new(span, format!("`{name}` is the old name of this label; use `{new}`")))
}
