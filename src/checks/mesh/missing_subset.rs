//! Routes to a subset that the destination rules of its host do not have.

use std::collections::HashMap;

use super::host::Host;
use crate::model::Project;
use crate::model::mesh::TrafficRule;
use crate::rule::{Match, nearest};
use crate::text::Span;

pub(super) fn check(project: &Project, out: &mut Vec<Match>) {
    let mut rules: HashMap<&str, Vec<(Host<'_>, &TrafficRule, Span)>> = HashMap::new();
    for facts in &project.files {
        for rule in &facts.mesh.rules {
            let resource = facts.resource(rule.resource);
            let Some(host) = rule.host.get().and_then(|host| Host::read(host, resource)) else { continue };
            rules.entry(host.service).or_default().push((host, rule, resource.anchor));
        }
    }
    for facts in &project.files {
        for route in &facts.mesh.routes {
            let resource = facts.resource(route.resource);
            for destination in &route.destinations {
                let (Some(subset), Some(span)) = (destination.subset.get(), destination.subset.span()) else {
                    continue;
                };
                let Some(host) = destination.host.get().and_then(|host| Host::read(host, resource)) else {
                    continue;
                };
                let of_host = rules.get(host.service).into_iter().flatten();
                let of_host: Vec<_> = of_host.filter(|(known, ..)| known.may_be(&host)).collect();
                let Some((_, _, anchor)) = of_host.first() else { continue };
                if of_host.iter().any(|(_, rule, _)| may_have(rule, subset)) {
                    continue;
                }
                let names = of_host.iter().flat_map(|(_, rule, _)| &rule.subsets);
                let hint =
                    nearest::hint(subset, names.filter_map(|known| known.name.get()).map(String::as_str));
                let message = format!("`{}` has no subset `{subset}`{hint}", host.service);
                out.push(Match::new(span, message).related(*anchor, "the DestinationRule"));
            }
        }
    }
}

fn may_have(rule: &TrafficRule, subset: &str) -> bool {
    rule.open || rule.subsets.iter().any(|known| known.name.get().is_none_or(|name| name == subset))
}
