//! `ServiceMonitors` and `PodMonitors` that scrape nothing.

use super::super::pod_ports::{Declared, any_declares};
use super::super::selecting::{condition, misses, no_pods, wanted};
use crate::model::labels::Selector;
use crate::model::matching::{Carriers, Found, From, Reach};
use crate::model::ports::PortRef;
use crate::model::scaling::Monitor;
use crate::model::wired::Wired;
use crate::rule::Match;

/// Every monitor that selects by something.
fn all<'p>(wired: &Wired<'p>) -> impl Iterator<Item = (From<'p>, &'p Monitor, &'p Selector)> + use<'p> {
    wired.project.files.iter().flat_map(|facts| {
        facts.monitors.iter().filter_map(move |monitor| {
            let selector = monitor.selector.as_ref().filter(|selector| !selector.is_empty())?;
            Some((From { facts, resource: facts.resource(monitor.resource) }, monitor, selector))
        })
    })
}

fn carriers<'a, 'p>(wired: &'a Wired<'p>, monitor: &Monitor) -> &'a Carriers<'p> {
    if monitor.of_services { wired.services() } else { wired.pods() }
}

fn reach(monitor: &Monitor) -> Reach {
    if monitor.own_namespace { Reach::Namespace } else { Reach::Everywhere }
}

pub(super) fn selects_nothing(wired: &Wired<'_>, out: &mut Vec<Match>) {
    for (from, monitor, selector) in all(wired) {
        let nearest = misses(carriers(wired, monitor), from, selector, reach(monitor));
        let Some(nearest) = nearest else { continue };
        if !monitor.of_services {
            out.push(no_pods(from, selector, &nearest, "; nothing is scraped"));
            continue;
        }
        let message =
            format!("selects no Service: none here carries `{}`; nothing is scraped", wanted(selector));
        out.push(
            Match::new(condition(selector, from.resource.anchor), message)
                .related(from.resource.anchor, "the ServiceMonitor")
                .related(
                    nearest.labels.span.unwrap_or(nearest.resource.anchor),
                    "the closest Service has these labels",
                ),
        );
    }
}

pub(super) fn unknown_port(wired: &Wired<'_>, out: &mut Vec<Match>) {
    for (from, monitor, selector) in all(wired) {
        let found = &carriers(wired, monitor).find(from, selector, reach(monitor));
        for port in &monitor.ports {
            let (Some(name), Some(span)) = (port.get(), port.span()) else { continue };
            let lacks = if monitor.of_services {
                no_service_has(wired, from, found, name)
            } else {
                // Nobody asks for the protocol of what is scraped.
                any_declares(wired, from, found, &PortRef::Name(name.clone()), Some("TCP")) == Declared::No
            };
            let target = wired.meant(from, found);
            let Some(target) = target.filter(|_| lacks) else { continue };
            let what = if monitor.of_services { "Services have" } else { "pods declare" };
            let message = format!("the selected {what} no port `{name}`; nothing is scraped");
            out.push(Match::new(span, message).related(target.resource.anchor, "selected"));
        }
    }
}

/// Whether none of the Services has a port of this name, and all of their ports are known.
fn no_service_has<'p>(wired: &Wired<'p>, from: From<'p>, found: &Found<'p>, name: &str) -> bool {
    let known = !found.more && wired.meant(from, found).is_some();
    known
        && found.sure.iter().chain(&found.maybe).all(|carrier| {
            let ports = &carrier.service().ports;
            let other = |written: &crate::model::Setting<String>| {
                !written.is_unknown() && written.get().is_none_or(|written| written != name)
            };
            !carrier.resource.fragment && !ports.open && ports.items.iter().all(|port| other(&port.name))
        })
}
