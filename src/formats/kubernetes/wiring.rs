//! Services, network policies, roles, and what names what.

use std::collections::BTreeSet;

use super::pods::first_key;
use super::read;
use crate::model::Setting;
use crate::model::facts::Facts;
use crate::model::labels::Selector;
use crate::model::rbac::{Binding, Grant};
use crate::model::resource::{Resource, ResourceId};
use crate::model::wiring::{Definition, NetworkPolicy, Reference, Service, Target};
use crate::model::workload::{Volume, Workload};
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
    definitions(facts, &resource, root);
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

/// References of every workload of the resource; called once its pods are lowered.
pub(super) fn references(facts: &mut Facts, workload: &Workload, pod: Node<'_>) {
    let id = workload.resource;
    let mut add = |node: Option<Node<'_>>, key: &str, target: Target, item: &str| {
        let Some(node) = node.filter(|node| node.kind() == Kind::Mapping) else { return };
        let key = if key.is_empty() { Setting::Unset } else { Setting::text(node, key) };
        let optional = node.get("optional").is_some_and(|node| node.as_bool() != Some(false));
        facts.references.push(Reference {
            resource: id,
            target,
            name: Setting::text(node, item),
            key,
            optional,
        });
    };
    for container in ["initContainers", "containers", "ephemeralContainers"]
        .iter()
        .filter_map(|key| pod.get(key))
        .flat_map(Node::items)
    {
        for variable in container.get("env").into_iter().flat_map(Node::items) {
            let from = variable.get("valueFrom");
            add(from.and_then(|node| node.get("configMapKeyRef")), "key", Target::ConfigMap, "name");
            add(from.and_then(|node| node.get("secretKeyRef")), "key", Target::Secret, "name");
        }
        for source in container.get("envFrom").into_iter().flat_map(Node::items) {
            add(source.get("configMapRef"), "", Target::ConfigMap, "name");
            add(source.get("secretRef"), "", Target::Secret, "name");
        }
    }
    for volume in pod.get("volumes").into_iter().flat_map(Node::items) {
        add(volume.get("configMap"), "", Target::ConfigMap, "name");
        add(volume.get("secret"), "", Target::Secret, "secretName");
        add(volume.get("persistentVolumeClaim"), "", Target::Claim, "claimName");
        for source in volume.at(&["projected", "sources"]).into_iter().flat_map(Node::items) {
            add(source.get("configMap"), "", Target::ConfigMap, "name");
            add(source.get("secret"), "", Target::Secret, "name");
        }
    }
    add(Some(pod), "", Target::ServiceAccount, "serviceAccountName");
}

/// What a resource defines, or has made by an operator, that others may refer to.
fn definitions(facts: &mut Facts, resource: &Resource, root: Node<'_>) {
    let spec = root.get("spec");
    let named = |node: Option<Node<'_>>, key: &str| match node.map(|node| Setting::text(node, key)) {
        Some(name) if !name.is_unset() => name,
        _ => resource.name.clone(),
    };
    let target_name = |key| named(spec.and_then(|spec| spec.get(key)), "name");
    let (target, name, keys) = match resource.kind() {
        "ConfigMap" => (Target::ConfigMap, resource.name.clone(), keys(root, &["data", "binaryData"])),
        "Secret" => (Target::Secret, resource.name.clone(), keys(root, &["data", "stringData"])),
        "SealedSecret" => {
            let keys = spec.and_then(|spec| keys(spec, &["encryptedData"]));
            (Target::Secret, resource.name.clone(), keys)
        }
        "ExternalSecret" => (Target::Secret, target_name("target"), None),
        "VaultStaticSecret" | "VaultDynamicSecret" => (Target::Secret, target_name("destination"), None),
        "Certificate" => (Target::Secret, named(spec, "secretName"), None),
        "PersistentVolumeClaim" => (Target::Claim, resource.name.clone(), None),
        "ServiceAccount" => (Target::ServiceAccount, resource.name.clone(), None),
        _ => return,
    };
    let namespace = resource.namespace.clone();
    facts.definitions.push(Definition { target, name, namespace, keys, anchor: resource.anchor });
}

/// The keys under these fields; `None` as soon as one cannot be known.
fn keys(node: Node<'_>, fields: &[&str]) -> Option<BTreeSet<String>> {
    if node.is_open() {
        return None;
    }
    let mut out = BTreeSet::new();
    for field in fields.iter().filter_map(|field| node.get(field)) {
        if field.is_open() || field.kind() == Kind::Unknown {
            return None;
        }
        for entry in field.entries() {
            if entry.key.kind() == Kind::Unknown {
                return None;
            }
            out.insert(entry.key.text().to_owned());
        }
    }
    Some(out)
}
