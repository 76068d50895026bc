//! Routes: Ingresses, Gateways and the mesh let requests in to nodes, and say how calls may fail.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Builder;
use super::members::Lead;
use super::{Confidence, EdgeKind, Id, NodeKind, Sign, Signal, Store};
use crate::model::coupling::Holder;
use crate::model::facts::Facts;
use crate::model::reference::Purpose;
use crate::model::resource::{Resource, ResourceId};
use crate::text::Span;

/// Adds edges from what lets requests in. Gives the systems in which objects of a mesh are, and the nodes for
/// which they say how calls fail.
pub(super) fn add(builder: &mut Builder<'_, '_>) -> (BTreeSet<usize>, Vec<Id>) {
    backends(builder);
    mesh(builder)
}

/// A route; `host` is the one that it is for.
fn sign(span: Span, host: Option<String>) -> Sign {
    let (signal, confidence) = (Signal::Route, Confidence::Medium);
    Sign { signal, confidence, span, key: host, gate: false, store: Store::default() }
}

/// The hosts of each Ingress of a file.
fn hosts(facts: &Facts) -> BTreeMap<ResourceId, BTreeSet<&str>> {
    let mut hosts: BTreeMap<ResourceId, BTreeSet<&str>> = BTreeMap::new();
    for path in &facts.ingress_paths {
        hosts.entry(path.resource).or_default().insert(&path.host);
    }
    hosts
}

/// What a route is for: its host, if it has one; what leads any host on, or says none, by its name.
fn host(hosts: Option<&BTreeSet<&str>>, resource: &Resource) -> Option<String> {
    let mut all = hosts.into_iter().flatten();
    match (all.next(), all.next()) {
        (Some(host), None) if !host.is_empty() => Some((*host).to_owned()),
        (_, Some(_)) => None,
        _ => Some(resource.name().to_owned()),
    }
}

/// Backends of Ingresses and of the routes of the Gateway API.
fn backends(builder: &mut Builder<'_, '_>) {
    for (file, facts) in builder.files() {
        let hosts = hosts(facts);
        for reference in facts.references.iter().filter(|one| one.purpose == Purpose::Backend) {
            let resource = facts.resource(reference.resource);
            let (Some(name), Some(span)) = (reference.name.get(), reference.name.span()) else { continue };
            let holder = Holder::Object(reference.resource);
            let mut here = builder.here(file, holder);
            here.namespace = reference.namespace.get().map(String::as_str).or(here.namespace);
            let Some(to) = builder.members.named(here, name) else { continue };
            if reference.target.kind != "Service" {
                continue;
            }
            let gateway = facts
                .references
                .iter()
                .find(|one| one.resource == reference.resource && one.purpose == Purpose::Gateway);
            let gateway = gateway.and_then(|one| one.name.get()).map_or("ingress", String::as_str);
            let from =
                builder.members.add_other(here.system, gateway, NodeKind::Ingress, Some(resource.anchor));
            builder.members.nodes[to].exposed.push(span);
            let host = host(hosts.get(&reference.resource), resource);
            builder.edge(from, to, EdgeKind::Ingress, sign(span, host));
        }
    }
}

/// Virtual services that are bound to gateways let requests in; any of them, and destination rules, may say how calls
/// fail.
fn mesh(builder: &mut Builder<'_, '_>) -> (BTreeSet<usize>, Vec<Id>) {
    let (mut meshed, mut guarded) = (BTreeSet::new(), BTreeSet::new());
    for (file, facts) in builder.files() {
        for route in &facts.mesh.routes {
            let here = builder.here(file, Holder::Object(route.resource));
            meshed.insert(here.system);
            let gateway = route.gateways.get().and_then(|all| all.iter().find(|one| one.text != "mesh"));
            for destination in &route.destinations {
                let (Some(host), Some(span)) = (destination.host.get(), destination.host.span()) else {
                    continue;
                };
                let Lead::To(to) = builder.members.lead(here, host) else { continue };
                guarded.extend(route.guards.then_some(to));
                if let Some(gateway) = gateway {
                    let name = gateway.text.rsplit('/').next().unwrap_or(&gateway.text);
                    let place = Some(gateway.span);
                    let from = builder.members.add_other(here.system, name, NodeKind::Ingress, place);
                    builder.members.nodes[to].exposed.push(span);
                    let hosts = route.hosts.get().map(|all| all.iter().map(|one| one.text.as_str()));
                    let host = hosts.map(|all| all.collect::<Vec<_>>().join(", "));
                    builder.edge(from, to, EdgeKind::Ingress, sign(span, host));
                }
            }
        }
        for rule in &facts.mesh.rules {
            let here = builder.here(file, Holder::Object(rule.resource));
            meshed.insert(here.system);
            if let Some(Lead::To(to)) = rule.host.get().map(|host| builder.members.lead(here, host)) {
                guarded.extend(rule.guards.then_some(to));
            }
        }
    }
    (meshed, guarded.into_iter().collect())
}
