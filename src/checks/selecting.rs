//! What several checks ask of selectors: whether they find nothing, where that is written, what they wanted.

use crate::model::labels::Selector;
use crate::model::matching::{Carrier, Carriers, From, Reach};
use crate::rule::Match;
use crate::text::Span;

/// The closest neighbour of a selector that surely finds nothing. What stands beside no such neighbour selects what is
/// made elsewhere, and there is nothing to say of it.
pub(super) fn misses<'p>(
    carriers: &Carriers<'p>,
    from: From<'p>,
    selector: &Selector,
    reach: Reach,
) -> Option<Carrier<'p>> {
    if from.resource.fragment || selector.is_empty() || !carriers.misses(from, selector, reach) {
        return None;
    }
    carriers.nearest(from, selector)
}

/// Where what a selector asks for is written: its first condition.
pub(super) fn condition(selector: &Selector, near: Span) -> Span {
    let label = selector.labels.pairs.first().map(|label| label.span);
    let requirement = selector.requirements.first().map(|requirement| requirement.key.span().unwrap_or(near));
    label.or(requirement).or(selector.span).unwrap_or(near)
}

/// What a selector asks for, as `kubectl` has it.
pub(super) fn wanted(selector: &Selector) -> String {
    let labels = selector.labels.pairs.iter();
    let labels =
        labels.map(|label| format!("{}={}", label.key, label.value.get().map_or("", String::as_str)));
    let requirements = selector.requirements.iter().map(|one| {
        let key = one.key.get().map_or("", String::as_str);
        let values = one.values.as_ref().map(|values| values.join(",")).unwrap_or_default();
        match one.operator.get().map_or("", String::as_str) {
            "In" => format!("{key} in ({values})"),
            "NotIn" => format!("{key} notin ({values})"),
            "DoesNotExist" => format!("!{key}"),
            _ => key.to_owned(),
        }
    });
    labels.chain(requirements).collect::<Vec<_>>().join(",")
}

/// The match of a selector that finds no pods.
pub(super) fn no_pods(from: From<'_>, selector: &Selector, nearest: &Carrier<'_>, says: &str) -> Match {
    let span = condition(selector, from.resource.anchor);
    let message = format!("selects no pod: none here carries `{}`{says}", wanted(selector));
    let labels = nearest.labels.span.unwrap_or(nearest.resource.anchor);
    Match::new(span, message)
        .related(from.resource.anchor, format!("the {}", from.resource.kind()))
        .related(labels, "the closest pods have these labels")
}
