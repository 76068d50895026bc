//! Controllers that select each other's pods.

use std::collections::HashSet;

use super::super::pod_ports::is_plain;
use super::super::selecting::condition;
use crate::model::facts::FolderId;
use crate::model::labels::Selector;
use crate::model::matching::{Carrier, From, Reach};
use crate::model::reference::PathPurpose;
use crate::model::wired::Wired;
use crate::model::{Facts, Project};
use crate::rule::Match;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    let kustomized = kustomized(wired.project);
    for pods in wired.all_pods().filter(is_plain) {
        let Some(selector) = selector(&pods) else { continue };
        let from = From { facts: pods.facts, resource: pods.resource };
        let found = wired.pods().find(from, selector, Reach::Namespace);
        let other = found.sure.iter().find(|other| {
            at_once(wired.project, &kustomized, &pods, other)
                && is_plain(other)
                && wired.together(from, other.from())
                && self::selector(other).is_some()
                && !both_of_nodes(&pods, other)
                && !said(&pods, other)
        });
        let Some(other) = other else { continue };
        let (kind, name) = (other.resource.kind(), other.resource.name());
        let message = format!("selects the pods of {kind} `{name}` too; give each a label of its own");
        out.push(
            Match::new(condition(selector, pods.resource.anchor), message)
                .related(pods.resource.anchor, format!("the {}", pods.resource.kind()))
                .related(other.labels.span.unwrap_or(other.resource.anchor), "the other's pods"),
        );
    }
}

/// Folders with a kustomization of their own.
fn kustomized(project: &Project) -> HashSet<FolderId> {
    let takes = |facts: &&Facts| {
        facts.paths.iter().any(|path| matches!(path.purpose, PathPurpose::KustomizeResource))
    };
    project.files.iter().filter(takes).map(|facts| facts.folder).collect()
}

/// Whether something shows that both are applied at once. Elsewhere equal labels are chance as often as not: a folder
/// may hold one file for each of several clusters.
fn at_once(
    project: &Project,
    kustomized: &HashSet<FolderId>,
    pods: &Carrier<'_>,
    other: &Carrier<'_>,
) -> bool {
    let (folder, beside) = (pods.facts.folder, other.facts.folder);
    let one_folder = folder == beside && kustomized.contains(&folder);
    let one_chart =
        project.layout.is_chart(folder) && project.layout.home(folder) == project.layout.home(beside);
    pods.resource.anchor.file == other.resource.anchor.file || one_folder || one_chart
}

fn selector<'p>(pods: &Carrier<'p>) -> Option<&'p Selector> {
    pods.workload().selector.as_ref().filter(|selector| !selector.is_empty())
}

/// Whether both run a pod on each node of theirs: one for each architecture, as a rule, which nothing counts.
fn both_of_nodes(pods: &Carrier<'_>, other: &Carrier<'_>) -> bool {
    pods.resource.kind() == "DaemonSet" && other.resource.kind() == "DaemonSet"
}

/// Whether the finding is the other's: where both select the other, it stands at the later one.
fn said(pods: &Carrier<'_>, other: &Carrier<'_>) -> bool {
    let mutual = selector(other).is_some_and(|selector| pods.selected_by(selector) == Some(true));
    let place = |carrier: &Carrier<'_>| (carrier.resource.anchor.file, carrier.resource.anchor.start);
    mutual && place(pods) < place(other)
}
