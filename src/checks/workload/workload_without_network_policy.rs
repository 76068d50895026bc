//! Workloads that no NetworkPolicy of the project selects.

use crate::model::wired::Wired;
use crate::rule::Match;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    for pods in wired.all_pods() {
        if !pods.resource.fragment && wired.policies().of(pods).next().is_none() {
            let message = "no NetworkPolicy selects these pods; any pod of the cluster can reach them";
            out.push(Match::new(pods.workload().anchor, message));
        }
    }
}
