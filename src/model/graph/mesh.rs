//! What meshes and deliveries say: who may call whom by account, whom a sidecar lets pods reach, and waves.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Builder;
use super::members::Lead;
use super::policies::select;
use super::{Confidence, EdgeKind, Id, Sign, Signal, Store};
use crate::model::coupling::Holder;
use crate::model::matching::From;
use crate::text::Span;

/// Applications of one wave that each of the next one comes after; more say nothing of each.
const MOST: usize = 8;

/// Adds all of it.
pub(super) fn add(builder: &mut Builder<'_, '_>) {
    allowed(builder);
    reached(builder);
    waves(builder);
}

fn sign(signal: Signal, confidence: Confidence, span: Span, gate: bool) -> Sign {
    Sign { signal, confidence, span, key: None, gate, store: Store::default() }
}

/// Authorization policies: from the pods that run as an account to those that are selected.
fn allowed(builder: &mut Builder<'_, '_>) {
    let mut running: BTreeMap<(&str, &str), BTreeSet<Id>> = BTreeMap::new();
    for (file, facts) in builder.files() {
        for runs in &facts.runs_as {
            let (Some(name), Some(id)) =
                (runs.account_name(), builder.members.party_of(file, Holder::Pod(runs.workload)))
            else {
                continue;
            };
            let namespace = facts.resource_of(&facts.workloads[runs.workload]).namespace.get();
            running.entry((namespace.map_or("", String::as_str), name)).or_default().insert(id);
        }
    }
    for (_, facts) in builder.files() {
        for policy in &facts.coupling.allowed {
            let from = From { facts, resource: facts.resource(policy.resource) };
            let Some(called) = select(builder, from, &policy.pods, false) else { continue };
            for (namespace, account) in &policy.accounts {
                let callers = ["", namespace.as_str()].into_iter();
                let callers = callers.filter_map(|space| running.get(&(space, account.text.as_str())));
                let callers: BTreeSet<Id> = callers.flatten().copied().collect();
                for (caller, called) in
                    callers.iter().flat_map(|one| called.iter().map(move |two| (*one, *two)))
                {
                    let sign = sign(Signal::Policy, Confidence::High, account.span, false);
                    builder.edge(caller, called, EdgeKind::Sync, sign);
                }
            }
        }
    }
}

/// Sidecars: from the pods that are selected to the hosts that they are told of.
fn reached(builder: &mut Builder<'_, '_>) {
    for (file, facts) in builder.files() {
        for sidecar in &facts.coupling.reached {
            let from = From { facts, resource: facts.resource(sidecar.resource) };
            let Some(callers) = select(builder, from, &sidecar.pods, false) else { continue };
            let here = builder.here(file, Holder::Object(sidecar.resource));
            for host in &sidecar.hosts {
                let Lead::To(to) = builder.members.lead(here, &host.text) else { continue };
                for caller in &callers {
                    let sign = sign(Signal::Policy, Confidence::Medium, host.span, false);
                    builder.edge(*caller, to, EdgeKind::Sync, sign);
                }
            }
        }
    }
}

/// Applications come after those of the wave before, in the same system.
fn waves(builder: &mut Builder<'_, '_>) {
    let mut all: BTreeMap<usize, BTreeMap<i64, Vec<(Id, Span)>>> = BTreeMap::new();
    for (file, facts) in builder.files() {
        for wave in &facts.coupling.waves {
            let holder = Holder::Object(wave.resource);
            if let Some(id) = builder.members.party_of(file, holder) {
                let system = builder.here(file, holder).system;
                all.entry(system).or_default().entry(wave.number).or_default().push((id, wave.span));
            }
        }
    }
    for waves in all.into_values() {
        let waves: Vec<Vec<(Id, Span)>> = waves.into_values().collect();
        for pair in waves.windows(2) {
            let [before, after] = pair else { continue };
            for (first, _) in before.iter().take(if before.len() > MOST { 0 } else { MOST }) {
                for (then, span) in after {
                    let sign = sign(Signal::Wave, Confidence::Low, *span, false);
                    builder.edge(*then, *first, EdgeKind::Order, sign);
                }
            }
        }
    }
}
