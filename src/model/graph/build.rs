//! From what files tell to edges.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::members::{Here, Lead, Members};
use super::parties::{self, namespace};
use super::systems::Systems;
use super::telling::{is_hard, is_outside, sign_of};
use super::{
    Confidence, Dangling, Edge, EdgeKind, Graph, HardAddress, Id, NodeKind, Probe, Release, Share, ShareKind,
    Sign, Signal, kinds, mesh, policies, routes,
};
use crate::model::Facts;
use crate::model::coupling::{Holder, Import, Told};
use crate::model::wired::Wired;
use crate::syntax::address::is_address_key;

/// Somebody who is told something, and what it is said by.
pub(super) struct Says<'p> {
    /// Who.
    pub(super) from: Id,
    /// How sure it makes what is said.
    pub(super) best: Confidence,
    /// Where it is said from.
    pub(super) here: Here<'p>,
}

/// Settings with the addresses of more others than this are for whoever needs one of them.
const FEW_HOSTS: usize = 2;

/// The graph while it is made.
pub(super) struct Builder<'w, 'p> {
    pub(super) wired: &'w Wired<'p>,
    pub(super) systems: Systems,
    pub(super) members: Members<'p>,
    pub(super) edges: BTreeMap<(Id, Id, EdgeKind), Vec<Sign>>,
    /// How many addresses lead somewhere, and how many nowhere, by system.
    leads: HashMap<usize, (usize, usize)>,
    dangling: Vec<(usize, Dangling)>,
    hard: Vec<HardAddress>,
    pub(super) shares: BTreeMap<(ShareKind, usize, String), Share>,
    /// Who takes settings from an object, by its file and number.
    pub(super) users: HashMap<(usize, Holder), Vec<(Id, Import)>>,
    /// The hosts that stand in settings.
    hosts: HashMap<(usize, Holder), BTreeSet<&'p str>>,
}

/// Makes the graph of a project.
pub(super) fn build(wired: &Wired<'_>) -> Graph {
    let parties = parties::of(wired);
    if parties.is_empty() {
        return Graph::default();
    }
    let systems = Systems::of(wired, &parties);
    let members = Members::of(wired, &systems, &parties);
    let mut builder = Builder {
        wired,
        systems,
        members,
        edges: BTreeMap::new(),
        leads: HashMap::new(),
        dangling: Vec::new(),
        hard: Vec::new(),
        shares: BTreeMap::new(),
        users: HashMap::new(),
        hosts: hosts(wired),
    };
    builder.imports();
    builder.told();
    builder.settings();
    builder.order();
    builder.channels();
    policies::add(&mut builder);
    mesh::add(&mut builder);
    let mesh = routes::add(&mut builder);
    let probes = builder.probes();
    builder.kinds();
    builder.names();
    builder.details();
    let releases = parties.iter().filter_map(|party| builder.release(party));
    let releases = releases.collect();
    builder.finish(releases, probes, mesh)
}

