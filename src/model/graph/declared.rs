//! What a config says of services that no file shows: who owns them, on which layer they stand, whom they depend on.

use std::collections::{BTreeMap, HashMap};

use super::renumber::renumber;
use super::{Confidence, Edge, EdgeKind, Graph, Id, Node, NodeKind, Sign, Signal, Store};
use crate::model::workload::Word;
use crate::model::{Project, Setting};
use crate::text::{FileId, Span, wildcard};

/// What one config says. Patterns of names have `*` for any characters.
#[derive(Clone, Debug, Default)]
pub struct Declared {
    /// Patterns, and who answers for what they fit; a later one wins.
    pub owners: Vec<(String, Word)>,
    /// Layers, from the top down.
    pub layers: Vec<LayerOf>,
    /// Dependencies.
    pub edges: Vec<DeclaredEdge>,
    /// Patterns of what is not looked at.
    pub left_out: Vec<String>,
}

/// A layer, with patterns of what stands on it.
#[derive(Clone, Debug)]
pub struct LayerOf {
    /// Its name.
    pub name: Word,
    /// Patterns of what is in it.
    pub services: Vec<String>,
    /// Which others it may call, by their place in the list.
    pub may_call: Vec<usize>,
}

/// A dependency.
#[derive(Clone, Debug)]
pub struct DeclaredEdge {
    /// Who depends.
    pub from: Word,
    /// On whom.
    pub to: Word,
    /// How, where that is said.
    pub kind: Option<EdgeKind>,
}

/// A layer that nodes stand on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Its name.
    pub name: Word,
    /// Which layers its nodes may call, its own among them.
    pub may_call: Vec<usize>,
    /// The config that it is of: layers of two configs have nothing to do with each other.
    pub config: usize,
}

/// All layers, and what stands on them.
#[derive(Debug, Default)]
pub struct Layers {
    /// The layers.
    pub all: Vec<Layer>,
    /// By node.
    pub of: BTreeMap<Id, usize>,
}

/// What the configs of a run say, and for which files.
#[derive(Debug, Default)]
pub struct Declarations {
    /// By config.
    pub all: Vec<Declared>,
    /// The config of each file.
    pub of_file: HashMap<FileId, usize>,
}

impl Declarations {
    /// Whether nothing is said.
    fn is_empty(&self) -> bool {
        self.all.iter().all(|one| {
            one.owners.is_empty() && one.layers.is_empty() && one.edges.is_empty() && one.left_out.is_empty()
        })
    }

    /// The configs that are for a node: that of its file, or all for what lies outside of the files.
    fn of<'d>(&'d self, node: &Node) -> impl Iterator<Item = (usize, &'d Declared)> + use<'d> {
        let own = node.places.first().map(|place| self.of_file.get(&place.file).copied());
        let counts = move |at: usize| own.is_none_or(|own| own == Some(at));
        self.all.iter().enumerate().filter(move |(at, _)| counts(*at))
    }

    /// Who answers for a node.
    pub(super) fn owner(&self, node: &Node) -> Option<&Word> {
        let all = self.of(node).flat_map(|(_, one)| &one.owners);
        all.filter(|(pattern, _)| fits(pattern, node)).last().map(|(_, owner)| owner)
    }
}

/// Whether a pattern is for a node, by its name or by its id.
fn fits(pattern: &str, node: &Node) -> bool {
    wildcard(pattern, &node.name) || wildcard(pattern, &node.id)
}

/// Does what configs and catalogues say: leaves nodes out, adds edges, and puts nodes on layers.
pub(super) fn apply(graph: &mut Graph, project: &Project) {
    let said = &project.declared;
    let entries = || project.files.iter().flat_map(|facts| &facts.catalog);
    if said.is_empty() && entries().next().is_none() {
        return;
    }
    let left_out =
        |node: &Node| said.of(node).flat_map(|(_, one)| &one.left_out).any(|pattern| fits(pattern, node));
    let kept: Vec<bool> = graph.nodes.iter().map(|node| !left_out(node)).collect();
    renumber(graph, &kept);
    let mut adding = Adding::to(graph);
    for edge in said.all.iter().flat_map(|one| &one.edges) {
        adding.declared(edge);
    }
    for entry in entries() {
        for other in &entry.depends {
            adding.known(&entry.name.text, other);
        }
    }
    let all = vec![true; graph.nodes.len()];
    renumber(graph, &all);
    layers(graph, said);
}

