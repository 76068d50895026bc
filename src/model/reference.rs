//! References by name from one object to another, and what they can lead to.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::Setting;
use super::resource::ResourceId;
use crate::text::Span;

/// A kind of object with its group, whatever its version.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    /// `apps`; nothing for the core group.
    pub group: Cow<'static, str>,
    /// `Deployment`
    pub kind: Cow<'static, str>,
}

impl Target {
    /// A kind of the core group.
    pub const fn core(kind: &'static str) -> Target {
        Target { group: Cow::Borrowed(""), kind: Cow::Borrowed(kind) }
    }

    /// A kind of a group that is known beforehand.
    pub const fn of(group: &'static str, kind: &'static str) -> Target {
        Target { group: Cow::Borrowed(group), kind: Cow::Borrowed(kind) }
    }

    /// A kind as a file says it, under the group that it is served from today.
    pub fn read(group: &str, kind: &str) -> Target {
        let moved = MOVED.iter().find(|(from, of, _)| *from == group && (of.is_empty() || *of == kind));
        let group = match moved {
            Some((_, _, to)) => Cow::Borrowed(*to),
            None => Cow::Owned(group.to_owned()),
        };
        Target { group, kind: Cow::Owned(kind.to_owned()) }
    }
}

/// Kinds that moved from one group to another; without a kind, all of the group.
const MOVED: &[(&str, &str, &str)] = &[
    ("extensions", "Ingress", "networking.k8s.io"),
    ("extensions", "NetworkPolicy", "networking.k8s.io"),
    ("extensions", "", "apps"),
    ("traefik.containo.us", "", "traefik.io"),
];

/// What one object refers to another for. References for the same purpose in the same folder are siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// A pod reads a ConfigMap.
    ConfigMap,
    /// A pod reads a Secret.
    Secret,
    /// A pod's images are pulled with a Secret.
    PullSecret,
    /// An entry point serves a certificate from a Secret.
    TlsSecret,
    /// A pod mounts a PersistentVolumeClaim.
    Claim,
    /// A pod runs as a ServiceAccount.
    PodAccount,
    /// A binding grants something to a ServiceAccount.
    Subject,
    /// A binding grants a role.
    Role,
    /// A route or an Ingress sends requests to a Service.
    Backend,
    /// An Ingress is for a class.
    IngressClass,
    /// A route hangs on a Gateway.
    Gateway,
    /// Something scales, watches or rolls out a workload.
    Workload,
    /// A KEDA trigger authenticates.
    TriggerAuthentication,
    /// A claim is of a class.
    StorageClass,
    /// A pod is of a class.
    PriorityClass,
    /// A pod runs in a class of runtime.
    RuntimeClass,
    /// A StatefulSet names its pods by a Service.
    GoverningService,
    /// The API server calls a Service: webhooks, aggregated APIs, conversions.
    Webhook,
    /// A binding puts an admission policy into force.
    AdmissionPolicy,
    /// A Flux object fetches from a source.
    FluxSource,
    /// A Flux object waits for another.
    FluxDependency,
    /// An Argo CD application belongs to a project.
    AppProject,
}

/// A reference by name.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The object that refers.
    pub resource: ResourceId,
    /// What for.
    pub purpose: Purpose,
    /// The kind referred to.
    pub target: Target,
    /// The name referred to.
    pub name: Setting<String>,
    /// The namespace the target is in; unset is that of the release, and of what has none.
    pub namespace: Setting<String>,
    /// What is meant inside the target: one of [`Definition::parts`].
    pub part: Setting<String>,
    /// Whether it works without.
    pub optional: bool,
}

/// Something that a reference can lead to: an object with parts, or what another object makes.
///
/// Objects without parts define themselves and are not listed.
#[derive(Clone, Debug)]
pub struct Definition {
    /// What it defines.
    pub target: Target,
    /// Its name; a generator may add a suffix, which referrers need not know.
    pub name: Setting<String>,
    /// Its namespace.
    pub namespace: Setting<String>,
    /// What can be referred to inside it: the keys of a ConfigMap or Secret, the listeners of a Gateway, the numbers
    /// and names of a Service's ports, and [`HEADLESS`] of one that has no address. `None` when they cannot be known.
    pub parts: Option<BTreeSet<String>>,
    /// The object it is read from, if its parts stand there.
    pub resource: Option<ResourceId>,
    /// The shortest text that stands for it.
    pub anchor: Span,
}

/// The part that a Service without an address has; ports cannot have such a name.
pub const HEADLESS: &str = "clusterIP: None";

/// Leave from one namespace for references from another: a `ReferenceGrant` of the Gateway API.
#[derive(Clone, Debug)]
pub struct ReferenceGrant {
    /// The namespace that may be referred to.
    pub namespace: Setting<String>,
    /// Kinds and namespaces that may refer.
    pub from: Vec<(String, Setting<String>)>,
    /// Kinds, and names where only some, that may be referred to.
    pub to: Vec<(String, Setting<String>)>,
    /// Whether more may be granted than can be read.
    pub open: bool,
}

/// A path from a file to another place of the repository.
#[derive(Clone, Debug)]
pub struct PathReference {
    /// What it is for.
    pub purpose: PathPurpose,
    /// The path as written.
    pub path: Setting<String>,
}

/// What a path is for, which says where it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPurpose {
    /// A kustomization reads a file, from its own folder.
    KustomizeFile,
    /// A kustomization takes in a file, or the kustomization of a folder, from its own folder.
    KustomizeResource,
    /// Argo CD or Flux applies what lies there, from the root of a repository: all that is known of which one.
    Source(String),
}
