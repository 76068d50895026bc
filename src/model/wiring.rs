//! What binds objects together: services, network policies, references by name.

use super::labels::Selector;
use super::resource::ResourceId;
use super::{Field, Record, Setting};
use crate::text::Span;

/// A Service.
#[derive(Clone, Debug)]
pub struct Service {
    /// The object.
    pub resource: ResourceId,
    /// `spec.selector`; `None` when it has none.
    pub selector: Option<Selector>,
    /// `spec.type`
    pub kind: Setting<String>,
    /// The shortest text that stands for it.
    pub anchor: Span,
}

impl Record for Service {
    fn field(&self, name: &str) -> Field<'_> {
        match name {
            "type" => Field::string(&self.kind, self.anchor),
            _ => Field::Missing(self.anchor),
        }
    }

    fn span(&self) -> Span {
        self.anchor
    }
}

/// A path of a host that an Ingress claims for itself, all of it known.
#[derive(Clone, Debug)]
pub struct IngressPath {
    /// The object.
    pub resource: ResourceId,
    /// The class of its controller; empty is the cluster's default.
    pub class: String,
    /// The host; empty is any.
    pub host: String,
    /// The path with its type.
    pub path: String,
    /// The path as written, or the nearest text that stands for it.
    pub span: Span,
}

/// A Secret whose values are written out.
#[derive(Clone, Copy, Debug)]
pub struct PlainSecret {
    /// The key that the values stand under.
    pub span: Span,
}

/// A NetworkPolicy, of Kubernetes itself or of Cilium or Calico.
#[derive(Clone, Debug)]
pub struct NetworkPolicy {
    /// The object.
    pub resource: ResourceId,
    /// The pods it applies to; `None` when they cannot be read.
    pub pods: Option<Selector>,
}

/// What a reference by name leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A ConfigMap.
    ConfigMap,
    /// A Secret.
    Secret,
    /// A PersistentVolumeClaim.
    Claim,
    /// A ServiceAccount.
    ServiceAccount,
}

impl Target {
    /// The kind of the object.
    pub fn kind(self) -> &'static str {
        match self {
            Target::ConfigMap => "ConfigMap",
            Target::Secret => "Secret",
            Target::Claim => "PersistentVolumeClaim",
            Target::ServiceAccount => "ServiceAccount",
        }
    }
}

/// A reference by name to an object of the same namespace.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The object that refers.
    pub resource: ResourceId,
    /// The kind referred to.
    pub target: Target,
    /// The name referred to.
    pub name: Setting<String>,
    /// The key inside it, where one is meant.
    pub key: Setting<String>,
    /// Whether the pod starts without it.
    pub optional: bool,
}

/// Something that a reference can lead to: an object, or what makes one.
#[derive(Clone, Debug)]
pub struct Definition {
    /// What it defines.
    pub target: Target,
    /// Its name; a generator may add a suffix, which referrers need not know.
    pub name: Setting<String>,
    /// Its namespace.
    pub namespace: Setting<String>,
    /// Its keys; `None` when they cannot be known.
    pub keys: Option<std::collections::BTreeSet<String>>,
    /// The shortest text that stands for it.
    pub anchor: Span,
}
