//! Workloads that run as the same ServiceAccount.

use std::collections::HashMap;

use crate::model::Project;
use crate::model::reference::Purpose;
use crate::rule::Match;
use crate::text::Span;

/// The first workload of an account.
struct First<'p> {
    kind: &'p str,
    name: &'p str,
    span: Span,
}

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    let mut known: HashMap<(u32, Option<&str>, &str), First<'_>> = HashMap::new();
    for (facts, reference) in project.references() {
        let (Some(account), Some(span)) = (reference.name.get(), reference.name.span()) else { continue };
        let resource = facts.resource(reference.resource);
        if reference.purpose != Purpose::PodAccount || account == "default" || resource.name().is_empty() {
            continue;
        }
        let namespace = resource.namespace.get().map(String::as_str);
        // Who names no namespace shares one with its folder only.
        let home = if namespace.is_some() { 0 } else { project.layout.home(facts.folder) };
        let this = First { kind: resource.kind(), name: resource.name(), span };
        let first = known.entry((home, namespace, account)).or_insert(this);
        // The same object written twice, as in overlays, is one workload.
        if (first.kind, first.name) == (resource.kind(), resource.name()) {
            continue;
        }
        let message = format!(
            "{} `{}` runs as ServiceAccount `{account}` too; give each workload its own, with what it needs",
            first.kind, first.name
        );
        out.push(Match::new(span, message).related(first.span, "the other workload"));
    }
}
