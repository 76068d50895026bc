//! What objects show to others: paths that Ingresses claim, Secrets that are written out.

use super::pods::first_key;
use crate::model::Setting;
use crate::model::facts::Facts;
use crate::model::resource::ResourceId;
use crate::model::setting::is_placeholder;
use crate::model::wiring::{IngressPath, PlainSecret};
use crate::syntax::tree::{Kind, Node};

/// Adds what a resource shows.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let resource = facts.resource(id);
    match (resource.kind(), resource.group()) {
        ("Ingress", "networking.k8s.io" | "extensions") => ingress(facts, id, root),
        ("Secret", "") => facts.plain_secrets.extend(plain_secret(root)),
        _ => {}
    }
}

/// Annotations by which two Ingresses share a path on purpose, or that decide by more than host and path.
const SHARING: &[&str] =
    &["canary", "mergeable-ingress-type", "use-regex", "server-alias", "group.name", "conditions"];

fn ingress(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let Some(spec) = root.get("spec").filter(|spec| !spec.is_open()) else { return };
    let annotations = root.at(&["metadata", "annotations"]);
    if annotations
        .is_some_and(|node| node.is_open() || node.entries().iter().any(|entry| is_sharing(entry.key.text())))
    {
        return;
    }
    let named = Setting::text(spec, "ingressClassName");
    let class = named
        .or(annotations.map_or(Setting::Unset, |node| Setting::text(node, "kubernetes.io/ingress.class")));
    let Some(class) = known(class) else { return };
    for rule in spec.get("rules").filter(|rules| !rules.is_open()).into_iter().flat_map(Node::items) {
        let Some(host) = known(Setting::text(rule, "host")) else { continue };
        let paths = rule.at(&["http", "paths"]).filter(|paths| !paths.is_open());
        for path in paths.into_iter().flat_map(Node::items).filter(|path| path.kind() == Kind::Mapping) {
            let (Some(text), Some(kind)) =
                (known(Setting::text(path, "path")), known(Setting::text(path, "pathType")))
            else {
                continue;
            };
            let span = path.get("path").and_then(Node::short_span).unwrap_or_else(|| first_key(path));
            let text = if text.is_empty() { "/".to_owned() } else { text };
            let path = if kind.is_empty() || kind == "Prefix" { text } else { format!("{text} ({kind})") };
            facts.ingress_paths.push(IngressPath {
                resource: id,
                class: class.clone(),
                host: host.clone(),
                path,
                span,
            });
        }
    }
}

fn is_sharing(annotation: &str) -> bool {
    let name = annotation.rsplit_once('/').map_or(annotation, |(_, name)| name);
    SHARING.iter().any(|sharing| name.starts_with(sharing))
}

/// The text, which is empty where nothing is written; nothing where it cannot be known.
fn known(text: Setting<String>) -> Option<String> {
    match text {
        Setting::Set(text, _) => (!text.contains(['<', '%']) && !text.contains("__")).then_some(text),
        Setting::Unset => Some(String::new()),
        Setting::Unknown(_) => None,
    }
}

/// A Secret with a value that is text, not a placeholder, not encrypted, not empty.
fn plain_secret(root: Node<'_>) -> Option<PlainSecret> {
    if root.get("sops").is_some() {
        return None;
    }
    let fields = ["stringData", "data"].into_iter().filter_map(|key| root.entry(key));
    let is_plain = |value: Node<'_>| {
        let text = value.text().trim();
        let filled_in = is_placeholder(text) || text.contains(['<', '%']) || text.starts_with("ENC[");
        value.kind() == Kind::String && !text.is_empty() && !filled_in
    };
    let mut plain = fields.filter(|entry| entry.value.own_entries().any(|inner| is_plain(inner.value)));
    plain.next().map(|entry| PlainSecret { span: entry.key.span() })
}
