//! Apache, Caddy, `HAProxy`, Fluent Bit and Fluentd: each names hosts in a few directives.

use std::collections::BTreeMap;
use std::ops::Range;

use super::target::target;
use super::{Called, MOST, Settings};
use crate::syntax::directives::Directives;

fn of(called: Vec<Called>) -> Settings {
    Settings { called, groups: Vec::new() }
}

/// Every directive: its number, its name, and its other words.
fn all<'d>(
    found: &'d Directives,
    text: &'d str,
) -> impl Iterator<Item = (usize, &'d str, impl Iterator<Item = Range<usize>> + 'd)> {
    (0..found.len()).map(move |number| (number, found.name(number, text), found.words(number).skip(1)))
}

/// `ProxyPass /path http://host:80/`, members of balancers, rewriting by proxy, handlers.
pub(super) fn apache(found: &Directives, text: &str) -> Settings {
    let is_url = |place: &Range<usize>| text[place.clone()].contains("://");
    let mut called = Vec::new();
    for (_, name, mut words) in all(found, text) {
        let directive = match name.to_ascii_lowercase().as_str() {
            "proxypass" => "ProxyPass",
            "proxypassmatch" => "ProxyPassMatch",
            "balancermember" => "BalancerMember",
            "sethandler" => "SetHandler",
            "rewriterule" => {
                let words: Vec<Range<usize>> = words.collect();
                let proxies = words.get(2).is_some_and(|flags| {
                    let flags = text[flags.clone()].trim_matches(['[', ']']);
                    flags.split(',').any(|flag| ["P", "proxy"].contains(&flag.trim()))
                });
                let url = words.get(1).filter(|_| proxies).filter(|word| is_url(word));
                called.extend(url.and_then(|word| target(text, word.clone(), "RewriteRule")));
                continue;
            }
            _ => continue,
        };
        called.extend(words.find(is_url).and_then(|word| target(text, word, directive)));
    }
    of(called)
}

/// `reverse_proxy [matcher] host…`, with `to host…` in its block, and the directives that are short for it.
pub(super) fn caddy(found: &Directives, text: &str) -> Settings {
    const PROXIES: [&str; 3] = ["reverse_proxy", "php_fastcgi", "forward_auth"];
    let mut called = Vec::new();
    for (number, name, words) in all(found, text) {
        let parent = found.parent(number).map_or("", |parent| found.name(parent, text));
        let directive = match name {
            name if PROXIES.contains(&name) => name,
            "to" if PROXIES.contains(&parent) => parent,
            _ => continue,
        };
        // A matcher starts with one of these; a port alone is this machine.
        let upstreams = words.filter(|place| !text[place.clone()].starts_with(['/', '@', '*', ':']));
        let left = MOST.saturating_sub(called.len());
        called.extend(upstreams.take(left).filter_map(|place| target(text, place, directive)));
    }
    of(called)
}

/// `server name host:80`
pub(super) fn haproxy(found: &Directives, text: &str) -> Settings {
    let mut called = Vec::new();
    for (number, name, mut words) in all(found, text) {
        let at = match name {
            "server" => 1,
            "server-template" => 2,
            _ => continue,
        };
        let parent = found.parent(number).map_or("", |parent| found.name(parent, text));
        // Peers are other proxies of the same kind, often itself.
        if matches!(parent, "backend" | "listen" | "") {
            called.extend(words.nth(at).and_then(|place| target(text, place, "server")));
        }
    }
    of(called)
}

/// `Host name` and `Port 9200` of an output.
pub(super) fn fluent(found: &Directives, text: &str) -> Settings {
    let mut hosts: BTreeMap<usize, (Vec<Called>, Option<u16>)> = BTreeMap::new();
    for (number, name, mut words) in all(found, text) {
        let Some(section) = found.parent(number) else { continue };
        if !["[OUTPUT]", "match", "store", "server"].contains(&found.name(section, text)) {
            continue;
        }
        let Some(word) = words.next() else { continue };
        let (called, port) = hosts.entry(section).or_default();
        match name.to_ascii_lowercase().as_str() {
            "host" => called.extend(target(text, word, "host")),
            "port" => *port = text[word].parse().ok(),
            _ => {}
        }
    }
    let with_port = |(called, port): (Vec<Called>, Option<u16>)| {
        called.into_iter().map(move |called| Called { port: called.port.or(port), ..called })
    };
    of(hosts.into_values().flat_map(with_port).collect())
}
