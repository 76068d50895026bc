//! The programs that make a cluster: how each is configured, whatever file says it.

use super::flags::{Flags, Lists};
use super::resource::ResourceId;
use super::{Field, Record, Setting, Value};
use crate::text::Span;

/// The components that are known, by the names of their programs.
pub const COMPONENTS: [&str; 6] =
    ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy", "kubelet", "etcd"];

/// What kind of file configures a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The command line of a container.
    Command,
    /// Arguments that kubeadm adds to its own.
    Kubeadm,
    /// The component's own configuration file.
    Configuration,
}

impl Source {
    /// The word for it in rule pages.
    pub fn name(self) -> &'static str {
        match self {
            Source::Command => "command",
            Source::Kubeadm => "kubeadm",
            Source::Configuration => "configuration",
        }
    }
}

/// A component of the control plane, or of a node.
#[derive(Clone, Debug)]
pub struct Component {
    /// The object it is configured in.
    pub resource: ResourceId,
    /// Its program, one of [`COMPONENTS`].
    pub name: &'static str,
    /// What configures it.
    pub source: Source,
    /// Its settings; those of a configuration file under the names that they have as flags.
    pub flags: Flags,
    /// 33 in `1.33`, where an image's tag or kubeadm's configuration says it.
    pub minor: Setting<i64>,
    /// The list that its program's name is in, where flags may stand in another one.
    pub command: Option<Span>,
    /// Whether other text is laid over it, so that what is missing here may stand elsewhere.
    pub fragment: bool,
}

/// A component, and the version of the cluster that it is meant for.
pub struct ComponentView<'f> {
    component: &'f Component,
    lists: Lists<'f>,
    cluster: u16,
}

impl<'f> ComponentView<'f> {
    /// `cluster` is the minor version that holds unless the component's own is known.
    pub fn new(component: &'f Component, cluster: u16) -> Self {
        ComponentView { component, lists: Lists(&component.flags), cluster }
    }
}

impl Record for ComponentView<'_> {
    fn field(&self, name: &str) -> Field<'_> {
        let component = self.component;
        let near = component.flags.near;
        match name {
            "name" => Field::Set(Value::text(component.name), near),
            "source" => Field::Set(Value::text(component.source.name()), near),
            "flags" => Field::Set(Value::Record(&component.flags), near),
            "lists" => Field::Set(Value::Record(&self.lists), near),
            "arguments" => Field::Set(component.flags.each(), near),
            "minor" => match component.minor {
                Setting::Unset => Field::Set(Value::Int(self.cluster.into()), near),
                _ => Field::int(&component.minor, near),
            },
            _ => Field::Missing(near),
        }
    }

    fn span(&self) -> Span {
        self.component.flags.near
    }
}
