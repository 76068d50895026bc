//! Network policies that apply to no pod, judged only where pods stand beside them.

use super::super::selecting;
use crate::model::matching::{From, Reach};
use crate::model::wired::Wired;
use crate::rule::Match;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    for facts in &wired.project.files {
        for policy in &facts.policies {
            let Some(selector) = &policy.pods else { continue };
            let from = From { facts, resource: facts.resource(policy.resource) };
            if let Some(nearest) = selecting::misses(wired.pods(), from, selector, Reach::Namespace) {
                out.push(selecting::no_pods(from, selector, &nearest, "; it isolates nothing"));
            }
        }
    }
}
