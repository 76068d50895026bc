//! Subsets of a destination rule that none of the host's pods belongs to.

use std::collections::HashMap;

use super::host::Host;
use crate::model::labels::Selector;
use crate::model::resource::Resource;
use crate::model::wiring::Service;
use crate::model::workload::Workload;
use crate::model::{Facts, Project};
use crate::rule::Match;

type Pods<'p> = Vec<(&'p Facts, &'p Workload)>;

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    let index = Index::new(project);
    for facts in &project.files {
        for rule in &facts.mesh.rules {
            let resource = facts.resource(rule.resource);
            let Some(host) = rule.host.get().and_then(|host| Host::read(host, resource)) else { continue };
            let Some((service, pods)) = index.pods(&host) else { continue };
            for subset in rule.subsets.iter().filter(|subset| !subset.labels.is_empty()) {
                let selector = Selector { labels: subset.labels.clone(), ..Selector::default() };
                if pods.iter().any(|(_, pods)| selector.selects(&pods.labels) != Some(false)) {
                    continue;
                }
                let span = subset.labels.pairs.first().map(|label| label.span);
                let Some(span) = span.or(subset.name.span()) else { continue };
                let message = format!(
                    "none of the pods of `{}` carries this; requests to the subset fail",
                    host.service
                );
                out.push(Match::new(span, message).related(service.anchor, "the Service"));
            }
        }
    }
}

struct Index<'p> {
    services: HashMap<&'p str, Vec<(&'p Resource, &'p Service)>>,
    by_label: HashMap<(&'p str, &'p str), Pods<'p>>,
    /// Whether some pods carry labels that are not known.
    vague: bool,
}

impl<'p> Index<'p> {
    fn new(project: &'p Project) -> Self {
        let mut index = Index { services: HashMap::new(), by_label: HashMap::new(), vague: false };
        for facts in &project.files {
            for service in &facts.services {
                let resource = facts.resource(service.resource);
                index.services.entry(resource.name()).or_default().push((resource, service));
            }
        }
        for (facts, workload) in project.workloads() {
            for label in &workload.labels.pairs {
                if let Some(value) = label.value.get() {
                    index.by_label.entry((&label.key, value)).or_default().push((facts, workload));
                }
            }
            index.vague |= workload.labels.open;
        }
        index
    }

    /// The one Service of this host with the pods it selects, if there are some and all of them are known.
    fn pods(&self, host: &Host<'_>) -> Option<(&'p Service, Pods<'p>)> {
        let same = self.services.get(host.service)?.iter().filter(|(resource, _)| {
            let namespace = resource.namespace.get().map(String::as_str);
            Host { service: host.service, namespace }.may_be(host)
        });
        // Several of one name are variants of which nobody knows what is installed.
        let [(resource, service)] = same.collect::<Vec<_>>()[..] else { return None };
        let selector = service.selector.as_ref().filter(|selector| !selector.is_empty())?;
        let written = selector.labels.pairs.iter().filter(|label| !label.is_given_later());
        let candidates = written.filter_map(|label| {
            let wanted = (label.key.as_str(), label.value.get()?.as_str());
            Some(self.by_label.get(&wanted).map_or(&[][..], Vec::as_slice))
        });
        let rarest = candidates.min_by_key(|found| found.len())?;
        let pods: Pods<'p> = rarest
            .iter()
            .filter(|(facts, workload)| {
                facts.resource_of(workload).may_share_namespace(resource)
                    && selector.selects(&workload.labels) != Some(false)
            })
            .copied()
            .collect();
        (!pods.is_empty() && !self.vague).then_some((*service, pods))
    }
}
