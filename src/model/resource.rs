//! An object of the Kubernetes API, whatever file or list it stands in.

use super::labels::Labels;
use super::{Field, Record, Setting, Value};
use crate::syntax::tree::{Node, NodeId};
use crate::text::Span;

/// The number of a resource in its file's facts.
pub type ResourceId = usize;

/// What identifies an object.
#[derive(Clone, Debug)]
pub struct Resource {
    /// `apps/v1` …
    pub api_version: Setting<String>,
    /// `Deployment` …
    pub kind: Setting<String>,
    /// `metadata.name`.
    pub name: Setting<String>,
    /// `metadata.namespace`; unset means the namespace that the object is applied to.
    pub namespace: Setting<String>,
    /// `metadata.labels`.
    pub labels: Labels,
    /// `plimsoll.dev/ignore…` and other annotations, as written.
    pub annotations: Labels,
    /// The mapping of the object in its tree.
    pub node: NodeId,
    /// The whole object.
    pub span: Span,
    /// The shortest text that stands for it: its name, or else its kind.
    pub anchor: Span,
    /// Whether other text is laid over or under it, so that what is missing here may stand elsewhere.
    pub fragment: bool,
    /// Whether a kustomization takes it in from here and patches what it takes.
    pub patched: bool,
    /// Whether another program writes it and chooses its API version, as Terraform's provider does.
    pub made: bool,
    /// The block of Terraform that it comes from, by its number in the facts.
    pub block: Option<usize>,
}

/// Kinds whose pods run as their template says, with their groups. An operator may change the pods of any other.
const PLAIN: &[(&str, &[&str])] = &[
    ("", &["Pod", "ReplicationController"]),
    ("apps", &["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"]),
    ("extensions", &["Deployment", "DaemonSet", "ReplicaSet"]),
    ("batch", &["Job", "CronJob"]),
    ("argoproj.io", &["Rollout"]),
    ("keda.sh", &["ScaledJob"]),
];

impl Resource {
    /// Whether all that its pods are is written in it.
    pub fn runs_pods_as_written(&self) -> bool {
        PLAIN.iter().any(|(group, kinds)| *group == self.group() && kinds.contains(&self.kind()))
    }

    /// The kind, or nothing where a template hides it.
    pub fn kind(&self) -> &str {
        self.kind.get().map_or("", String::as_str)
    }

    /// The API group: `apps` of `apps/v1`, nothing for the core group.
    pub fn group(&self) -> &str {
        let version = self.api_version.get().map_or("", String::as_str);
        version.split_once('/').map_or("", |(group, _)| group)
    }

    /// The name, or nothing where a template hides it.
    pub fn name(&self) -> &str {
        self.name.get().map_or("", String::as_str)
    }

    /// Whether objects of these two may meet in one namespace; an unset one may be any. Of instances of one text it is
    /// what they differ in, as long as nothing says otherwise.
    pub fn may_share_namespace(&self, other: &Resource) -> bool {
        match (self.namespace.get(), other.namespace.get()) {
            (Some(one), Some(two)) => one == two,
            _ => self.span != other.span || self.node == other.node,
        }
    }
}

impl Record for Resource {
    fn field(&self, name: &str) -> Field<'_> {
        match name {
            "apiVersion" => Field::string(&self.api_version, self.anchor),
            "kind" => Field::string(&self.kind, self.anchor),
            "name" => Field::string(&self.name, self.anchor),
            "namespace" => Field::string(&self.namespace, self.anchor),
            "group" => match &self.api_version {
                Setting::Set(_, span) => Field::Set(Value::text(self.group()), *span),
                other => Field::string(other, self.anchor),
            },
            "patched" => Field::Set(Value::Bool(self.patched), self.anchor),
            "fragment" => Field::Set(Value::Bool(self.fragment), self.anchor),
            _ => Field::Missing(self.anchor),
        }
    }

    #[expect(clippy::misnamed_getters, reason = "a fact stands at its name")]
    fn span(&self) -> Span {
        self.anchor
    }
}

/// The object itself as a fact: its keys as written, its name standing for the whole.
pub struct Object<'f> {
    /// The resource.
    pub resource: &'f Resource,
    /// Its mapping.
    pub node: Node<'f>,
}

impl Record for Object<'_> {
    fn field(&self, name: &str) -> Field<'_> {
        Field::of_node(self.node, name, self.resource.anchor)
    }

    #[expect(clippy::misnamed_getters, reason = "a fact stands at its name")]
    fn span(&self) -> Span {
        self.resource.anchor
    }
}
