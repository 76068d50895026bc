//! What an address, a key or a name says by itself.

use std::collections::BTreeSet;

use super::{Confidence, Sign, Signal, Store};
use crate::model::coupling::Told;
use crate::model::workload::Word;

/// Whether two keys begin alike: `POSTGRES_HOST` and `POSTGRES_DB`.
pub(super) fn are_beside(one: &str, two: &str) -> bool {
    let start = |key: &str| key.split(['_', '-', '.']).next().unwrap_or_default().to_ascii_uppercase();
    start(one) == start(two)
}

/// Names of whom a datastore may belong to, by its own.
pub(super) fn owners(name: &str) -> impl Iterator<Item = &str> {
    const ENDS: [&str; 9] =
        ["-db", "-database", "-mongo", "-mongodb", "-mysql", "-postgres", "-postgresql", "-redis", "-cache"];
    const STARTS: [&str; 5] = ["mongodb-", "mysql-", "postgres-", "redis-", "db-"];
    let ends = ENDS.iter().filter_map(|end| name.strip_suffix(end));
    ends.chain(STARTS.iter().filter_map(|start| name.strip_prefix(start))).filter(|name| !name.is_empty())
}

/// Ends of names that are no domains of the world, or stand for any.
const NO_DOMAINS: [&str; 9] =
    ["cluster", "example", "home", "internal", "invalid", "lan", "local", "localhost", "test"];

/// Whether an address is one of the world outside, and not text that looks like one.
pub(super) fn is_outside(told: &Told) -> bool {
    let host = told.host.text.trim_end_matches('.').to_ascii_lowercase();
    let Some((rest, last)) = host.rsplit_once('.') else { return false };
    let is_domain = last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_alphabetic()) && last != "svc";
    let is_sample = NO_DOMAINS.contains(&last) || rest == "example" || rest.ends_with(".example");
    told.scheme.is_some() && is_domain && !is_sample && !host.contains(".svc.")
}

/// Keys under which a number is no address that is called.
const NO_CALLS: [&str; 8] = ["BIND", "CIDR", "DNS", "IP_RANGE", "LISTEN", "MASK", "NAMESERVER", "SUBNET"];

/// Whether an address is a number that some machine has today: not one of this machine, of any, of documentation, or
/// of the cloud's own services.
pub(super) fn is_hard(told: &Told) -> bool {
    let Ok(address) = told.host.text.parse::<std::net::Ipv4Addr>() else { return false };
    let key = told.key.to_ascii_uppercase();
    let is_special = address.is_loopback()
        || address.is_unspecified()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_broadcast()
        || address.is_multicast()
        || address.octets()[3] == 0;
    !is_special && !NO_CALLS.iter().any(|word| key.contains(word))
}

/// An address as a sign; a port that the other side listens on makes it surer.
pub(super) fn sign_of(told: &Told, best: Confidence, ports: &BTreeSet<u16>) -> Sign {
    let fits = told.port.is_some_and(|port| ports.contains(&port));
    let confidence = match told.signal {
        Signal::Wait => Confidence::Low,
        _ if fits => best,
        _ => best.min(Confidence::Medium),
    };
    let part = |word: &Option<Word>| word.as_ref().map(|word| (word.text.clone(), word.span));
    Sign {
        signal: told.signal,
        confidence,
        span: told.host.span,
        key: (!told.key.is_empty()).then(|| told.key.clone()),
        gate: told.signal == Signal::Wait,
        store: Store { port: told.port, database: part(&told.database), user: part(&told.user) },
    }
}
