//! Services, network policies, roles.

use super::pods::first_key;
use super::read;
use crate::model::Setting;
use crate::model::facts::Facts;
use crate::model::rbac::{Binding, Grant};
use crate::model::resource::ResourceId;
use crate::model::workload::Volume;
use crate::syntax::tree::{Kind, Node};

/// Adds what a resource says of others, apart from its pods.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let resource = facts.resource(id).clone();
    match resource.kind() {
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
