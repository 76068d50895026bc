//! Settings in YAML, JSON and TOML: values under a few keys.

use std::ops::Range;

use super::program::Program;
use super::target::target;
use super::{Called, Host, MOST, Settings};
use crate::syntax::tree::{Kind, Node, NodeId, Trace, Tree};

/// Keys that are come by on the way to an address, in this order; the last holds it.
type Way = &'static [&'static str];

/// Ways that one program has at most.
const MOST_WAYS: usize = 4;

/// Where a program's settings hold addresses.
/// Sources: the reference of `cluster` for Envoy, of the file provider for Traefik, of the configuration file for
/// Prometheus and promtail, of data sources for Grafana, of the components of the collector, of Vector's sinks.
fn ways(program: Program) -> &'static [Way] {
    match program {
        Program::Envoy => &[
            &["clusters", "socket_address"],
            &["load_assignment", "socket_address"],
            &["clusters", "socketAddress"],
            &["hosts", "url"],
        ],
        Program::Traefik => &[
            &["services", "servers", "url"],
            &["services", "servers", "address"],
            &["forwardAuth", "address"],
        ],
        Program::Prometheus => &[
            &["static_configs", "targets"],
            &["remote_write", "url"],
            &["remote_read", "url"],
            &["clients", "url"],
        ],
        Program::Grafana => &[&["datasources", "url"]],
        Program::Collector => {
            &[&["exporters", "endpoint"], &["receivers", "endpoint"], &["receivers", "targets"]]
        }
        Program::Vector => {
            &[&["sinks", "endpoint"], &["sinks", "endpoints"], &["sinks", "address"], &["sinks", "uri"]]
        }
        _ => &[],
    }
}

/// Keys below which stand addresses that a program listens on.
fn own(program: Program) -> &'static [&'static str] {
    match program {
        Program::Envoy => &["listeners", "admin"],
        Program::Collector => &["protocols"],
        _ => &[],
    }
}

/// How far along each way a node is.
type Along = [u8; MOST_WAYS];

/// What the settings of a program say.
pub(super) fn read(program: Program, tree: &Tree) -> Settings {
    let (ways, own) = (ways(program), own(program));
    let mut called: Vec<(NodeId, Called)> = Vec::new();
    let mut left: Vec<(Node<'_>, Along)> = tree.roots().map(|root| (root, Along::default())).collect();
    while let Some((node, along)) = left.pop() {
        // What an alias stands for is come by where it is written.
        if node.is_alias() || called.len() >= MOST {
            continue;
        }
        left.extend(node.items().map(|item| (item, along)));
        for entry in node.own_entries().filter(|entry| !own.contains(&entry.key.text())) {
            let key = entry.key.text();
            let mut next = along;
            for (way, at) in ways.iter().zip(&mut next) {
                *at += u8::from(way.get(usize::from(*at)).is_some_and(|wanted| *wanted == key));
            }
            let arrives = ways.iter().zip(next).zip(along);
            if arrives.into_iter().any(|((way, at), before)| usize::from(at) == way.len() && at > before) {
                take(entry.value, key, &mut called);
            }
            left.push((entry.value, next));
        }
    }
    called.sort_by_key(|(node, _)| *node);
    Settings { called: called.into_iter().map(|(_, called)| called).collect(), groups: Vec::new() }
}

/// The addresses in a value: text, a list of texts, or a host beside its port.
fn take(value: Node<'_>, key: &str, called: &mut Vec<(NodeId, Called)>) {
    match value.kind() {
        _ if value.is_alias() => {}
        Kind::Sequence => {
            let texts = value.items().filter(|item| item.style().is_some() && !item.is_alias());
            called.extend(texts.filter_map(|item| Some((item.id(), of_text(item, key)?))));
        }
        Kind::Mapping => {
            let port = ["port_value", "portValue"].iter().find_map(|key| value.get(key)?.as_i64());
            let host = value.get("address").and_then(|host| Some((host.id(), of_text(host, key)?)));
            called.extend(host.map(|(node, host)| {
                (node, Called { port: port.and_then(|port| port.try_into().ok()), ..host })
            }));
        }
        _ => called.extend(of_text(value, key).map(|found| (value.id(), found))),
    }
}

fn of_text(node: Node<'_>, key: &str) -> Option<Called> {
    let text = node.as_str()?;
    let found = target(text, 0..text.len(), key)?;
    let trace = Trace::of(node);
    let place = |range: Range<usize>| trace.span(range.start, range.end).range();
    let host = match found.host {
        Host::Name(range) => Host::Name(place(range)),
        Host::Variable(name, range) => Host::Variable(name, place(range)),
    };
    Some(Called { host, ..found })
}
