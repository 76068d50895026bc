//! Compose files → facts. Short and long forms become the same; `extends` is followed inside the file; variables have
//! their defaults or are unknown.
//!
//! Does not know rules, other files or the environment.

mod build;
mod coupling;
mod files;
mod mounts;
mod owners;
mod ports;
mod read;
mod scripts;
mod security;
mod service;
#[cfg(test)]
mod tests;

use crate::model::compose::{Compose, Extended, Target};
use crate::model::facts::{Facts, FolderId};
use crate::model::workload::Word;
use crate::syntax::tree::{Kind, Node, Tree};
use read::{Layers, MOST_EXTENDED};

/// The facts of the first document in a tree; Compose reads no other. `partial` says that the file is laid over
/// another one, as an override file is.
pub fn lower(tree: &Tree, folder: FolderId, partial: bool) -> Facts {
    let mut facts = Facts { folder, ..Facts::default() };
    let Some(document) = tree.documents().iter().find(|document| document.root.is_some()) else {
        return facts;
    };
    let Some(root) = document.root.map(|root| tree.node(root)).filter(|root| root.kind() == Kind::Mapping)
    else {
        return facts;
    };
    let entry = root.entry("services");
    let first = root.own_entries().next().map_or(root.span(), |entry| entry.key.span());
    let included = included(root);
    let mut compose = Compose {
        root: root.id(),
        anchor: entry.map_or(first, |entry| entry.key.span()),
        services: Vec::new(),
        definitions: definitions(root),
        included: included.iter().flatten().cloned().collect(),
        extended: extended(root),
        open: !document.complete || root.is_open() || included.is_none(),
        part: false,
        fragment: partial || !document.complete,
    };
    if let Some(services) = entry.map(|entry| entry.value).filter(|node| node.kind() == Kind::Mapping) {
        compose.open |= services.is_open();
        let mut left = MOST_EXTENDED;
        for entry in services.entries().iter().filter(|entry| entry.value.kind() == Kind::Mapping) {
            let layers = Layers::of(entry.value, services, &mut left);
            let service = service::lower(&mut facts, *entry, &layers);
            coupling::lower(&mut facts.coupling, compose.services.len(), &service, &layers);
            compose.services.push(service);
        }
    }
    // A service that has nothing to run gets it from a file below.
    let lacks = |service: &crate::model::compose::Service| {
        service.layers.iter().all(|&layer| {
            let node = tree.node(layer);
            !["image", "build", "extends", "provider"].iter().any(|key| node.get(key).is_some())
        })
    };
    compose.fragment |= compose.services.iter().any(lacks);
    let fragment = compose.fragment;
    compose.services.iter_mut().for_each(|service| service.fragment |= fragment);
    files::lower(&mut facts.coupling, &compose, root);
    facts.compose = Some(compose);
    facts
}

fn definitions(root: Node<'_>) -> Vec<(Target, Word)> {
    let mut found = Vec::new();
    for target in Target::ALL {
        let Some(mapping) = root.get(target.key()) else { continue };
        for entry in mapping.entries() {
            let text = entry.key.text();
            found.push((target, Word { text: text.to_owned(), span: entry.key.sub_span(0, text.len()) }));
        }
    }
    found
}

/// The names of the services in a tree: what an override file says more about.
pub fn service_names(tree: &Tree) -> Vec<String> {
    let services = tree.roots().next().and_then(|root| root.get("services"));
    let entries = services.map(Node::entries).unwrap_or_default();
    entries.iter().map(|entry| entry.key.text().to_owned()).collect()
}

/// Files that the file in a tree takes in or extends: they are no projects by themselves.
pub fn taken_in(tree: &Tree) -> Vec<String> {
    let Some(root) = tree.roots().next() else { return Vec::new() };
    let extended = extended(root).into_iter().map(|extended| extended.path);
    included(root).into_iter().flatten().chain(extended).map(|word| word.text).collect()
}

/// What the services of a file extend in other files.
fn extended(root: Node<'_>) -> Vec<Extended> {
    let services = root.get("services").map(Node::entries).unwrap_or_default();
    let extends = services.iter().filter_map(|entry| entry.value.get("extends"));
    let extended = extends.filter_map(|extends| {
        let path = extends.get("file").and_then(read::word)?;
        Some(Extended { path, file: None, service: extends.get("service").and_then(read::word) })
    });
    extended.collect()
}

/// What `include` names; `None` where part of that is not known.
fn included(root: Node<'_>) -> Option<Vec<Word>> {
    let entries = root.get("include").map(one_or_more).unwrap_or_default();
    let paths = entries.into_iter().flat_map(|entry| one_or_more(entry.get("path").unwrap_or(entry)));
    paths.map(read::word).collect()
}

/// The items of a list, or what is no list.
fn one_or_more(node: Node<'_>) -> Vec<Node<'_>> {
    if node.kind() == Kind::Sequence { node.items().collect() } else { vec![node] }
}
