//! What binds objects together by labels: services, network policies.

use super::labels::Selector;
use super::ports::{Listed, PolicyPort, ServicePort};
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
    /// Whether `spec.clusterIP` says that it has no address of its own.
    pub headless: bool,
    /// `spec.ports`
    pub ports: Listed<ServicePort>,
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
    /// Whether it decides what may come in; `None` when that cannot be read.
    pub ingress: Option<bool>,
    /// Whether it decides what may go out; `None` when that cannot be read.
    pub egress: Option<bool>,
    /// What it lets through.
    pub rules: Listed<PolicyRule>,
}

/// Which way traffic goes, as the pods see it that a policy applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the pods.
    Ingress,
    /// From the pods.
    Egress,
}

/// One entry of `ingress` or `egress`.
#[derive(Clone, Debug)]
pub struct PolicyRule {
    /// Which of the two.
    pub direction: Direction,
    /// Whom it lets through; everybody where none is written.
    pub peers: Listed<Peer>,
    /// The ports that are open; all of them where none is written.
    pub ports: Listed<PolicyPort>,
    /// The shortest text that stands for it.
    pub anchor: Span,
}

/// Whom a policy lets through.
#[derive(Clone, Debug)]
pub struct Peer {
    /// Pods with these labels; `None` when it has no such condition.
    pub pods: Option<Selector>,
    /// Of namespaces with these labels; `None` means the policy's own.
    pub namespaces: Option<Selector>,
    /// The shortest text that stands for it.
    pub anchor: Span,
}
