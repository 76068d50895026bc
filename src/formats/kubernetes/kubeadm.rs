//! Configuration of kubeadm → the components that it sets up.
//!
//! kubeadm gives each component flags of its own, and adds `extraArgs`. The flags here are those that it sets in every
//! version: kubeadm's source, `phases/controlplane/manifests.go`, `phases/etcd/local.go`, `componentconfigs/kubelet.go`.

use super::component_config;
use super::components::{self, from_scalar};
use crate::model::Setting;
use crate::model::component::{Component, Source};
use crate::model::facts::Facts;
use crate::model::flags::{Elsewhere, Flag, Flags};
use crate::model::resource::ResourceId;
use crate::model::workload::Word;
use crate::syntax::tree::{Kind, Node};
use crate::text::Span;

/// A flag and the value that kubeadm gives it.
type Preset = (&'static str, &'static str);

const API_SERVER: &[Preset] = &[
    ("allow-privileged", "true"),
    ("authorization-mode", "Node,RBAC"),
    ("client-ca-file", "/etc/kubernetes/pki/ca.crt"),
    ("enable-admission-plugins", "NodeRestriction"),
    ("enable-bootstrap-token-auth", "true"),
    ("kubelet-client-certificate", "/etc/kubernetes/pki/apiserver-kubelet-client.crt"),
    ("kubelet-client-key", "/etc/kubernetes/pki/apiserver-kubelet-client.key"),
    ("service-account-key-file", "/etc/kubernetes/pki/sa.pub"),
    ("tls-cert-file", "/etc/kubernetes/pki/apiserver.crt"),
    ("tls-private-key-file", "/etc/kubernetes/pki/apiserver.key"),
];

/// For an etcd that kubeadm runs itself.
const API_SERVER_TO_ETCD: &[Preset] = &[
    ("etcd-cafile", "/etc/kubernetes/pki/etcd/ca.crt"),
    ("etcd-certfile", "/etc/kubernetes/pki/apiserver-etcd-client.crt"),
    ("etcd-keyfile", "/etc/kubernetes/pki/apiserver-etcd-client.key"),
];

/// For an etcd outside, whose certificates the configuration names.
const EXTERNAL_ETCD: &[(&str, &str)] =
    &[("caFile", "etcd-cafile"), ("certFile", "etcd-certfile"), ("keyFile", "etcd-keyfile")];

const CONTROLLER_MANAGER: &[Preset] = &[
    ("bind-address", "127.0.0.1"),
    ("client-ca-file", "/etc/kubernetes/pki/ca.crt"),
    ("root-ca-file", "/etc/kubernetes/pki/ca.crt"),
    ("service-account-private-key-file", "/etc/kubernetes/pki/sa.key"),
    ("use-service-account-credentials", "true"),
];

const SCHEDULER: &[Preset] = &[("bind-address", "127.0.0.1")];

const ETCD: &[Preset] = &[
    ("cert-file", "/etc/kubernetes/pki/etcd/server.crt"),
    ("client-cert-auth", "true"),
    ("key-file", "/etc/kubernetes/pki/etcd/server.key"),
    ("peer-cert-file", "/etc/kubernetes/pki/etcd/peer.crt"),
    ("peer-client-cert-auth", "true"),
    ("peer-key-file", "/etc/kubernetes/pki/etcd/peer.key"),
    ("peer-trusted-ca-file", "/etc/kubernetes/pki/etcd/ca.crt"),
    ("trusted-ca-file", "/etc/kubernetes/pki/etcd/ca.crt"),
];

/// What kubeadm puts into a `KubeletConfiguration` that leaves it out.
pub(super) const KUBELET: &[Preset] = &[
    ("anonymous-auth", "false"),
    ("authorization-mode", "Webhook"),
    ("client-ca-file", "/etc/kubernetes/pki/ca.crt"),
    ("rotate-certificates", "true"),
];

/// Where objects of Cluster API keep a configuration of kubeadm.
const CLUSTER_API: &[(&str, &[&str])] = &[
    ("KubeadmControlPlane", &["spec", "kubeadmConfigSpec"]),
    ("KubeadmControlPlaneTemplate", &["spec", "template", "spec", "kubeadmConfigSpec"]),
    ("KubeadmConfig", &["spec"]),
    ("KubeadmConfigTemplate", &["spec", "template", "spec"]),
];

/// Adds the components that an object of kubeadm, or of Cluster API, configures.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let resource = facts.resource(id);
    let near = resource.anchor;
    match (resource.group(), resource.kind()) {
        ("kubeadm.k8s.io", "ClusterConfiguration") => cluster(facts, id, root, near),
        ("kubeadm.k8s.io", "InitConfiguration" | "JoinConfiguration") => kubelet(facts, id, root),
        ("controlplane.cluster.x-k8s.io" | "bootstrap.cluster.x-k8s.io", kind) => {
            let path = CLUSTER_API.iter().find(|(known, _)| *known == kind).map(|(_, path)| *path);
            let Some(spec) = path.and_then(|path| root.at(path)) else { return };
            if let Some(entry) = spec.entry("clusterConfiguration") {
                cluster(facts, id, entry.value, entry.key.span());
            }
            for key in ["initConfiguration", "joinConfiguration"] {
                if let Some(node) = spec.get(key) {
                    kubelet(facts, id, node);
                }
            }
        }
        _ => {}
    }
}

