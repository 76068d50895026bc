//! Probes and hooks that the API server refuses: with two handlers, with none, or on a container that only starts the
//! pod.

use super::super::File;
use crate::model::workload::Role;
use crate::rule::Match;
use crate::syntax::tree::{Entry, Kind, Node};

const PROBES: &[&str] = &["livenessProbe", "readinessProbe", "startupProbe"];
const HOOKS: &[&str] = &["postStart", "preStop"];
const HANDLERS: &[&str] = &["exec", "httpGet", "tcpSocket", "grpc", "sleep"];

pub(super) fn two_handlers(file: &File<'_>, out: &mut Vec<Match>) {
    each(
        file,
        |probe, _, out| {
            // A template may choose one of the two.
            let handlers = if probe.value.is_open() { Vec::new() } else { handlers(probe.value) };
            let [first, second, ..] = handlers.as_slice() else { return };
            let (name, one, two) = (probe.key.text(), first.key.text(), second.key.text());
            let message = format!(
                "`{name}` has `{one}` and `{two}`, of which only one is allowed; the API server refuses it"
            );
            out.push(Match::new(second.key.span(), message).related(first.key.span(), "and here"));
        },
        out,
    );
}

pub(super) fn no_handler(file: &File<'_>, out: &mut Vec<Match>) {
    each(
        file,
        |probe, fragment, out| {
            let node = probe.value;
            if fragment || node.is_open() || !handlers(node).is_empty() || node.kind() != Kind::Mapping {
                return;
            }
            let message = format!(
                "`{}` says neither what to call nor what to run; the API server refuses it",
                probe.key.text()
            );
            out.push(Match { missing: true, ..Match::new(probe.key.span(), message) });
        },
        out,
    );
}

pub(super) fn on_init_container(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    let init = file.facts.containers.iter().filter(|one| one.role == Role::Init && !one.fragment);
    for container in init {
        let node = tree.node(container.node);
        // A template may make a sidecar of it.
        if node.is_open() || node.get("restartPolicy").is_some() {
            continue;
        }
        for key in PROBES.iter().chain(&["lifecycle"]) {
            let Some(entry) = node.entry(key).filter(|entry| entry.value.kind() != Kind::Null) else {
                continue;
            };
            let message = format!(
                "an init container has no `{key}`; the API server refuses it unless `restartPolicy` is `Always`"
            );
            out.push(Match::new(entry.key.span(), message).related(container.anchor, "the init container"));
        }
    }
}

/// The handlers that are written, in the order of the text.
fn handlers(probe: Node<'_>) -> Vec<Entry<'_>> {
    let written =
        |entry: &Entry<'_>| HANDLERS.contains(&entry.key.text()) && entry.value.kind() != Kind::Null;
    probe.entries().into_iter().filter(written).collect()
}

/// Every probe and hook of every container, with whether the container is a fragment.
fn each(file: &File<'_>, mut look: impl FnMut(Entry<'_>, bool, &mut Vec<Match>), out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    for container in &file.facts.containers {
        let node = tree.node(container.node);
        let fragment = container.fragment;
        for probe in PROBES.iter().filter_map(|key| node.entry(key)) {
            look(probe, fragment, out);
        }
        for hook in
            node.get("lifecycle").iter().flat_map(|node| HOOKS.iter().filter_map(|key| node.entry(key)))
        {
            look(hook, fragment, out);
        }
    }
}
