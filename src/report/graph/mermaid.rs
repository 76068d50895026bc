//! The graph as a flowchart of Mermaid, which Markdown of many kinds shows.

use super::view::View;
use crate::model::graph::{Confidence, EdgeKind, NodeKind};
use crate::report::escape;

pub(super) fn render(view: &View<'_>) -> String {
    let mut out = String::from("flowchart LR\n");
    for (number, nodes) in view.systems() {
        out += &format!("  subgraph s{number}[\"{}\"]\n", entities(view.system(number)));
        for id in nodes {
            let node = &view.graph.nodes[id];
            let (open, close) = match node.kind {
                NodeKind::Component => ("[", "]"),
                NodeKind::Datastore => ("[(", ")]"),
                NodeKind::Broker => ("[[", "]]"),
                NodeKind::Platform => ("{{", "}}"),
                NodeKind::Ingress => (">", "]"),
                NodeKind::External => ("([", "])"),
            };
            out += &format!("    n{id}{open}\"{}\"{close}\n", entities(&node.id));
        }
        out += "  end\n";
    }
    for edge in &view.graph.edges {
        let arrow = match (edge.kind, edge.confidence) {
            (EdgeKind::Order, _) | (_, Confidence::Low) => "-.->",
            _ => "-->",
        };
        out += &format!("  n{} {arrow}|{}| n{}\n", edge.from, edge.kind.name(), edge.to);
    }
    let smelly: Vec<String> = view.smelly().keys().map(|id| format!("n{id}")).collect();
    if !smelly.is_empty() {
        out += "  classDef smell stroke:#b45309,stroke-width:3px\n";
        out += &format!("  class {} smell\n", smelly.join(","));
    }
    out
}

/// Text whose every sign that Mermaid, its Markdown or HTML might read is an entity; an empty label is no label.
fn entities(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || [' ', '-', '.', '/', ':', ','].contains(&c);
    let mut out = String::new();
    for c in escape::line(text).chars() {
        if plain(c) { out.push(c) } else { out += &format!("#{};", u32::from(c)) }
    }
    if out.trim().is_empty() { "#160;".to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_a_label() {
        assert_eq!(entities("a\"]<b>%%{x}%%"), "a#34;#93;#60;b#62;#37;#37;#123;x#125;#37;#37;");
        assert_eq!(entities("a_b\n"), "a#95;b#92;n");
        assert_eq!(entities(""), "#160;");
    }
}
