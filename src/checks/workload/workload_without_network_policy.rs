//! Workloads that no NetworkPolicy of the project selects.

use crate::model::resource::Resource;
use crate::model::workload::Workload;
use crate::model::{Facts, Project};
use crate::rule::Match;

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    for (facts, workload) in project.workloads() {
        let resource = facts.resource_of(workload);
        if !resource.fragment && !may_be_selected(project, resource, workload) {
            let message = "no NetworkPolicy selects these pods; any pod of the cluster can reach them";
            out.push(Match::new(workload.anchor, message));
        }
    }
}

fn may_be_selected(project: &Project, resource: &Resource, workload: &Workload) -> bool {
    let in_file = |facts: &Facts| {
        facts.policies.iter().any(|policy| {
            let near = facts.resource(policy.resource).may_share_namespace(resource);
            near && policy.pods.as_ref().is_none_or(|pods| pods.selects(&workload.labels) != Some(false))
        })
    };
    project.files.iter().any(in_file)
}
