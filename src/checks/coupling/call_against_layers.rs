//! Calls that the layers of the config do not allow.

use super::{show, who};
use crate::model::graph::{Confidence, EdgeKind, Graph};
use crate::rule::Match;

pub(super) fn check(graph: &Graph, out: &mut Vec<Match>) {
    let layers = &graph.layers;
    for edge in graph.edges.iter().filter(|edge| edge.confidence >= Confidence::Medium) {
        let (Some(&from), Some(&to)) = (layers.of.get(&edge.from), layers.of.get(&edge.to)) else { continue };
        let (own, other) = (&layers.all[from], &layers.all[to]);
        let calls = !matches!(edge.kind, EdgeKind::Order | EdgeKind::Ingress);
        if !calls || own.config != other.config || own.may_call.contains(&to) {
            continue;
        }
        let Some(anchor) = show::anchor(graph, edge) else { continue };
        let message = format!(
            "`{}` of the layer `{}` depends on `{}` of the layer `{}`; turn the dependency around, or move one of them",
            who::name(graph, edge.from),
            own.name.text,
            who::name(graph, edge.to),
            other.name.text
        );
        let may = format!("the layer `{}`, which may not call `{}`", own.name.text, other.name.text);
        let places = std::iter::once((own.name.span, may)).chain(show::signs(graph, edge));
        out.push(show::with(Match::new(anchor, message), places));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::graph::made::{edge, graph, node};
    use crate::model::graph::{Layer, Layers};
    use crate::model::workload::Word;
    use crate::text::{FileId, Span};

    #[test]
    fn only_what_is_allowed() {
        let layer = |name: &str, may_call: &[usize]| Layer {
            name: Word { text: name.to_owned(), span: Span::at(FileId(9), 0) },
            may_call: may_call.to_vec(),
            config: 0,
        };
        let edges = vec![edge(0, 1, EdgeKind::Sync), edge(1, 0, EdgeKind::Sync), edge(1, 2, EdgeKind::Sync)];
        let mut graph = graph(["web", "orders", "other"].map(node).into(), edges);
        graph.layers =
            Layers { all: vec![layer("edge", &[0, 1]), layer("core", &[1])], of: [(0, 0), (1, 1)].into() };
        let mut out = Vec::new();
        check(&graph, &mut out);
        let message = "`orders` of the layer `core` depends on `web` of the layer `edge`; turn the dependency around, or move one of them";
        assert_eq!(out.iter().map(|found| found.message.as_str()).collect::<Vec<_>>(), [message]);
        assert_eq!(out[0].related[0].span.file, FileId(9));
    }
}
