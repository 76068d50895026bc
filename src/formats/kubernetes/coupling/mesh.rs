//! Meshes: who may call whom, and who is told whom to call.
//!
//! Sources: the API references of Istio's `AuthorizationPolicy` and `Sidecar`.

use crate::formats::kubernetes::read;
use crate::model::coupling::{Allowed, Reached};
use crate::model::facts::Facts;
use crate::model::labels::Selector;
use crate::model::resource::ResourceId;
use crate::model::workload::Word;
use crate::syntax::tree::Node;

/// Adds what an object of a mesh says.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let resource = facts.resource(id);
    let Some(spec) = root.get("spec") else { return };
    match (resource.group(), resource.kind()) {
        ("security.istio.io", "AuthorizationPolicy") => facts.coupling.allowed.extend(allowed(id, spec)),
        ("networking.istio.io", "Sidecar") => facts.coupling.reached.extend(reached(id, spec)),
        _ => {}
    }
}

fn allowed(id: ResourceId, spec: Node<'_>) -> Option<Allowed> {
    // What is refused is no call.
    if spec.get("action").is_some_and(|action| action.text() != "ALLOW") {
        return None;
    }
    let pods = read::whole_selector(spec.get("selector")?);
    let sources = spec.get("rules")?.items().filter_map(|rule| rule.get("from")).flat_map(Node::items);
    let lists = sources.filter_map(|from| from.at(&["source", "principals"]));
    let accounts: Vec<_> = lists.flat_map(Node::items).filter_map(account).collect();
    (!accounts.is_empty()).then_some(Allowed { resource: id, pods, accounts })
}

/// `cluster.local/ns/shop/sa/web`
fn account(node: Node<'_>) -> Option<(String, Word)> {
    let text = node.as_str()?;
    let (rest, name) = text.rsplit_once("/sa/")?;
    let namespace = rest.rsplit_once("ns/")?.1;
    let span = node.sub_span(text.len() - name.len(), text.len());
    let known = !name.contains('*') && !namespace.contains('*');
    known.then(|| (namespace.to_owned(), Word { text: name.to_owned(), span }))
}

fn reached(id: ResourceId, spec: Node<'_>) -> Option<Reached> {
    let labels = read::pairs(spec.get("workloadSelector")?.get("labels")?);
    let lists = spec.get("egress")?.items().filter_map(|egress| egress.get("hosts"));
    let host = |node: Node<'_>| {
        let text = node.as_str()?;
        let host = text.rsplit_once('/').map_or(text, |(_, host)| host);
        let span = node.sub_span(text.len() - host.len(), text.len());
        (!host.contains('*')).then(|| Word { text: host.to_owned(), span })
    };
    let hosts = lists.flat_map(Node::items).filter_map(host).collect();
    Some(Reached { resource: id, pods: Selector { labels, ..Selector::default() }, hosts })
}
