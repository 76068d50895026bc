//! Literal secrets in arguments of containers and in annotations.

use super::super::File;
use super::secret_in_env::{secret_word, shape, verdict};
use crate::rule::Match;
use crate::syntax::tree::{Kind, Node};

pub(super) fn arguments(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    for container in &file.facts.containers {
        let node = tree.node(container.node);
        for list in ["command", "args"] {
            let items: Vec<Node<'_>> = node.get(list).into_iter().flat_map(Node::items).collect();
            for (at, item) in items.iter().enumerate() {
                argument(*item, items.get(at + 1).copied(), out);
            }
        }
    }
}

/// Looks at `--name=value`, at `--name` with the item behind it, and at what says itself that it is a secret.
fn argument(item: Node<'_>, next: Option<Node<'_>>, out: &mut Vec<Match>) {
    if item.kind() != Kind::String || item.text().contains('\n') {
        return;
    }
    let text = item.text();
    let mut report = |value: Node<'_>, from: usize, what: &str| {
        let message = format!("{what} is written out in the arguments; take it from a Secret");
        out.push(Match::new(value.sub_span(from, value.text().len()), message));
    };
    let Some(flag) = text.strip_prefix("--").or(text.strip_prefix('-')) else {
        if let Some(what) = shape(text) {
            report(item, 0, what);
        }
        return;
    };
    if let Some((name, value)) = flag.split_once('=') {
        if let Some(what) = in_flag(name, value) {
            report(item, text.len() - value.len(), &what);
        }
    } else if let Some(value) =
        next.filter(|next| next.kind() == Kind::String && !next.text().starts_with('-'))
        && let Some(what) = in_flag(flag, value.text())
    {
        report(value, 0, &what);
    }
}

/// What kind of secret a flag sets. One that ends in `secret` is mostly given the name of a Secret.
fn in_flag(name: &str, value: &str) -> Option<String> {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    let of_client = name.to_ascii_lowercase().ends_with("client-secret");
    let named = of_client || !name.to_ascii_lowercase().ends_with("secret");
    let known = of_client || matches!(secret_word(name), Some("password" | "passphrase" | "key" | "token"));
    let what = (plain && named && known && !value.contains([' ', '\n'])).then(|| verdict(name, value));
    what.flatten().or_else(|| shape(value).map(str::to_owned))
}

pub(super) fn annotations(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    let objects = file.facts.resources.iter().filter_map(|resource| tree.node(resource.node).get("metadata"));
    let pods = file.facts.workloads.iter().filter_map(|workload| workload.metadata.map(|id| tree.node(id)));
    let mut seen = std::collections::HashSet::new();
    for metadata in objects.chain(pods).filter(|node| seen.insert(node.id())) {
        for entry in metadata.get("annotations").into_iter().flat_map(Node::own_entries) {
            if let (Kind::String, Some(what)) = (entry.value.kind(), shape(entry.value.text())) {
                let message = format!(
                    "{what} is written out in an annotation, which everybody who sees the object can read"
                );
                out.push(Match::new(entry.place(), message));
            }
        }
    }
}
