//! API versions that the cluster no longer serves, and those that later releases drop: of Kubernetes itself, by the
//! version of the cluster, and of well-known projects, whose version in the cluster nobody knows.

mod core;
mod projects;

use super::super::File;
use crate::model::Setting;
use crate::model::resource::Resource;
use crate::rule::Match;
use crate::syntax::tree::{Hole, Node};
use crate::text::Span;

/// What the cluster's version does not serve.
pub(super) fn removed(file: &File<'_>, out: &mut Vec<Match>) {
    let minor = file.context.kubernetes.minor;
    for named in names(file) {
        let Some(row) = row(named.version, named.kind).filter(|row| row.removed <= minor) else { continue };
        let Named { version, kind, .. } = named;
        let what = format!("`{version}` of {kind} is not served since Kubernetes 1.{}", row.removed);
        out.push(Match::new(named.span, format!("{what}; {}", mend(replacement(row, kind, minor)))));
    }
}

/// What a later version does not serve, or a project has given up.
pub(super) fn deprecated(file: &File<'_>, out: &mut Vec<Match>) {
    let minor = file.context.kubernetes.minor;
    for named in names(file) {
        let Named { version, kind, span } = named;
        let message = if let Some(row) = row(version, kind) {
            if minor < row.deprecated || row.removed <= minor {
                continue;
            }
            let what = if row.removed == core::NEVER {
                format!("`{version}` of {kind} is deprecated since Kubernetes 1.{}", row.deprecated)
            } else {
                format!(
                    "`{version}` of {kind} is deprecated, and Kubernetes 1.{} no longer serves it",
                    row.removed
                )
            };
            format!("{what}; {}", mend(replacement(row, kind, minor)))
        } else if let Some(row) = projects::find(version, kind) {
            let verb = if row.gone { "no longer serves" } else { "deprecates" };
            let what = format!("{} {} {verb} `{version}` of {kind}", row.project, row.since);
            format!("{what}; {}", mend(row.replacement))
        } else {
            continue;
        };
        out.push(Match::new(span, message));
    }
}

/// A version and a kind, as a file names them together.
struct Named<'f> {
    version: &'f str,
    kind: &'f str,
    span: Span,
}

/// Every object of the file, and what its fields name by version and kind.
fn names<'f>(file: &'f File<'_>) -> Vec<Named<'f>> {
    let question = first_question(file);
    let mut found = Vec::new();
    for resource in file.facts.resources.iter().filter(|one| question.is_none_or(|at| one.span.end < at)) {
        if let Setting::Set(version, span) = &resource.api_version {
            found.push(Named { version, kind: resource.kind(), span: *span });
        }
        if let Some(tree) = file.tree {
            found.extend(targets(resource, tree.node(resource.node)));
        }
    }
    found
}

/// Objects that an autoscaler or an owner is looked up by.
fn targets<'f>(resource: &Resource, root: Node<'f>) -> impl Iterator<Item = Named<'f>> + use<'f> {
    let scales = matches!(
        resource.kind(),
        "HorizontalPodAutoscaler" | "VerticalPodAutoscaler" | "ScaledObject" | "MultidimPodAutoscaler"
    );
    let spec = root.get("spec").filter(|_| scales);
    let target = spec.and_then(|spec| spec.get("scaleTargetRef").or(spec.get("targetRef")));
    let owners = root.at(&["metadata", "ownerReferences"]).into_iter().flat_map(Node::items);
    target.into_iter().chain(owners).filter_map(|node| {
        let (version, kind) = (node.get("apiVersion")?, node.get("kind")?);
        Some(Named { version: version.as_str()?, kind: kind.as_str()?, span: version.short_span()? })
    })
}

fn row(version: &str, kind: &str) -> Option<&'static core::Row> {
    core::ROWS.iter().find(|row| row.version == version && row.kinds.contains(&kind))
}

/// Versions that replaced each other, followed until the cluster serves one: never more than there are of a kind.
const MOST_STEPS: usize = 8;

fn replacement(from: &'static core::Row, kind: &str, minor: u16) -> &'static str {
    let mut version = from.replacement;
    for _ in 0..MOST_STEPS {
        match row(version, kind) {
            Some(next) if next.deprecated <= minor && !next.replacement.is_empty() => {
                version = next.replacement;
            }
            _ => break,
        }
    }
    version
}

fn mend(replacement: &str) -> String {
    match replacement.split_once(' ') {
        None if replacement.is_empty() => "nothing replaces it".to_owned(),
        None => format!("use `{replacement}`"),
        Some((version, kind)) => format!("use {kind} of `{version}`"),
    }
}

/// Where a template first asks which versions the cluster has; what follows is written for the answer.
fn first_question(file: &File<'_>) -> Option<u32> {
    let tree = file.tree?;
    let asks = |hole: &&Hole| {
        tree.text().get(hole.span.range()).is_some_and(|action| action.contains(".Capabilities"))
    };
    tree.holes().iter().find(asks).map(|hole| hole.span.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_to_use_is_served() {
        for minor in 16..=37 {
            for from in core::ROWS.iter().filter(|row| row.deprecated <= minor) {
                for kind in from.kinds {
                    let version = replacement(from, kind, minor);
                    let gone = row(version, kind).is_some_and(|row| row.removed <= minor);
                    assert!(!gone, "{} {kind} at 1.{minor}: {version}", from.version);
                }
            }
        }
    }

    #[test]
    fn every_row_is_met() {
        for from in core::ROWS {
            assert!(from.deprecated <= from.removed, "{}", from.version);
            assert!(from.kinds.iter().all(|kind| std::ptr::eq(row(from.version, kind).unwrap(), from)));
        }
    }
}
