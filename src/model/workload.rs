//! What runs pods: workloads, their containers and volumes.

use std::cell::OnceCell;

use super::command_line::CommandLine;
use super::host_path::{self, Exposed};
use super::image::Image;
use super::labels::{Labels, Selector};
use super::ports::{ContainerPort, Listed};
use super::resource::ResourceId;
use super::security::Security;
use super::{Field, Record, Setting, Value};
use crate::syntax::tree::{Node, NodeId, Tree};
use crate::text::Span;

/// A pod template inside a resource; a resource may hold several.
#[derive(Clone, Debug)]
pub struct Workload {
    /// The resource it is in.
    pub resource: ResourceId,
    /// The mapping of the pod's spec.
    pub pod: NodeId,
    /// The mapping of the pod's metadata, if it is written.
    pub metadata: Option<NodeId>,
    /// The labels that the pods carry.
    pub labels: Labels,
    /// What the resource selects its pods by, if it has a selector.
    pub selector: Option<Selector>,
    /// The shortest text that stands for it.
    pub anchor: Span,
    /// Whether pods run to completion: jobs, workflows, tasks.
    pub batch: bool,
    /// `spec.replicas`
    pub replicas: Setting<i64>,
    /// The resources that the pod requests or limits as a whole.
    pub asks: Listed<String>,
}

/// When a container runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// As long as the pod.
    Main,
    /// Before the main ones, to completion.
    Init,
    /// An init container with `restartPolicy: Always`: as long as the pod, started before it.
    Sidecar,
    /// Added to a running pod for debugging.
    Ephemeral,
}

impl Role {
    /// The word for it in rule pages.
    pub fn name(self) -> &'static str {
        match self {
            Role::Main => "main",
            Role::Init => "init",
            Role::Sidecar => "sidecar",
            Role::Ephemeral => "ephemeral",
        }
    }
}

/// A container of a pod.
#[derive(Clone, Debug)]
pub struct Container {
    /// The workload it is in: a number in the file's facts.
    pub workload: usize,
    /// When it runs.
    pub role: Role,
    /// Its name.
    pub name: Setting<String>,
    /// Its image.
    pub image: Option<Image>,
    /// Its security context, merged with the pod's.
    pub security: Security,
    /// `command`
    pub command: Setting<Vec<Word>>,
    /// `args`
    pub args: Setting<Vec<Word>>,
    /// The programs that its probes and hooks run in it.
    pub inside: Vec<Word>,
    /// The paths that it mounts something at; `None` where one is not known.
    pub mounts: Listed<Option<String>>,
    /// The ports that it declares.
    pub ports: Listed<ContainerPort>,
    /// The resources that it requests or limits; a limit is a request where there is none.
    pub asks: Listed<String>,
    /// Its mapping in the tree.
    pub node: NodeId,
    /// The shortest text that stands for it: its name, or its first key.
    pub anchor: Span,
    /// Whether other text is laid over it, so that what is missing here may stand elsewhere.
    pub fragment: bool,
}

/// A text and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The text.
    pub text: String,
    /// Where it is written, without quotes.
    pub span: Span,
}

impl Word {
    /// A list of words as a field; `near` is the nearest text that should have held it.
    pub fn field(words: &Setting<Vec<Word>>, near: Span) -> Field<'_> {
        let list = |words: &'_ Vec<Word>| {
            Value::list(words.iter().map(|word| Value::String(word.text.clone().into())))
        };
        Field::of(words, near, list, Value::list([]))
    }

    /// Where the first word of this text is written.
    pub fn find(words: &Setting<Vec<Word>>, text: &str) -> Option<Span> {
        words.get()?.iter().find(|word| word.text == text).map(|word| word.span)
    }
}

/// A container with the tree it was read from: its facts first, then its keys as written.
pub struct ContainerView<'f> {
    /// The facts.
    pub container: &'f Container,
    /// Its mapping.
    pub node: Node<'f>,
    /// What it runs, once somebody has asked.
    command: OnceCell<CommandLine>,
}

impl<'f> ContainerView<'f> {
    /// The container with the tree it was read from.
    pub fn new(container: &'f Container, tree: &'f Tree) -> Self {
        ContainerView { container, node: tree.node(container.node), command: OnceCell::new() }
    }
}

