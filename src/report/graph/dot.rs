//! The graph in the language of Graphviz.

use super::view::View;
use crate::model::graph::{Confidence, EdgeKind, Id, NodeKind};
use crate::report::escape;

pub(super) fn render(view: &View<'_>) -> String {
    let mut out =
        String::from("digraph plimsoll {\n  rankdir=LR;\n  node [fontname=\"sans-serif\", shape=box];\n");
    out += "  edge [fontname=\"sans-serif\", fontsize=10];\n";
    let smelly = view.smelly();
    for (number, nodes) in view.systems() {
        let name = string(view.system(number));
        out += &format!("  subgraph cluster_{number} {{\n    label={name};\n    style=rounded;\n");
        for id in nodes {
            out += &node(view, id, smelly.get(&id).copied());
        }
        out += "  }\n";
    }
    for edge in &view.graph.edges {
        let style = match (edge.kind, edge.confidence) {
            (EdgeKind::Order, _) => "dotted",
            (_, Confidence::Low) => "dashed",
            _ => "solid",
        };
        let place = edge.signs.first().map_or(String::new(), |sign| view.place(sign.span));
        let (from, to, kind, place) = (edge.from, edge.to, edge.kind.name(), string(&place));
        out += &format!("  n{from} -> n{to} [label=\"{kind}\", style={style}, tooltip={place}];\n");
    }
    out + "}\n"
}

fn node(view: &View<'_>, id: Id, smells: Option<usize>) -> String {
    let node = &view.graph.nodes[id];
    let shape = match node.kind {
        NodeKind::Component => "box",
        NodeKind::Datastore => "cylinder",
        NodeKind::Broker => "cds",
        NodeKind::Platform => "component",
        NodeKind::Ingress => "house",
        NodeKind::External => "oval",
    };
    let place = node.places.first().map_or(String::new(), |span| view.place(*span));
    let mark = if smells.is_some() { ", color=\"#b45309\", penwidth=2" } else { "" };
    format!("    n{id} [label={}, shape={shape}, tooltip={}{mark}];\n", string(&node.id), string(&place))
}

/// A string whose backslashes and quotes mean themselves.
fn string(text: &str) -> String {
    let shown = escape::line(text).replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{shown}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_a_string() {
        assert_eq!(string("a\"]; x [\\N"), r#""a\"]; x [\\N""#);
        assert_eq!(string("\\\"\n"), r#""\\\"\\n""#);
    }
}
