//! What must be there once in an object, and is written twice: the API server refuses it.
//!
//! Lists that a template may choose the items of are left alone: two branches may write the same name.

use std::collections::HashMap;
use std::hash::Hash;

use super::super::File;
use crate::model::Setting;
use crate::model::workload::Container;
use crate::rule::Match;
use crate::syntax::tree::{Kind, Node, Tree};
use crate::text::Span;

/// Where each key was first seen.
type Seen<K> = HashMap<K, Span>;

/// Reports `span` if `key` was seen before, and remembers it if not.
fn once<K: Hash + Eq>(
    seen: &mut Seen<K>,
    key: K,
    span: Span,
    message: impl FnOnce(&K) -> String,
    out: &mut Vec<Match>,
) {
    if let Some(first) = seen.get(&key) {
        out.push(Match::new(span, message(&key)).related(*first, "the first one"));
    } else {
        seen.insert(key, span);
    }
}

pub(super) fn container_names(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    let mut seen = Seen::new();
    for container in &file.facts.containers {
        let pod = tree.node(file.facts.workloads[container.workload].pod);
        let chosen =
            ["containers", "initContainers"].iter().filter_map(|key| pod.get(key)).any(Node::is_open);
        let (false, Some(name), Some(span)) = (chosen, container.name.get(), container.name.span()) else {
            continue;
        };
        let message = |(_, name): &(usize, &String)| {
            format!("another container of this pod is called `{name}` already; the API server refuses it")
        };
        once(&mut seen, (container.workload, name), span, message, out);
    }
}

pub(super) fn port_names(file: &File<'_>, out: &mut Vec<Match>) {
    each_container(
        file,
        |_, container, out| {
            let mut seen = Seen::new();
            for (name, span) in texts(container, "ports", "name") {
                let message = |name: &String| {
                    format!(
                        "another port of this container is called `{name}` already; the API server refuses it"
                    )
                };
                once(&mut seen, name, span, message, out);
            }
        },
        out,
    );
}

pub(super) fn mount_paths(file: &File<'_>, out: &mut Vec<Match>) {
    each_container(
        file,
        |_, container, out| {
            let mut seen = Seen::new();
            for (path, span) in texts(container, "volumeMounts", "mountPath") {
                let message = |path: &String| {
                    format!("something is mounted at `{path}` already; the API server refuses it")
                };
                once(&mut seen, path, span, message, out);
            }
        },
        out,
    );
}

pub(super) fn volume_names(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    for workload in &file.facts.workloads {
        let mut seen = Seen::new();
        for (name, span) in texts(tree.node(workload.pod), "volumes", "name") {
            let message = |name: &String| {
                format!("another volume of this pod is called `{name}` already; the API server refuses it")
            };
            once(&mut seen, name, span, message, out);
        }
    }
}

pub(super) fn service_ports(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    for service in &file.facts.services {
        let Some(spec) = tree.node(file.facts.resource(service.resource).node).get("spec") else { continue };
        let mut names = Seen::new();
        for (name, span) in texts(spec, "ports", "name") {
            let message =
                |name: &String| format!("another port is called `{name}` already; the API server refuses it");
            once(&mut names, name, span, message, out);
        }
        let mut numbers = Seen::new();
        for (number, protocol, span) in numbers_of(spec, "port") {
            let message = |(number, protocol): &(i64, String)| {
                format!("another port is `{number}` with {protocol} already; the API server refuses it")
            };
            once(&mut numbers, (number, protocol), span, message, out);
        }
    }
}

/// Ports that a container lists twice: allowed, but one of them is meant to be another.
pub(in super::super) fn container_ports(file: &File<'_>, out: &mut Vec<Match>) {
    each_container(
        file,
        |_, container, out| {
            let mut seen = Seen::new();
            for (number, protocol, span) in numbers_of(container, "containerPort") {
                let message = |(number, protocol): &(i64, String)| {
                    format!(
                        "port `{number}` with {protocol} is listed already; one of the two is wrong, or not needed"
                    )
                };
                once(&mut seen, (number, protocol), span, message, out);
            }
        },
        out,
    );
}

/// Variables set twice in one container: the later one wins.
pub(in super::super) fn variables(file: &File<'_>, out: &mut Vec<Match>) {
    each_container(
        file,
        |_, container, out| {
            let mut seen = Seen::new();
            for (name, span) in texts(container, "env", "name") {
                let message =
                    |name: &String| format!("`{name}` is set already; this one wins, remove the other");
                once(&mut seen, name, span, message, out);
            }
        },
        out,
    );
}

fn each_container(
    file: &File<'_>,
    mut look: impl FnMut(&Container, Node<'_>, &mut Vec<Match>),
    out: &mut Vec<Match>,
) {
    let Some(tree): Option<&Tree> = file.tree else { return };
    for container in &file.facts.containers {
        look(container, tree.node(container.node), out);
    }
}

/// The items of a list that are all written.
fn items<'t>(parent: Node<'t>, list: &str) -> impl Iterator<Item = Node<'t>> {
    let list = parent.get(list).filter(|list| !list.is_open());
    list.into_iter().flat_map(Node::items).filter(|item| item.kind() == Kind::Mapping)
}

/// The text at `key` of each item.
fn texts<'t>(parent: Node<'t>, list: &str, key: &'t str) -> impl Iterator<Item = (String, Span)> {
    items(parent, list).filter_map(move |item| match Setting::text(item, key) {
        Setting::Set(text, span) => Some((text, span)),
        _ => None,
    })
}

/// The number at `key` of each item, with its protocol.
fn numbers_of<'t>(parent: Node<'t>, key: &'t str) -> impl Iterator<Item = (i64, String, Span)> {
    items(parent, "ports").filter_map(move |item| {
        let (Setting::Set(number, span), protocol) =
            (Setting::int(item, key), Setting::text(item, "protocol"))
        else {
            return None;
        };
        match protocol {
            Setting::Unset => Some((number, "TCP".to_owned(), span)),
            Setting::Set(protocol, _) => Some((number, protocol, span)),
            Setting::Unknown(_) => None,
        }
    })
}
