//! Numbers about a system, for who follows them over time: how much hangs together, as far as files say.
//!
//! Where files hide most calls, the rest would look well parted; then there are no numbers. The measures are those of
//! Martin (instability), `MacCormack`, Rusnak and Baldwin (propagation cost), and Rud, Schmietendorf and Dumke (who calls
//! whom). The weights of the index are a choice that no study backs, so its parts are always shown with it.
#![expect(clippy::cast_precision_loss, reason = "counts of nodes are far below 2 to the 52nd")]

use std::collections::{BTreeMap, BTreeSet};

use super::paths::Links;
use super::{Confidence, Edge, EdgeKind, Graph, Id, NodeKind, ShareKind, Sign, Signal};
use crate::model::image::MOVING_TAGS;

/// Components that a system has at least; of fewer each one weighs too much.
pub const FEWEST: usize = 4;

/// A system, and its numbers if enough of it is seen.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The number of the system.
    pub system: usize,
    /// How many components it has; those that run the same image count as one, those that end by themselves do not.
    pub components: usize,
    /// How many of them have an address of another node, or are addressed by one.
    pub addressed: usize,
    /// Pairs of components of which one calls the other.
    pub calls: usize,
    /// `None` where too little is seen, or there is.
    pub metrics: Option<Metrics>,
}

/// The numbers of a system.
#[derive(Clone, Debug)]
pub struct Metrics {
    /// Calls, of all that there could be.
    pub density: f64,
    /// Of how many components a component reaches one, itself included; unknown in a very large system.
    pub propagation_cost: Option<f64>,
    /// The same without what a component that reaches only itself adds: 0 where nothing calls anything.
    pub normalised_propagation_cost: Option<f64>,
    /// The part of the components that are in the largest cycle.
    pub cycle_share: f64,
    /// The calls of the longest chain.
    pub depth: usize,
    /// Of the datastores, those in which several components use one database; unknown without datastores.
    pub shared_store_share: Option<f64>,
    /// Components that start only when another one is healthy or done.
    pub start_gate_share: f64,
    /// Components in the largest group of different images that are deployed in one version.
    pub lock_step_share: f64,
    /// Components that have a secret in common with another one.
    pub shared_secret_share: f64,
    /// From 0 to 100, the weighted sum of the parts.
    pub index: Option<f64>,
    /// Each component.
    pub components: Vec<Component>,
}

/// The numbers of one component.
#[derive(Clone, Debug)]
pub struct Component {
    /// The nodes that run it.
    pub nodes: Vec<Id>,
    /// How many components call it.
    pub fan_in: usize,
    /// How many it calls.
    pub fan_out: usize,
    /// What it calls, of all calls from and to it; unknown without any.
    pub instability: Option<f64>,
    /// The part of the other components that call it, directly or through others; unknown in a very large system.
    pub blast_radius: Option<f64>,
}

