//! Who depends on whom, as far as deployment files say: parties, what binds them, and the text of every sign of it.
//!
//! Only what is written is in it: an edge that no file shows is missing, so absence proves nothing.

mod beside;
mod build;
pub mod declared;
mod files;
mod finish;
mod kinds;
#[cfg(test)]
pub(crate) mod made;
mod members;
mod mesh;
pub mod metrics;
pub mod owners;
mod parties;
pub mod paths;
mod policies;
mod releases;
mod renumber;
mod routes;
mod settings;
mod shared;
pub mod sign;
mod systems;
mod telling;

use std::collections::{BTreeMap, BTreeSet};

pub use declared::{Declarations, Declared, Layer, Layers};
pub use sign::{Confidence, EdgeKind, Sign, Signal, Store};

use super::Setting;
use super::wired::Wired;
use super::workload::Word;
use crate::text::Span;

/// The number of a node in its graph.
pub type Id = usize;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// Something that runs code: a workload, a service of Compose.
    Component,
    /// Keeps data: a database, a cache, a store of objects.
    Datastore,
    /// Hands messages on.
    Broker,
    /// Serves the operation of others: tracing, metrics, discovery, secrets.
    Platform,
    /// Lets requests in: a gateway, an Ingress that no component here stands for.
    Ingress,
    /// Lies outside of the files.
    External,
}

impl NodeKind {
    /// The word for it in reports.
    pub fn name(self) -> &'static str {
        match self {
            NodeKind::Component => "component",
            NodeKind::Datastore => "datastore",
            NodeKind::Broker => "broker",
            NodeKind::Platform => "platform",
            NodeKind::Ingress => "ingress",
            NodeKind::External => "external",
        }
    }
}

/// Somebody who depends, or is depended on.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is called in reports: its name, with its namespace or the folder of its system in front of it where
    /// others have the same one.
    pub id: String,
    /// Its own name.
    pub name: String,
    /// What it is.
    pub kind: NodeKind,
    /// The namespace, where one is written.
    pub namespace: Option<String>,
    /// Where it is declared, first the place that stands for it; none of what lies outside.
    pub places: Vec<Span>,
    /// The repository of its image.
    pub image: Option<String>,
    /// The number that it shares with the nodes that run the same image under other commands.
    pub component: usize,
    /// The number that it shares with the nodes that are deployed together.
    pub system: usize,
    /// Who answers for it, and where that is written, unless a config says it.
    pub owner: Option<Owner>,
    /// How many of it run; unknown where something scales it, or where two places disagree.
    pub replicas: Setting<i64>,
    /// Where it is published to the outside: ports, an Ingress, a Gateway.
    pub exposed: Vec<Span>,
    /// Whether it ends by itself: jobs, seeders.
    pub once: bool,
}

/// Who answers for a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// A team or a person.
    pub name: String,
    /// Where that is written; `None` in a config or a catalogue.
    pub span: Option<Span>,
}

/// That one node depends on another in one way.
#[derive(Clone, Debug)]
pub struct Edge {
    /// Who depends.
    pub from: Id,
    /// On whom.
    pub to: Id,
    /// How.
    pub kind: EdgeKind,
    /// That of its best sign.
    pub confidence: Confidence,
    /// What shows it, best first; none of an edge that a config declares.
    pub signs: Vec<Sign>,
}

/// An address that nobody here has.
#[derive(Clone, Debug)]
pub struct Dangling {
    /// Who uses it.
    pub from: Id,
    /// The host as written.
    pub host: String,
    /// What shows it.
    pub sign: Sign,
    /// Of the other addresses of this kind in the same system: how many lead somewhere, and how many do not.
    pub siblings: (usize, usize),
}

/// An address that is a number: of whatever machine has it today.
#[derive(Clone, Debug)]
pub struct HardAddress {
    /// Who uses it.
    pub from: Id,
    /// The address as written.
    pub host: String,
    /// What shows it.
    pub sign: Sign,
}