/// A graph that edges are added to.
struct Adding<'g> {
    graph: &'g mut Graph,
    /// By id, and by name where only one has it.
    names: HashMap<String, Option<Id>>,
    /// Places of edges in the graph.
    edges: HashMap<(Id, Id, EdgeKind), usize>,
}

impl<'g> Adding<'g> {
    fn to(graph: &'g mut Graph) -> Self {
        let mut names: HashMap<String, Option<Id>> = HashMap::new();
        for (id, node) in graph.nodes.iter().enumerate() {
            names.entry(node.name.clone()).and_modify(|known| *known = None).or_insert(Some(id));
        }
        names.extend(graph.nodes.iter().enumerate().map(|(id, node)| (node.id.clone(), Some(id))));
        let edges = graph.edges.iter().enumerate();
        let edges = edges.map(|(at, edge)| ((edge.from, edge.to, edge.kind), at)).collect();
        Adding { graph, names, edges }
    }

    /// The node of this name; one that nothing here has lies outside.
    fn node(&mut self, name: &str) -> Id {
        if let Some(Some(id)) = self.names.get(name) {
            return *id;
        }
        let id = outside(self.graph, name);
        self.names.insert(name.to_owned(), Some(id));
        id
    }

    fn declared(&mut self, edge: &DeclaredEdge) {
        let (from, to) = (self.node(&edge.from.text), self.node(&edge.to.text));
        self.add(from, to, edge.kind, Confidence::High, edge.to.span);
    }

    /// An edge between two that are here: a catalogue has much that these files do not deploy.
    fn known(&mut self, from: &str, to: &Word) {
        let id = |name: &str| self.names.get(name).copied().flatten();
        if let (Some(from), Some(other)) = (id(from), id(&to.text)) {
            self.add(from, other, None, Confidence::Medium, to.span);
        }
    }

    fn add(&mut self, from: Id, to: Id, kind: Option<EdgeKind>, confidence: Confidence, span: Span) {
        if from == to {
            return;
        }
        let kind = kind.unwrap_or(match self.graph.nodes[to].kind {
            NodeKind::Datastore => EdgeKind::Datastore,
            NodeKind::Broker => EdgeKind::Async,
            _ => EdgeKind::Sync,
        });
        let store = Store::default();
        let sign = Sign { signal: Signal::Declared, confidence, span, key: None, gate: false, store };
        let edges = &mut self.graph.edges;
        let at = *self.edges.entry((from, to, kind)).or_insert(edges.len());
        match edges.get_mut(at) {
            Some(known) => {
                known.signs.push(sign);
                known.confidence = known.confidence.max(confidence);
            }
            None => edges.push(Edge { from, to, kind, confidence, signs: vec![sign] }),
        }
    }
}

fn outside(graph: &mut Graph, name: &str) -> Id {
    let free = |number: fn(&Node) -> usize| graph.nodes.iter().map(number).max().map_or(0, |last| last + 1);
    let (component, system) = (free(|node| node.component), free(|node| node.system));
    graph.nodes.push(Node {
        id: name.to_owned(),
        name: name.to_owned(),
        kind: NodeKind::External,
        namespace: None,
        places: Vec::new(),
        image: None,
        component,
        system,
        owner: None,
        replicas: Setting::Unset,
        exposed: Vec::new(),
        once: false,
    });
    graph.nodes.len() - 1
}

