//! Workloads whose namespace has no `LimitRange`, or no `ResourceQuota`, among the files.

use crate::model::Project;
use crate::model::resource::Resource;
use crate::rule::Match;

pub(super) fn limit_range(project: &Project, out: &mut Vec<Match>) {
    check(
        project,
        "LimitRange",
        "no LimitRange here bounds its namespace; what its containers leave out has no default",
        out,
    );
}

pub(super) fn resource_quota(project: &Project, out: &mut Vec<Match>) {
    check(
        project,
        "ResourceQuota",
        "no ResourceQuota here bounds its namespace; it can use up the cluster",
        out,
    );
}

fn check(project: &Project, kind: &str, message: &str, out: &mut Vec<Match>) {
    let bounds: Vec<&Resource> = project
        .resources()
        .map(|(_, resource)| resource)
        .filter(|resource| resource.kind() == kind)
        .collect();
    // One that names no namespace may be for any.
    let anywhere = bounds.iter().any(|bound| bound.namespace.get().is_none());
    let bounded: std::collections::HashSet<&str> =
        bounds.iter().filter_map(|bound| bound.namespace.get()).map(String::as_str).collect();
    let mut last = None;
    for (_, workload) in project.workloads().filter(|(facts, workload)| {
        let resource = facts.resource_of(workload);
        let namespace = resource.namespace.get().map(String::as_str);
        let unknown = resource.fragment || resource.namespace.is_unknown();
        !unknown && !anywhere && namespace.map_or(bounds.is_empty(), |name| !bounded.contains(name))
    }) {
        // An object of several pod templates is said once.
        if last.replace(workload.anchor) != Some(workload.anchor) {
            out.push(Match { missing: true, ..Match::new(workload.anchor, message) });
        }
    }
}
