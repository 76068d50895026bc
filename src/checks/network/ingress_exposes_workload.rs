//! Ingresses that lead to a Service of the project, and so to its pods.

use crate::model::reference::Purpose;
use crate::model::wired::Wired;
use crate::rule::Match;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    let project = wired.project;
    for (facts, reference) in project.references().filter(|(_, one)| one.purpose == Purpose::Backend) {
        let (Some(name), Some(span)) = (reference.name.get(), reference.name.span()) else { continue };
        let from = facts.resource(reference.resource);
        if from.kind() != "Ingress" {
            continue;
        }
        let Some(service) = project.names().find(reference) else { continue };
        let message = format!(
            "whoever reaches the Ingress reaches the pods of Service `{name}`; see that they are meant to be reached"
        );
        out.push(
            Match::new(span, message).related(from.anchor, "the Ingress").related(service, "the Service"),
        );
    }
}
