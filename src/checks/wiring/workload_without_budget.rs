//! Workloads of several pods that no disruption budget keeps together.

use crate::model::matching::{Carrier, From};
use crate::model::scaling::Scales;
use crate::model::wired::Wired;
use crate::rule::Match;
use crate::text::Span;

/// Kinds that are written to stay available.
const KINDS: &[&str] = &["Deployment", "StatefulSet", "Rollout"];

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    for pods in wired.all_pods() {
        let resource = pods.resource;
        if resource.fragment || !KINDS.contains(&resource.kind()) || wired.budgets().of(pods).next().is_some()
        {
            continue;
        }
        let Some((count, span)) = several(wired, &pods) else { continue };
        let message = format!(
            "no PodDisruptionBudget selects these pods; a drain may take all {count} replicas at once"
        );
        out.push(Match::new(resource.anchor, message).related(span, "the replicas"));
    }
}

/// How many pods there are at the least, if they are more than one.
fn several(wired: &Wired<'_>, pods: &Carrier<'_>) -> Option<(i64, Span)> {
    let own = From { facts: pods.facts, resource: pods.resource };
    let scaler =
        wired.scalers_of(pods.resource.kind(), pods.resource.name()).iter().find(|(facts, scaler)| {
            scaler.scales == Scales::Out
                && wired.together(own, From { facts, resource: facts.resource(scaler.resource) })
        });
    let count = scaler.map_or(&pods.workload().replicas, |(_, scaler)| &scaler.min);
    Some((*count.get()?, count.span()?)).filter(|(count, _)| *count > 1)
}
