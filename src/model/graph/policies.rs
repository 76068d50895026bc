//! Network policies: who may call whom was once needed, and says so.

use std::collections::BTreeSet;

use super::build::Builder;
use super::{Confidence, EdgeKind, Id, Sign, Signal, Store};
use crate::model::coupling::Holder;
use crate::model::labels::Selector;
use crate::model::matching::{From, Reach};
use crate::model::wiring::Direction;

/// Nodes on one side of a policy; more are a rule for all, and tell nothing of each.
const MOST: usize = 3;

/// Adds an edge for each pair that a policy lets through.
pub(super) fn add(builder: &mut Builder<'_, '_>) {
    for (_, facts) in builder.files() {
        for policy in &facts.policies {
            let resource = facts.resource(policy.resource);
            let from = From { facts, resource };
            let Some(own) = policy.pods.as_ref().and_then(|pods| select(builder, from, pods, false)) else {
                continue;
            };
            for rule in &policy.rules.items {
                for peer in &rule.peers.items {
                    let Some(pods) = &peer.pods else { continue };
                    let Some(others) = select(builder, from, pods, peer.namespaces.is_some()) else {
                        continue;
                    };
                    let confidence =
                        if own.len() + others.len() == 2 { Confidence::High } else { Confidence::Medium };
                    let sign = Sign {
                        signal: Signal::Policy,
                        confidence,
                        span: peer.anchor,
                        key: None,
                        gate: false,
                        store: Store::default(),
                    };
                    for (one, other) in pairs(&own, &others) {
                        let (from, to) =
                            if rule.direction == Direction::Ingress { (other, one) } else { (one, other) };
                        builder.edge(from, to, EdgeKind::Sync, sign.clone());
                    }
                }
            }
        }
    }
}

fn pairs(one: &BTreeSet<Id>, two: &BTreeSet<Id>) -> Vec<(Id, Id)> {
    one.iter().flat_map(|one| two.iter().map(|two| (*one, *two))).collect()
}

/// The nodes that a selector surely finds, if they are few.
pub(super) fn select(
    builder: &Builder<'_, '_>,
    from: From<'_>,
    selector: &Selector,
    far: bool,
) -> Option<BTreeSet<Id>> {
    if selector.labels.pairs.is_empty() && selector.requirements.is_empty() {
        return None;
    }
    let reach = if far { Reach::Everywhere } else { Reach::Namespace };
    let found = builder.wired.pods().find(from, selector, reach);
    let ids = found.sure.iter().filter_map(|carrier| {
        let file = builder.members.file_of(carrier)?;
        builder.members.party_of(file, Holder::Pod(carrier.number))
    });
    let ids: BTreeSet<Id> = ids.collect();
    (!found.more && (1..=MOST).contains(&ids.len())).then_some(ids)
}
