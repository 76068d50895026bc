//! How findings show the signs of what they are about.

use crate::model::graph::{Edge, EdgeKind, Graph, Id, Node, Signal};
use crate::rule::Match;
use crate::text::Span;

/// Related places of a finding at most; the last one says how many more there are.
pub(super) const MOST_PLACES: usize = 10;

/// Names in a message at most.
const MOST_NAMES: usize = 8;

/// A place, and what it has to do with a finding.
pub(super) type Place = (Span, String);

/// What a node is called in messages: its id without the system, as a finding is about one system.
pub(super) fn name(node: &Node) -> &str {
    node.id.rsplit(':').next().unwrap_or(&node.id)
}

/// Where an edge is seen best: the text in which the one names the other. What only a config says is seen where the one
/// is declared, for a finding about services has to be in their files.
pub(super) fn anchor(graph: &Graph, edge: &Edge) -> Option<Span> {
    let sign = edge.signs.iter().find(|sign| sign.signal != Signal::Declared);
    sign.map(|sign| sign.span).or_else(|| graph.nodes[edge.from].places.first().copied())
}

/// Every sign of an edge, with what it says.
pub(super) fn signs(graph: &Graph, edge: &Edge) -> impl Iterator<Item = Place> {
    let (from, to) = (name(&graph.nodes[edge.from]), name(&graph.nodes[edge.to]));
    edge.signs.iter().map(move |sign| {
        let says = match (edge.kind, sign.signal) {
            (EdgeKind::Sync, Signal::Policy) => format!("`{from}` may call `{to}`"),
            (EdgeKind::Sync, _) => format!("`{from}` calls `{to}`"),
            (EdgeKind::Async, _) => format!("`{from}` sends or gets messages over `{to}`"),
            (EdgeKind::Datastore, _) => format!("`{from}` keeps data in `{to}`"),
            (EdgeKind::Order, _) if sign.gate => format!("`{from}` waits for `{to}`"),
            (EdgeKind::Order, _) => format!("`{from}` starts after `{to}`"),
            (EdgeKind::Ingress, _) => format!("`{from}` lets requests in to `{to}`"),
        };
        (sign.span, says)
    })
}

/// Every sign of several edges: one of each first, as not all may be shown.
pub(super) fn all_signs(graph: &Graph, edges: &[&Edge]) -> Vec<Place> {
    let first = edges.iter().filter_map(|edge| signs(graph, edge).next());
    let others = edges.iter().flat_map(|edge| signs(graph, edge).skip(1));
    first.chain(others).collect()
}

/// Where a node is declared.
pub(super) fn declared(graph: &Graph, node: Id) -> Option<Place> {
    let node = &graph.nodes[node];
    node.places.first().map(|place| (*place, format!("`{}` is declared here", name(node))))
}

/// A match with other places, each once, and not more than can be read.
pub(super) fn with(mut found: Match, places: impl IntoIterator<Item = Place>) -> Match {
    let mut seen = std::collections::HashSet::from([found.span]);
    let mut more = 0_usize;
    for (span, says) in places {
        if !seen.insert(span) {
            continue;
        }
        if found.related.len() < MOST_PLACES {
            found = found.related(span, says);
        } else {
            more += 1;
        }
    }
    if let Some(last) = found.related.last_mut().filter(|_| more > 0) {
        last.message = format!("{} (and {more} more places)", last.message);
    }
    found
}

/// Names as a list, `` `a`, `b` and `c` ``.
pub(super) fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let mut names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    let more = names.len().saturating_sub(MOST_NAMES);
    names.truncate(MOST_NAMES);
    let last = if more > 0 { Some(format!("{more} more")) } else { names.pop() };
    match last {
        Some(last) if names.is_empty() => last,
        Some(last) => format!("{} and {last}", names.join(", ")),
        None => String::new(),
    }
}

/// Names as a way from the first to the last.
pub(super) fn way<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    if names.len() <= MOST_NAMES {
        return names.join(" → ");
    }
    format!("{} → … → {}", names[..MOST_NAMES - 2].join(" → "), names[names.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    fn place(at: usize) -> Place {
        (Span::at(FileId(0), at), "here".to_owned())
    }

    #[test]
    fn places_are_shown_once_and_the_rest_is_counted() {
        let found = with(Match::new(place(0).0, "x"), [place(0), place(1), place(1), place(2)]);
        assert_eq!(found.related.len(), 2);
        let found = with(Match::new(place(0).0, "x"), (0..=MOST_PLACES + 2).map(place));
        assert_eq!(found.related.len(), MOST_PLACES);
        assert_eq!(found.related[MOST_PLACES - 1].message, "here (and 2 more places)");
    }

    #[test]
    fn names_are_listed() {
        assert_eq!(list(["a"]), "`a`");
        assert_eq!(list(["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(list(["a"; 10]), "`a`, `a`, `a`, `a`, `a`, `a`, `a`, `a` and 2 more");
        assert_eq!(way(["a", "b"]), "`a` → `b`");
        assert_eq!(way(["a"; 10]), "`a` → `a` → `a` → `a` → `a` → `a` → … → `a`");
    }
}
