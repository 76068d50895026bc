//! What services have in common apart from addresses: volumes, secrets, settings, topics.

use std::collections::{HashMap, HashSet};

use super::show;
use super::who::{self, Owners};
use crate::model::graph::{Graph, Id, Share, ShareKind, Use};
use crate::model::layout::is_within;
use crate::rule::{Match, Severity};
use crate::text::Span;

/// Services that take a volume in common, one of which writes.
pub(super) fn volume(graph: &Graph, out: &mut Vec<Match>) {
    for share in of_kind(graph, ShareKind::Volume).filter(|share| holds_data(&share.name)) {
        let is_user = |used: &&Use| {
            let node = &graph.nodes[used.node];
            who::lives_on(node) && !who::is_called(node, &SERVERS)
        };
        let uses = distinct(graph, share.uses.iter().filter(is_user));
        let Some(writer) = uses.iter().position(|used| used.writes).filter(|_| uses.len() >= 2) else {
            continue;
        };
        let nodes: Vec<Id> = uses.iter().map(|used| used.node).collect();
        let owners = Owners::of(graph, &nodes);
        let message = format!(
            "{} share the files in `{}`, and `{}` writes them{}; hand the data over through an interface of one of them",
            who::names(graph, &nodes),
            share.name,
            who::name(graph, uses[writer].node),
            owners.said()
        );
        let found = Match::new(uses[writer].span, message).at(owners.severity());
        let others = uses.iter().enumerate().filter(|(at, _)| *at != writer).map(|(_, used)| *used);
        out.push(labelled(graph, found, others, "uses it too", share.place));
    }
}

/// Parts of names of what serves or renews the files of others: they are handed a folder by design.
const SERVERS: [&str; 12] = [
    "apache",
    "caddy",
    "certbot",
    "haproxy",
    "httpd",
    "nginx",
    "php",
    "php-fpm",
    "proxy",
    "static",
    "traefik",
    "watchtower",
];

/// Last parts of paths and words of names that hold programs, keys, caches and logs, not data of services.
const NO_DATA: [&str; 40] = [
    "acme",
    "app",
    "apps",
    "assets",
    "backend",
    "backup",
    "backups",
    "build",
    "cache",
    "ca",
    "cert",
    "certs",
    "client",
    "code",
    "conf",
    "config",
    "configs",
    "dist",
    "frontend",
    "home",
    "html",
    "letsencrypt",
    "lib",
    "localtime",
    "log",
    "logs",
    "modules",
    "public",
    "run",
    "server",
    "sock",
    "socket",
    "source",
    "src",
    "ssl",
    "static",
    "tls",
    "tmp",
    "web",
    "www",
];

/// Folders of a host that programs of the system look at.
const SYSTEM: [&str; 9] =
    ["/dev", "/etc", "/lib", "/proc", "/run", "/sys", "/usr", "/var/lib/docker", "/var/run"];

/// Whether a volume of this name is one where services keep data: not the project itself, or a folder of the system.
fn holds_data(name: &str) -> bool {
    let path = name.trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    let file = last.rfind('.').is_some_and(|at| at > 0);
    !matches!(last, "" | "." | ".." | "~")
        && !SYSTEM.iter().any(|folder| is_within(path, folder))
        && !file
        && !who::has_word(last, &NO_DATA)
        && !path.starts_with("/var/log")
}

/// A secret that too many have; once, however many of its keys they take.
pub(super) fn secret(graph: &Graph, out: &mut Vec<Match>) {
    let mut known: HashSet<(&str, Vec<Id>)> = HashSet::new();
    for share in of_kind(graph, ShareKind::Secret).filter(|share| is_credential(&share.name)) {
        let uses = distinct(graph, share.uses.iter().filter(|used| who::lives_on(&graph.nodes[used.node])));
        let nodes: Vec<Id> = uses.iter().map(|used| used.node).collect();
        let owners = Owners::of(graph, &nodes);
        let enough = uses.len() >= 3 || (uses.len() == 2 && matches!(owners, Owners::Differ(..)));
        let whole = share.name.split('/').next().unwrap_or_default();
        if !enough || !known.insert((whole, nodes.clone())) {
            continue;
        }
        let message = format!(
            "{} use the secret `{}`{}; give each one of its own, so that one can be changed without the others",
            who::names(graph, &nodes),
            share.name,
            owners.said()
        );
        let found = Match::new(uses[0].span, message);
        out.push(labelled(graph, found, uses[1..].iter().copied(), "uses it too", share.place));
    }
}

