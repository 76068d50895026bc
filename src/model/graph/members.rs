//! The nodes of a graph, and the names under which they are reached.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::parties::{Party, namespace};
use super::systems::Systems;
use super::{Id, Node, NodeKind, kinds};
use crate::model::Setting;
use crate::model::coupling::Holder;
use crate::model::matching::{Carrier, From, Reach};
use crate::model::wired::Wired;
use crate::text::{FileId, Span};

/// Workloads behind one Service that are taken for versions of one.
const MOST_VERSIONS: usize = 16;

/// Nodes of one name, with the namespaces that it holds in.
type Named<'p> = Vec<(Option<&'p str>, Id)>;

/// The nodes, and what leads to them.
#[derive(Debug, Default)]
pub(super) struct Members<'p> {
    pub(super) nodes: Vec<Node>,
    /// By the number of a file among the facts.
    of_party: HashMap<(usize, Holder), Id>,
    /// Names in each system, with the namespaces that they hold in.
    names: HashMap<(usize, &'p str), Named<'p>>,
    /// Names that are written to be in a namespace, whatever system they are of.
    spaced: HashMap<(&'p str, &'p str), BTreeSet<Id>>,
    /// What no file declares, by system, kind and name.
    others: HashMap<(usize, NodeKind, String), Id>,
    /// Namespaces of anything that runs.
    namespaces: HashSet<&'p str>,
    /// The ports that each listens on.
    pub(super) ports: Vec<BTreeSet<u16>>,
    /// Numbers of files with objects, among the facts.
    files: HashMap<FileId, usize>,
    /// Nodes by the Dockerfile that their image is built from.
    pub(super) built: BTreeMap<FileId, BTreeSet<Id>>,
}

/// Where a name is looked up from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Here<'p> {
    pub(super) system: usize,
    pub(super) namespace: Option<&'p str>,
}

/// What a host leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// To a node.
    To(Id),
    /// To something that should be here and is not.
    Nowhere,
    /// Out of what the files describe, or to several nodes.
    Away,
}

