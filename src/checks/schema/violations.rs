//! Objects held against the schemas of their kinds; each rule reports one class of what is wrong.

use super::super::File;
use crate::rule::Match;
use crate::schema::{Class, Violation};

pub(super) fn unknown_field(file: &File<'_>, out: &mut Vec<Match>) {
    report(file, Class::UnknownField, out);
}

pub(super) fn wrong_type(file: &File<'_>, out: &mut Vec<Match>) {
    report(file, Class::WrongType, out);
}

pub(super) fn missing_field(file: &File<'_>, out: &mut Vec<Match>) {
    report(file, Class::MissingField, out);
}

pub(super) fn invalid_value(file: &File<'_>, out: &mut Vec<Match>) {
    report(file, Class::InvalidValue, out);
}

/// Numbers that only a schema knows the limits of.
pub(super) fn out_of_range(file: &File<'_>, out: &mut Vec<Match>) {
    report(file, Class::OutOfRange, out);
}

fn report(file: &File<'_>, class: Class, out: &mut Vec<Match>) {
    for violation in file.violations().iter().filter(|violation| violation.class == class) {
        let found = Match { missing: violation.missing, ..Match::new(violation.span, &*violation.message) };
        out.push(match violation.declared {
            Some(place) => found.related(place, "declared here"),
            None => found,
        });
    }
}

/// What a kustomization adds to the objects that it takes: `commonLabels` a selector, `namespace` a namespace.
const FILLED_IN: [&str; 2] = ["selector", "namespace"];

/// Everything in a file that the API server refuses.
pub(crate) fn violations(file: &File<'_>) -> Vec<Violation> {
    let Some(tree) = file.tree else { return Vec::new() };
    let mut out = Vec::new();
    for resource in file.facts.resources.iter().filter(|resource| !resource.made) {
        let (Some(version), Some(kind)) = (resource.api_version.get(), resource.kind.get()) else { continue };
        let node = tree.node(resource.node);
        let found = file.schemas.validate((version, kind), node, resource.anchor, resource.fragment);
        out.extend(found.into_iter().filter(|one| !(file.built && FILLED_IN.contains(&&*one.lacks))));
    }
    out
}
