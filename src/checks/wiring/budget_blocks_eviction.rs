//! Disruption budgets that never let a pod go.

use std::collections::BTreeMap;

use crate::model::Setting;
use crate::model::matching::{Carrier, From, Reach};
use crate::model::scaling::{Amount, Budget, Scales};
use crate::model::wired::Wired;
use crate::rule::Match;
use crate::text::Span;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    for facts in &wired.project.files {
        for budget in &facts.budgets {
            let from = From { facts, resource: facts.resource(budget.resource) };
            let found = by_itself(budget).map(|(span, message)| Match::new(span, message));
            let found = found.or_else(|| against_replicas(wired, from, budget));
            out.extend(found.map(|found| found.related(from.resource.anchor, "the PodDisruptionBudget")));
        }
    }
}

/// What needs no look at the pods.
fn by_itself(budget: &Budget) -> Option<(Span, &'static str)> {
    match (&budget.max_unavailable, &budget.min_available) {
        (Setting::Set(Amount::Count(0) | Amount::Percent(0), span), _) => {
            Some((*span, "no pod may ever be evicted, so no node of theirs can be drained; allow one"))
        }
        (_, Setting::Set(Amount::Percent(percent), span)) if *percent >= 100 => {
            Some((*span, "all pods must stay, so no node of theirs can be drained; allow one to go"))
        }
        _ => None,
    }
}

/// `minAvailable` held against how many pods there are when they are fewest.
fn against_replicas(wired: &Wired<'_>, from: From<'_>, budget: &Budget) -> Option<Match> {
    let (Setting::Set(min, span), Some(selector)) = (&budget.min_available, &budget.selector) else {
        return None;
    };
    let found = wired.pods().find(from, selector, Reach::Namespace);
    if selector.is_empty() || found.more || !found.maybe.is_empty() {
        return None;
    }
    let meant: Vec<&Carrier<'_>> =
        found.sure.iter().filter(|pods| wired.together(from, pods.from())).collect();
    // Forms of one object in several folders count once, with the most that one of them says.
    let mut objects: BTreeMap<(&str, &str), Fewest> = BTreeMap::new();
    for pods in meant {
        let fewest = fewest(wired, pods)?;
        let known = objects.entry((pods.resource.kind(), pods.resource.name())).or_insert(fewest);
        if known.count < fewest.count {
            *known = fewest;
        }
    }
    let total: i64 = objects.values().map(|fewest| fewest.count).sum();
    let (_, first) = objects.first_key_value()?;
    // Of none, none can go.
    if total == 0 || min.of(total) < total {
        return None;
    }
    let replicas = if total == 1 { "replica" } else { "replicas" };
    let message = format!(
        "asks for {} of {total} {replicas}{}: no pod can be evicted and its node cannot be drained",
        min.of(total),
        if first.says == AUTOSCALED { " while the autoscaler is at its minimum" } else { "" }
    );
    Some(Match::new(*span, message).related(first.span, first.says))
}

const AUTOSCALED: &str = "the autoscaler goes down to this";

/// How many pods of a workload there are at the least, and where that is written.
#[derive(Clone, Copy)]
struct Fewest {
    count: i64,
    span: Span,
    says: &'static str,
}

fn fewest(wired: &Wired<'_>, pods: &Carrier<'_>) -> Option<Fewest> {
    let resource = pods.resource;
    let own = From { facts: pods.facts, resource };
    let mut scalers = wired.scalers_of(resource.kind(), resource.name()).iter().filter(|(facts, scaler)| {
        scaler.scales == Scales::Out
            && own.may_meet(From { facts, resource: facts.resource(scaler.resource) })
    });
    if let Some((facts, scaler)) = scalers.next() {
        let keda = facts.resource(scaler.resource).kind() == "ScaledObject";
        let says = AUTOSCALED;
        return match scaler.min {
            // KEDA goes down to none, of which nothing can be evicted.
            Setting::Set(count, span) if !keda && scalers.next().is_none() => {
                Some(Fewest { count, span, says })
            }
            _ => None,
        };
    }
    match pods.workload().replicas {
        Setting::Set(count, span) => Some(Fewest { count, span, says: "the pods that there are" }),
        _ => None,
    }
}
