//! Edges' kinds, and the signs that show them.

use crate::text::Span;

/// How one node depends on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// It calls it and waits.
    Sync,
    /// It sends or gets messages.
    Async,
    /// It keeps data there.
    Datastore,
    /// It starts after it.
    Order,
    /// It lets requests in to it.
    Ingress,
}

impl EdgeKind {
    /// The word for it in reports.
    pub fn name(self) -> &'static str {
        match self {
            EdgeKind::Sync => "sync",
            EdgeKind::Async => "async",
            EdgeKind::Datastore => "datastore",
            EdgeKind::Order => "order",
            EdgeKind::Ingress => "ingress",
        }
    }
}

/// How sure a sign makes an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// An order of starting, a likeness of names.
    Low,
    /// A name where an address is expected, a route, settings that one node alone has.
    Medium,
    /// A name with a port that it listens on, a policy that allows it.
    High,
}

impl Confidence {
    /// The word for it in reports.
    pub fn name(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }
}

/// What kind of text a sign is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signal {
    /// A variable of a container.
    Env,
    /// An argument of a program.
    Argument,
    /// A variable that an image sets.
    ImageEnv,
    /// A key of a ConfigMap.
    ConfigMap,
    /// A key of a Secret.
    Secret,
    /// Settings of a proxy or another program, mounted or copied into an image.
    ConfigFile,
    /// A value of a chart.
    ChartValue,
    /// A program that waits for an address, before others start.
    Wait,
    /// `depends_on`, `links` and the like of Compose.
    DependsOn,
    /// A check of health.
    Probe,
    /// A network policy, an authorization policy.
    Policy,
    /// A route of an Ingress, a Gateway, a mesh.
    Route,
    /// What scales a workload by the length of a queue.
    Scaler,
    /// Waves and dependencies of what Argo CD and Flux apply.
    Wave,
    /// Terraform's references between what it deploys.
    Infrastructure,
    /// The name of a datastore, which says whose it is.
    Name,
    /// A config says so.
    Declared,
}

impl Signal {
    /// The word for it in reports.
    pub fn name(self) -> &'static str {
        match self {
            Signal::Env => "env",
            Signal::Argument => "argument",
            Signal::ImageEnv => "image-env",
            Signal::ConfigMap => "config-map",
            Signal::Secret => "secret",
            Signal::ConfigFile => "config-file",
            Signal::ChartValue => "chart-value",
            Signal::Wait => "wait",
            Signal::DependsOn => "depends-on",
            Signal::Probe => "probe",
            Signal::Policy => "policy",
            Signal::Route => "route",
            Signal::Scaler => "scaler",
            Signal::Wave => "wave",
            Signal::Infrastructure => "infrastructure",
            Signal::Name => "name",
            Signal::Declared => "declared",
        }
    }
}

/// A place in a file that shows an edge.
#[derive(Clone, Debug)]
pub struct Sign {
    /// What kind of text it is.
    pub signal: Signal,
    /// How sure it makes the edge.
    pub confidence: Confidence,
    /// The shortest text that names the other side: the host of an address.
    pub span: Span,
    /// The variable, key or flag that holds it; of a route, the host that it is for.
    pub key: Option<String>,
    /// Whether starting waits for it: until the other is healthy, or has ended.
    pub gate: bool,
    /// What it says of the part of a datastore that is used.
    pub store: Store,
}

/// Which part of a datastore is used, and as whom, as far as a sign says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Store {
    /// The port.
    pub port: Option<u16>,
    /// The name of the database, with its place.
    pub database: Option<(String, Span)>,
    /// The user, with its place.
    pub user: Option<(String, Span)>,
}
