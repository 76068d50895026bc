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
        let replacement = replacement(row, kind, minor);
        if named.any_version && group(version) == group(replacement) {
            continue;
        }
        let what = format!("`{version}` of {kind} is not served since Kubernetes 1.{}", row.removed);
        out.push(Match::new(named.place(replacement), format!("{what}; {}", mend(replacement))));
    }
}

/// What a later version does not serve, or a project has given up.
pub(super) fn deprecated(file: &File<'_>, out: &mut Vec<Match>) {
    let minor = file.context.kubernetes.minor;
    for named in names(file).into_iter().filter(|named| !named.any_version) {
        let Named { version, kind, .. } = named;
        let (what, replacement) = if let Some(row) = row(version, kind) {
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
            (what, replacement(row, kind, minor))
        } else if let Some(row) = projects::find(version, kind) {
            let verb = if row.gone { "no longer serves" } else { "deprecates" };
            (format!("{} {} {verb} `{version}` of {kind}", row.project, row.since), row.replacement)
        } else {
            continue;
        };
        out.push(Match::new(named.place(replacement), format!("{what}; {}", mend(replacement))));
    }
}

/// A version and a kind, as a file names them together.
struct Named<'f> {
    version: &'f str,
    kind: &'f str,
    /// Where the version is written.
    span: Span,
    /// Where the kind is written.
    kind_span: Span,
    /// Whether the object is looked up by group and kind alone.
    any_version: bool,
}

impl Named<'_> {
    /// What has to be changed: the version, or the kind where another one or nothing comes after it.
    fn place(&self, replacement: &str) -> Span {
        if replacement.is_empty() || replacement.contains(' ') { self.kind_span } else { self.span }
    }
}

fn group(version: &str) -> &str {
    version.split_once('/').map_or("", |(group, _)| group)
}

/// Every object of the file, and what its fields name by version and kind.
fn names<'f>(file: &'f File<'_>) -> Vec<Named<'f>> {
    let question = first_question(file);
    let mut found = Vec::new();
    for resource in file.facts.resources.iter().filter(|one| question.is_none_or(|at| one.span.end < at)) {
        if let (Setting::Set(version, span), false) = (&resource.api_version, resource.made) {
            let kind_span = resource.kind.span().unwrap_or(*span);
            let kind = resource.kind();
            found.push(Named { version, kind, span: *span, kind_span, any_version: false });
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
    // The controller asks for the scale of the group's kind, in whichever version the cluster has.
    let any_version = resource.kind() == "HorizontalPodAutoscaler";
    let target = target.into_iter().map(move |node| (node, any_version));
    target.chain(owners.map(|node| (node, false))).filter_map(|(node, any_version)| {
        let (version, kind) = (node.get("apiVersion")?, node.get("kind")?);
        let (span, kind_span) = (version.short_span()?, kind.short_span()?);
        Some(Named { version: version.as_str()?, kind: kind.as_str()?, span, kind_span, any_version })
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
