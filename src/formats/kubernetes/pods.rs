//! Pod templates → workloads, containers, volumes, variables.

use super::read;
use super::templates::{self, Template};
use crate::model::Setting;
use crate::model::env::EnvVar;
use crate::model::facts::Facts;
use crate::model::resource::{Resource, ResourceId};
use crate::model::workload::{Container, Role, Security, Volume, Workload};
use crate::syntax::tree::{Kind, Node};
use crate::text::Span;

/// Adds everything that the resource's pod templates say.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let resource = facts.resource(id).clone();
    for template in templates::find(&resource, root) {
        let workload = workload(&resource, id, root, &template);
        let number = facts.workloads.len();
        facts.workloads.push(workload);
        containers(facts, number, &template);
        volumes(facts, number, template.pod);
    }
}

fn workload(resource: &Resource, id: ResourceId, root: Node<'_>, template: &Template<'_>) -> Workload {
    let metadata = template.template.and_then(|template| template.get("metadata"));
    let mut labels = read::labels(metadata, "labels");
    if resource.kind() == "Pod" {
        labels = resource.labels.clone();
    } else if template.template.is_none_or(|node| node.get("metadata").is_none() && node.is_open()) {
        labels.open = true;
    }
    let spec = root.get("spec");
    Workload {
        resource: id,
        pod: template.pod.id(),
        metadata: metadata.map(Node::id),
        labels,
        selector: spec.and_then(|spec| selector(resource.kind(), spec)),
        anchor: resource.anchor,
        batch: template.batch,
    }
}

/// What a controller selects its pods by. A ReplicationController's selector is a plain mapping.
fn selector(kind: &str, spec: Node<'_>) -> Option<crate::model::labels::Selector> {
    match kind {
        "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "Rollout" => {
            read::selector(spec, "selector")
        }
        "ReplicationController" => spec.entry("selector").map(|entry| crate::model::labels::Selector {
            labels: read::pairs(entry.value),
            requirements: Vec::new(),
            span: Some(entry.key.span()),
        }),
        _ => None,
    }
}

fn containers(facts: &mut Facts, workload: usize, template: &Template<'_>) {
    let pod = template.pod;
    let mut add = |key: &str, role: Role| {
        let Some(value) = pod.get(key) else { return };
        let single = (value.kind() == Kind::Mapping).then_some(value);
        for node in single.into_iter().chain(value.items()).filter(|node| node.kind() == Kind::Mapping) {
            let mut container = container(workload, role, node, pod);
            if container.security.seccomp.is_unset() {
                container.security.seccomp = seccomp_annotation(template, &container.name);
            }
            variables(facts, node, container.anchor);
            facts.containers.push(container);
        }
    };
    add("initContainers", Role::Init);
    for key in template.mains {
        add(key, Role::Main);
    }
    add("ephemeralContainers", Role::Ephemeral);
}

fn container(workload: usize, role: Role, node: Node<'_>, pod: Node<'_>) -> Container {
    let name = Setting::text(node, "name");
    let anchor = node.get("name").map(read::content).filter(|span| !span.is_empty());
    let anchor = anchor.unwrap_or_else(|| first_key(node));
    let always = Setting::text(node, "restartPolicy").get().is_some_and(|policy| policy == "Always");
    let role = if role == Role::Init && always { Role::Sidecar } else { role };
    Container {
        workload,
        role,
        name,
        image: node.get("image").and_then(read::image),
        security: security(node, pod, anchor),
        node: node.id(),
        anchor,
        fragment: node.get("image").is_none() && !node.is_open(),
    }
}

/// The seccomp profile as clusters before 1.27 read it, from an annotation on the pod: the container's own first.
fn seccomp_annotation(template: &Template<'_>, container: &Setting<String>) -> Setting<String> {
    let annotations = template.template.and_then(|template| template.at(&["metadata", "annotations"]));
    let Some(annotations) = annotations else { return Setting::Unset };
    let own = container.get().map(|name| format!("container.seccomp.security.alpha.kubernetes.io/{name}"));
    let own = own.map_or(Setting::Unset, |key| Setting::text(annotations, &key));
    own.or(Setting::text(annotations, "seccomp.security.alpha.kubernetes.io/pod")).map(|profile| {
        match profile.as_str() {
            "runtime/default" | "docker/default" => "RuntimeDefault",
            "unconfined" => "Unconfined",
            profile if profile.starts_with("localhost/") => "Localhost",
            _ => "",
        }
        .to_owned()
    })
}

