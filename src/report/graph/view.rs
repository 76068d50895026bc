//! The graph as all formats show it: places as lines and columns, and which nodes a finding is about.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::lint::{Finding, Outcome};
use crate::model::graph::metrics::{Measured, measure};
use crate::model::graph::{Edge, EdgeKind, Graph, Id, NodeKind, Sign};
use crate::report::escape;
use crate::report::position::{Positions, Range, Unit};
use crate::text::{FileId, Span};

/// Characters of what a sign says that are shown at most.
const LONGEST_SIGN: usize = 80;
/// Characters of an address; one that has them holds more than a host.
const MORE_THAN_A_HOST: [char; 6] = [';', '=', '?', '&', '\n', ' '];

/// A finding about the graph.
pub(super) struct Smell<'a> {
    pub(super) finding: &'a Finding,
    /// The nodes that its labels are about.
    pub(super) nodes: Vec<Id>,
    /// Those of them that stand out for it: where it is marked, or the store that an edge leads to which it marks.
    pub(super) marks: Vec<Id>,
    /// The edges whose signs it marks.
    pub(super) edges: Vec<usize>,
}

/// The graph, and what is made of it once for every format.
pub(super) struct View<'a> {
    pub(super) graph: &'a Graph,
    pub(super) outcome: &'a Outcome,
    /// Those that count, in order.
    pub(super) smells: Vec<Smell<'a>>,
    pub(super) measured: Vec<Measured>,
    positions: Positions<'a>,
}

impl<'a> View<'a> {
    pub(super) fn new(graph: &'a Graph, outcome: &'a Outcome) -> Self {
        let index = Index::new(graph);
        View {
            graph,
            outcome,
            smells: crate::report::active(outcome).map(|finding| index.smell(graph, finding)).collect(),
            measured: measure(graph),
            positions: Positions::new(&outcome.sources, Unit::CodePoint),
        }
    }

    pub(super) fn path(&self, span: Span) -> &'a str {
        &self.outcome.sources.get(span.file).path
    }

    pub(super) fn range(&self, span: Span) -> Range {
        self.positions.range(span)
    }

    /// `path:line:column`, on one line.
    pub(super) fn place(&self, span: Span) -> String {
        let start = self.range(span).start;
        format!("{}:{}:{}", escape::line(self.path(span)), start.line, start.column)
    }

    /// What a sign of an edge says: the host as written. A user and a password in front of it are never shown, and where
    /// the text holds more than a host, or is not shown at all, it is the name of whom it leads to.
    pub(super) fn said(&self, edge: &Edge, sign: &Sign) -> Cow<'a, str> {
        let text = self.outcome.sources.text(sign.span).trim();
        let host = text.rsplit_once('@').map_or(text, |(_, host)| host);
        let unfit = host.is_empty() || host.contains(MORE_THAN_A_HOST) || host.contains("://");
        let shown = if unfit { self.graph.nodes[edge.to].name.as_str() } else { host };
        escape::shorten(shown, LONGEST_SIGN)
    }

    /// Whether another edge says it as well: that one starts after another goes without saying where it calls it.
    pub(super) fn is_said_better(&self, edge: &Edge) -> bool {
        let (edges, ends) = (&self.graph.edges, (edge.from, edge.to));
        let at = edges.partition_point(|other| (other.from, other.to) < ends);
        let mut same = edges[at..].iter().take_while(|other| (other.from, other.to) == ends);
        edge.kind == EdgeKind::Order && same.any(|other| other.kind != EdgeKind::Order)
    }

    /// Numbers of systems with their nodes, in order.
    pub(super) fn systems(&self) -> BTreeMap<usize, Vec<Id>> {
        let mut systems: BTreeMap<usize, Vec<Id>> = BTreeMap::new();
        for (id, node) in self.graph.nodes.iter().enumerate() {
            systems.entry(node.system).or_default().push(id);
        }
        systems
    }

    /// What a system is called: the folder that it lies in.
    pub(super) fn system(&self, number: usize) -> &'a str {
        let name = self.graph.systems.get(&number).map_or("", String::as_str);
        if name.is_empty() { "." } else { name }
    }

    /// The nodes that stand out for some smell, each for how many.
    pub(super) fn smelly(&self) -> BTreeMap<Id, usize> {
        let mut found = BTreeMap::new();
        for node in self.smells.iter().flat_map(|smell| &smell.marks) {
            *found.entry(*node).or_default() += 1;
        }
        found
    }
}

