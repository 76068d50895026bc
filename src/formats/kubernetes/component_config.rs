//! Configuration files of components → components: each field under the name that it has as a flag.
//!
//! Fields and flags: the references of `KubeletConfiguration`, `KubeProxyConfiguration` and
//! `KubeSchedulerConfiguration`, and of the command lines of the same programs.

use super::components::from_scalar;
use crate::model::Setting;
use crate::model::component::{Component, Source};
use crate::model::facts::Facts;
use crate::model::flags::{Elsewhere, Flag, Flags};
use crate::model::resource::ResourceId;
use crate::model::workload::Word;
use crate::syntax::tree::{Kind, Node};

/// Groups of files that configure a component. They are no objects of the API, and have no name.
const GROUPS: &[&str] = &[
    "apiserver.config.k8s.io",
    "apiserver.k8s.io",
    "audit.k8s.io",
    "kubeadm.k8s.io",
    "kubelet.config.k8s.io",
    "kubeproxy.config.k8s.io",
    "kubescheduler.config.k8s.io",
];

/// What a kind of file configures: the group, the kind, the component, and its fields with their flags.
struct File {
    group: &'static str,
    kind: &'static str,
    component: &'static str,
    fields: &'static [(&'static [&'static str], &'static str)],
    /// The flags in `fields`.
    settings: &'static [&'static str],
}

const FILES: &[File] = &[
    File {
        group: "kubelet.config.k8s.io",
        kind: "KubeletConfiguration",
        component: "kubelet",
        fields: KUBELET,
        settings: &KUBELET_SETTINGS,
    },
    File {
        group: "kubeproxy.config.k8s.io",
        kind: "KubeProxyConfiguration",
        component: "kube-proxy",
        fields: PROXY,
        settings: &PROXY_SETTINGS,
    },
    File {
        group: "kubescheduler.config.k8s.io",
        kind: "KubeSchedulerConfiguration",
        component: "kube-scheduler",
        fields: SCHEDULER,
        settings: &SCHEDULER_SETTINGS,
    },
];

const KUBELET: &[(&[&str], &str)] = &[
    (&["address"], "address"),
    (&["allowedUnsafeSysctls"], "allowed-unsafe-sysctls"),
    (&["authentication", "anonymous", "enabled"], "anonymous-auth"),
    (&["authentication", "webhook", "enabled"], "authentication-token-webhook"),
    (&["authentication", "x509", "clientCAFile"], "client-ca-file"),
    (&["authorization", "mode"], "authorization-mode"),
    (&["enableDebuggingHandlers"], "enable-debugging-handlers"),
    (&["eventRecordQPS"], "event-qps"),
    (&["featureGates"], "feature-gates"),
    (&["healthzBindAddress"], "healthz-bind-address"),
    (&["makeIPTablesUtilChains"], "make-iptables-util-chains"),
    (&["podPidsLimit"], "pod-max-pids"),
    (&["port"], "port"),
    (&["protectKernelDefaults"], "protect-kernel-defaults"),
    (&["readOnlyPort"], "read-only-port"),
    (&["rotateCertificates"], "rotate-certificates"),
    (&["seccompDefault"], "seccomp-default"),
    (&["serverTLSBootstrap"], "rotate-server-certificates"),
    (&["streamingConnectionIdleTimeout"], "streaming-connection-idle-timeout"),
    (&["tlsCertFile"], "tls-cert-file"),
    (&["tlsCipherSuites"], "tls-cipher-suites"),
    (&["tlsMinVersion"], "tls-min-version"),
    (&["tlsPrivateKeyFile"], "tls-private-key-file"),
];
const KUBELET_SETTINGS: [&str; KUBELET.len()] = flags_of(KUBELET);

const PROXY: &[(&[&str], &str)] = &[
    (&["bindAddress"], "bind-address"),
    (&["enableProfiling"], "profiling"),
    (&["featureGates"], "feature-gates"),
    (&["healthzBindAddress"], "healthz-bind-address"),
    (&["hostnameOverride"], "hostname-override"),
    (&["metricsBindAddress"], "metrics-bind-address"),
];
const PROXY_SETTINGS: [&str; PROXY.len()] = flags_of(PROXY);

