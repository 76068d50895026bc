//! The graph as lists, for a person at a terminal.

use std::collections::{BTreeMap, BTreeSet};

use super::view::View;
use crate::model::graph::metrics::{FEWEST, Measured, Metrics};
use crate::model::graph::{Confidence, Edge, EdgeKind, Id, NodeKind};
use crate::report::{counted, escape};

/// Components up to which a comparison with other systems says little.
const FEW: usize = 6;

pub(super) fn render(view: &View<'_>) -> String {
    if view.graph.nodes.is_empty() {
        return "nothing here runs anything\n".to_owned();
    }
    let mut into: BTreeMap<Id, Vec<&Edge>> = BTreeMap::new();
    for edge in view.graph.edges.iter().filter(|edge| !view.is_said_better(edge)) {
        into.entry(edge.to).or_default().push(edge);
    }
    let mut out = String::new();
    for (number, nodes) in view.systems() {
        if !out.is_empty() {
            out.push('\n');
        }
        out += &heading(view, number, &nodes);
        let (stores, parties): (Vec<Id>, Vec<Id>) = nodes.into_iter().partition(|id| keeps(view, *id));
        for id in parties {
            out += &node(view, id);
            let edges: Vec<&Edge> = view.graph.from(id).filter(|edge| !view.is_said_better(edge)).collect();
            out += &lines(view, "->", &edges, |edge| edge.to);
        }
        for id in stores {
            out += &node(view, id);
            let edges = into.get(&id).map_or(&[][..], Vec::as_slice);
            let users: BTreeSet<usize> = sure(view, edges).collect();
            if users.len() > 1 {
                out += &format!("    shared by {}\n", counted(users.len(), "component"));
            }
            out += &lines(view, "<-", edges, |edge| edge.from);
        }
        if let Some(measured) = view.measured.iter().find(|measured| measured.system == number) {
            out += &numbers(view, measured);
        }
    }
    out + &smells(view)
}

fn heading(view: &View<'_>, number: usize, nodes: &[Id]) -> String {
    let kinds = [
        (NodeKind::Component, "component"),
        (NodeKind::Datastore, "datastore"),
        (NodeKind::Broker, "broker"),
        (NodeKind::Platform, "platform service"),
        (NodeKind::Ingress, "way in"),
        (NodeKind::External, "outside party"),
    ];
    let counts = kinds.into_iter().filter_map(|(kind, noun)| {
        let count = nodes.iter().filter(|id| view.graph.nodes[**id].kind == kind).count();
        let plural = match (kind, count) {
            (_, 0) => return None,
            (NodeKind::Ingress, 2..) => format!("{count} ways in"),
            (NodeKind::External, 2..) => format!("{count} outside parties"),
            _ => counted(count, noun),
        };
        Some(plural)
    });
    let counts: Vec<String> = counts.collect();
    format!("{}: {}\n", escape::path(view.system(number)), counts.join(", "))
}

/// Whether what matters about a node is who uses it.
fn keeps(view: &View<'_>, id: Id) -> bool {
    [NodeKind::Datastore, NodeKind::Broker].contains(&view.graph.nodes[id].kind)
}

/// The components whose addresses lead to a store.
fn sure<'v>(view: &'v View<'_>, edges: &'v [&Edge]) -> impl Iterator<Item = usize> + 'v {
    let edges =
        edges.iter().filter(|edge| edge.confidence >= Confidence::Medium && edge.kind != EdgeKind::Order);
    edges
        .map(|edge| &view.graph.nodes[edge.from])
        .filter(|node| node.kind == NodeKind::Component)
        .map(|node| node.component)
}

fn node(view: &View<'_>, id: Id) -> String {
    let node = &view.graph.nodes[id];
    let mut words = vec![node.kind.name().to_owned()];
    if let Some(owner) = &node.owner {
        words.push(format!("of {}", escape::line(&owner.name)));
    }
    if !node.exposed.is_empty() {
        words.push("open to the outside".to_owned());
    }
    if node.once {
        words.push("ends by itself".to_owned());
    }
    let place = node.places.first().map_or(String::new(), |place| format!("  {}", view.place(*place)));
    format!("\n  {}  ({}){place}\n", escape::line(&node.id), words.join(", "))
}

