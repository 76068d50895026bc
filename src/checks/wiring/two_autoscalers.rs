//! Autoscalers that set the replicas of one workload against each other.

use super::targets;
use crate::model::scaling::Scales;
use crate::model::wired::Wired;
use crate::rule::Match;

/// The annotation with which KEDA takes over an autoscaler that is there. Source:
/// <https://keda.sh/docs/latest/concepts/scaling-deployments/>.
const TAKES_OVER: &str = "scaledobject.keda.sh/transfer-hpa-ownership";

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    targets::each(wired, Scales::Out, &mut |from, scaler, span| {
        let others = targets::others(wired, scaler, Scales::Out);
        let earlier = others.filter(|(other, _)| {
            let place = |span: crate::text::Span| (span.file, span.start);
            wired.together(from, *other) && place(other.resource.anchor) < place(from.resource.anchor)
        });
        let yields =
            |resource: &crate::model::resource::Resource| resource.annotations.get(TAKES_OVER).is_some();
        let Some((first, _)) = earlier.into_iter().find(|(first, _)| !yields(first.resource)) else { return };
        if yields(from.resource) {
            return;
        }
        let message = format!(
            "{} `{}` scales this too, and they undo each other; keep one, or correct the target",
            first.resource.kind(),
            first.resource.name()
        );
        out.push(
            Match::new(span, message)
                .related(from.resource.anchor, format!("the {}", from.resource.kind()))
                .related(first.resource.anchor, "the other autoscaler"),
        );
    });
}