/// What several nodes use in common, apart from addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ShareKind {
    /// A volume, a claim, a folder of the host.
    Volume,
    /// A key of a Secret, or a whole one.
    Secret,
    /// A ConfigMap or a file of settings.
    Config,
    /// A topic, a queue, a stream.
    Topic,
}

/// Something that nodes use in common.
#[derive(Clone, Debug)]
pub struct Share {
    /// What it is.
    pub kind: ShareKind,
    /// Its name, as people know it: `orders-tls/tls.key`, `./data`.
    pub name: String,
    /// Where it is defined, if it is here.
    pub place: Option<Span>,
    /// Who uses it, in the order of the graph.
    pub uses: Vec<Use>,
    /// Of settings: the nodes whose addresses stand in it, with the place of each.
    pub holds: Vec<(Id, Span)>,
}

/// That a node uses something.
#[derive(Clone, Debug)]
pub struct Use {
    /// Who.
    pub node: Id,
    /// Where that is written.
    pub span: Span,
    /// Whether it may write; unknown counts as no.
    pub writes: bool,
    /// Whether it takes all of it, where it could take a key.
    pub whole: bool,
}

/// The version that an image of the project is deployed in.
#[derive(Clone, Debug)]
pub struct Release {
    /// Who runs it.
    pub node: Id,
    /// The repository of the image.
    pub image: String,
    /// The tag, or the variable that stands for it, as written.
    pub tag: Word,
    /// Whether a Dockerfile here builds it.
    pub built: bool,
}

/// A check of one node that asks another one.
#[derive(Clone, Debug)]
pub struct Probe {
    /// Whose check it is.
    pub from: Id,
    /// Who is asked.
    pub to: Id,
    /// Whether a failure restarts it, and not only takes it out of service.
    pub liveness: bool,
    /// The host in the check.
    pub span: Span,
}

/// All that deployment files say of who depends on whom.
#[derive(Debug, Default)]
pub struct Graph {
    /// In the order of their ids.
    pub nodes: Vec<Node>,
    /// In the order of their ends, one for each pair and kind.
    pub edges: Vec<Edge>,
    /// Addresses that lead nowhere.
    pub dangling: Vec<Dangling>,
    /// Addresses that are numbers.
    pub hard: Vec<HardAddress>,
    /// What nodes have in common.
    pub shares: Vec<Share>,
    /// The versions of the project's own images.
    pub releases: Vec<Release>,
    /// Checks that ask others.
    pub probes: Vec<Probe>,
    /// Systems with objects of a mesh, which could say how calls fail.
    pub meshed: BTreeSet<usize>,
    /// Nodes whose calls are told how to fail: a timeout, retries, outlier detection.
    pub guarded: Vec<Id>,
    /// Layers that a config names, and what stands on them.
    pub layers: Layers,
    /// Names of the systems, by number: the folder they lie in.
    pub systems: BTreeMap<usize, String>,
}

impl Graph {
    /// The graph of a project.
    pub fn of(wired: &Wired<'_>) -> Graph {
        let mut graph = build::build(wired);
        owners::assign(&mut graph, wired.project);
        declared::apply(&mut graph, wired.project);
        graph
    }

    /// Edges that come from a node.
    pub fn from(&self, node: Id) -> impl Iterator<Item = &Edge> {
        let at = self.edges.partition_point(|edge| edge.from < node);
        self.edges[at..].iter().take_while(move |edge| edge.from == node)
    }

    /// Calls between components that something better than an order or a likeness of names shows: what chains, hubs
    /// and cycles are made of. Nodes of one component do not call each other here.
    pub fn calls(&self) -> impl Iterator<Item = &Edge> {
        let is_component = |id: Id| self.nodes[id].kind == NodeKind::Component;
        self.edges.iter().filter(move |edge| {
            edge.kind == EdgeKind::Sync
                && edge.confidence >= Confidence::Medium
                && is_component(edge.from)
                && is_component(edge.to)
                && self.nodes[edge.from].component != self.nodes[edge.to].component
        })
    }
}
