//! Vertical and horizontal autoscalers that go by the same resource of the same pods.

use super::targets;
use crate::model::scaling::Scales;
use crate::model::wired::Wired;
use crate::rule::Match;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    targets::each(wired, Scales::Up, &mut |from, vertical, span| {
        for (other, horizontal) in targets::others(wired, vertical, Scales::Out) {
            if !wired.together(from, other) {
                continue;
            }
            let sets =
                |resource: &str| vertical.metrics.items.iter().any(|metric| metric.resource == resource);
            let shared =
                horizontal.metrics.items.iter().find(|metric| metric.relative && sets(&metric.resource));
            let Some(metric) = shared else { continue };
            let message = format!(
                "changes the {} requests that {} `{}` scales by, so each moves the other; leave one resource to each",
                metric.resource,
                other.resource.kind(),
                other.resource.name()
            );
            out.push(
                Match::new(span, message)
                    .related(from.resource.anchor, "the VerticalPodAutoscaler")
                    .related(metric.span, "what the other goes by"),
            );
            break;
        }
    });
}
