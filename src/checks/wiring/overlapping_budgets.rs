//! Disruption budgets that select the same pods: the eviction API refuses to decide between them.

use std::collections::HashSet;

use super::super::selecting::condition;
use crate::model::matching::Chooser;
use crate::model::wired::Wired;
use crate::rule::Match;
use crate::text::Span;

/// Budgets of one workload that are held against each other at most.
const MOST: usize = 20;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    let mut said: HashSet<(Span, Span)> = HashSet::new();
    for pods in wired.all_pods().filter(|pods| !pods.resource.fragment) {
        let budgets: Vec<Chooser<'_>> = wired
            .budgets()
            .of(pods)
            .filter(|(budget, verdict)| *verdict == Some(true) && !budget.from.resource.fragment)
            .map(|(budget, _)| budget)
            .take(MOST)
            .collect();
        for (at, budget) in budgets.iter().enumerate() {
            let first = budgets[..at].iter().find(|first| wired.together(first.from, budget.from));
            let Some(first) = first else { continue };
            let (mut one, mut two) = (first, budget);
            if place(one) > place(two) {
                (one, two) = (two, one);
            }
            let Some(selector) = two.selector else { continue };
            if !said.insert((one.from.resource.anchor, two.from.resource.anchor)) {
                continue;
            }
            let message = format!(
                "PodDisruptionBudget `{}` selects these pods too, so every eviction of them fails; keep one",
                one.from.resource.name()
            );
            out.push(
                Match::new(condition(selector, two.from.resource.anchor), message)
                    .related(one.from.resource.anchor, "the other budget")
                    .related(pods.resource.anchor, "the pods"),
            );
        }
    }
}

fn place(chooser: &Chooser<'_>) -> (u32, u32) {
    let anchor = chooser.from.resource.anchor;
    (anchor.file.0, anchor.start)
}
