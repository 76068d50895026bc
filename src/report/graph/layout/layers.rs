//! Which layer each box is in, and through which layers each line goes.

use std::collections::BTreeMap;

use crate::model::graph::paths::Links;

/// Places that lines are bent around boxes at; beyond that many, lines go straight.
const BENDS: usize = 20_000;

/// Boxes and the bends of lines, both called vertices: the boxes that have lines come first, with the numbers they had.
#[derive(Debug)]
pub(super) struct Layers {
    /// The vertices of each layer, in order.
    pub(super) rows: Vec<Vec<usize>>,
    /// The layer of each vertex.
    pub(super) of: Vec<usize>,
    /// Lines between vertices of neighbouring layers, from left to right, once for each pair of vertices.
    pub(super) segments: Vec<(usize, usize)>,
    /// The bends of each line from left to right, by its ends from left to right.
    chains: BTreeMap<(usize, usize), Vec<usize>>,
}

impl Layers {
    pub(super) fn new(nodes: usize, linked: &[bool], pairs: &[(usize, usize)]) -> Self {
        let links = Links::new(nodes, pairs.iter().copied());
        let groups = links.groups();
        // In a cycle some lines have to go back: those to lower numbers.
        let forward = |(from, to): (usize, usize)| {
            if groups.of[from] == groups.of[to] && from > to { (to, from) } else { (from, to) }
        };
        let forward = Links::new(nodes, links.pairs().map(forward));
        let of = ranks(&forward);
        let mut layers = Layers {
            rows: vec![Vec::new(); of.iter().max().map_or(0, |last| last + 1)],
            of,
            segments: Vec::new(),
            chains: BTreeMap::new(),
        };
        for node in (0..nodes).filter(|node| linked[*node]) {
            layers.rows[layers.of[node]].push(node);
        }
        for pair in forward.pairs() {
            layers.bend(nodes, pair);
        }
        layers
    }

    /// Adds what a line needs in the layers between its ends.
    fn bend(&mut self, nodes: usize, (from, to): (usize, usize)) {
        let between = self.of[from] + 1..self.of[to];
        if self.of.len() - nodes + between.len() > BENDS {
            return;
        }
        let mut before = from;
        let mut chain = Vec::new();
        for layer in between {
            let vertex = self.of.len();
            self.of.push(layer);
            self.rows[layer].push(vertex);
            self.segments.push((before, vertex));
            chain.push(vertex);
            before = vertex;
        }
        self.segments.push((before, to));
        self.chains.insert((from, to), chain);
    }

    /// The bends of a line from left to right, and whether it goes from right to left.
    pub(super) fn chain(&self, from: usize, to: usize) -> (&[usize], bool) {
        let turned = self.of[from] > self.of[to];
        let ends = if turned { (to, from) } else { (from, to) };
        (self.chains.get(&ends).map_or(&[], Vec::as_slice), turned)
    }

    /// How many vertices there are.
    pub(super) fn len(&self) -> usize {
        self.of.len()
    }
}

/// The layer of each node: right of all that leads to it, and what nothing leads to as close as can be to what it leads to.
fn ranks(links: &Links) -> Vec<usize> {
    let mut ranks = vec![0_usize; links.len()];
    let mut led_to = vec![false; links.len()];
    let groups = links.groups();
    for node in groups.members.iter().rev().flatten() {
        for to in links.from(*node) {
            ranks[*to] = ranks[*to].max(ranks[*node] + 1);
            led_to[*to] = true;
        }
    }
    for node in (0..links.len()).filter(|node| !led_to[*node]) {
        let nearest = links.from(node).iter().map(|to| ranks[*to]).min();
        ranks[node] = nearest.map_or(0, |nearest| nearest.saturating_sub(1));
    }
    ranks
}