/// The first layer that names a node is the one that it stands on.
fn layers(graph: &mut Graph, said: &Declarations) {
    let mut starts = Vec::new();
    for (config, one) in said.all.iter().enumerate() {
        let start = graph.layers.all.len();
        starts.push(start);
        graph.layers.all.extend(one.layers.iter().enumerate().map(|(at, layer)| Layer {
            name: layer.name.clone(),
            may_call: layer.may_call.iter().map(|other| start + other).chain([start + at]).collect(),
            config,
        }));
    }
    for (id, node) in graph.nodes.iter().enumerate() {
        let found = said.of(node).find_map(|(config, one)| {
            let named = |layer: &LayerOf| layer.services.iter().any(|pattern| fits(pattern, node));
            Some(starts[config] + one.layers.iter().position(named)?)
        });
        graph.layers.of.extend(found.map(|layer| (id, layer)));
    }
}

#[cfg(test)]
mod tests {
    use super::super::made::{edge, graph, node};
    use super::*;
    use crate::model::catalog::Entry;
    use crate::model::{Facts, Layout};

    fn word(text: &str) -> Word {
        Word { text: text.to_owned(), span: Span::at(FileId(9), 0) }
    }

    fn said(one: Declared) -> Project {
        let mut project = Project::default();
        project.declared = Declarations { all: vec![one], of_file: [(FileId(0), 0)].into() };
        project
    }

    #[test]
    fn parts_are_left_out_and_edges_follow() {
        let mut graph = graph(
            vec![node("a"), node("load"), node("b")],
            vec![edge(0, 2, EdgeKind::Sync), edge(1, 0, EdgeKind::Sync)],
        );
        apply(&mut graph, &said(Declared { left_out: vec!["lo*".to_owned()], ..Declared::default() }));
        let names: Vec<&str> = graph.nodes.iter().map(|node| node.id.as_str()).collect();
        assert_eq!(names, ["a", "b"]);
        assert_eq!(graph.edges.iter().map(|edge| (edge.from, edge.to)).collect::<Vec<_>>(), [(0, 1)]);
    }

    #[test]
    fn edges_are_added_and_lead_outside() {
        let mut graph = graph(vec![node("b"), node("db")], vec![]);
        graph.nodes[1].kind = NodeKind::Datastore;
        let edge = |from, to| DeclaredEdge { from: word(from), to: word(to), kind: None };
        let edges = vec![edge("b", "db"), edge("b", "a")];
        apply(&mut graph, &said(Declared { edges, ..Declared::default() }));
        let names: Vec<&str> = graph.nodes.iter().map(|node| node.id.as_str()).collect();
        assert_eq!(names, ["a", "b", "db"]);
        let edges: Vec<_> = graph.edges.iter().map(|edge| (edge.from, edge.to, edge.kind)).collect();
        assert_eq!(edges, [(1, 0, EdgeKind::Sync), (1, 2, EdgeKind::Datastore)]);
    }

    #[test]
    fn catalogues_bind_what_is_here() {
        let mut graph = graph(vec![node("a"), node("b")], vec![]);
        let depends = vec![word("b"), word("c"), word("a")];
        let catalog = vec![Entry { name: word("a"), owner: None, depends }];
        let facts = Facts { catalog, ..Facts::default() };
        apply(&mut graph, &Project::new(vec![facts], Layout::default()));
        let edges: Vec<_> = graph.edges.iter().map(|edge| (edge.from, edge.to, edge.confidence)).collect();
        assert_eq!(edges, [(0, 1, Confidence::Medium)]);
        assert_eq!(graph.nodes.len(), 2);
    }

    #[test]
    fn the_first_layer_that_fits_counts() {
        let mut graph = graph(vec![node("web"), node("orders"), node("other")], vec![]);
        let layer = |name: &str, services: &str, may_call| LayerOf {
            name: word(name),
            services: vec![services.to_owned()],
            may_call,
        };
        let layers =
            vec![layer("edge", "web", vec![1]), layer("core", "[ow]*", vec![]), layer("rest", "o*", vec![])];
        apply(&mut graph, &said(Declared { layers, ..Declared::default() }));
        assert_eq!(graph.layers.of, BTreeMap::from([(0, 2), (1, 2), (2, 0)]));
        assert_eq!(graph.layers.all[0].may_call, [1, 0]);
    }
}
