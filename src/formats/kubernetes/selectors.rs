//! What selects by labels: Services, network policies, monitors.

use super::pods::first_key;
use super::read;
use crate::model::Setting;
use crate::model::facts::Facts;
use crate::model::labels::{Labels, Selector};
use crate::model::ports::{Listed, PolicyPort, ServicePort};
use crate::model::resource::{Resource, ResourceId};
use crate::model::scaling::Monitor;
use crate::model::wiring::{Direction, NetworkPolicy, Peer, PolicyRule, Service};
use crate::syntax::tree::{Kind, Node};

/// Adds what a resource selects, if it does.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let resource = facts.resource(id);
    match (resource.group(), resource.kind()) {
        ("", "Service") => {
            let service = service(resource, id, root);
            facts.services.push(service);
        }
        (
            _,
            "NetworkPolicy"
            | "CiliumNetworkPolicy"
            | "CiliumClusterwideNetworkPolicy"
            | "GlobalNetworkPolicy",
        ) => {
            let policy = policy(resource, id, root);
            facts.policies.extend(policy);
        }
        ("monitoring.coreos.com", kind @ ("ServiceMonitor" | "PodMonitor")) => {
            let monitor = monitor(id, root, kind == "ServiceMonitor");
            facts.monitors.extend(monitor);
        }
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
    let text = |key| spec.map_or(Setting::Unset, |spec| Setting::text(spec, key));
    let port = |node: Node<'_>| ServicePort {
        name: Setting::text(node, "name"),
        port: Setting::int(node, "port"),
        target: read::port(node, "targetPort"),
        protocol: Setting::text(node, "protocol"),
        anchor: first_key(node),
    };
    Service {
        resource: id,
        selector,
        kind: text("type"),
        headless: text("clusterIP").get().is_some_and(|address| address == "None"),
        ports: spec.map_or_else(Listed::default, |spec| read::list(spec, "ports", port)),
        anchor: resource.anchor,
    }
}

/// Groups whose policies are of Kubernetes' own form, whatever the version; others have forms of their own.
const OWN_GROUPS: &[&str] = &["networking.k8s.io", "extensions", ""];

/// A policy; none where nothing is written that would apply to any pod.
fn policy(resource: &Resource, id: ResourceId, root: Node<'_>) -> Option<NetworkPolicy> {
    let mut policy = NetworkPolicy {
        resource: id,
        pods: None,
        ingress: None,
        egress: None,
        rules: Listed { items: Vec::new(), open: true },
    };
    let spec = root.get("spec");
    if !OWN_GROUPS.contains(&resource.group()) {
        return Some(policy);
    }
    let Some(spec) = spec.filter(|spec| spec.kind() == Kind::Mapping) else {
        let hidden =
            resource.fragment || root.is_open() || spec.is_some_and(|spec| spec.kind() == Kind::Unknown);
        return hidden.then_some(policy);
    };
    policy.pods = Some(read::selector(spec, "podSelector").unwrap_or_else(|| Selector {
        labels: Labels { open: spec.is_open(), ..Labels::default() },
        ..Selector::default()
    }));
    (policy.ingress, policy.egress) = directions(spec);
    policy.rules = rules(spec, "ingress", "from", Direction::Ingress);
    let egress = rules(spec, "egress", "to", Direction::Egress);
    policy.rules.open |= egress.open;
    policy.rules.items.extend(egress.items);
    Some(policy)
}

/// Whether a policy decides about what comes in and what goes out. Where it does not say, it decides about egress if it
/// has a rule for that, and about ingress in any case.
fn directions(spec: Node<'_>) -> (Option<bool>, Option<bool>) {
    let types = read::words(spec, "policyTypes");
    match &types {
        Setting::Unknown(_) => (None, None),
        Setting::Set(types, _) => {
            let names = |name| Some(types.iter().any(|word| word.text == name));
            (names("Ingress"), names("Egress"))
        }
        Setting::Unset => {
            let egress = spec.get("egress");
            let unknown = egress.is_some_and(|node| node.is_open() || node.kind() == Kind::Unknown);
            let written = egress.is_some_and(|node| node.items().next().is_some());
            (Some(true), if unknown && !written { None } else { Some(written) })
        }
    }
}

fn rules(spec: Node<'_>, key: &str, peers: &str, direction: Direction) -> Listed<PolicyRule> {
    read::list(spec, key, |node| PolicyRule {
        direction,
        peers: read::list(node, peers, |peer| Peer {
            pods: read::selector(peer, "podSelector"),
            namespaces: read::selector(peer, "namespaceSelector"),
            anchor: first_key(peer),
        }),
        ports: read::list(node, "ports", |port| PolicyPort {
            port: read::port(port, "port"),
            range: port.get("endPort").is_some(),
            protocol: Setting::text(port, "protocol"),
        }),
        anchor: first_key(node),
    })
}

fn monitor(id: ResourceId, root: Node<'_>, of_services: bool) -> Option<Monitor> {
    let spec = root.get("spec")?;
    let endpoints = if of_services { "endpoints" } else { "podMetricsEndpoints" };
    let ports = read::list(spec, endpoints, |endpoint| Setting::text(endpoint, "port"));
    Some(Monitor {
        resource: id,
        of_services,
        selector: read::selector(spec, "selector"),
        own_namespace: spec.get("namespaceSelector").is_none() && !spec.is_open(),
        ports: ports.items,
    })
}
