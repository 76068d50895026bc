//! Workloads that no NetworkPolicy of the project selects.

use std::collections::HashMap;

use crate::model::labels::Labels;
use crate::model::resource::Resource;
use crate::model::wiring::NetworkPolicy;
use crate::model::workload::Workload;
use crate::model::{Facts, Project};
use crate::rule::Match;

type Policy<'p> = (&'p Facts, &'p NetworkPolicy);

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    let policies = Index::new(project);
    for (facts, workload) in project.workloads() {
        let resource = facts.resource_of(workload);
        if !resource.fragment && !policies.may_select(resource, workload) {
            let message = "no NetworkPolicy selects these pods; any pod of the cluster can reach them";
            out.push(Match::new(workload.anchor, message));
        }
    }
}

/// Policies by a label that they ask for, so that a workload is held only against those that may be for it.
#[derive(Default)]
struct Index<'p> {
    by_label: HashMap<(&'p str, &'p str), Vec<Policy<'p>>>,
    /// Those that ask for no label of a known value.
    others: Vec<Policy<'p>>,
}

impl<'p> Index<'p> {
    fn new(project: &'p Project) -> Self {
        let mut index = Index::default();
        for facts in &project.files {
            for policy in &facts.policies {
                let labels = policy.pods.iter().flat_map(|selector| &selector.labels.pairs);
                let mut known =
                    labels.filter_map(|label| Some((label.key.as_str(), label.value.get()?.as_str())));
                match known.next_back() {
                    Some(label) => index.by_label.entry(label).or_default().push((facts, policy)),
                    None => index.others.push((facts, policy)),
                }
            }
        }
        index
    }

    fn may_select(&self, resource: &Resource, workload: &Workload) -> bool {
        let selects = |(facts, policy): &Policy<'_>| {
            let near = facts.resource(policy.resource).may_share_namespace(resource);
            near && policy.pods.as_ref().is_none_or(|pods| pods.selects(&workload.labels) != Some(false))
        };
        if is_vague(&workload.labels) {
            return self.by_label.values().flatten().chain(&self.others).any(selects);
        }
        let carried = workload.labels.pairs.iter();
        let carried = carried.filter_map(|label| Some((label.key.as_str(), label.value.get()?.as_str())));
        carried.filter_map(|label| self.by_label.get(&label)).flatten().chain(&self.others).any(selects)
    }
}

/// Whether it may carry labels that are not known.
fn is_vague(labels: &Labels) -> bool {
    labels.open || labels.pairs.iter().any(|label| label.value.is_unknown())
}
