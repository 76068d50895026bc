//! Services that lead from the same port to the same pods.

use std::collections::HashMap;

use super::super::selecting::wanted;
use crate::model::matching::From;
use crate::model::ports::ServicePort;
use crate::model::wired::Wired;
use crate::model::wiring::Service;
use crate::rule::Match;

/// What a Service selects by, sorted.
type Labels<'p> = Vec<(&'p str, &'p str)>;

/// Services with one selector that are held against each other at most.
const MOST: usize = 50;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    let mut by_selector: HashMap<Labels<'_>, Vec<(From<'_>, &Service)>> = HashMap::new();
    for facts in &wired.project.files {
        for service in &facts.services {
            let from = From { facts, resource: facts.resource(service.resource) };
            let Some(key) = selector(service).filter(|_| !from.resource.fragment) else { continue };
            let same = by_selector.entry(key).or_default();
            if let Some((first, other)) =
                same.iter().find(|(first, other)| wired.together(from, *first) && alike(service, other))
            {
                out.push(
                    Match::new(service.anchor, message(service, first.resource.name()))
                        .related(other.anchor, "the other Service"),
                );
            } else if same.len() < MOST {
                same.push((from, service));
            }
        }
    }
}

fn message(service: &Service, other: &str) -> String {
    let selector = service.selector.as_ref().map(wanted).unwrap_or_default();
    format!("leads to the same pods, `{selector}`, on the same ports as Service `{other}`; one is enough")
}

/// What it selects by, in one order; nothing if that is not wholly known.
fn selector(service: &Service) -> Option<Labels<'_>> {
    let labels = &service.selector.as_ref()?.labels;
    if labels.is_vague() || labels.pairs.is_empty() {
        return None;
    }
    let mut pairs: Labels<'_> = labels
        .pairs
        .iter()
        .filter_map(|label| Some((label.key.as_str(), label.value.get()?.as_str())))
        .collect();
    pairs.sort_unstable();
    Some(pairs)
}

/// Whether one could stand for the other: what is headless, or reachable from outside, is there beside one that is not.
fn alike(one: &Service, other: &Service) -> bool {
    let kind = |service: &Service| service.kind.get().map_or("ClusterIP", String::as_str).to_owned();
    let known = !one.kind.is_unknown() && !other.kind.is_unknown();
    known
        && one.headless == other.headless
        && kind(one) == kind(other)
        && !one.ports.items.is_empty()
        && one.ports.items.iter().all(|port| other.ports.items.iter().any(|second| same(port, second)))
}

fn same(one: &ServicePort, other: &ServicePort) -> bool {
    let target = |port: &ServicePort| port.leads_to().map(|(target, _)| target);
    one.port.get().is_some()
        && one.port.get() == other.port.get()
        && target(one).is_some()
        && target(one) == target(other)
        && one.protocol() == other.protocol()
}
