//! Peers of network policies that are no pods. Those of another namespace may be made elsewhere, and are not judged.

use super::super::selecting::{condition, misses, wanted};
use crate::model::matching::{From, Reach};
use crate::model::wired::Wired;
use crate::model::wiring::Direction;
use crate::rule::Match;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    for facts in &wired.project.files {
        for policy in &facts.policies {
            let from = From { facts, resource: facts.resource(policy.resource) };
            for rule in &policy.rules.items {
                for peer in rule.peers.items.iter().filter(|peer| peer.namespaces.is_none()) {
                    let Some(selector) = &peer.pods else { continue };
                    let Some(nearest) = misses(wired.pods(), from, selector, Reach::Namespace) else {
                        continue;
                    };
                    let way = if rule.direction == Direction::Ingress { "from" } else { "to" };
                    let message = format!(
                        "lets traffic {way} no pod through: none in this namespace carries `{}`",
                        wanted(selector)
                    );
                    let labels = nearest.labels.span.unwrap_or(nearest.resource.anchor);
                    out.push(
                        Match::new(condition(selector, peer.anchor), message)
                            .related(from.resource.anchor, "the NetworkPolicy")
                            .related(labels, "the closest pods have these labels"),
                    );
                }
            }
        }
    }
}
