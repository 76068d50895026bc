//! Names, labels and keys in a syntax that the API server refuses.

use std::collections::HashSet;

use super::super::File;
use super::builtin;
use crate::model::Setting;
use crate::model::resource::Resource;
use crate::rule::Match;
use crate::syntax::tree::{Entry, Kind, Node, NodeId};

/// The longest name of an object.
const LONGEST: usize = 253;
/// The longest part of a DNS name, name of a label, or value of a label.
const LABEL: usize = 63;
/// The minor release from which on a Service may begin with a digit.
const ANY_FIRST: u16 = 36;
/// The jobs of a `CronJob` add eleven characters to its name.
const CRON_JOB: usize = 52;

pub(super) fn objects(file: &File<'_>, out: &mut Vec<Match>) {
    for resource in &file.facts.resources {
        let (Setting::Set(name, span), true) = (&resource.name, builtin(resource)) else { continue };
        if is_filled_in(name) {
            continue;
        }
        if let Some(rule) = refused(resource, name, file.context.kubernetes.minor) {
            let kind = resource.kind();
            let message = format!(
                "`{name}` cannot be the name of a {kind}, which is {rule}; the API server refuses it"
            );
            out.push(Match::new(*span, message));
        }
    }
}

/// What the name would have to be, if it is not.
fn refused(resource: &Resource, name: &str, minor: u16) -> Option<String> {
    let (fine, rule) = match resource.kind() {
        "Role" | "ClusterRole" | "RoleBinding" | "ClusterRoleBinding" => {
            (!name.contains(['/', '%']) && name != "." && name != "..", "text without `/` and `%`".to_owned())
        }
        "Service" if minor < ANY_FIRST => (
            is_label(name) && name.starts_with(|c: char| c.is_ascii_lowercase()),
            format!("at most {LABEL} lower-case letters, digits and inner `-`, a letter first"),
        ),
        "Service" | "Namespace" => {
            (is_label(name), format!("at most {LABEL} lower-case letters, digits and inner `-`"))
        }
        "CronJob" => (
            is_subdomain(name) && name.len() <= CRON_JOB,
            format!("at most {CRON_JOB} lower-case letters, digits and inner `-` and `.`"),
        ),
        _ => (is_subdomain(name), "lower-case letters, digits and inner `-` and `.`".to_owned()),
    };
    (!fine).then_some(rule)
}

pub(super) fn labels(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    let mut seen = HashSet::new();
    for resource in &file.facts.resources {
        let root = tree.node(resource.node);
        let spec = root.get("spec");
        metadata(root.get("metadata"), &mut seen, out);
        mapping(spec.and_then(|spec| spec.at(&["selector", "matchLabels"])), true, &mut seen, out);
        if resource.kind() == "Service" && resource.group().is_empty() {
            mapping(spec.and_then(|spec| spec.get("selector")), true, &mut seen, out);
        }
    }
    for metadata_of_pods in file.facts.workloads.iter().filter_map(|workload| workload.metadata) {
        metadata(Some(tree.node(metadata_of_pods)), &mut seen, out);
    }
}

fn metadata(node: Option<Node<'_>>, seen: &mut HashSet<NodeId>, out: &mut Vec<Match>) {
    mapping(node.and_then(|node| node.get("labels")), true, seen, out);
    mapping(node.and_then(|node| node.get("annotations")), false, seen, out);
}

/// Labels, or annotations, whose values may be anything.
fn mapping(node: Option<Node<'_>>, values: bool, seen: &mut HashSet<NodeId>, out: &mut Vec<Match>) {
    let Some(node) = node.filter(|node| node.kind() == Kind::Mapping && seen.insert(node.id())) else {
        return;
    };
    for Entry { key, value } in node.own_entries().filter(|entry| !entry.key.is_merge()) {
        let name = key.text();
        if key.kind() == Kind::String && !is_filled_in(name) && !is_label_key(name) {
            let what = if values { "label" } else { "annotation" };
            let rule = "a name of at most 63 letters, digits and inner `-`, `_` and `.`, behind at most one domain and `/`";
            let message =
                format!("`{name}` cannot be the key of {what}s: it takes {rule}; the API server refuses it");
            out.push(Match::new(key.short_span().unwrap_or_else(|| key.span()), message));
        }
        let text = value.text();
        if values && value.kind() == Kind::String && !is_filled_in(text) && !is_label_value(text) {
            let rule = "at most 63 letters, digits and inner `-`, `_` and `.`";
            let message = format!(
                "`{}` cannot be the value of a label, which is {rule}; the API server refuses it",
                shown(text)
            );
            out.push(Match::new(value.short_span().unwrap_or_else(|| key.span()), message));
        }
    }
}

/// As much of a text as a message needs.
fn shown(text: &str) -> &str {
    &text[..text.floor_char_boundary(2 * LABEL)]
}

pub(super) fn config_keys(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    let named = |resource: &&Resource| {
        matches!(resource.kind(), "ConfigMap" | "Secret") && resource.group().is_empty()
    };
    for resource in file.facts.resources.iter().filter(named) {
        for field in ["data", "binaryData", "stringData"] {
            let entries = tree.node(resource.node).get(field).into_iter().flat_map(Node::own_entries);
            for Entry { key, .. } in entries.filter(|entry| !entry.key.is_merge()) {
                let name = key.text();
                if key.kind() == Kind::String && !is_filled_in(name) && !is_config_key(name) {
                    let message = format!(
                        "`{name}` cannot be a key: letters, digits, `-`, `_` and `.` only; the API server refuses it"
                    );
                    out.push(Match::new(key.short_span().unwrap_or_else(|| key.span()), message));
                }
            }
        }
    }
}

/// Whether another tool puts something in before the object is applied: a placeholder, or a sign such as `_` or `*`.
fn is_filled_in(text: &str) -> bool {
    let empty = !text.is_empty() && !text.bytes().any(|byte| byte.is_ascii_alphanumeric());
    empty || text.contains(['$', '{', '<', '%', '@', '#']) || text.contains("__")
}

fn is_config_key(key: &str) -> bool {
    let fine = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    fine && !key.is_empty() && key.len() <= LONGEST && key != "." && !key.starts_with("..")
}

/// A part of a DNS name.
fn is_label(text: &str) -> bool {
    let inside = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let (Some(first), Some(last)) = (text.bytes().next(), text.bytes().next_back()) else { return false };
    text.len() <= LABEL
        && inside(first)
        && inside(last)
        && text.bytes().all(|byte| inside(byte) || byte == b'-')
}

/// A DNS name of lower-case letters; its parts may be longer than DNS has them.
fn is_subdomain(text: &str) -> bool {
    let part = |part: &str| {
        let inside = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let ends = part.bytes().next().is_some_and(inside) && part.bytes().next_back().is_some_and(inside);
        ends && part.bytes().all(|byte| inside(byte) || byte == b'-')
    };
    text.len() <= LONGEST && text.split('.').all(part)
}

fn is_label_value(text: &str) -> bool {
    text.is_empty() || is_qualified_name(text)
}

fn is_label_key(key: &str) -> bool {
    match key.split_once('/') {
        Some((domain, name)) => is_subdomain(domain) && is_qualified_name(name),
        None => is_qualified_name(key),
    }
}

fn is_qualified_name(text: &str) -> bool {
    let ends = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    text.len() <= LABEL
        && ends(text.bytes().next())
        && ends(text.bytes().next_back())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}
