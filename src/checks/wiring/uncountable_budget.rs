//! Disruption budgets that need to know how many pods there should be, over pods of which nobody says so.

use crate::model::Setting;
use crate::model::matching::{Carrier, From, Reach};
use crate::model::scaling::{Amount, Budget};
use crate::model::wired::Wired;
use crate::rule::Match;
use crate::text::Span;

/// Kinds whose pods have no `scale` to read. Source:
/// <https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors>.
const UNSCALED: &[&str] = &["Pod", "DaemonSet", "Job", "CronJob"];

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    for facts in &wired.project.files {
        for budget in &facts.budgets {
            let Some(selector) = budget.selector.as_ref().filter(|selector| !selector.is_empty()) else {
                continue;
            };
            let Some(span) = counts(budget) else { continue };
            let from = From { facts, resource: facts.resource(budget.resource) };
            let found = wired.pods().find(from, selector, Reach::Namespace);
            let unscaled = |pods: &Carrier<'_>| UNSCALED.contains(&pods.resource.kind());
            let sure = !found.more && found.maybe.is_empty() && found.sure.iter().all(unscaled);
            let Some(pods) = wired.meant(from, &found).filter(|_| sure) else {
                continue;
            };
            let message = format!(
                "nobody says how many pods of a {} there should be, so every eviction is refused; a budget for them \
                 takes `minAvailable` as a whole number",
                pods.resource.kind()
            );
            out.push(
                Match::new(span, message)
                    .related(from.resource.anchor, "the PodDisruptionBudget")
                    .related(pods.resource.anchor, "the pods"),
            );
        }
    }
}

/// Where it asks for more than the pods that are there.
fn counts(budget: &Budget) -> Option<Span> {
    match (&budget.max_unavailable, &budget.min_available) {
        (Setting::Set(_, span), _) | (_, Setting::Set(Amount::Percent(_), span)) => Some(*span),
        _ => None,
    }
}
