//! Addresses that lead nowhere, where most of those beside them lead somewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::show;
use crate::model::graph::{Dangling, NodeKind};
use crate::model::matching::{From, Reach};
use crate::model::wired::Wired;
use crate::rule::Match;

/// Of the addresses of a system, how many for each that leads nowhere have to lead somewhere. Where fewer do, services of
/// other repositories are usual there.
const FOUND_FOR_EACH: usize = 4;

/// Names of a system that a wrong one is held against at most, and how many letters each has at most.
const MOST_NAMES: usize = 500;
const LONGEST: usize = 64;

pub(super) fn check(wired: &Wired<'_>, out: &mut Vec<Match>) {
    let graph = wired.graph();
    let mut by_host: BTreeMap<(usize, &str), Vec<&Dangling>> = BTreeMap::new();
    for dangling in &graph.dangling {
        let node = &graph.nodes[dangling.from];
        let (found, missing) = dangling.siblings;
        let real = node.kind != NodeKind::Platform && !stands_for_another(&dangling.host);
        if real && found >= FOUND_FOR_EACH * missing.max(1) {
            by_host.entry((node.system, dangling.host.as_str())).or_default().push(dangling);
        }
    }
    if by_host.is_empty() {
        return;
    }
    let made = made(wired);
    let mut names: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for node in &graph.nodes {
        names.entry(node.system).or_default().push(&node.name);
    }
    for ((system, host), mut all) in by_host.into_iter().filter(|((_, host), _)| !is_made(host, &made)) {
        all.sort_by_key(|one| (one.sign.span.file, one.sign.span.start));
        let mend = match near(host, names.get(&system).into_iter().flatten().copied()) {
            Some(near) => format!(", did you mean `{near}`?"),
            None => "; mend the name, or take the address out".to_owned(),
        };
        let message = format!("nothing here is called `{host}`{mend}");
        let places = all.iter().map(|one| {
            let from = show::name(&graph.nodes[one.from]);
            (one.sign.span, format!("`{from}` is told this address too"))
        });
        out.push(show::with(Match::new(all[0].sign.span, message), places));
    }
}

/// Whether a host is written to be replaced: `YOUR_HOST`, `mqtt-placeholder`.
fn stands_for_another(host: &str) -> bool {
    let lower = host.to_ascii_lowercase();
    let said = ["change-me", "changeme", "place_holder", "place-holder", "placeholder", "your-", "your_"];
    !host.bytes().any(|byte| byte.is_ascii_lowercase()) || said.iter().any(|word| lower.contains(word))
}

/// Names of Services whose pods are made elsewhere, and of objects that an operator makes Services of.
fn made<'p>(wired: &Wired<'p>) -> BTreeSet<&'p str> {
    let owned = wired.project.resources().map(|(_, resource)| resource).filter(|resource| {
        let group = resource.group();
        group.contains('.') && !group.ends_with(".k8s.io") && group != "networking.istio.io"
    });
    let files = wired.project.files.iter();
    let services = files.flat_map(|facts| facts.services.iter().map(move |service| (facts, service)));
    let elsewhere = services.filter_map(|(facts, service)| {
        let from = From { facts, resource: facts.resource(service.resource) };
        let finds = |selector| !wired.pods().find(from, selector, Reach::Namespace).sure.is_empty();
        (!service.selector.as_ref().is_some_and(finds)).then_some(from.resource)
    });
    owned.chain(elsewhere).filter_map(|resource| resource.name.get().map(String::as_str)).collect()
}

/// Whether a host is one of these names, or one that an operator makes of it: `cluster-rw` of `cluster`.
fn is_made(host: &str, made: &BTreeSet<&str>) -> bool {
    let name = host.split('.').next().unwrap_or(host);
    let starts = name.match_indices('-').map(|(at, _)| &name[..at]);
    starts.chain([name]).any(|start| made.contains(start))
}

/// The name that was surely meant: with the fewest slips, of which a short name may have one and a long one two.
fn near<'n>(host: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let limit = (host.len() / 4).min(2);
    let names = names.take(MOST_NAMES).filter(|name| host.len().max(name.len()) <= LONGEST);
    let slips = names.map(|name| (strsim::osa_distance(host, name), name));
    slips.filter(|(slips, _)| *slips <= limit).min_by_key(|(slips, _)| *slips).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_close_names_were_meant() {
        let names = ["cartservice", "orders"];
        assert_eq!(near("order", names.into_iter()), Some("orders"));
        assert_eq!(near("cart-service", names.into_iter()), Some("cartservice"));
        assert_eq!(near("adservice", names.into_iter()), None);
        assert_eq!(near("db", ["dx"].into_iter()), None);
    }

    #[test]
    fn what_is_to_be_replaced() {
        assert!(stands_for_another("MQTT_HOST") && stands_for_another("your-db.prod"));
        assert!(!stands_for_another("orders") && !stands_for_another("OrdersApi"));
    }

    #[test]
    fn what_operators_make() {
        let made = BTreeSet::from(["shop", "my-cluster"]);
        assert!(is_made("my-cluster-rw.prod", &made) && is_made("shop", &made));
        assert!(!is_made("my", &made) && !is_made("shopping", &made));
    }
}
