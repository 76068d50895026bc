//! Workloads that policies isolate in one direction only.

use crate::model::matching::Carrier;
use crate::model::wired::Wired;
use crate::rule::Match;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    for pods in wired.all_pods().filter(|pods| !pods.resource.fragment && !pods.labels.is_vague()) {
        out.extend(half(wired, pods));
    }
}

/// Policies of one workload that are looked at; with so many, nothing is said.
const MOST: usize = 500;

/// Nothing if it is isolated both ways, or not at all, or if that cannot be known.
fn half(wired: &Wired<'_>, pods: Carrier<'_>) -> Option<Match> {
    let (mut ingress, mut egress, mut policy) = (false, false, None);
    for (at, (chooser, verdict)) in wired.policies().of(pods).enumerate() {
        if at == MOST {
            return None;
        }
        let (into, out) = (chooser.policy().ingress?, chooser.policy().egress?);
        verdict?;
        ingress |= into;
        egress |= out;
        policy = policy.or(Some(chooser));
        if ingress && egress {
            return None;
        }
    }
    let message = match (ingress, egress) {
        (true, false) => "policies say who may reach these pods, not whom they may reach; isolate egress too",
        (false, true) => {
            "policies say whom these pods may reach, not who may reach them; isolate ingress too"
        }
        _ => return None,
    };
    let found = Match::new(pods.resource.anchor, message);
    Some(policy.into_iter().fold(found, |found, policy| {
        found.related(policy.from.resource.anchor, "a NetworkPolicy that selects them")
    }))
}
