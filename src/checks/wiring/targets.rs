//! What autoscalers scale, for the checks here.

use crate::model::matching::From;
use crate::model::scaling::{Scaler, Scales};
use crate::model::wired::Wired;
use crate::text::Span;

/// Calls `visit` for every autoscaler of this kind with a known target, and where the target's name is written.
pub(super) fn each<'p>(wired: &Wired<'p>, way: Scales, visit: &mut impl FnMut(From<'p>, &'p Scaler, Span)) {
    for facts in &wired.project.files {
        for scaler in facts.scalers.iter().filter(|scaler| scaler.scales == way) {
            let Some(span) = scaler.name.span().filter(|_| scaler.name.get().is_some()) else { continue };
            visit(From { facts, resource: facts.resource(scaler.resource) }, scaler, span);
        }
    }
}

/// Autoscalers that are held against another at most.
const MOST: usize = 50;

/// The autoscalers of a kind whose target has the same kind and name, itself included.
pub(super) fn others<'p>(
    wired: &Wired<'p>,
    scaler: &Scaler,
    way: Scales,
) -> impl Iterator<Item = (From<'p>, &'p Scaler)> {
    let key = scaler.kind.get().zip(scaler.name.get());
    let same = key.map_or(&[][..], |(kind, name)| wired.scalers_of(kind, name));
    let same = same.iter().filter(|(_, other)| other.scales == way).take(MOST).copied().collect::<Vec<_>>();
    same.into_iter().map(|(facts, other)| (From { facts, resource: facts.resource(other.resource) }, other))
}
