//! A controller whose selector does not match its own pods: the API server refuses it.

use super::super::File;
use crate::model::labels::{Labels, Selector};
use crate::rule::Match;
use crate::text::Span;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    for workload in &file.facts.workloads {
        if file.facts.resource_of(workload).fragment {
            continue;
        }
        let Some(selector) = &workload.selector else { continue };
        let Some((span, message)) = mismatch(selector, &workload.labels) else { continue };
        let labels = workload.labels.span.unwrap_or(workload.anchor);
        let near =
            if workload.labels.span.is_some() { "the pods' labels" } else { "its pods have no labels" };
        out.push(Match::new(span, message).related(labels, near));
    }
}

/// The first condition that the pods do not meet.
fn mismatch(selector: &Selector, labels: &Labels) -> Option<(Span, String)> {
    let wanted = selector.labels.pairs.iter().find(|label| labels.carries(label) == Some(false));
    if let Some(label) = wanted {
        let message = match labels.get(&label.key).and_then(|found| found.value.get()) {
            Some(found) => format!(
                "selects `{}` where the pods of this object have `{found}`; the API server refuses it",
                label.key
            ),
            None => format!(
                "selects by `{}`, a label that the pods of this object do not have; the API server refuses it",
                label.key
            ),
        };
        return Some((label.span, message));
    }
    let requirement =
        selector.requirements.iter().find(|requirement| requirement.holds(labels) == Some(false))?;
    Some((requirement.span, "the pods of this object do not meet this; the API server refuses it".into()))
}