/// Words in names of secrets that are no credentials, or are meant for many: certificates, keys that may be known, what
/// pulls images.
const PUBLIC: [&str; 20] = [
    "ca",
    "ca-bundle",
    "cacert",
    "cacerts",
    "cert",
    "certificate",
    "certs",
    "crt",
    "docker",
    "dockerconfigjson",
    "image",
    "jwks",
    "pub",
    "public",
    "pull",
    "registry",
    "regcred",
    "tls",
    "trust",
    "truststore",
];

/// Last words of keys of secrets that stand beside a credential.
const BESIDE: [&str; 10] =
    ["database", "db", "dbname", "email", "endpoint", "host", "port", "url", "user", "username"];

fn is_credential(name: &str) -> bool {
    let key = name.split_once('/').map_or("", |(_, key)| key).to_ascii_lowercase();
    let last = key.rsplit(|char: char| !char.is_ascii_alphanumeric()).next().unwrap_or_default();
    !who::has_word(name, &PUBLIC) && !BESIDE.contains(&last)
}

/// Settings with the addresses of many that many have.
pub(super) fn address_book(graph: &Graph, out: &mut Vec<Match>) {
    for share in of_kind(graph, ShareKind::Config) {
        let uses = distinct(graph, share.uses.iter().filter(|used| who::lives_on(&graph.nodes[used.node])));
        let held = who::one_of_each(graph, share.holds.iter().map(|(node, _)| *node));
        if uses.len() < FEW || held.len() < FEW {
            continue;
        }
        let nodes: Vec<Id> = uses.iter().map(|used| used.node).collect();
        let message = format!(
            "{} all read `{}`, which has the addresses of {}; give each only those that it calls",
            who::names(graph, &nodes),
            share.name,
            who::names(graph, &held)
        );
        let mut found = Match::new(uses[0].span, message);
        for id in &held {
            if let Some((_, span)) = share.holds.iter().find(|(node, _)| node == id) {
                found = found.related(*span, format!("the address of `{}`", who::name(graph, *id)));
            }
        }
        out.push(labelled(graph, found, uses[1..].iter().copied(), "reads it too", share.place));
    }
}

/// As many readers and addresses make an address book.
const FEW: usize = 3;

/// A queue that services of several owners take from.
pub(super) fn topic(graph: &Graph, out: &mut Vec<Match>) {
    for share in of_kind(graph, ShareKind::Topic) {
        let takes = |used: &&Use| !used.writes && who::lives_on(&graph.nodes[used.node]);
        let uses = distinct(graph, share.uses.iter().filter(takes));
        let nodes: Vec<Id> = uses.iter().map(|used| used.node).collect();
        let owners = Owners::of(graph, &nodes);
        if !matches!(owners, Owners::Differ(..)) {
            continue;
        }
        let message = format!(
            "{} read `{}`{}; agree on who may change what is sent there, and give each reader a subscription of its own",
            who::names(graph, &nodes),
            share.name,
            owners.said()
        );
        let found = Match::new(uses[0].span, message).at(Severity::Hint);
        out.push(labelled(graph, found, uses[1..].iter().copied(), "reads it too", share.place));
    }
}

fn of_kind(graph: &Graph, kind: ShareKind) -> impl Iterator<Item = &Share> {
    graph.shares.iter().filter(move |share| share.kind == kind)
}

/// One use of each component: of those that write, one that does.
fn distinct<'u>(graph: &Graph, uses: impl Iterator<Item = &'u Use>) -> Vec<&'u Use> {
    let mut found: Vec<&Use> = Vec::new();
    let mut places = HashMap::new();
    for used in uses {
        let at = *places.entry(graph.nodes[used.node].component).or_insert(found.len());
        match found.get_mut(at) {
            Some(known) if used.writes && !known.writes => *known = used,
            Some(_) => {}
            None => found.push(used),
        }
    }
    // Of parts of one service one is enough, best one that writes.
    let mut order: Vec<Id> = found.iter().map(|used| used.node).collect();
    let writers: HashSet<Id> = found.iter().filter(|used| used.writes).map(|used| used.node).collect();
    order.sort_by_key(|id| !writers.contains(id));
    let kept: HashSet<Id> = who::one_of_each(graph, order).into_iter().collect();
    found.retain(|used| kept.contains(&used.node));
    found
}

