//! Ways through a graph of numbered nodes: groups that reach each other, what lies behind a node, the longest way.
//!
//! Nothing here recurses, so that a chain of any length is safe; petgraph's walk for groups does, and it comes with five
//! more packages.

use std::collections::VecDeque;

/// Nodes up to which it is told who reaches whom: the answer has a bit for each pair, 32 MiB at this number.
const REACH_LIMIT: usize = 16_384;

/// Which of the nodes `0..len` lead to which, each pair once and none to itself.
#[derive(Clone, Debug, Default)]
pub struct Links {
    out: Vec<Vec<usize>>,
}

impl Links {
    /// Links between `len` nodes; pairs of others are left out.
    pub fn new(len: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Links {
        let mut out = vec![Vec::new(); len];
        for (from, to) in pairs.into_iter().filter(|(from, to)| from != to && *from < len && *to < len) {
            out[from].push(to);
        }
        for to in &mut out {
            to.sort_unstable();
            to.dedup();
        }
        Links { out }
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether there is no node.
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// Where a node leads, in the order of the numbers.
    pub fn from(&self, node: usize) -> &[usize] {
        &self.out[node]
    }

    /// All pairs, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.out.iter().enumerate().flat_map(|(from, to)| to.iter().map(move |to| (from, *to)))
    }

    /// The same links the other way round.
    #[must_use]
    pub fn reversed(&self) -> Links {
        Links::new(self.len(), self.pairs().map(|(from, to)| (to, from)))
    }

    /// The groups of nodes that lead to each other; most nodes are one of their own. In linear time, after Tarjan.
    pub fn groups(&self) -> Groups {
        let mut walk = Walk {
            low: vec![0; self.len()],
            seen: 0,
            open: Vec::new(),
            groups: Groups { of: vec![usize::MAX; self.len()], members: Vec::new() },
        };
        for node in 0..self.len() {
            if walk.low[node] == 0 {
                walk.from(self, node);
            }
        }
        walk.groups
    }

    /// Who reaches whom; `None` where there are too many nodes for that.
    pub fn reach(&self) -> Option<Reach> {
        if self.len() > REACH_LIMIT {
            return None;
        }
        let words = self.len().div_ceil(64);
        let groups = self.groups();
        let mut of_group: Vec<Vec<u64>> = Vec::with_capacity(groups.members.len());
        for (at, members) in groups.members.iter().enumerate() {
            let mut bits = vec![0; words];
            for member in members {
                bits[member / 64] |= 1 << (member % 64);
                // Where a group leads was met before it.
                for next in self.out[*member].iter().map(|to| groups.of[*to]).filter(|next| *next != at) {
                    bits.iter_mut().zip(&of_group[next]).for_each(|(bits, more)| *bits |= more);
                }
            }
            of_group.push(bits);
        }
        Some(Reach { group: groups.of, of_group })
    }

    /// The longest way through groups, each once: for every step the nodes that it leads from and to. Where no group
    /// has two nodes, each step starts where the last one ended. Of equal ones, the first.
    pub fn longest(&self) -> Vec<(usize, usize)> {
        let groups = self.groups();
        let mut steps = vec![0_usize; groups.members.len()];
        let mut best: Vec<Option<(usize, usize)>> = vec![None; groups.members.len()];
        for (at, members) in groups.members.iter().enumerate() {
            for from in members {
                for to in self.out[*from].iter().filter(|to| groups.of[**to] != at) {
                    let behind = steps[groups.of[*to]] + 1;
                    if behind > steps[at] {
                        (steps[at], best[at]) = (behind, Some((*from, *to)));
                    }
                }
            }
        }
        let first = (0..self.len()).map(|node| groups.of[node]).rev().max_by_key(|group| steps[*group]);
        let mut next = first.and_then(|group| best[group]);
        let mut way = Vec::new();
        while let Some(step) = next {
            way.push(step);
            next = best[groups.of[step.1]];
        }
        way
    }

    /// A shortest way from a node back to itself, without the last step; nothing where there is none.
    pub fn cycle(&self, start: usize) -> Vec<usize> {
        let mut before = vec![usize::MAX; self.len()];
        let mut waiting = VecDeque::from([start]);
        while let Some(node) = waiting.pop_front() {
            for next in &self.out[node] {
                if *next == start {
                    let mut way = vec![node];
                    while let Some(last) = way.last().filter(|last| **last != start) {
                        way.push(before[*last]);
                    }
                    way.reverse();
                    return way;
                }
                if before[*next] == usize::MAX {
                    before[*next] = node;
                    waiting.push_back(*next);
                }
            }
        }
        Vec::new()
    }
}

/// Groups of nodes that lead to each other.
#[derive(Clone, Debug)]
pub struct Groups {
    /// The group of each node.
    pub of: Vec<usize>,
    /// The nodes of each group in order; a group stands after all those that it leads to.
    pub members: Vec<Vec<usize>>,
}

impl Groups {
    /// The first of the groups with the most nodes, if one has two.
    pub fn largest(&self) -> Option<&[usize]> {
        let cycles = self.members.iter().filter(|members| members.len() > 1);
        cycles.max_by_key(|members| (members.len(), usize::MAX - members[0])).map(Vec::as_slice)
    }
}

/// Who reaches whom; each node reaches itself.
#[derive(Clone, Debug)]
pub struct Reach {
    group: Vec<usize>,
    of_group: Vec<Vec<u64>>,
}

impl Reach {
    /// Whether a way leads from one node to the other.
    pub fn has(&self, from: usize, to: usize) -> bool {
        self.of_group[self.group[from]][to / 64] >> (to % 64) & 1 == 1
    }

