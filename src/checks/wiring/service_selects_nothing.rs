//! Services whose selector matches no pod, judged only where pods stand beside them.

use std::collections::{HashMap, HashSet};

use crate::model::facts::FolderId;
use crate::model::labels::Selector;
use crate::model::resource::Resource;
use crate::model::workload::Workload;
use crate::model::{Facts, Project};
use crate::rule::Match;

type Pods<'p> = (&'p Facts, &'p Workload);

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    let pods = Index::new(project);
    for facts in &project.files {
        for service in &facts.services {
            let resource = facts.resource(service.resource);
            let Some(selector) = service.selector.as_ref().filter(|selector| !selector.is_empty()) else {
                continue;
            };
            if resource.fragment
                || !pods.stand_beside(facts, resource)
                || pods.may_match(facts, selector, resource)
            {
                continue;
            }
            // Neighbours that carry none of the keys are not what the Service was written for.
            let Some(nearest) = pods.nearest(facts, selector) else { continue };
            let span = selector.labels.pairs.first().map_or(service.anchor, |label| label.span);
            let labels = nearest.labels.span.unwrap_or(nearest.anchor);
            let found = Match::new(span, message(selector)).related(service.anchor, "the Service");
            out.push(found.related(labels, "the closest pods have these labels"));
        }
    }
}

fn message(selector: &Selector) -> String {
    let wanted = selector.labels.pairs.iter();
    let wanted: Vec<String> = wanted
        .map(|label| format!("{}={}", label.key, label.value.get().map_or("", String::as_str)))
        .collect();
    format!("selects no pod: none here carries `{}`", wanted.join(","))
}

/// Workloads by folder, so that a Service is first held against its neighbours.
struct Index<'p> {
    by_folder: HashMap<FolderId, Vec<Pods<'p>>>,
    /// The namespaces of a folder's workloads; `None` is that of a workload which names none.
    namespaces: HashMap<FolderId, HashSet<Option<&'p str>>>,
    by_label: HashMap<(&'p str, &'p str), Vec<Pods<'p>>>,
    /// Workloads with a label whose value, or key, cannot be known: they may be meant by their neighbours only.
    vague: HashMap<FolderId, Vec<Pods<'p>>>,
}

/// Neighbours that are held against a Service in search of the closest.
const MOST_NEIGHBOURS: usize = 1_000;
/// Workloads of unknown labels, of which one more makes it pointless to say that none of them is selected.
const MOST_VAGUE: usize = 1_000;

impl<'p> Index<'p> {
    fn new(project: &'p Project) -> Self {
        let mut index = Index {
            by_folder: HashMap::new(),
            namespaces: HashMap::new(),
            by_label: HashMap::new(),
            vague: HashMap::new(),
        };
        for pods in project.workloads() {
            index.by_folder.entry(pods.0.folder).or_default().push(pods);
            let namespace = pods.0.resource_of(pods.1).namespace.get().map(String::as_str);
            index.namespaces.entry(pods.0.folder).or_default().insert(namespace);
            let labels = &pods.1.labels;
            for label in &labels.pairs {
                if let Some(value) = label.value.get() {
                    index.by_label.entry((&label.key, value)).or_default().push(pods);
                }
            }
            if labels.open || labels.pairs.iter().any(|label| label.value.is_unknown()) {
                index.vague.entry(pods.0.folder).or_default().push(pods);
            }
        }
        index
    }

    /// Whether some workload stands in the Service's own folder. A Service alone may be for pods made elsewhere.
    fn stand_beside(&self, facts: &Facts, service: &Resource) -> bool {
        let Some(namespaces) = self.namespaces.get(&facts.folder) else { return false };
        let own = service.namespace.get().map(String::as_str);
        own.is_none() || namespaces.contains(&None) || namespaces.contains(&own)
    }

    fn may_match(&self, facts: &Facts, selector: &Selector, service: &Resource) -> bool {
        let written = selector.labels.pairs.iter().filter(|label| !label.is_given_later());
        let candidates = written.filter_map(|label| {
            let wanted = (label.key.as_str(), label.value.get()?.as_str());
            Some(self.by_label.get(&wanted).map_or(&[][..], Vec::as_slice))
        });
        // The rarest label leaves the fewest to look at.
        let Some(rarest) = candidates.min_by_key(|found| found.len()) else { return true };
        let vague = self.vague.get(&facts.folder).map_or(&[][..], Vec::as_slice);
        if vague.len() > MOST_VAGUE {
            return true;
        }
        rarest.iter().chain(vague).any(|(facts, workload)| {
            facts.resource_of(workload).may_share_namespace(service)
                && selector.selects(&workload.labels) != Some(false)
        })
    }

    /// The neighbour that carries most of the wanted keys.
    fn nearest(&self, facts: &Facts, selector: &Selector) -> Option<&'p Workload> {
        let shared = |workload: &Workload| {
            selector.labels.pairs.iter().filter(|label| workload.labels.get(&label.key).is_some()).count()
        };
        let neighbours = self.by_folder.get(&facts.folder)?;
        let best = neighbours
            .iter()
            .take(MOST_NEIGHBOURS)
            .map(|(_, workload)| *workload)
            .max_by_key(|workload| shared(workload))?;
        (shared(best) > 0).then_some(best)
    }
}