fn labelled<'u>(
    graph: &Graph,
    found: Match,
    others: impl Iterator<Item = &'u Use>,
    says: &str,
    place: Option<Span>,
) -> Match {
    let others = others.map(|used| (used.span, format!("`{}` {says}", who::name(graph, used.node))));
    let defined = place.map(|place| (place, "defined here".to_owned()));
    // What is told about all of them comes before the rest.
    let mut others: Vec<show::Place> = others.collect();
    others.splice(0..0, defined);
    show::with(found, others)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::graph::made::{graph, node, owned};
    use crate::text::FileId;

    fn shared(kind: ShareKind, name: &str, users: &[(Id, bool)]) -> Share {
        let used = |(node, writes): &(Id, bool)| Use {
            node: *node,
            span: Span::at(FileId(0), 10 + node),
            writes: *writes,
            whole: true,
        };
        Share {
            kind,
            name: name.to_owned(),
            place: None,
            uses: users.iter().map(used).collect(),
            holds: Vec::new(),
        }
    }

    fn messages(share: Share, check: fn(&Graph, &mut Vec<Match>)) -> Vec<String> {
        let mut graph = graph(vec![owned("a", "x"), owned("b", "x"), owned("c", "y"), node("d")], vec![]);
        graph.shares = vec![share];
        let mut out = Vec::new();
        check(&graph, &mut out);
        out.into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn volumes_that_are_written() {
        let found = messages(shared(ShareKind::Volume, "uploads", &[(0, false), (1, true)]), volume);
        assert_eq!(
            found,
            [
                "`a` and `b` share the files in `uploads`, and `b` writes them; hand the data over through an interface of one of them"
            ]
        );
        for (name, users) in [
            ("uploads", &[(0, false), (1, false)][..]),
            ("uploads", &[(0, true)]),
            ("/var/run/docker.sock", &[(0, true), (1, true)]),
            (".", &[(0, true), (1, true)]),
            ("./src", &[(0, true), (1, true)]),
            ("static_volume", &[(0, true), (1, true)]),
        ] {
            assert_eq!(messages(shared(ShareKind::Volume, name, users), volume), [""; 0], "{name}");
        }
    }

    #[test]
    fn secrets_of_many_or_of_two_owners() {
        let of =
            |name: &str, users: &[(Id, bool)]| messages(shared(ShareKind::Secret, name, users), secret).len();
        assert_eq!(of("db/password", &[(0, false), (1, false)]), 0);
        assert_eq!(of("db/password", &[(0, false), (2, false)]), 1);
        assert_eq!(of("db/password", &[(0, false), (1, false), (3, false)]), 1);
        assert_eq!(of("db/username", &[(0, false), (2, false)]), 0);
        assert_eq!(of("ca-bundle/ca.crt", &[(0, false), (1, false), (2, false)]), 0);
    }

    #[test]
    fn books_of_addresses() {
        let place = |at| Span::at(FileId(1), at);
        let users = [(0, false), (1, false), (2, false)];
        let book = Share {
            holds: vec![(1, place(1)), (2, place(2)), (3, place(3))],
            ..shared(ShareKind::Config, "urls", &users)
        };
        let message = "`a`, `b` and `c` all read `urls`, which has the addresses of `b`, `c` and `d`; give each only those that it calls";
        assert_eq!(messages(book.clone(), address_book), [message]);
        let short = Share { holds: book.holds[..2].to_vec(), ..book.clone() };
        assert_eq!(messages(short, address_book), [""; 0]);
        let few = Share { uses: book.uses[..2].to_vec(), ..book };
        assert_eq!(messages(few, address_book), [""; 0]);
    }

    #[test]
    fn queues_of_two_owners() {
        let of = |users: &[(Id, bool)]| messages(shared(ShareKind::Topic, "paid", users), topic).len();
        assert_eq!(of(&[(0, false), (2, false)]), 1);
        assert_eq!(of(&[(0, false), (1, false)]), 0);
        assert_eq!(of(&[(0, false), (2, true)]), 0);
    }
}
