//! What two services, or two entries, cannot both have.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::checks::File;
use crate::model::compose::{Port, Service};
use crate::rule::Match;
use crate::text::Span;

/// Two services that run only under profiles may never meet.
fn always(file: &File<'_>, service: &Service) -> bool {
    file.tree.is_some_and(|tree| service.get(tree, "profiles").is_none())
}

/// Ports of the host that two services want.
pub(super) fn published_port(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(compose) = &file.facts.compose else { return };
    let mut seen: HashMap<(i64, &str), Vec<(&str, Span)>> = HashMap::new();
    for service in compose.services.iter().filter(|service| always(file, service)) {
        for port in &service.ports {
            let (Some(published), Some(protocol)) = (port.published.get(), protocol(port)) else { continue };
            let Some(span) = port.published.span() else { continue };
            if published.from != published.to || port.host_ip.is_unknown() {
                continue;
            }
            let ip = port.host_ip.get().map_or("", String::as_str);
            let others = seen.entry((published.from, protocol)).or_default();
            let everywhere = |ip: &str| ip.is_empty() || ip == "0.0.0.0" || ip == "::" || ip == "[::]";
            let clash = others
                .iter()
                .find(|(other, at)| *at != span && (*other == ip || everywhere(other) || everywhere(ip)));
            if let Some((_, first)) = clash {
                let message =
                    format!("port {} of the host is published twice; only one can have it", published.from);
                out.push(Match::new(span, message).related(*first, "published here"));
            } else if others.len() < 16 {
                others.push((ip, span));
            }
        }
    }
}

fn protocol(port: &Port) -> Option<&str> {
    if port.protocol.is_unknown() { None } else { Some(port.protocol.get().map_or("tcp", String::as_str)) }
}

/// Names of containers that two services want.
pub(super) fn container_name(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(compose) = &file.facts.compose else { return };
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for service in compose.services.iter().filter(|service| always(file, service)) {
        let name = service.setting("container_name");
        let (Some(name), Some(span)) = (name.get(), name.span()) else { continue };
        match seen.entry(name) {
            Entry::Occupied(first) if *first.get() != span => {
                let message =
                    format!("a container named `{name}` is there already; only one can have the name");
                out.push(Match::new(span, message).related(*first.get(), "used here"));
            }
            Entry::Occupied(_) => {}
            Entry::Vacant(place) => drop(place.insert(span)),
        }
    }
}

/// Variables that a list sets twice.
pub(super) fn variable(file: &File<'_>, out: &mut Vec<Match>) {
    let (Some(compose), Some(tree)) = (&file.facts.compose, file.tree) else { return };
    for service in &compose.services {
        let Some(list) = service.layers.first().and_then(|&layer| tree.node(layer).get("environment")) else {
            continue;
        };
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for item in list.items() {
            let name = item.text().split('=').next().unwrap_or_default();
            let span = item.sub_span(0, name.len());
            if let Some(first) = seen.insert(name, span).filter(|_| !name.is_empty()) {
                let message = format!("`{name}` is set twice; this one counts");
                out.push(Match::new(span, message).related(first, "set here first"));
            }
        }
    }
}

/// Volumes and folders that several services mount.
pub(super) fn shared_volume(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(compose) = &file.facts.compose else { return };
    let mut seen: HashMap<&str, (usize, Span)> = HashMap::new();
    for (number, service) in compose.services.iter().enumerate() {
        for mount in &service.mounts {
            let (Some(source), Some(span)) = (mount.source.get(), mount.source.span()) else { continue };
            match seen.entry(source) {
                Entry::Occupied(first) if first.get().0 != number && first.get().1 != span => {
                    let other = &compose.services[first.get().0].name.text;
                    let message =
                        format!("`{other}` mounts `{source}` as well; what one writes, the other reads");
                    out.push(Match::new(span, message).related(first.get().1, "mounted here"));
                }
                Entry::Occupied(_) => {}
                Entry::Vacant(place) => drop(place.insert((number, span))),
            }
        }
    }
}