impl Metrics {
    /// What the index is made of: the name of each part, its weight and its value.
    pub fn parts(&self) -> [(&'static str, f64, Option<f64>); 6] {
        [
            ("normalised_propagation_cost", 0.30, self.normalised_propagation_cost),
            ("cycle_share", 0.20, Some(self.cycle_share)),
            ("shared_store_share", 0.25, Some(self.shared_store_share.unwrap_or_default())),
            ("start_gate_share", 0.10, Some(self.start_gate_share)),
            ("lock_step_share", 0.10, Some(self.lock_step_share)),
            ("shared_secret_share", 0.05, Some(self.shared_secret_share)),
        ]
    }
}

/// Measures each system that has a component.
pub fn measure(graph: &Graph) -> Vec<Measured> {
    let systems = System::all(graph);
    let measured = systems.iter().map(|(number, system)| {
        let calls = system.links.pairs().count();
        // With fewer, nothing of what is seen says anything about the rest.
        let seen = system.len() >= FEWEST && system.tells && system.addressed.len() * 2 >= system.len();
        Measured {
            system: *number,
            components: system.len(),
            addressed: system.addressed.len(),
            calls,
            metrics: seen.then(|| system.metrics()),
        }
    });
    measured.collect()
}

/// Whether a sign is told to the caller itself, and not a line of a proxy's settings.
fn is_own(sign: &Sign) -> bool {
    sign.confidence >= Confidence::Medium && sign.signal != Signal::ConfigFile
}

/// Those that deploy together, with components by numbers of their own.
#[derive(Default)]
struct System {
    members: Vec<Vec<Id>>,
    links: Links,
    /// Whether some call is shown by more than the settings of a proxy: its program is a list of addresses, and shows
    /// nothing of those behind it.
    tells: bool,
    addressed: BTreeSet<usize>,
    stores: BTreeSet<Id>,
    /// Who uses which database of which store.
    databases: BTreeMap<(Id, String), BTreeSet<usize>>,
    gated: BTreeSet<usize>,
    /// Components by tag, with the images that have it.
    tags: BTreeMap<String, (BTreeSet<usize>, BTreeSet<String>)>,
    secretive: BTreeSet<usize>,
}

impl System {
    fn all(graph: &Graph) -> BTreeMap<usize, System> {
        let mut systems: BTreeMap<usize, System> = BTreeMap::new();
        let mut numbers: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut of: Vec<Option<usize>> = vec![None; graph.nodes.len()];
        for (id, node) in graph.nodes.iter().enumerate() {
            if node.kind == NodeKind::Component && !node.once {
                let system = systems.entry(node.system).or_default();
                let number = *numbers.entry((node.system, node.component)).or_insert(system.members.len());
                if number == system.members.len() {
                    system.members.push(Vec::new());
                }
                system.members[number].push(id);
                of[id] = Some(number);
            }
        }
        for (id, node) in graph.nodes.iter().enumerate().filter(|(_, node)| node.kind == NodeKind::Datastore)
        {
            if let Some(system) = systems.get_mut(&node.system) {
                system.stores.insert(id);
            }
        }
        let mut pairs: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for edge in graph.calls().filter(|edge| graph.nodes[edge.from].system == graph.nodes[edge.to].system)
        {
            if let (Some(from), Some(to)) = (of[edge.from], of[edge.to]) {
                let number = graph.nodes[edge.from].system;
                pairs.entry(number).or_default().push((from, to));
                if let Some(system) = systems.get_mut(&number) {
                    system.tells |= edge.signs.iter().any(is_own);
                }
            }
        }
        for (number, system) in &mut systems {
            system.links = Links::new(system.len(), pairs.remove(number).unwrap_or_default());
        }
        for edge in &graph.edges {
            if let Some(system) = systems.get_mut(&graph.nodes[edge.from].system) {
                system.take(edge, &of);
            }
        }
        share(graph, &of, &mut systems);
        systems
    }

    fn len(&self) -> usize {
        self.members.len()
    }

    /// Takes note of what an edge says beside calls.
    fn take(&mut self, edge: &Edge, of: &[Option<usize>]) {
        let ends = [of[edge.from], of[edge.to]];
        let addresses = [EdgeKind::Sync, EdgeKind::Async, EdgeKind::Datastore].contains(&edge.kind);
        if addresses && edge.confidence >= Confidence::Medium {
            self.addressed.extend(ends.into_iter().flatten());
        }
        if let (EdgeKind::Order, [Some(from), Some(to)]) = (edge.kind, ends)
            && from != to
            && edge.signs.iter().any(|sign| sign.gate)
        {
            self.gated.insert(from);
        }
        for sign in edge.signs.iter().filter(|sign| sign.confidence >= Confidence::Medium) {
            if let (EdgeKind::Datastore, Some(user), Some((database, _))) =
                (edge.kind, of[edge.from], &sign.store.database)
            {
                self.databases.entry((edge.to, database.clone())).or_default().insert(user);
            }
        }
    }

