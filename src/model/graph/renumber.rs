//! A graph without some of its nodes, in the order of what is left.

use super::{Graph, Id};

/// Drops the nodes that are not `kept`, with all that is about them, and brings nodes and edges into order.
pub(super) fn renumber(graph: &mut Graph, kept: &[bool]) {
    let mut nodes: Vec<_> = std::mem::take(&mut graph.nodes).into_iter().enumerate().collect();
    let count = nodes.len();
    nodes.retain(|(id, _)| kept.get(*id).copied().unwrap_or(true));
    nodes.sort_by(|(_, a), (_, b)| a.id.cmp(&b.id));
    let mut new: Vec<Option<Id>> = vec![None; count];
    for (at, (old, _)) in nodes.iter().enumerate() {
        new[*old] = Some(at);
    }
    graph.nodes = nodes.into_iter().map(|(_, node)| node).collect();
    let ends = |from: &mut Id, to: &mut Id| {
        let found = new[*from].zip(new[*to]);
        found.inspect(|found| (*from, *to) = *found).is_some()
    };
    let one = |id: &mut Id| new[*id].inspect(|found| *id = *found).is_some();
    graph.edges.retain_mut(|edge| ends(&mut edge.from, &mut edge.to));
    graph.edges.sort_by_key(|edge| (edge.from, edge.to, edge.kind));
    graph.probes.retain_mut(|probe| ends(&mut probe.from, &mut probe.to));
    graph.dangling.retain_mut(|dangling| one(&mut dangling.from));
    graph.hard.retain_mut(|hard| one(&mut hard.from));
    graph.releases.retain_mut(|release| one(&mut release.node));
    graph.guarded.retain_mut(one);
    graph.guarded.sort_unstable();
    for share in &mut graph.shares {
        share.uses.retain_mut(|used| one(&mut used.node));
        share.uses.sort_by_key(|used| (used.node, used.span.file, used.span.start));
        share.holds.retain_mut(|(held, _)| one(held));
    }
    graph.shares.retain(|share| !share.uses.is_empty());
}