const SCHEDULER: &[(&[&str], &str)] =
    &[(&["enableContentionProfiling"], "contention-profiling"), (&["enableProfiling"], "profiling")];
const SCHEDULER_SETTINGS: [&str; SCHEDULER.len()] = flags_of(SCHEDULER);

const fn flags_of<const N: usize>(fields: &[(&[&str], &'static str)]) -> [&'static str; N] {
    let mut out = [""; N];
    let mut at = 0;
    while at < N {
        out[at] = fields[at].1;
        at += 1;
    }
    out
}

/// Flags of a component that its configuration file can hold instead.
pub(super) fn settings_of(component: &str) -> &'static [&'static str] {
    FILES.iter().find(|file| file.component == component).map_or(&[], |file| file.settings)
}

/// Whether objects of this group configure a component, and so have no name that could be missing.
pub(super) fn is_configuration(group: &str) -> bool {
    GROUPS.contains(&group)
}

/// Adds the component that a configuration file is for. `kubeadm` says that kubeadm completes the file.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>, kubeadm: bool) {
    let resource = facts.resource(id);
    let Some(file) = FILES.iter().find(|file| file.group == resource.group() && file.kind == resource.kind())
    else {
        return;
    };
    let near = resource.anchor;
    let mut flags = Flags::none(near);
    let mut open = root.is_open().then_some(near);
    for (path, name) in file.fields {
        match find(root, path) {
            Found::Value(node) => flags.given.push(value(name, node)),
            Found::Hidden(node) => open = Some(node.span()),
            Found::Nothing => {}
        }
    }
    if kubeadm && file.component == "kubelet" {
        super::kubeadm::complete(&mut flags, super::kubeadm::KUBELET);
    }
    // What the file has no field for may stand on the command line.
    flags.elsewhere = open.map_or(Elsewhere::AllBut(file.settings, near), Elsewhere::Any);
    facts.components.push(Component {
        resource: id,
        name: file.component,
        source: Source::Configuration,
        flags,
        minor: Setting::Unset,
        command: None,
        fragment: resource.fragment,
    });
}

enum Found<'t> {
    Value(Node<'t>),
    /// A template may have put it here.
    Hidden(Node<'t>),
    Nothing,
}

fn find<'t>(root: Node<'t>, path: &[&str]) -> Found<'t> {
    let mut node = root;
    for key in path {
        match node.get(key) {
            Some(inner) => node = inner,
            None if node.is_open() || node.kind() == Kind::Unknown => return Found::Hidden(node),
            None => return Found::Nothing,
        }
    }
    if node.kind() == Kind::Null { Found::Nothing } else { Found::Value(node) }
}

/// A switch as flags spell it, whatever YAML allows.
fn scalar(node: Node<'_>) -> String {
    node.as_bool().map_or_else(|| node.text().to_owned(), |value| value.to_string())
}

/// A field as a flag: lists and switches as they are written on a command line, `a,b` and `a=true,b=false`.
fn value(name: &str, node: Node<'_>) -> Flag {
    let place = |node: Node<'_>| node.short_span().unwrap_or_else(|| node.span());
    let items: Vec<Word> = match node.kind() {
        Kind::Sequence => {
            node.items().map(|item| Word { text: item.text().to_owned(), span: place(item) }).collect()
        }
        Kind::Mapping => node
            .entries()
            .into_iter()
            .map(|entry| Word {
                text: format!("{}={}", entry.key.text(), scalar(entry.value)),
                span: place(entry.value),
            })
            .collect(),
        _ => return from_scalar(name, node),
    };
    let nodes = || node.items().chain(node.own_entries().map(|entry| entry.value));
    let hidden = node.is_open() || nodes().any(|node| node.kind() == Kind::Unknown);
    let texts: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
    let span = items.first().map_or_else(|| node.span(), |first| first.span);
    let value = if hidden { Setting::Unknown(node.span()) } else { Setting::Set(texts.join(","), span) };
    Flag { name: name.to_owned(), value, items }
}