/// What stands where.
struct Index<'g> {
    nodes: HashMap<Span, Vec<Id>>,
    edges: HashMap<Span, Vec<usize>>,
    /// By the file that a node is declared in and its name.
    named: HashMap<(FileId, &'g str), Vec<Id>>,
}

impl<'g> Index<'g> {
    fn new(graph: &'g Graph) -> Self {
        let mut index = Index { nodes: HashMap::new(), edges: HashMap::new(), named: HashMap::new() };
        for (id, node) in graph.nodes.iter().enumerate() {
            let owner = node.owner.as_ref().and_then(|owner| owner.span);
            for span in node.places.iter().chain(&node.exposed).chain(&owner) {
                index.nodes.entry(*span).or_default().push(id);
            }
            for place in &node.places {
                index.named.entry((place.file, &node.name)).or_default().push(id);
            }
        }
        for (number, edge) in graph.edges.iter().enumerate() {
            for sign in &edge.signs {
                let store =
                    [&sign.store.database, &sign.store.user].into_iter().flatten().map(|(_, span)| span);
                for span in store.chain([&sign.span]) {
                    index.edges.entry(*span).or_default().push(number);
                }
            }
        }
        let uses = graph.shares.iter().flat_map(|share| share.uses.iter().map(|user| (user.span, user.node)));
        let held =
            graph.shares.iter().flat_map(|share| share.holds.iter().map(|(node, span)| (*span, *node)));
        let releases = graph.releases.iter().map(|release| (release.tag.span, release.node));
        let probes = graph.probes.iter().flat_map(|probe| [(probe.span, probe.from), (probe.span, probe.to)]);
        let dangling = graph.dangling.iter().map(|dangling| (dangling.sign.span, dangling.from));
        for (span, id) in uses.chain(held).chain(releases).chain(probes).chain(dangling) {
            index.nodes.entry(span).or_default().push(id);
        }
        index
    }

    fn smell(&self, graph: &Graph, finding: &'g Finding) -> Smell<'g> {
        let marked = self.edges_at(finding.span);
        let mut marks = self.nodes_at(finding.span);
        for edge in marked.iter().map(|edge| &graph.edges[*edge]) {
            let keeps = [NodeKind::Datastore, NodeKind::Broker].contains(&graph.nodes[edge.to].kind);
            marks.insert(if keeps { edge.to } else { edge.from });
        }
        if let (true, Some(subject)) = (marks.is_empty(), &finding.subject) {
            marks.extend(self.named.get(&(finding.span.file, subject.name.as_str())).into_iter().flatten());
        }
        let mut nodes = marks.clone();
        for span in finding.related.iter().map(|label| label.span).chain([finding.span]) {
            nodes.extend(self.nodes_at(span));
            let edges = self.edges_at(span).into_iter().map(|edge| &graph.edges[edge]);
            nodes.extend(edges.flat_map(|edge| [edge.from, edge.to]));
        }
        let (nodes, marks) = (nodes.into_iter().collect(), marks.into_iter().collect());
        Smell { finding, nodes, marks, edges: marked.into_iter().collect() }
    }

    fn nodes_at(&self, span: Span) -> BTreeSet<Id> {
        self.nodes.get(&span).into_iter().flatten().copied().collect()
    }

    fn edges_at(&self, span: Span) -> BTreeSet<usize> {
        self.edges.get(&span).into_iter().flatten().copied().collect()
    }
}