    /// How many nodes each node reaches, itself included.
    pub fn counts(&self) -> Vec<usize> {
        let of_group: Vec<usize> = self
            .of_group
            .iter()
            .map(|bits| bits.iter().map(|word| word.count_ones() as usize).sum())
            .collect();
        self.group.iter().map(|group| of_group[*group]).collect()
    }
}

/// A walk in depth, with its own stack.
struct Walk {
    /// The number of the earliest node known to be reached that is still open, counted from 1; 0 if not yet seen.
    low: Vec<usize>,
    seen: usize,
    /// Nodes seen whose group is not yet known.
    open: Vec<usize>,
    groups: Groups,
}

impl Walk {
    fn from(&mut self, links: &Links, start: usize) {
        // Each with its own number and how many of its links were followed.
        let mut way = vec![(start, self.open(start), 0)];
        while let Some((node, number, followed)) = way.last_mut() {
            let (node, number) = (*node, *number);
            if let Some(next) = links.out[node].get(*followed).copied() {
                *followed += 1;
                if self.low[next] == 0 {
                    way.push((next, self.open(next), 0));
                } else if self.groups.of[next] == usize::MAX {
                    self.low[node] = self.low[node].min(self.low[next]);
                }
                continue;
            }
            way.pop();
            if let Some((before, ..)) = way.last() {
                self.low[*before] = self.low[*before].min(self.low[node]);
            }
            if self.low[node] == number {
                self.close(node);
            }
        }
    }

    fn open(&mut self, node: usize) -> usize {
        self.seen += 1;
        self.low[node] = self.seen;
        self.open.push(node);
        self.seen
    }

    /// Makes a group of a node and all that was opened after it.
    fn close(&mut self, node: usize) {
        let from = self.open.iter().rposition(|open| *open == node).unwrap_or_default();
        let mut members = self.open.split_off(from);
        members.sort_unstable();
        for member in &members {
            self.groups.of[*member] = self.groups.members.len();
        }
        self.groups.members.push(members);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two cycles, `0 1 2` and `4 5`, a way between them over 3, and 6 on its own.
    fn links() -> Links {
        Links::new(7, [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 4), (1, 1), (0, 1), (0, 9)])
    }

    #[test]
    fn pairs_are_told_once() {
        assert_eq!(links().pairs().count(), 7);
        assert_eq!(links().reversed().from(4), [3, 5]);
        assert!(Links::new(0, []).is_empty());
    }

    #[test]
    fn groups_lead_to_earlier_ones() {
        let groups = links().groups();
        assert_eq!(groups.members, [vec![4, 5], vec![3], vec![0, 1, 2], vec![6]]);
        assert_eq!(groups.of, [2, 2, 2, 1, 0, 0, 3]);
        assert_eq!(groups.largest(), Some(&[0, 1, 2][..]));
        assert_eq!(Links::new(3, [(0, 1)]).groups().largest(), None);
    }

    #[test]
    fn reach_follows_all_ways() {
        let reach = links().reach().unwrap();
        assert_eq!(reach.counts(), [6, 6, 6, 3, 2, 2, 1]);
        assert!(reach.has(1, 5) && reach.has(6, 6) && !reach.has(3, 2));
        assert!(Links::new(REACH_LIMIT + 1, []).reach().is_none());
    }

    #[test]
    fn reach_agrees_with_walking() {
        // Numbers that look like chance, always the same.
        let mut state = 7_usize;
        let mut next = || {
            state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
            state / 65_536 % 90
        };
        let links = Links::new(90, (0..130).map(|_| (next(), next())).collect::<Vec<_>>());
        let (reach, groups) = (links.reach().unwrap(), links.groups());
        for from in 0..90 {
            let mut met = vec![from];
            let mut at = 0;
            while let Some(node) = met.get(at) {
                let more: Vec<usize> =
                    links.from(*node).iter().copied().filter(|to| !met.contains(to)).collect();
                met.extend(more);
                at += 1;
            }
            for to in 0..90 {
                assert_eq!(reach.has(from, to), met.contains(&to), "{from} to {to}");
                let both = reach.has(from, to) && reach.has(to, from);
                assert_eq!(groups.of[from] == groups.of[to], both, "{from} and {to}");
            }
        }
    }

    #[test]
    fn the_longest_way_is_told_step_by_step() {
        assert_eq!(links().longest(), [(2, 3), (3, 4)]);
        let tree = Links::new(6, [(0, 1), (0, 2), (2, 3), (3, 5), (1, 5), (4, 5)]);
        assert_eq!(tree.longest(), [(0, 2), (2, 3), (3, 5)]);
        assert_eq!(Links::new(3, []).longest(), []);
    }

    #[test]
    fn cycles_are_shortest() {
        let links = Links::new(5, [(0, 1), (1, 2), (2, 3), (3, 0), (2, 0), (3, 4)]);
        assert_eq!(links.cycle(0), [0, 1, 2]);
        assert_eq!(links.cycle(3), [3, 0, 1, 2]);
        assert_eq!(links.cycle(4), [0; 0]);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let links = Links::new(300_000, (0..299_999).map(|at| (at, at + 1)));
        assert_eq!(links.groups().members.len(), 300_000);
        assert_eq!(links.longest().len(), 299_999);
    }
}
