//! What routes traffic inside a mesh: Istio's virtual services, destination rules and service entries.

use super::Setting;
use super::labels::Labels;
use super::resource::ResourceId;
use super::workload::Word;

/// The mesh objects of a file.
#[derive(Debug, Default)]
pub struct Mesh {
    /// Virtual services.
    pub routes: Vec<Route>,
    /// Destination rules.
    pub rules: Vec<TrafficRule>,
    /// Hosts that service entries add.
    pub entries: Vec<Entry>,
}

/// A `VirtualService`.
#[derive(Debug)]
pub struct Route {
    /// The object.
    pub resource: ResourceId,
    /// Whom it routes for; unknown as soon as one host is.
    pub hosts: Setting<Vec<Word>>,
    /// The gateways it is bound to; unset means the mesh itself.
    pub gateways: Setting<Vec<Word>>,
    /// The namespaces that see it; unset means all.
    pub exports: Setting<Vec<Word>>,
    /// Where it sends requests, mirrors included.
    pub destinations: Vec<Destination>,
    /// Whether it says how a call may fail, or may say so: a timeout, retries.
    pub guards: bool,
}

/// Where a route sends requests.
#[derive(Debug)]
pub struct Destination {
    /// The host.
    pub host: Setting<String>,
    /// The subset of its pods.
    pub subset: Setting<String>,
}

/// A `DestinationRule`.
#[derive(Debug)]
pub struct TrafficRule {
    /// The object.
    pub resource: ResourceId,
    /// The host it is for.
    pub host: Setting<String>,
    /// Its subsets.
    pub subsets: Vec<Subset>,
    /// Whether a template may add subsets.
    pub open: bool,
    /// Whether it says how a call may fail, or may say so: limits of connections, outlier detection.
    pub guards: bool,
}

/// Some of the pods of a host.
#[derive(Debug)]
pub struct Subset {
    /// Its name.
    pub name: Setting<String>,
    /// The labels of its pods.
    pub labels: Labels,
}

/// A host of a `ServiceEntry`.
#[derive(Debug)]
pub struct Entry {
    /// The object.
    pub resource: ResourceId,
    /// The host; may start with `*.`.
    pub host: Setting<String>,
}