impl<'p> Members<'p> {
    /// Makes nodes of parties, and names them.
    pub(super) fn of(wired: &Wired<'p>, systems: &Systems, parties: &[Party<'p>]) -> Members<'p> {
        let files = wired.project.files.iter().enumerate();
        let files = files.filter_map(|(at, facts)| Some((facts.resources.first()?.anchor.file, at)));
        let mut members = Members { files: files.collect(), ..Members::default() };
        // What is laid over others comes last, so that it meets what it belongs to.
        for party in parties.iter().filter(|party| !party.fragment) {
            members.party(systems, party);
        }
        for party in parties.iter().filter(|party| party.fragment) {
            members.party(systems, party);
        }
        members.services(wired, systems);
        members.aliases(wired, systems);
        members.other_names(wired, systems);
        members
    }

    fn party(&mut self, systems: &Systems, party: &Party<'p>) {
        let system = systems.of_file(party.file, party.holder);
        let known = self.names.get(&(system, party.name)).and_then(|all| {
            let same = |(space, _): &&(Option<&str>, Id)| meet(*space, party.namespace);
            all.iter().find(same).map(|(_, id)| *id)
        });
        let id = known.unwrap_or_else(|| self.add(system, party));
        self.of_party.insert((party.file, party.holder), id);
        self.ports[id].extend(&party.ports);
        if let Some(file) = party.built {
            self.built.entry(file).or_default().insert(id);
        }
        let node = &mut self.nodes[id];
        node.places.push(party.anchor);
        node.exposed.extend(&party.exposed);
        if node.image.is_none() {
            node.image = repository(party);
        }
        if node.namespace.is_none() {
            node.namespace = party.namespace.map(str::to_owned);
        }
        node.replicas = replicas(&node.replicas, &party.replicas);
        if known.is_some() {
            self.name(system, party.name, party.namespace, id);
        }
    }

    fn add(&mut self, system: usize, party: &Party<'p>) -> Id {
        let id = self.nodes.len();
        let image = repository(party);
        let by_image = image.as_deref().and_then(kinds::of_image);
        let kind = by_image.or_else(|| kinds::of_name(party.name)).unwrap_or(NodeKind::Component);
        self.nodes.push(Node {
            id: String::new(),
            name: party.name.to_owned(),
            kind,
            namespace: party.namespace.map(str::to_owned),
            places: Vec::new(),
            image,
            component: id,
            system,
            owner: None,
            replicas: Setting::Unset,
            exposed: Vec::new(),
            once: party.once,
        });
        self.ports.push(BTreeSet::new());
        self.name(system, party.name, party.namespace, id);
        id
    }

    /// A node that no file declares: a gateway, something outside.
    pub(super) fn add_other(&mut self, system: usize, name: &str, kind: NodeKind, place: Option<Span>) -> Id {
        let key = (system, kind, name.to_owned());
        if let Some(id) = self.others.get(&key) {
            return *id;
        }
        let id = self.nodes.len();
        self.others.insert(key, id);
        self.nodes.push(Node {
            id: String::new(),
            name: name.to_owned(),
            kind,
            namespace: None,
            places: place.into_iter().collect(),
            image: None,
            component: id,
            system,
            owner: None,
            replicas: Setting::Unset,
            exposed: Vec::new(),
            once: false,
        });
        self.ports.push(BTreeSet::new());
        id
    }

    fn name(&mut self, system: usize, name: &'p str, namespace: Option<&'p str>, id: Id) {
        let all = self.names.entry((system, name)).or_default();
        if !all.contains(&(namespace, id)) {
            all.push((namespace, id));
        }
        if let Some(namespace) = namespace {
            self.namespaces.insert(namespace);
            self.spaced.entry((name, namespace)).or_default().insert(id);
        }
    }

    /// Services lead to the pods that they select.
    fn services(&mut self, wired: &Wired<'p>, systems: &Systems) {
        for (file, facts) in wired.project.files.iter().enumerate() {
            for service in &facts.services {
                let resource = facts.resource(service.resource);
                let (Some(name), Some(selector)) = (resource.name.get(), &service.selector) else { continue };
                let from = From { facts, resource };
                let found = wired.pods().find(from, selector, Reach::Namespace);
                let system = systems.of_file(file, Holder::Object(service.resource));
                let ids = found.sure.iter().filter_map(|carrier| {
                    let number = Holder::Pod(carrier.number);
                    let other = self.file_of(carrier)?;
                    let near =
                        systems.of_file(other, number) == system || wired.together(from, carrier.from());
                    self.of_party.get(&(other, number)).copied().filter(|_| near)
                });
                let ids: BTreeSet<Id> = ids.collect();
                self.service(system, name, namespace(resource), &ids);
                let ports = service.ports.items.iter().filter_map(|port| port.port.get());
                let ports: Vec<u16> = ports.filter_map(|port| u16::try_from(*port).ok()).collect();
                let open =
                    ["NodePort", "LoadBalancer"].map(Some).contains(&service.kind.get().map(String::as_str));
                for id in ids {
                    self.ports[id].extend(&ports);
                    self.nodes[id].exposed.extend(open.then_some(service.anchor));
                }
            }
        }
    }

    /// The number among the facts of the file that pods stand in.
    pub(super) fn file_of(&self, carrier: &Carrier<'_>) -> Option<usize> {
        self.files.get(&carrier.resource.anchor.file).copied()
    }

    fn service(&mut self, system: usize, name: &'p str, namespace: Option<&'p str>, ids: &BTreeSet<Id>) {
        let exact = ids.iter().find(|id| self.nodes[**id].name == name);
        let versions = || ids.iter().all(|id| self.nodes[*id].name.starts_with(name));
        match (ids.len(), exact) {
            (0, _) => {}
            (_, Some(id)) => self.name(system, name, namespace, *id),
            (1, None) => self.name(system, name, namespace, ids.first().copied().unwrap_or_default()),
            // Versions of one: `reviews-v1`, `reviews-v2`.
            (2..=MOST_VERSIONS, None) if versions() => {
                if let Some(first) = ids.first() {
                    for id in ids {
                        self.nodes[*id].component = *first;
                    }
                    self.name(system, name, namespace, *first);
                }
            }
            _ => {}
        }
    }

    /// Services that only stand for a host.
    fn other_names(&mut self, wired: &Wired<'p>, systems: &Systems) {
        for (file, facts) in wired.project.files.iter().enumerate() {
            for (number, host) in &facts.coupling.other_names {
                let resource = facts.resource(*number);
                let Some(name) = resource.name.get() else { continue };
                let system = systems.of_file(file, Holder::Object(*number));
                let here = Here { system, namespace: namespace(resource) };
                let id = match self.lead(here, &host.text) {
                    Lead::To(id) => id,
                    _ => self.add_other(system, &host.text, NodeKind::External, Some(host.span)),
                };
                self.name(system, name, here.namespace, id);
            }
        }
    }

    /// Other names, where they are of one node only: many containers of one file may share a host name.
    fn aliases(&mut self, wired: &Wired<'p>, systems: &Systems) {
        let mut meant: BTreeMap<(usize, &'p str), BTreeSet<Id>> = BTreeMap::new();
        for (file, facts) in wired.project.files.iter().enumerate() {
            for (holder, name) in &facts.coupling.aliases {
                if let Some(id) = self.of_party.get(&(file, *holder)) {
                    let system = systems.of_file(file, *holder);
                    meant.entry((system, name.text.as_str())).or_default().insert(*id);
                }
            }
        }
        for ((system, name), ids) in meant.into_iter().filter(|(_, ids)| ids.len() == 1) {
            if let Some(id) = ids.first()
                && !self.names.contains_key(&(system, name))
            {
                self.name(system, name, None, *id);
            }
        }
    }

    /// The node of somebody in a file.
    pub(super) fn party_of(&self, file: usize, holder: Holder) -> Option<Id> {
        self.of_party.get(&(file, holder)).copied()
    }

    /// The node of this name, in a namespace that may be meant.
    pub(super) fn named(&self, here: Here<'_>, name: &str) -> Option<Id> {
        let all = self.names.get(&(here.system, name))?;
        let exact = all.iter().find(|(space, _)| space.is_some() && *space == here.namespace);
        let found = exact.or_else(|| all.iter().find(|(space, _)| meet(*space, here.namespace)));
        found.map(|(_, id)| *id)
    }

    /// What a host leads to.
    pub(super) fn lead(&self, here: Here<'_>, host: &str) -> Lead {
        let host = host.trim_end_matches('.');
        if is_self(host) || host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return Lead::Away;
        }
        if let Some(id) = self.named(here, host) {
            return Lead::To(id);
        }
        let labels: Vec<&str> = host.split('.').collect();
        let (name, space) = match labels[..] {
            [name] => match here.namespace {
                Some(space) => (name, space),
                None => return Lead::Nowhere,
            },
            [name, space] | [name, space, "svc", ..] | [_, name, space, "svc", ..] => (name, space),
            _ => return Lead::Away,
        };
        let there = Here { namespace: Some(space), ..here };
        if let Some(id) = self.named(there, name) {
            return Lead::To(id);
        }
        let mut far = self.spaced.get(&(name, space)).into_iter().flatten();
        match (far.next(), far.next()) {
            (Some(id), None) => Lead::To(*id),
            (None, _) if self.namespaces.contains(space) => Lead::Nowhere,
            _ => Lead::Away,
        }
    }
}