/// Whether kubeadm reads these documents, and so completes the configuration of a kubelet among them.
pub(super) fn reads(root: Node<'_>) -> bool {
    root.get("apiVersion").is_some_and(|version| version.text().starts_with("kubeadm.k8s.io/"))
}

fn cluster(facts: &mut Facts, id: ResourceId, root: Node<'_>, near: Span) {
    let version = root.get("kubernetesVersion");
    let minor = version.and_then(|node| {
        let text = node.text();
        let minor = components::minor(text.strip_prefix("stable-").unwrap_or(text))?;
        Some(Setting::Set(minor, node.short_span()?))
    });
    let mut add = |name: &'static str, path: &[&str], presets: &[&[Preset]], more: Vec<Flag>| {
        let mut flags = arguments(root, path, near);
        flags.given.splice(0..0, more);
        for presets in presets {
            complete(&mut flags, presets);
        }
        components::complete(name, &mut flags);
        let minor = minor.clone().unwrap_or_default();
        facts.components.push(Component { minor, ..component(facts, id, name, flags) });
    };
    match root.at(&["etcd", "external"]) {
        None => {
            add("kube-apiserver", &["apiServer"], &[API_SERVER, API_SERVER_TO_ETCD], Vec::new());
            add("etcd", &["etcd", "local"], &[ETCD], Vec::new());
        }
        Some(external) => {
            let named = |(key, flag): &(&str, &str)| Some(from_scalar(flag, external.get(key)?));
            let certificates = EXTERNAL_ETCD.iter().filter_map(named).collect();
            add("kube-apiserver", &["apiServer"], &[API_SERVER], certificates);
        }
    }
    add("kube-controller-manager", &["controllerManager"], &[CONTROLLER_MANAGER], Vec::new());
    add("kube-scheduler", &["scheduler"], &[SCHEDULER], Vec::new());
}

/// Arguments of a kubelet, whose other settings stand in its configuration file.
fn kubelet(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let Some(entry) = root.get("nodeRegistration").and_then(|node| node.entry("kubeletExtraArgs")) else {
        return;
    };
    let mut flags = from_node(entry.value, entry.key.span());
    if matches!(flags.elsewhere, Elsewhere::Nowhere) {
        flags.elsewhere = Elsewhere::Only(component_config::settings_of("kubelet"), flags.near);
    }
    facts.components.push(component(facts, id, "kubelet", flags));
}

fn component(facts: &Facts, id: ResourceId, name: &'static str, flags: Flags) -> Component {
    Component {
        resource: id,
        name,
        source: Source::Kubeadm,
        flags,
        minor: Setting::Unset,
        command: None,
        fragment: facts.resource(id).fragment,
    }
}

/// The `extraArgs` under this path; they stand at the innermost key that is written.
fn arguments(root: Node<'_>, path: &[&str], near: Span) -> Flags {
    let (mut node, mut near) = (root, near);
    for key in path.iter().chain(&["extraArgs"]) {
        let Some(entry) = node.entry(key) else {
            let open = node.is_open() || node.kind() == Kind::Unknown;
            let elsewhere = if open { Elsewhere::Any(node.span()) } else { Elsewhere::Nowhere };
            return Flags { elsewhere, ..Flags::none(near) };
        };
        (node, near) = (entry.value, entry.key.span());
    }
    from_node(node, near)
}

/// Arguments as a mapping, or since `v1beta4` as a list of `name` and `value`.
fn from_node(node: Node<'_>, near: Span) -> Flags {
    let mut flags = Flags::none(near);
    let mut open = node.is_open() || node.kind() == Kind::Unknown;
    for entry in node.entries() {
        open |= entry.key.kind() == Kind::Unknown;
        flags.given.push(from_scalar(entry.key.text(), entry.value));
    }
    for item in node.items() {
        match (item.get("name"), item.get("value")) {
            (Some(name), Some(value)) if name.kind() != Kind::Unknown => {
                flags.given.push(from_scalar(name.text(), value));
            }
            _ => open = true,
        }
    }
    flags.elsewhere = if open { Elsewhere::Any(node.span()) } else { Elsewhere::Nowhere };
    flags
}

/// Adds what kubeadm sets by itself; what is written wins.
pub(super) fn complete(flags: &mut Flags, presets: &[Preset]) {
    let near = flags.near;
    for (name, value) in presets {
        if flags.get(name).is_none() {
            let items = value.split(',');
            let items = items.map(|item| Word { text: item.to_owned(), span: near });
            flags.given.push(Flag {
                name: (*name).to_owned(),
                value: Setting::Set((*value).to_owned(), near),
                items: items.collect(),
            });
        }
    }
}