/// The first key of a mapping: what stands for it when it has no name.
pub(super) fn first_key(node: Node<'_>) -> Span {
    node.own_entries().next().map_or(node.span(), |entry| entry.key.span())
}

/// The container's security context over the pod's, setting by setting.
fn security(container: Node<'_>, pod: Node<'_>, anchor: Span) -> Security {
    let own = container.entry("securityContext");
    let near = own.as_ref().map_or(anchor, |entry| entry.key.span());
    let hidden = own.is_none() && container.is_open();
    let own = Context { node: own.map(|entry| entry.value), hidden };
    let shared = Context {
        node: pod.get("securityContext"),
        hidden: pod.get("securityContext").is_none() && pod.is_open(),
    };
    let both = |key: &str| (own.bool(key, anchor), shared.bool(key, anchor));
    let (own_root, shared_root) = both("runAsNonRoot");
    Security {
        privileged: own.bool("privileged", anchor),
        allow_privilege_escalation: own.bool("allowPrivilegeEscalation", anchor),
        run_as_non_root: own_root.or(shared_root),
        run_as_user: own.int("runAsUser", anchor).or(shared.int("runAsUser", anchor)),
        read_only_root: own.bool("readOnlyRootFilesystem", anchor),
        seccomp: own.nested_text("seccompProfile", "type", anchor).or(shared.nested_text(
            "seccompProfile",
            "type",
            anchor,
        )),
        capabilities_add: own.words("capabilities", "add", anchor),
        capabilities_drop: own.words("capabilities", "drop", anchor),
        near,
    }
}

/// A security context that may be absent, or hidden by a template.
struct Context<'t> {
    node: Option<Node<'t>>,
    hidden: bool,
}

impl Context<'_> {
    fn read<T>(&self, anchor: Span, read: impl Fn(Node<'_>) -> Setting<T>) -> Setting<T> {
        match self.node {
            Some(node) if node.kind() == Kind::Unknown => Setting::Unknown(node.span()),
            Some(node) => read(node),
            None if self.hidden => Setting::Unknown(anchor),
            None => Setting::Unset,
        }
    }

    fn bool(&self, key: &str, anchor: Span) -> Setting<bool> {
        self.read(anchor, |node| Setting::bool(node, key))
    }

    fn int(&self, key: &str, anchor: Span) -> Setting<i64> {
        self.read(anchor, |node| Setting::int(node, key))
    }

    fn nested<T>(&self, key: &str, anchor: Span, read: impl Fn(Node<'_>) -> Setting<T>) -> Setting<T> {
        self.read(anchor, |node| match node.get(key) {
            Some(inner) if inner.kind() == Kind::Unknown => Setting::Unknown(inner.span()),
            Some(inner) => read(inner),
            None if node.is_open() => Setting::Unknown(node.span()),
            None => Setting::Unset,
        })
    }

    fn nested_text(&self, key: &str, inner: &str, anchor: Span) -> Setting<String> {
        self.nested(key, anchor, |node| Setting::text(node, inner))
    }

    fn words(&self, key: &str, inner: &str, anchor: Span) -> Setting<Vec<crate::model::workload::Word>> {
        self.nested(key, anchor, |node| read::words(node, inner))
    }
}

fn volumes(facts: &mut Facts, workload: usize, pod: Node<'_>) {
    let Some(list) = pod.get("volumes") else { return };
    for node in list.items().filter(|node| node.kind() == Kind::Mapping) {
        let anchor = node.get("name").map_or_else(|| first_key(node), read::content);
        let resource = facts.workloads[workload].resource;
        facts.volumes.push(Volume { resource, workload: Some(workload), node: node.id(), anchor });
    }
}

fn variables(facts: &mut Facts, container: Node<'_>, anchor: Span) {
    let Some(list) = container.get("env") else { return };
    for node in list.items().filter(|node| node.kind() == Kind::Mapping) {
        let anchor = node.get("name").map_or(anchor, read::content);
        facts.env.push(EnvVar { name: Setting::text(node, "name"), value: scalar(node), anchor });
    }
}

/// The literal value of a variable. Numbers and booleans are refused by the API server, but are literal all the same.
fn scalar(node: Node<'_>) -> Setting<String> {
    match node.get("value") {
        None if node.is_open() => Setting::Unknown(node.span()),
        None => Setting::Unset,
        Some(value) if value.kind() == Kind::Null => Setting::Unset,
        Some(value) if value.kind() == Kind::Unknown || value.style().is_none() => {
            Setting::Unknown(value.span())
        }
        Some(value) => Setting::Set(value.text().to_owned(), read::content(value)),
    }
}
