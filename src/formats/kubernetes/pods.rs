//! Pod templates → workloads, containers, volumes, variables.

use std::collections::HashMap;

use super::templates::{self, Template};
use super::{read, security};
use crate::formats::images;
use crate::model::Setting;
use crate::model::env::EnvVar;
use crate::model::facts::Facts;
use crate::model::ports::{ContainerPort, Listed};
use crate::model::resource::{Resource, ResourceId};
use crate::model::workload::{Container, Role, Volume, Word, Workload};
use crate::syntax::tree::{Kind, Node};
use crate::text::Span;

/// Adds everything that the resource's pod templates say.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let resource = facts.resource(id).clone();
    if resource.kind() == "PersistentVolume" {
        persistent_volume(facts, id, root);
    }
    for template in templates::find(&resource, root) {
        let from = facts.containers.len();
        let workload = workload(&resource, id, root, &template);
        let number = facts.workloads.len();
        facts.workloads.push(workload);
        containers(facts, number, &template);
        volumes(facts, number, from, template.pod);
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
        replicas: spec.map_or(Setting::Unset, |spec| Setting::int(spec, "replicas")),
        asks: asks(template.pod),
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
            let container = container(workload, role, node, template);
            variables(facts, node, container.anchor);
            let flavour = container.image.as_ref().map(images::flavour).unwrap_or_default();
            let scripts = super::scripts::scripts(node).map(|script| script.with_flavour(flavour));
            facts.scripts.extend(scripts);
            facts.containers.push(container);
        }
    };
    add("initContainers", Role::Init);
    for key in template.mains {
        add(key, Role::Main);
    }
    add("ephemeralContainers", Role::Ephemeral);
}

fn container(workload: usize, role: Role, node: Node<'_>, template: &Template<'_>) -> Container {
    let name = Setting::text(node, "name");
    let anchor = node.get("name").map(read::content).filter(|span| !span.is_empty());
    let anchor = anchor.unwrap_or_else(|| first_key(node));
    let always = Setting::text(node, "restartPolicy").get().is_some_and(|policy| policy == "Always");
    let role = if role == Role::Init && always { Role::Sidecar } else { role };
    let security = security::lower(node, &name, template, anchor);
    Container {
        workload,
        role,
        name,
        image: node.get("image").and_then(read::image),
        security,
        command: read::words(node, "command"),
        args: read::words(node, "args"),
        inside: inside(node),
        mounts: read::list(node, "volumeMounts", |mount| Setting::text(mount, "mountPath").get().cloned()),
        ports: read::list(node, "ports", |port| ContainerPort {
            name: Setting::text(port, "name"),
            number: Setting::int(port, "containerPort"),
            protocol: Setting::text(port, "protocol"),
        }),
        asks: asks(node),
        node: node.id(),
        anchor,
        fragment: node.get("image").is_none() && !node.is_open(),
    }
}

/// Where a container says what is run in it besides its command.
const INSIDE: [&[&str]; 5] = [
    &["livenessProbe", "exec"],
    &["readinessProbe", "exec"],
    &["startupProbe", "exec"],
    &["lifecycle", "postStart", "exec"],
    &["lifecycle", "preStop", "exec"],
];

fn inside(node: Node<'_>) -> Vec<Word> {
    let commands = INSIDE.iter().filter_map(|path| node.at(path));
    let words = commands.map(|exec| read::words(exec, "command"));
    words.filter_map(|words| words.get()?.first().cloned()).collect()
}

/// The names of the resources that are requested or limited.
fn asks(parent: Node<'_>) -> Listed<String> {
    let Some(resources) = parent.get("resources") else {
        return Listed { items: Vec::new(), open: parent.is_open() };
    };
    let mut asks =
        Listed { items: Vec::new(), open: resources.is_open() || resources.kind() == Kind::Unknown };
    for list in ["requests", "limits"].iter().filter_map(|key| resources.get(key)) {
        asks.open |= list.is_open() || list.kind() == Kind::Unknown;
        let known = list.entries().into_iter().filter(|entry| entry.value.kind() != Kind::Null);
        asks.items.extend(known.map(|entry| entry.key.text().to_owned()));
    }
    asks
}

/// The first key of a mapping: what stands for it when it has no name.
pub(super) fn first_key(node: Node<'_>) -> Span {
    node.own_entries().next().map_or(node.span(), |entry| entry.key.span())
}

/// What a PersistentVolume stands for is written as a pod's volume is.
fn persistent_volume(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let anchor = facts.resource(id).anchor;
    facts.volumes.extend(root.get("spec").map(|spec| Volume {
        resource: id,
        workload: None,
        node: spec.id(),
        read_only: Setting::Unset,
        anchor,
    }));
}

/// The volumes of a pod, whose containers are those from this number on.
fn volumes(facts: &mut Facts, workload: usize, containers: usize, pod: Node<'_>) {
    let Some(list) = pod.get("volumes") else { return };
    let containers = facts.containers[containers..].iter().map(|container| pod.tree().node(container.node));
    let mut read_only = read_only(containers);
    for node in list.items().filter(|node| node.kind() == Kind::Mapping) {
        let anchor = node.get("name").map_or_else(|| first_key(node), read::content);
        let resource = facts.workloads[workload].resource;
        let read_only = node.get("name").and_then(|name| read_only.remove(name.text())).unwrap_or_default();
        let workload = Some(workload);
        facts.volumes.push(Volume { resource, workload, node: node.id(), read_only, anchor });
    }
}

/// Whether all mounts of a volume are for reading only, by its name.
fn read_only<'t>(containers: impl Iterator<Item = Node<'t>>) -> HashMap<&'t str, Setting<bool>> {
    let mut volumes = HashMap::new();
    for mount in containers.filter_map(|container| container.get("volumeMounts")).flat_map(Node::items) {
        let Some(name) = mount.get("name") else { continue };
        let this = match Setting::bool(mount, "readOnly") {
            Setting::Unset => Setting::Set(false, name.span()),
            said => said,
        };
        let all = volumes.entry(name.text()).or_insert_with(|| this.clone());
        if this.get() == Some(&false) || all.get() == Some(&true) {
            *all = this;
        }
    }
    volumes
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
