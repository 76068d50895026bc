//! Istio's routing objects → facts.
//!
//! Source: <https://istio.io/latest/docs/reference/config/networking/>.

use super::read;
use crate::model::Setting;
use crate::model::facts::Facts;
use crate::model::mesh::{Destination, Entry, Route, Subset, TrafficRule};
use crate::model::resource::ResourceId;
use crate::syntax::tree::Node;

/// Adds what the object says about the mesh.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let resource = facts.resource(id);
    if resource.group() != "networking.istio.io" {
        return;
    }
    let Some(spec) = root.get("spec") else { return };
    match resource.kind() {
        "VirtualService" => facts.mesh.routes.push(route(id, spec)),
        "DestinationRule" => facts.mesh.rules.push(rule(id, spec)),
        "ServiceEntry" => {
            let hosts = spec.get("hosts").into_iter().flat_map(Node::items);
            let entries = hosts.map(|host| Entry { resource: id, host: scalar(host) });
            facts.mesh.entries.extend(entries);
        }
        _ => {}
    }
}

/// The text of an item; unknown where a template hides it.
fn scalar(node: Node<'_>) -> Setting<String> {
    match node.as_str().filter(|text| !crate::model::setting::is_placeholder(text)) {
        Some(text) => Setting::Set(text.to_owned(), read::content(node)),
        None => Setting::Unknown(node.span()),
    }
}

fn route(id: ResourceId, spec: Node<'_>) -> Route {
    let lists = ["http", "tcp", "tls"].into_iter().filter_map(|protocol| spec.get(protocol));
    let rules = lists.flat_map(Node::items);
    let says = |rule: Node<'_>| has_any(rule, &["timeout", "retries"]);
    let guards = spec.get("http").into_iter().flat_map(Node::items).any(says);
    let destinations = rules.flat_map(|rule| {
        let listed = ["route", "mirrors"].into_iter().filter_map(move |key| rule.get(key));
        let listed = listed.flat_map(Node::items).filter_map(|item| item.get("destination"));
        listed.chain(rule.get("mirror"))
    });
    Route {
        resource: id,
        hosts: read::words(spec, "hosts"),
        gateways: read::words(spec, "gateways"),
        exports: read::words(spec, "exportTo"),
        destinations: destinations
            .map(|node| Destination {
                host: Setting::text(node, "host"),
                subset: Setting::text(node, "subset"),
            })
            .collect(),
        guards,
    }
}

fn rule(id: ResourceId, spec: Node<'_>) -> TrafficRule {
    let subsets = spec.get("subsets");
    let of = |node: Node<'_>| Subset {
        name: Setting::text(node, "name"),
        labels: read::labels(Some(node), "labels"),
    };
    TrafficRule {
        resource: id,
        host: Setting::text(spec, "host"),
        subsets: subsets.into_iter().flat_map(Node::items).map(of).collect(),
        open: spec.is_open() || subsets.is_some_and(Node::is_open),
        guards: spec.is_open()
            || policies(spec).any(|policy| has_any(policy, &["connectionPool", "outlierDetection"])),
    }
}

/// The policies of a rule: its own, those of its subsets, and those of single ports.
fn policies(spec: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let subsets = spec.get("subsets").into_iter().flat_map(Node::items);
    let policies = std::iter::once(spec).chain(subsets).filter_map(|node| node.get("trafficPolicy"));
    policies.flat_map(|policy| {
        let ports = policy.get("portLevelSettings").into_iter().flat_map(Node::items);
        std::iter::once(policy).chain(ports)
    })
}

/// Whether a mapping has one of these keys, or may have.
fn has_any(node: Node<'_>, keys: &[&str]) -> bool {
    node.is_open() || keys.iter().any(|key| node.get(key).is_some())
}
