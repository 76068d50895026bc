//! What is not told as an address: orders of starting, kinds by port, owners by name, databases beside hosts.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Builder;
use super::members::Here;
use super::telling::{are_beside, owners};
use super::{Confidence, EdgeKind, Id, NodeKind, Sign, Signal, Store, kinds};
use crate::model::workload::Word;

impl Builder<'_, '_> {
    /// Who starts after whom, by name.
    pub(super) fn order(&mut self) {
        for (file, facts) in self.files() {
            for after in &facts.coupling.after {
                let here = self.here(file, after.holder);
                let from = self.members.party_of(file, after.holder);
                let (Some(from), Some(to)) = (from, self.members.named(here, &after.name.text)) else {
                    continue;
                };
                let sign = Sign {
                    signal: after.signal,
                    confidence: Confidence::Low,
                    span: after.name.span,
                    key: None,
                    gate: after.gate,
                    store: Store::default(),
                };
                self.edge(from, to, EdgeKind::Order, sign);
            }
        }
    }

    /// What nodes are whose image says nothing, by the port that they listen on alone.
    pub(super) fn kinds(&mut self) {
        for (node, ports) in self.members.nodes.iter_mut().zip(&self.members.ports) {
            if node.kind == NodeKind::Component && node.image.is_none() && ports.len() == 1 {
                let kind = ports.iter().find_map(|port| kinds::of_port(*port));
                node.kind = kind.unwrap_or(node.kind);
            }
        }
    }

    /// Datastores that nobody is told of are taken to belong to whom they are named after: `orders-db`.
    pub(super) fn names(&mut self) {
        let told: BTreeSet<Id> = self.edges.keys().map(|(_, to, _)| *to).collect();
        let stores = (0..self.members.nodes.len()).filter(|id| !told.contains(id));
        let stores: Vec<Id> =
            stores.filter(|id| self.members.nodes[*id].kind == NodeKind::Datastore).collect();
        for store in stores {
            let node = &self.members.nodes[store];
            let here = Here { system: node.system, namespace: node.namespace.as_deref() };
            let owner = owners(&node.name).find_map(|name| {
                let named = [
                    name.to_owned(),
                    format!("{name}-service"),
                    format!("{name}service"),
                    format!("{name}s"),
                ];
                named.iter().find_map(|name| self.members.named(here, name))
            });
            let place = node.places.first().copied();
            if let (Some(owner), Some(span)) = (owner, place) {
                let signal = Signal::Name;
                let store_part = Store::default();
                let confidence = Confidence::Low;
                let sign = Sign { signal, confidence, span, key: None, gate: false, store: store_part };
                self.edge(owner, store, EdgeKind::Sync, sign);
            }
        }
    }

    /// Databases and users that stand beside an address and not in it: `DB_NAME` beside `DB_HOST`.
    pub(super) fn details(&mut self) {
        let mut details: BTreeMap<Id, Vec<(&str, &Word)>> = BTreeMap::new();
        for (file, facts) in self.files() {
            for detail in &facts.coupling.details {
                for says in self.listeners(file, detail.holder, &detail.key) {
                    details.entry(says.from).or_default().push((&detail.key, &detail.value));
                }
            }
        }
        for ((from, to, _), signs) in &mut self.edges {
            let is_store = self.members.nodes[*to].kind == NodeKind::Datastore;
            let Some(details) = details.get(from).filter(|_| is_store) else { continue };
            for sign in signs.iter_mut() {
                let Some(key) = sign.key.as_deref() else { continue };
                for (name, value) in details.iter().filter(|(name, _)| are_beside(key, name)) {
                    let upper = name.to_ascii_uppercase();
                    let is_user = upper.contains("USER");
                    let part = if is_user { &mut sign.store.user } else { &mut sign.store.database };
                    part.get_or_insert_with(|| (value.text.clone(), value.span));
                }
            }
        }
    }
}