    fn metrics(&self) -> Metrics {
        let count = self.len() as f64;
        let share = |part: usize| part as f64 / count;
        let reach = self.links.reach().map(|reach| reach.counts());
        let back = self.links.reversed();
        let behind = back.reach().map(|reach| reach.counts());
        let cost = reach.map(|reach| reach.iter().sum::<usize>() as f64 / (count * count));
        let step = |(tagged, images): &(BTreeSet<usize>, BTreeSet<String>)| {
            if images.len() > 1 { tagged.len() } else { 0 }
        };
        let used = self.databases.iter().filter(|(_, users)| users.len() > 1);
        let shared: BTreeSet<Id> = used.map(|((store, _), _)| *store).collect();
        let components = self.members.iter().enumerate().map(|(number, nodes)| {
            let (fan_in, fan_out) = (back.from(number).len(), self.links.from(number).len());
            let all = fan_in + fan_out;
            Component {
                nodes: nodes.clone(),
                fan_in,
                fan_out,
                instability: (all > 0).then(|| fan_out as f64 / all as f64),
                blast_radius: behind.as_ref().map(|behind| (behind[number] - 1) as f64 / (count - 1.0)),
            }
        });
        let mut metrics = Metrics {
            density: self.links.pairs().count() as f64 / (count * (count - 1.0)),
            propagation_cost: cost,
            normalised_propagation_cost: cost.map(|cost| (cost - 1.0 / count) / (1.0 - 1.0 / count)),
            cycle_share: share(self.links.groups().largest().map_or(0, <[usize]>::len)),
            depth: self.links.longest().len(),
            shared_store_share: (!self.stores.is_empty())
                .then(|| shared.len() as f64 / self.stores.len() as f64),
            start_gate_share: share(self.gated.len()),
            lock_step_share: share(self.tags.values().map(step).max().unwrap_or_default()),
            shared_secret_share: share(self.secretive.len()),
            index: None,
            components: components.collect(),
        };
        let sum =
            metrics.parts().into_iter().map(|(_, weight, value)| value.map(|value| 100.0 * weight * value));
        metrics.index = sum.sum();
        metrics
    }
}

/// Takes note of versions and secrets.
fn share(graph: &Graph, of: &[Option<usize>], systems: &mut BTreeMap<usize, System>) {
    for release in graph.releases.iter().filter(|release| !MOVING_TAGS.contains(&release.tag.text.as_str())) {
        let system = systems.get_mut(&graph.nodes[release.node].system);
        if let (Some(system), Some(component)) = (system, of[release.node]) {
            let (components, images) = system.tags.entry(release.tag.text.clone()).or_default();
            components.insert(component);
            images.insert(release.image.clone());
        }
    }
    for secret in graph.shares.iter().filter(|share| share.kind == ShareKind::Secret) {
        let mut users: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for user in &secret.uses {
            users.entry(graph.nodes[user.node].system).or_default().extend(of[user.node]);
        }
        for (number, users) in users.into_iter().filter(|(_, users)| users.len() > 1) {
            if let Some(system) = systems.get_mut(&number) {
                system.secretive.extend(users);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Node, Release, Share, Sign, Signal, Store, Use};
    use super::*;
    use crate::model::Setting;
    use crate::model::workload::Word;
    use crate::text::{FileId, Span};

    const NOWHERE: Span = Span { file: FileId(0), start: 0, end: 0 };

    fn node(name: &str, kind: NodeKind, component: usize) -> Node {
        Node {
            id: name.into(),
            name: name.into(),
            kind,
            namespace: None,
            places: Vec::new(),
            image: None,
            component,
            system: 0,
            owner: None,
            replicas: Setting::Unset,
            exposed: Vec::new(),
            once: false,
        }
    }

    fn edge(from: Id, to: Id, kind: EdgeKind, database: Option<&str>) -> Edge {
        let database = database.map(|name| (name.to_owned(), NOWHERE));
        let sign = Sign {
            signal: Signal::Env,
            confidence: Confidence::High,
            span: NOWHERE,
            key: None,
            gate: kind == EdgeKind::Order,
            store: Store { database, ..Store::default() },
        };
        Edge { from, to, kind, confidence: Confidence::High, signs: vec![sign] }
    }

    /// 0 calls 1, 1 calls 2, 2 and 3 call each other; 4 is a store of 0 and 1; 5 runs what 3 runs.
    fn graph() -> Graph {
        let mut nodes: Vec<Node> = ["a", "b", "c", "d"]
            .iter()
            .enumerate()
            .map(|(at, name)| node(name, NodeKind::Component, at))
            .collect();
        nodes.push(node("db", NodeKind::Datastore, 4));
        nodes.push(node("d-worker", NodeKind::Component, 3));
        let sync = |from, to| edge(from, to, EdgeKind::Sync, None);
        let store = |from, name| edge(from, 4, EdgeKind::Datastore, Some(name));
        let edges = vec![
            sync(0, 1),
            edge(0, 1, EdgeKind::Order, None),
            store(0, "orders"),
            sync(1, 2),
            store(1, "orders"),
            sync(2, 3),
            store(2, "carts"),
            sync(3, 2),
            sync(5, 2),
        ];
        Graph { nodes, edges, ..Graph::default() }
    }

    fn near(one: Option<f64>, other: f64) {
        assert!(one.is_some_and(|one| (one - other).abs() < 1e-9), "{one:?} is not {other}");
    }

    #[test]
    fn numbers_of_a_small_system() {
        let measured = measure(&graph());
        let [system] = &measured[..] else { panic!("{measured:?}") };
        assert_eq!((system.components, system.addressed, system.calls), (4, 4, 4));
        let metrics = system.metrics.as_ref().unwrap();
        near(Some(metrics.density), 4.0 / 12.0);
        near(metrics.propagation_cost, 11.0 / 16.0);
        near(metrics.normalised_propagation_cost, 7.0 / 12.0);
        near(Some(metrics.cycle_share), 0.5);
        assert_eq!(metrics.depth, 2);
        near(metrics.shared_store_share, 1.0);
        near(Some(metrics.start_gate_share), 0.25);
        near(metrics.index, 30.0 * 7.0 / 12.0 + 10.0 + 25.0 + 2.5);
        let last = &metrics.components[3];
        assert_eq!((&last.nodes[..], last.fan_in, last.fan_out), (&[3, 5][..], 1, 1));
        near(last.instability, 0.5);
        near(last.blast_radius, 1.0);
    }

    #[test]
    fn what_is_shared_counts() {
        let mut graph = graph();
        let release = |node, image: &str, tag: &str| Release {
            node,
            image: image.into(),
            tag: Word { text: tag.into(), span: NOWHERE },
            built: true,
        };
        graph.releases = vec![release(0, "a", "1"), release(1, "b", "1"), release(2, "c", "latest")];
        let user = |node| Use { node, span: NOWHERE, writes: false, whole: false };
        let share = |name: &str, uses| Share {
            kind: ShareKind::Secret,
            name: name.into(),
            place: None,
            uses,
            holds: Vec::new(),
        };
        graph.shares =
            vec![share("key", vec![user(0), user(1), user(2)]), share("own", vec![user(3), user(5)])];
        let metrics = measure(&graph)[0].metrics.clone().unwrap();
        near(Some(metrics.lock_step_share), 0.5);
        near(Some(metrics.shared_secret_share), 0.75);
    }

    #[test]
    fn nothing_is_measured_in_the_dark() {
        let mut graph = graph();
        graph.edges.retain(|edge| edge.kind != EdgeKind::Sync);
        let measured = &measure(&graph)[0];
        assert_eq!((measured.components, measured.addressed, measured.calls), (4, 3, 0));
        assert!(measured.metrics.is_none(), "no call is seen");
        let names = (4..20).map(|at| node(&format!("n{at}"), NodeKind::Component, at + 10));
        let mut graph = self::graph();
        graph.nodes.extend(names);
        assert!(measure(&graph)[0].metrics.is_none(), "most have no address");
        assert!(measure(&Graph::default()).is_empty());
        let mut graph = self::graph();
        graph.nodes.truncate(3);
        graph.edges.retain(|edge| edge.from < 3 && edge.to < 3);
        assert!(measure(&graph)[0].metrics.is_none(), "there are too few");
    }
}
