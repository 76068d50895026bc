//! Entry points: Ingress, the routes and Gateways of the Gateway API, Traefik's routes.

use super::super::definitions;
use super::{Referrer, port, target};
use crate::model::Setting;
use crate::model::reference::{Purpose, Reference, ReferenceGrant, Target};
use crate::syntax::tree::{Kind, Node};

const SERVICE: Target = Target::core("Service");
const SECRET: Target = Target::core("Secret");
const GATEWAY: Target = Target::of("gateway.networking.k8s.io", "Gateway");

/// An Ingress, of any version.
pub(super) fn ingress(out: &mut Referrer<'_>, spec: Node<'_>) {
    for key in ["defaultBackend", "backend"] {
        backend(out, spec.get(key));
    }
    for rule in spec.get("rules").into_iter().flat_map(Node::items) {
        for path in rule.at(&["http", "paths"]).into_iter().flat_map(Node::items) {
            backend(out, path.get("backend"));
        }
    }
    if !certificate_is_made(out, spec) {
        for entry in spec.get("tls").into_iter().flat_map(Node::items) {
            out.add(out.to(Purpose::TlsSecret, SECRET, Setting::text(entry, "secretName")));
        }
    }
    let class = Target::of("networking.k8s.io", "IngressClass");
    out.add_global(Purpose::IngressClass, class, Setting::text(spec, "ingressClassName"));
}

/// `service: {name, port: {number | name}}` since v1, `serviceName` and `servicePort` before.
fn backend(out: &mut Referrer<'_>, node: Option<Node<'_>>) {
    let Some(node) = node.filter(|node| node.kind() == Kind::Mapping) else { return };
    let (name, part) = match node.get("service") {
        Some(service) => {
            let number = service.get("port");
            let part = number.map_or(Setting::Unset, |node| port(node, "number").or(port(node, "name")));
            (Setting::text(service, "name"), part)
        }
        None => (Setting::text(node, "serviceName"), port(node, "servicePort")),
    };
    // Controllers of load balancers take this for the name of an annotation, and no Service is asked.
    if part.get().is_some_and(|part| part == "use-annotation") {
        return;
    }
    let reference = out.to(Purpose::Backend, SERVICE, name);
    out.add(reference.part(part));
}

/// Routes, Gateways and grants of the Gateway API.
pub(super) fn gateway(out: &mut Referrer<'_>, kind: &str, spec: Node<'_>) {
    match kind {
        "Gateway" => certificates(out, spec),
        "ReferenceGrant" => grant(out, spec),
        _ if kind.ends_with("Route") => route(out, spec),
        _ => {}
    }
}

fn route(out: &mut Referrer<'_>, spec: Node<'_>) {
    for parent in spec.get("parentRefs").into_iter().flat_map(Node::items) {
        let Some(target) = target(parent, &Setting::text(parent, "group"), &GATEWAY) else { continue };
        if target != GATEWAY {
            continue;
        }
        let reference = out.to(Purpose::Gateway, GATEWAY, Setting::text(parent, "name"));
        out.add(reference.in_namespace(parent, "namespace").part(Setting::text(parent, "sectionName")));
    }
    for rule in spec.get("rules").into_iter().flat_map(Node::items) {
        let backends = rule.get("backendRefs").into_iter().flat_map(Node::items);
        let filters = rule.get("filters").into_iter().flat_map(Node::items);
        let mirrors = filters.filter_map(|filter| filter.at(&["requestMirror", "backendRef"]));
        for node in backends.chain(mirrors) {
            let Some(target) = target(node, &Setting::text(node, "group"), &SERVICE) else { continue };
            let reference = out.to(Purpose::Backend, target, Setting::text(node, "name"));
            out.add(reference.in_namespace(node, "namespace").part(port(node, "port")));
        }
    }
}

fn certificates(out: &mut Referrer<'_>, spec: Node<'_>) {
    if certificate_is_made(out, spec) {
        return;
    }
    for listener in spec.get("listeners").into_iter().flat_map(Node::items) {
        for node in listener.at(&["tls", "certificateRefs"]).into_iter().flat_map(Node::items) {
            if target(node, &Setting::text(node, "group"), &SECRET) == Some(SECRET) {
                let reference = out.to(Purpose::TlsSecret, SECRET, Setting::text(node, "name"));
                out.add(reference.in_namespace(node, "namespace"));
            }
        }
    }
}

fn certificate_is_made(out: &Referrer<'_>, spec: Node<'_>) -> bool {
    let root = spec.tree().node(out.facts.resource(out.id).node);
    definitions::certificate_is_made(root)
}

fn grant(out: &mut Referrer<'_>, spec: Node<'_>) {
    let list = |key: &str, inner: &str| {
        let items = spec.get(key).into_iter().flat_map(Node::items);
        let pairs = items.filter_map(|node| {
            Some((Setting::text(node, "kind").get()?.clone(), Setting::text(node, inner)))
        });
        pairs.collect::<Vec<_>>()
    };
    let count = |key| spec.get(key).map_or(0, |list| list.items().len());
    let (from, to) = (list("from", "namespace"), list("to", "name"));
    let open = spec.is_open() || (from.len(), to.len()) != (count("from"), count("to"));
    let namespace = out.namespace.clone();
    out.facts.reference_grants.push(ReferenceGrant { namespace, from, to, open });
}

/// Traefik's own routes.
pub(super) fn traefik(out: &mut Referrer<'_>, kind: &str, spec: Node<'_>) {
    if !kind.starts_with("IngressRoute") {
        return;
    }
    for route in spec.get("routes").into_iter().flat_map(Node::items) {
        for node in route.get("services").into_iter().flat_map(Node::items) {
            if target(node, &Setting::Unset, &SERVICE) == Some(SERVICE) {
                let reference: Reference = out.to(Purpose::Backend, SERVICE, Setting::text(node, "name"));
                out.add(reference.in_namespace(node, "namespace").part(port(node, "port")));
            }
        }
    }
    if let Some(tls) = spec.get("tls") {
        out.add(out.to(Purpose::TlsSecret, SECRET, Setting::text(tls, "secretName")));
    }
}