/// A line for each edge, in columns.
fn lines(view: &View<'_>, arrow: &str, edges: &[&Edge], other: impl Fn(&Edge) -> Id) -> String {
    let rows: Vec<[String; 3]> = edges
        .iter()
        .map(|edge| {
            let how = format!("{}, {}", edge.kind.name(), edge.confidence.name());
            let sign = edge.signs.first().map_or("declared".to_owned(), |sign| {
                let more = match edge.signs.len() {
                    1 => String::new(),
                    signs => format!(" and {} more", signs - 1),
                };
                let said = escape::line(&view.said(edge, sign)).into_owned();
                let key =
                    sign.key.as_ref().map_or(said.clone(), |key| format!("{}: {said}", escape::line(key)));
                format!("{}  {key}{more}", view.place(sign.span))
            });
            [escape::line(&view.graph.nodes[other(edge)].id).into_owned(), how, sign]
        })
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let (first, second) = (width(0).min(40), width(1));
    let row = |[name, how, sign]: &[String; 3]| format!("    {arrow} {name:first$}  {how:second$}  {sign}\n");
    rows.iter().map(row).collect()
}

fn numbers(view: &View<'_>, measured: &Measured) -> String {
    let Some(metrics) = &measured.metrics else {
        return match measured.components {
            ..FEWEST => String::new(),
            all => format!(
                "\n  no numbers: deployment files do not show who calls whom here ({} of {} have or are an address, {} seen)\n",
                measured.addressed,
                counted(all, "component"),
                counted(measured.calls, "call"),
            ),
        };
    };
    let mut out =
        String::from("\n  numbers, as far as files show; compare them over time, not with other systems\n");
    let mut rows = vec![
        ("components", measured.components.to_string()),
        ("calls", format!("{} (density {:.2})", measured.calls, metrics.density)),
        ("longest chain", counted(metrics.depth, "call")),
    ];
    if let Some(cost) = metrics.propagation_cost {
        rows.push(("propagation cost", format!("{cost:.2}")));
    }
    let names = metrics.parts().map(|(name, weight, value)| (name.replace('_', " "), weight, value));
    for (name, weight, value) in &names {
        let value = value.map_or("unknown".to_owned(), |value| format!("{value:.2}"));
        rows.push((name, format!("{value}  (weighs {:.0} %)", weight * 100.0)));
    }
    rows.push(("index", metrics.index.map_or("unknown".to_owned(), |index| format!("{index:.0} of 100"))));
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    for (name, value) in rows {
        out += &format!("    {name:width$}  {value}\n");
    }
    if measured.components < FEW {
        out += "    in so few components each one weighs much\n";
    }
    out + &most(view, metrics)
}

/// The components that most others need.
fn most(view: &View<'_>, metrics: &Metrics) -> String {
    let mut by_callers: Vec<_> = metrics.components.iter().filter(|one| one.fan_in > 1).collect();
    by_callers.sort_by_key(|one| std::cmp::Reverse(one.fan_in));
    let mut out = String::new();
    for one in by_callers.into_iter().take(3) {
        let names: Vec<_> = one.nodes.iter().map(|id| escape::line(&view.graph.nodes[*id].id)).collect();
        let blast = one.blast_radius.map_or(String::new(), |part| {
            format!("; {:.0} % of the others need it, directly or through others", part * 100.0)
        });
        out += &format!("    called by {}, calls {}: {}{blast}\n", one.fan_in, one.fan_out, names.join(", "));
    }
    out
}

fn smells(view: &View<'_>) -> String {
    if view.smells.is_empty() {
        return String::new();
    }
    let mut out = String::from("\nhints\n");
    for smell in &view.smells {
        let finding = smell.finding;
        let (place, severity) = (view.place(finding.span), finding.severity.name());
        out += &format!("  {place}: {severity}[{}] {}\n", finding.rule.id, escape::line(&finding.message));
    }
    out
}
