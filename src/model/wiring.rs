//! What binds objects together by labels: services, network policies.

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
