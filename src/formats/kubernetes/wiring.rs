//! Services, network policies, roles.

use super::pods::first_key;
use super::read;
use crate::model::Setting;
use crate::model::facts::Facts;
use crate::model::labels::Selector;
use crate::model::rbac::{Binding, Grant};
use crate::model::resource::{Resource, ResourceId};
use crate::model::wiring::{NetworkPolicy, Service};
use crate::model::workload::Volume;
use crate::syntax::tree::{Kind, Node};

/// Adds what a resource says of others, apart from its pods.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let resource = facts.resource(id).clone();
    match resource.kind() {
        "Service" if resource.group().is_empty() => facts.services.push(service(&resource, id, root)),
        "NetworkPolicy"
        | "CiliumNetworkPolicy"
        | "CiliumClusterwideNetworkPolicy"
        | "GlobalNetworkPolicy" => {
            facts.policies.push(policy(&resource, id, root));
        }
        "PersistentVolume" => facts.volumes.extend(root.get("spec").map(|spec| Volume {
            resource: id,
            workload: None,
            node: spec.id(),
            anchor: resource.anchor,
        })),
        "Role" | "ClusterRole" => grants(facts, id, root),
        "RoleBinding" | "ClusterRoleBinding" => facts.bindings.extend(binding(id, root)),
        _ => {}
    }
}

fn service(resource: &Resource, id: ResourceId, root: Node<'_>) -> Service {
    let spec = root.get("spec");
    let selector = spec.and_then(|spec| spec.entry("selector")).map(|entry| Selector {
        labels: read::pairs(entry.value),
        requirements: Vec::new(),
        span: Some(entry.key.span()),
    });
    let kind = spec.map_or(Setting::Unset, |spec| Setting::text(spec, "type"));
    Service { resource: id, selector, kind, anchor: resource.anchor }
}

fn policy(resource: &Resource, id: ResourceId, root: Node<'_>) -> NetworkPolicy {
    let spec = root.get("spec").filter(|_| resource.group() == "networking.k8s.io");
    let pods = spec.map(|spec| match read::selector(spec, "podSelector") {
        Some(selector) => selector,
        None => Selector {
            labels: crate::model::labels::Labels { open: spec.is_open(), ..Default::default() },
            ..Default::default()
        },
    });
    NetworkPolicy { resource: id, pods }
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

fn binding(id: ResourceId, root: Node<'_>) -> Option<Binding> {
    let role = root.entry("roleRef")?;
    Some(Binding {
        resource: id,
        role_kind: Setting::text(role.value, "kind"),
        role_name: Setting::text(role.value, "name"),
        anchor: role.key.span(),
    })
}
