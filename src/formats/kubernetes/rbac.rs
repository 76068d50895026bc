//! Roles, bindings, service accounts, and what runs as them.

use super::pods::first_key;
use super::read;
use crate::model::Setting;
use crate::model::facts::Facts;
use crate::model::rbac::{Account, Aggregation, Binding, Grant, RunsAs, Subject};
use crate::model::resource::ResourceId;
use crate::syntax::tree::{Kind, Node};

/// Adds what a resource says of rights.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let resource = facts.resource(id);
    match resource.kind() {
        "Role" | "ClusterRole" => {
            grants(facts, id, root);
            facts.aggregations.extend(aggregation(id, root));
        }
        "RoleBinding" | "ClusterRoleBinding" => facts.bindings.extend(binding(id, root)),
        "ServiceAccount" if resource.group().is_empty() => {
            let automount = Setting::bool(root, "automountServiceAccountToken");
            facts.accounts.push(Account { resource: id, automount });
        }
        _ => {}
    }
}

/// What the pods of a workload run as; called once its pods are lowered.
pub(super) fn runs_as(workload: usize, pod: Node<'_>) -> RunsAs {
    let old = Setting::text(pod, "serviceAccount");
    RunsAs {
        workload,
        account: Setting::text(pod, "serviceAccountName").or(old),
        automount: Setting::bool(pod, "automountServiceAccountToken"),
    }
}

fn grants(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let Some(rules) = root.get("rules") else { return };
    for node in rules.items().filter(|node| node.kind() == Kind::Mapping) {
        facts.grants.push(Grant {
            resource: id,
            verbs: read::words(node, "verbs"),
            resources: read::words(node, "resources"),
            api_groups: read::words(node, "apiGroups"),
            resource_names: read::words(node, "resourceNames"),
            anchor: first_key(node),
        });
    }
}

fn aggregation(id: ResourceId, root: Node<'_>) -> Option<Aggregation> {
    let selectors = root.at(&["aggregationRule", "clusterRoleSelectors"])?;
    let selectors = selectors.items().filter(|node| node.kind() == Kind::Mapping).map(read::whole_selector);
    Some(Aggregation { resource: id, selectors: selectors.collect() })
}

fn binding(id: ResourceId, root: Node<'_>) -> Option<Binding> {
    let role = root.entry("roleRef")?;
    let subjects = root.get("subjects").into_iter().flat_map(Node::items);
    Some(Binding {
        resource: id,
        role_kind: Setting::text(role.value, "kind"),
        role_name: Setting::text(role.value, "name"),
        subjects: subjects.filter(|node| node.kind() == Kind::Mapping).map(subject).collect(),
        anchor: role.key.span(),
    })
}

fn subject(node: Node<'_>) -> Subject {
    let anchor = node.get("name").map(read::content).filter(|span| !span.is_empty());
    Subject {
        kind: Setting::text(node, "kind"),
        name: Setting::text(node, "name"),
        namespace: Setting::text(node, "namespace"),
        anchor: anchor.unwrap_or_else(|| first_key(node)),
    }
}