impl Record for ContainerView<'_> {
    fn field(&self, name: &str) -> Field<'_> {
        let container = self.container;
        let command = || self.command.get_or_init(|| CommandLine::of(self.node, container.anchor));
        match name {
            "program" => command().program(),
            "flags" => command().flags(),
            "role" => Field::Set(Value::text(container.role.name()), container.anchor),
            "name" => Field::string(&container.name, container.anchor),
            "security" => Field::Set(Value::Record(&container.security), container.security.near),
            "image" => match &container.image {
                Some(image) => Field::Set(Value::Record(image), image.span),
                None => Field::Missing(container.anchor),
            },
            _ => Field::of_node(self.node, name, container.anchor),
        }
    }

    fn span(&self) -> Span {
        self.container.anchor
    }
}

/// A workload with the tree it was read from.
pub struct WorkloadView<'f> {
    /// The facts.
    pub workload: &'f Workload,
    /// The resource it is in.
    pub resource: &'f super::resource::Resource,
    /// The mapping of the pod's spec.
    pub pod: Node<'f>,
    /// The mapping of the pod's metadata, if it is written.
    pub metadata: Option<Node<'f>>,
}

impl<'f> WorkloadView<'f> {
    /// The workload with the tree it was read from.
    pub fn new(workload: &'f Workload, resource: &'f super::resource::Resource, tree: &'f Tree) -> Self {
        let metadata = workload.metadata.map(|id| tree.node(id));
        WorkloadView { workload, resource, pod: tree.node(workload.pod), metadata }
    }

    /// A mapping of the pod's metadata that is not written; a template may add it.
    fn unwritten(&self) -> Field<'_> {
        let near = self.workload.anchor;
        if self.metadata.is_none() && self.workload.labels.open {
            return Field::Unknown(near);
        }
        Field::Unset(Value::Map([].into()), near)
    }
}

impl Record for WorkloadView<'_> {
    fn field(&self, name: &str) -> Field<'_> {
        match name {
            "batch" => Field::Set(Value::Bool(self.workload.batch), self.workload.anchor),
            "pod" => Field::Set(Value::Node(self.pod), self.workload.anchor),
            "metadata" => self.metadata.map_or_else(
                || self.unwritten(),
                |metadata| Field::Set(Value::Node(metadata), self.workload.anchor),
            ),
            "annotations" => match self.metadata.map(|node| Field::of_node(node, name, self.workload.anchor))
            {
                None | Some(Field::Missing(_)) => self.unwritten(),
                Some(field) => field,
            },
            _ => self.resource.field(name),
        }
    }

    fn span(&self) -> Span {
        self.workload.anchor
    }
}

/// A volume of a pod: its keys as written, and what of the node it exposes.
pub struct VolumeView<'f> {
    /// Its mapping.
    pub node: Node<'f>,
    /// The facts.
    pub volume: &'f Volume,
}

impl VolumeView<'_> {
    fn exposes(&self) -> Field<'_> {
        let exposed = |what: Exposed, span| Field::Set(Value::text(what.name()), span);
        let Some(host) = self.node.entry("hostPath") else {
            return if self.node.is_open() {
                Field::Unknown(self.node.span())
            } else {
                exposed(Exposed::Nothing, self.volume.anchor)
            };
        };
        match Setting::text(host.value, "path") {
            Setting::Set(path, span) => exposed(host_path::exposed(&path), span),
            Setting::Unknown(span) => Field::Unknown(span),
            Setting::Unset => exposed(Exposed::Nothing, self.volume.anchor),
        }
    }
}

impl Record for VolumeView<'_> {
    fn field(&self, name: &str) -> Field<'_> {
        match name {
            "exposes" => self.exposes(),
            "readOnly" => Field::bool(&self.volume.read_only, self.volume.anchor),
            _ => Field::of_node(self.node, name, self.volume.anchor),
        }
    }

    fn span(&self) -> Span {
        self.volume.anchor
    }
}

/// A volume of a pod, or what a PersistentVolume stands for.
#[derive(Clone, Debug)]
pub struct Volume {
    /// The resource it is in.
    pub resource: super::resource::ResourceId,
    /// The workload it is in, if it is a pod's.
    pub workload: Option<usize>,
    /// Its mapping.
    pub node: NodeId,
    /// Whether every mount of it is for reading only; not written where nothing mounts it.
    pub read_only: Setting<bool>,
    /// The shortest text that stands for it.
    pub anchor: Span,
}
