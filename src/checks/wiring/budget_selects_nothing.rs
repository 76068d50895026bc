//! Disruption budgets that select no pod, judged only where pods stand beside them.

use super::super::selecting;
use crate::model::matching::{From, Reach};
use crate::model::wired::Wired;
use crate::rule::Match;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    for facts in &wired.project.files {
        for budget in &facts.budgets {
            let Some(selector) = &budget.selector else { continue };
            let from = From { facts, resource: facts.resource(budget.resource) };
            if let Some(nearest) = selecting::misses(wired.pods(), from, selector, Reach::Namespace) {
                out.push(selecting::no_pods(from, selector, &nearest, "; it protects nothing"));
            }
        }
    }
}