/// How many of something run that is said twice: what a patch or another place to run it in says differently, is unknown.
fn replicas(known: &Setting<i64>, more: &Setting<i64>) -> Setting<i64> {
    match (known, more) {
        (known, Setting::Unset) => known.clone(),
        (Setting::Unset, more) => more.clone(),
        (Setting::Set(one, span), Setting::Set(other, _)) if one != other => Setting::Unknown(*span),
        (Setting::Set(..), Setting::Set(..)) | (Setting::Unknown(_), _) => known.clone(),
        (Setting::Set(..), Setting::Unknown(_)) => more.clone(),
    }
}

/// Whether two namespaces may be one.
fn meet(one: Option<&str>, two: Option<&str>) -> bool {
    one.is_none() || two.is_none() || one == two
}

/// Whether a host is the one that it is written for.
fn is_self(host: &str) -> bool {
    matches!(host, "localhost" | "localhost.localdomain" | "host.docker.internal" | "kubernetes")
        || host.starts_with("127.")
        || host.starts_with("kubernetes.default")
        || host == "0.0.0.0"
}

/// The repository of a party's image, without its registry.
fn repository(party: &Party<'_>) -> Option<String> {
    let repository = &party.image?.repository.text;
    (!repository.is_empty()).then(|| repository.to_ascii_lowercase())
}
