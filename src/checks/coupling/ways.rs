//! The edges that a rule is about, system by system.

use std::collections::{BTreeMap, HashMap};

use crate::model::graph::paths::Links;
use crate::model::graph::{Edge, Graph, Id};

/// Some edges of one system. What they lead between has numbers from 0, in the order in which the edges name it.
pub(super) struct Ways<'g> {
    graph: &'g Graph,
    /// What leads to what.
    pub(super) links: Links,
    /// The node of each number; of a component the first that an edge names.
    pub(super) nodes: Vec<Id>,
    edges: BTreeMap<(usize, usize), Vec<&'g Edge>>,
}

impl<'g> Ways<'g> {
    /// Edges by the system of whom they come from, in the order of the systems. Nodes that run one image count as one.
    pub(super) fn of(graph: &'g Graph, edges: impl Iterator<Item = &'g Edge>) -> Vec<Ways<'g>> {
        Ways::by(graph, edges, |id| graph.nodes[id].component)
    }

    /// The same, where each node counts.
    pub(super) fn of_nodes(graph: &'g Graph, edges: impl Iterator<Item = &'g Edge>) -> Vec<Ways<'g>> {
        Ways::by(graph, edges, |id| id)
    }

    fn by(
        graph: &'g Graph,
        edges: impl Iterator<Item = &'g Edge>,
        key: impl Fn(Id) -> usize,
    ) -> Vec<Ways<'g>> {
        let mut by_system: BTreeMap<usize, Vec<&Edge>> = BTreeMap::new();
        for edge in edges {
            by_system.entry(graph.nodes[edge.from].system).or_default().push(edge);
        }
        by_system.into_values().map(|edges| Ways::new(graph, edges, &key)).collect()
    }

    fn new(graph: &'g Graph, all: Vec<&'g Edge>, key: &dyn Fn(Id) -> usize) -> Ways<'g> {
        let mut numbers: HashMap<usize, usize> = HashMap::new();
        let mut nodes = Vec::new();
        let mut number = |node: Id| {
            *numbers.entry(key(node)).or_insert_with(|| {
                nodes.push(node);
                nodes.len() - 1
            })
        };
        let mut edges: BTreeMap<(usize, usize), Vec<&Edge>> = BTreeMap::new();
        for edge in all {
            let (from, to) = (number(edge.from), number(edge.to));
            if from != to {
                edges.entry((from, to)).or_default().push(edge);
            }
        }
        let links = Links::new(nodes.len(), edges.keys().copied());
        Ways { graph, links, nodes, edges }
    }

    /// What a component is called.
    pub(super) fn name(&self, at: usize) -> &'g str {
        super::show::name(&self.graph.nodes[self.nodes[at]])
    }

    /// The names along a way: each component is called as the edge that leads to it calls it.
    pub(super) fn along(&self, steps: &[(usize, usize)]) -> Vec<&'g str> {
        let first = steps.first().map(|(from, to)| self.edges(*from, *to));
        let first = first.and_then(<[_]>::first).map(|edge| edge.from);
        let then = steps.iter().filter_map(|(from, to)| self.edges(*from, *to).first()).map(|edge| edge.to);
        first.into_iter().chain(then).map(|id| super::show::name(&self.graph.nodes[id])).collect()
    }

    /// The edges from one component to another; those of a link are one or more.
    pub(super) fn edges(&self, from: usize, to: usize) -> &[&'g Edge] {
        self.edges.get(&(from, to)).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::graph::EdgeKind;
    use crate::model::graph::made::{edge, graph, node};

    /// `a` calls one that runs an image, and another one that runs it calls `c`; `d` calls `c` in a system of its own.
    fn made() -> Graph {
        let names = ["a", "b-one", "b-two", "c", "d", "e"];
        let calls = [(0, 1), (2, 3), (4, 5)];
        let edges = calls.map(|(from, to)| edge(from, to, EdgeKind::Sync));
        let mut graph = graph(names.map(node).to_vec(), edges.to_vec());
        graph.nodes[2].component = graph.nodes[1].component;
        graph.nodes[4].system = 1;
        graph.nodes[5].system = 1;
        graph
    }

    #[test]
    fn one_image_is_one_component() {
        let graph = made();
        let ways = Ways::of(&graph, graph.calls());
        assert_eq!(ways.len(), 2);
        let steps = ways[0].links.longest();
        assert_eq!(ways[0].along(&steps), ["a", "b-one", "c"]);
        assert_eq!(ways[1].along(&ways[1].links.longest()), ["d", "e"]);
    }

    #[test]
    fn nodes_count_where_that_is_asked() {
        let graph = made();
        let ways = Ways::of_nodes(&graph, graph.calls());
        assert_eq!(ways[0].links.longest().len(), 1);
        assert_eq!(ways[0].name(0), "a");
    }
}
