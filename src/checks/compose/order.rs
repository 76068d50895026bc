//! The order of services, keys, ports and dependencies: for whoever wants one.

use std::cmp::Ordering;

use crate::checks::File;
use crate::model::workload::Word;
use crate::rule::Match;
use crate::syntax::tree::{Kind, Node};

/// Keys at the top, in the order of most files.
const TOP: &[&str] = &["version", "name", "include", "services", "networks", "volumes", "secrets", "configs"];

/// Keys of a service: what it is, what it waits for, its data, its settings, its network, how it runs, the rest.
const SERVICE: &[&str] = &[
    "image",
    "build",
    "container_name",
    "depends_on",
    "volumes",
    "volumes_from",
    "configs",
    "secrets",
    "environment",
    "env_file",
    "ports",
    "networks",
    "network_mode",
    "extra_hosts",
    "command",
    "entrypoint",
    "working_dir",
    "restart",
    "healthcheck",
    "logging",
    "labels",
    "user",
    "isolation",
];

/// Reports the first of `words` that should stand before the one above it.
fn first_misplaced<'w>(
    words: impl IntoIterator<Item = &'w Word>,
    order: impl Fn(&str, &str) -> Ordering,
    out: &mut Vec<Match>,
) {
    let mut above: Option<&Word> = None;
    for word in words {
        if let Some(above) = above.filter(|above| order(&above.text, &word.text) == Ordering::Greater) {
            let message = format!("`{}` comes before `{}` in the usual order", word.text, above.text);
            out.push(Match::new(word.span, message).related(above.span, "above it"));
            return;
        }
        above = Some(word);
    }
}

fn keys(node: Node<'_>) -> Vec<Word> {
    let written = node.own_entries().filter(|entry| !entry.key.is_merge());
    written
        .map(|entry| {
            let text = entry.key.text();
            Word { text: text.to_owned(), span: entry.key.sub_span(0, text.len()) }
        })
        .collect()
}

/// By place in a list; what is not in it comes last, by its letters.
fn listed(list: &'static [&'static str]) -> impl Fn(&str, &str) -> Ordering {
    let rank = |word: &str| list.iter().position(|known| *known == word).unwrap_or(list.len());
    move |one, two| {
        rank(one)
            .cmp(&rank(two))
            .then_with(|| if rank(one) == list.len() { one.cmp(two) } else { Ordering::Equal })
    }
}

pub(super) fn top_level(file: &File<'_>, out: &mut Vec<Match>) {
    let (Some(compose), Some(tree)) = (&file.facts.compose, file.tree) else { return };
    if tree.node(compose.root).get("services").is_none() {
        return;
    }
    let order = listed(TOP);
    // Extensions come first.
    let order = |one: &str, two: &str| {
        let last = |word: &str| !word.starts_with("x-");
        last(one).cmp(&last(two)).then_with(|| if last(one) { order(one, two) } else { Ordering::Equal })
    };
    first_misplaced(&keys(tree.node(compose.root)), order, out);
}

pub(super) fn services(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(compose) = &file.facts.compose else { return };
    first_misplaced(compose.services.iter().map(|service| &service.name), str::cmp, out);
}

pub(super) fn service_keys(file: &File<'_>, out: &mut Vec<Match>) {
    let (Some(compose), Some(tree)) = (&file.facts.compose, file.tree) else { return };
    for layer in compose.services.iter().filter_map(|service| service.layers.first()) {
        first_misplaced(&keys(tree.node(*layer)), listed(SERVICE), out);
    }
}

pub(super) fn dependencies(file: &File<'_>, out: &mut Vec<Match>) {
    lists(file, "depends_on", str::cmp, out);
}

pub(super) fn ports(file: &File<'_>, out: &mut Vec<Match>) {
    lists(
        file,
        "ports",
        |one, two| published(one).zip(published(two)).map_or(Ordering::Equal, |(one, two)| one.cmp(&two)),
        out,
    );
}

/// The port of the host in a short form, or the one port that there is; none where a variable stands for it.
fn published(port: &str) -> Option<u64> {
    let mut parts = port.rsplit(':');
    let target = parts.next()?;
    let digits = |part: &str| part.split(['-', '/']).next()?.parse().ok();
    digits(parts.next().filter(|part| !part.is_empty()).unwrap_or(target))
}

fn lists(file: &File<'_>, key: &str, order: impl Fn(&str, &str) -> Ordering + Copy, out: &mut Vec<Match>) {
    let (Some(compose), Some(tree)) = (&file.facts.compose, file.tree) else { return };
    for layer in compose.services.iter().filter_map(|service| service.layers.first()) {
        let Some(node) = tree.node(*layer).get(key) else { continue };
        let text = |item: Node<'_>| {
            let text = item.text();
            Word { text: text.to_owned(), span: item.sub_span(0, text.len()) }
        };
        let words: Vec<Word> = if node.kind() == Kind::Mapping {
            keys(node)
        } else {
            node.items().filter(|item| item.style().is_some()).map(text).collect()
        };
        first_misplaced(&words, order, out);
    }
}
