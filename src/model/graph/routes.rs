//! Routes: Ingresses, Gateways and the mesh let requests in to nodes, and say how calls may fail.

use std::collections::BTreeSet;

use super::build::Builder;
use super::members::Lead;
use super::{Confidence, EdgeKind, Id, NodeKind, Sign, Signal, Store};
use crate::model::coupling::Holder;
use crate::model::reference::Purpose;
use crate::text::Span;

/// Adds edges from what lets requests in. Gives whether objects of a mesh are here, and the nodes for which they say how
/// calls fail.
pub(super) fn add(builder: &mut Builder<'_, '_>) -> (bool, Vec<Id>) {
    backends(builder);
    mesh(builder)
}

fn sign(span: Span) -> Sign {
    let (signal, confidence) = (Signal::Route, Confidence::Medium);
    Sign { signal, confidence, span, key: None, gate: false, store: Store::default() }
}

/// Backends of Ingresses and of the routes of the Gateway API.
fn backends(builder: &mut Builder<'_, '_>) {
    for (file, facts) in builder.files() {
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
            builder.edge(from, to, EdgeKind::Ingress, sign(span));
        }
    }
}

/// Virtual services that are bound to gateways let requests in; any of them, and destination rules, may say how calls
/// fail.
fn mesh(builder: &mut Builder<'_, '_>) -> (bool, Vec<Id>) {
    let (mut meshed, mut guarded) = (false, BTreeSet::new());
    for (file, facts) in builder.files() {
        for route in &facts.mesh.routes {
            meshed = true;
            let here = builder.here(file, Holder::Object(route.resource));
            let gateway = route.gateways.get().and_then(|all| all.iter().find(|one| one.text != "mesh"));
            for destination in &route.destinations {
                let (Some(host), Some(span)) = (destination.host.get(), destination.host.span()) else {
                    continue;
                };
                let Lead::To(to) = builder.members.lead(here, host) else { continue };
                guarded.insert(to);
                if let Some(gateway) = gateway {
                    let name = gateway.text.rsplit('/').next().unwrap_or(&gateway.text);
                    let place = Some(gateway.span);
                    let from = builder.members.add_other(here.system, name, NodeKind::Ingress, place);
                    builder.members.nodes[to].exposed.push(span);
                    builder.edge(from, to, EdgeKind::Ingress, sign(span));
                }
            }
        }
        for rule in &facts.mesh.rules {
            meshed = true;
            let here = builder.here(file, Holder::Object(rule.resource));
            if let Some(Lead::To(to)) = rule.host.get().map(|host| builder.members.lead(here, host)) {
                guarded.insert(to);
            }
        }
    }
    (meshed, guarded.into_iter().collect())
}