impl<'p> Builder<'_, 'p> {
    pub(super) fn files(&self) -> impl Iterator<Item = (usize, &'p Facts)> + use<'p> {
        self.wired.project.files.iter().enumerate()
    }

    /// Where somebody looks names up.
    pub(super) fn here(&self, file: usize, holder: Holder) -> Here<'p> {
        let facts = &self.wired.project.files[file];
        let resource = match holder {
            Holder::Pod(number) => Some(facts.workloads[number].resource),
            Holder::Object(resource) => Some(resource),
            _ => None,
        };
        let namespace = resource.and_then(|resource| namespace(facts.resource(resource)));
        Here { system: self.systems.of_file(file, holder), namespace }
    }

    /// Whom something is said to.
    pub(super) fn listeners(&self, file: usize, holder: Holder, key: &str) -> Vec<Says<'p>> {
        let here = self.here(file, holder);
        let says = |from: Id, best: Confidence| Says { from, best, here };
        match holder {
            Holder::Pod(_) | Holder::Service(_) => {
                let id = self.members.party_of(file, holder);
                id.map(|id| says(id, Confidence::High)).into_iter().collect()
            }
            Holder::Image => {
                let place = self.wired.project.files[file].stages.first().map(|stage| stage.whole.file);
                let users = place.and_then(|place| self.members.built.get(&place)).into_iter().flatten();
                let at = |id: Id| Here { system: self.members.nodes[id].system, ..here };
                users.map(|id| Says { from: *id, best: Confidence::High, here: at(*id) }).collect()
            }
            Holder::Object(_) => {
                let own = self.members.party_of(file, holder).or_else(|| self.scaled(file, holder));
                let own = own.map(|id| says(id, Confidence::High));
                own.map_or_else(|| self.readers(file, holder, key, here), |own| vec![own])
            }
            Holder::Made(_) => self.readers(file, holder, key, here),
            Holder::File => Vec::new(),
        }
    }

    /// Those who take a key of an object: one alone who takes all of it is told all of it; of several nobody knows
    /// whom which key is for, unless there is hardly anything else in it.
    fn readers(&self, file: usize, holder: Holder, key: &str, here: Here<'p>) -> Vec<Says<'p>> {
        let Some(users) = self.users.get(&(file, holder)) else { return Vec::new() };
        let whole: BTreeSet<usize> = users
            .iter()
            .filter(|(_, import)| import.key.is_none())
            .map(|(id, _)| self.component(*id))
            .collect();
        let few = self.hosts.get(&(file, holder)).is_none_or(|hosts| hosts.len() <= FEW_HOSTS);
        let mut found: Vec<Says<'p>> = Vec::new();
        for (id, import) in users {
            let best = match &import.key {
                Some(taken) if taken == key => Confidence::High,
                None if whole.len() == 1 || few => Confidence::Medium,
                _ => continue,
            };
            if !found.iter().any(|says| says.from == *id) {
                found.push(Says { from: *id, best, here });
            }
        }
        found
    }

    /// The node that an autoscaler is for.
    fn scaled(&self, file: usize, holder: Holder) -> Option<Id> {
        let Holder::Object(resource) = holder else { return None };
        let facts = &self.wired.project.files[file];
        let scaler = facts.scalers.iter().find(|scaler| scaler.resource == resource)?;
        self.members.named(self.here(file, holder), scaler.name.get()?)
    }

    fn component(&self, id: Id) -> usize {
        self.members.nodes[id].component
    }

    /// Addresses.
    fn told(&mut self) {
        for (file, facts) in self.files() {
            for told in &facts.coupling.told {
                for says in self.listeners(file, told.holder, &told.key) {
                    self.address(&says, told);
                }
                if let Holder::Object(_) | Holder::Made(_) = told.holder {
                    self.held(file, told);
                }
            }
        }
    }

    /// One address that somebody is told.
    pub(super) fn address(&mut self, says: &Says<'p>, told: &Told) {
        let order = told.signal == Signal::Wait;
        let sign = sign_of(told, says.best, &BTreeSet::new());
        if is_hard(told) {
            self.hard.push(HardAddress { from: says.from, host: told.host.text.clone(), sign });
            return;
        }
        match self.members.lead(says.here, &told.host.text) {
            Lead::To(to) => {
                let sign = sign_of(told, says.best, &self.members.ports[to]);
                self.leads.entry(says.here.system).or_default().0 += 1;
                let scheme = told.scheme.as_deref().and_then(kinds::of_scheme);
                if let (Some(kind), NodeKind::Component) = (scheme, self.members.nodes[to].kind) {
                    self.members.nodes[to].kind = kind;
                }
                let kind = if order { EdgeKind::Order } else { EdgeKind::Sync };
                self.edge(says.from, to, kind, sign);
            }
            Lead::Nowhere if told.port.is_some() || told.scheme.is_some() || told.bare => {
                self.leads.entry(says.here.system).or_default().1 += 1;
                let host = told.host.text.clone();
                let dangling = Dangling { from: says.from, host, sign, siblings: (0, 0) };
                self.dangling.push((says.here.system, dangling));
            }
            Lead::Away if is_outside(told) => {
                let place = None;
                let to = self.members.add_other(says.here.system, &told.host.text, NodeKind::External, place);
                let sure =
                    is_address_key(&told.key) || told.scheme.as_deref().and_then(kinds::of_scheme).is_some();
                let confidence = if sure { sign.confidence } else { Confidence::Low };
                self.edge(says.from, to, EdgeKind::Sync, Sign { confidence, ..sign });
            }
            Lead::Nowhere | Lead::Away => {}
        }
    }

    /// Adds a sign; the kind of an edge to what keeps data or messages follows from it in the end.
    pub(super) fn edge(&mut self, from: Id, to: Id, kind: EdgeKind, sign: Sign) {
        if from != to && self.component(from) != self.component(to) {
            self.edges.entry((from, to, kind)).or_default().push(sign);
        }
    }

    fn probes(&mut self) -> Vec<Probe> {
        let mut probes = Vec::new();
        for (file, facts) in self.files() {
            for (told, liveness) in &facts.coupling.probes {
                for says in self.listeners(file, told.holder, "") {
                    let Lead::To(to) = self.members.lead(says.here, &told.host.text) else { continue };
                    if self.component(to) != self.component(says.from) {
                        let (from, span) = (says.from, told.host.span);
                        probes.push(Probe { from, to, liveness: *liveness, span });
                        let best = Confidence::Medium;
                        let sign = sign_of(told, best, &BTreeSet::new());
                        self.edge(from, to, EdgeKind::Sync, sign);
                    }
                }
            }
        }
        probes
    }

    fn finish(self, releases: Vec<Release>, probes: Vec<Probe>, mesh: (BTreeSet<usize>, Vec<Id>)) -> Graph {
        let leads = self.leads;
        let dangling = self.dangling.into_iter();
        let dangling = dangling.map(|(system, dangling)| {
            let siblings = leads.get(&system).copied().unwrap_or_default();
            Dangling { siblings, ..dangling }
        });
        let dangling = dangling.collect();
        let shares = self.shares.into_values().filter(|share| {
            share.uses.iter().any(|one| one.node != share.uses[0].node) || !share.holds.is_empty()
        });
        let shares = shares.collect();
        let mut graph = Graph {
            nodes: self.members.nodes,
            edges: edges(self.edges),
            dangling,
            hard: self.hard,
            shares,
            releases,
            probes,
            meshed: mesh.0,
            guarded: mesh.1,
            layers: super::Layers::default(),
            systems: self.systems.names,
        };
        super::finish::finish(&mut graph);
        graph
    }
}

/// The hosts that stand in settings which others take.
fn hosts<'p>(wired: &Wired<'p>) -> HashMap<(usize, Holder), BTreeSet<&'p str>> {
    let mut hosts: HashMap<(usize, Holder), BTreeSet<&str>> = HashMap::new();
    for (file, facts) in wired.project.files.iter().enumerate() {
        for told in &facts.coupling.told {
            if matches!(told.holder, Holder::Object(_) | Holder::Made(_)) {
                hosts.entry((file, told.holder)).or_default().insert(&told.host.text);
            }
        }
    }
    hosts
}

/// Edges with their signs, the best first, each place once.
fn edges(all: BTreeMap<(Id, Id, EdgeKind), Vec<Sign>>) -> Vec<Edge> {
    let edges = all.into_iter().map(|((from, to, kind), mut signs)| {
        signs.sort_by_key(|sign| (std::cmp::Reverse(sign.confidence), sign.span.file, sign.span.start));
        let mut seen = BTreeSet::new();
        signs.retain(|sign| seen.insert((sign.span.file, sign.span.start, sign.signal)));
        let confidence = signs.first().map_or(Confidence::Low, |sign| sign.confidence);
        Edge { from, to, kind, confidence, signs }
    });
    edges.collect()
}
