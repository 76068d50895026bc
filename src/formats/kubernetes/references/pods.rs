//! What pods need by name: configuration, secrets, storage, accounts, classes.

use super::Referrer;
use crate::model::Setting;
use crate::model::facts::Facts;
use crate::model::reference::{Purpose, Reference, Target};
use crate::model::workload::Workload;
use crate::syntax::tree::{Kind, Node};

const CONFIG_MAP: (Purpose, Target) = (Purpose::ConfigMap, Target::core("ConfigMap"));
const SECRET: (Purpose, Target) = (Purpose::Secret, Target::core("Secret"));

/// Adds the references of a workload's pods.
pub(in super::super) fn lower(facts: &mut Facts, workload: &Workload, pod: Node<'_>) {
    let namespace = facts.resource_of(workload).namespace.clone();
    let mut out = Referrer { facts, id: workload.resource, namespace };
    let lists = ["initContainers", "containers", "ephemeralContainers"];
    for container in lists.iter().filter_map(|key| pod.get(key)).flat_map(Node::items) {
        environment(&mut out, container);
        mentions(&mut out, container);
    }
    for volume in pod.get("volumes").into_iter().flat_map(Node::items) {
        self::volume(&mut out, volume);
    }
    let account = Setting::text(pod, "serviceAccountName").or(Setting::text(pod, "serviceAccount"));
    out.add(out.to(Purpose::PodAccount, Target::core("ServiceAccount"), account));
    out.pull_secrets(pod);
    let class = Setting::text(pod, "priorityClassName");
    out.add_global(Purpose::PriorityClass, Target::of("scheduling.k8s.io", "PriorityClass"), class);
    let class = Setting::text(pod, "runtimeClassName");
    out.add_global(Purpose::RuntimeClass, Target::of("node.k8s.io", "RuntimeClass"), class);
}

fn environment(out: &mut Referrer<'_>, container: Node<'_>) {
    for variable in container.get("env").into_iter().flat_map(Node::items) {
        let Some(from) = variable.get("valueFrom") else { continue };
        object(out, CONFIG_MAP, from.get("configMapKeyRef"), "name", Parts::Key);
        object(out, SECRET, from.get("secretKeyRef"), "name", Parts::Key);
    }
    for source in container.get("envFrom").into_iter().flat_map(Node::items) {
        object(out, CONFIG_MAP, source.get("configMapRef"), "name", Parts::None);
        object(out, SECRET, source.get("secretRef"), "name", Parts::None);
    }
}

fn volume(out: &mut Referrer<'_>, volume: Node<'_>) {
    object(out, CONFIG_MAP, volume.get("configMap"), "name", Parts::Items);
    object(out, SECRET, volume.get("secret"), "secretName", Parts::Items);
    for source in volume.at(&["projected", "sources"]).into_iter().flat_map(Node::items) {
        object(out, CONFIG_MAP, source.get("configMap"), "name", Parts::Items);
        object(out, SECRET, source.get("secret"), "name", Parts::Items);
    }
    for entry in volume.own_entries().filter(|entry| entry.value.kind() == Kind::Mapping) {
        object(out, SECRET, entry.value.get("secretRef"), "name", Parts::None);
        object(out, SECRET, entry.value.get("nodePublishSecretRef"), "name", Parts::None);
    }
    let claim = (Purpose::Claim, Target::core("PersistentVolumeClaim"));
    object(out, claim, volume.get("persistentVolumeClaim"), "claimName", Parts::None);
    if let Some(claim) = volume.at(&["ephemeral", "volumeClaimTemplate", "spec"]) {
        out.storage_class(claim);
    }
}

/// Which keys of an object are meant.
#[derive(Clone, Copy, PartialEq)]
enum Parts {
    /// All that there are.
    None,
    /// The one at `key`.
    Key,
    /// Those under `items`, or all without.
    Items,
}

fn object(
    out: &mut Referrer<'_>,
    (purpose, target): (Purpose, Target),
    node: Option<Node<'_>>,
    name: &str,
    parts: Parts,
) {
    let Some(node) = node.filter(|node| node.kind() == Kind::Mapping) else { return };
    let optional = node.get("optional").is_some_and(|node| node.as_bool() != Some(false));
    let reference = Reference { optional, ..out.to(purpose, target, Setting::text(node, name)) };
    if parts == Parts::Items {
        for item in node.get("items").into_iter().flat_map(Node::items) {
            let part = Setting::text(item, "key");
            out.add(Reference { part, ..reference.clone() });
        }
    }
    let part = if parts == Parts::Key { Setting::text(node, "key") } else { Setting::Unset };
    out.add(Reference { part, ..reference });
}

/// Longer arguments are programs, whose words are no names.
const LONGEST_ARGUMENT: usize = 256;
/// Words of one file at most.
const MOST_MENTIONS: usize = 10_000;

/// Words of arguments and variables that may be names of objects, which the program reads from the API itself.
fn mentions(out: &mut Referrer<'_>, container: Node<'_>) {
    let arguments = ["command", "args"].iter().filter_map(|key| container.get(key)).flat_map(Node::items);
    let values = container.get("env").into_iter().flat_map(Node::items).filter_map(|node| node.get("value"));
    for text in arguments.chain(values).map(Node::text).filter(|text| text.len() <= LONGEST_ARGUMENT) {
        let words = text.split(|next: char| !(next.is_ascii_alphanumeric() || matches!(next, '-' | '.')));
        for word in words.filter(|word| super::is_name(word)) {
            if out.facts.mentions.len() < MOST_MENTIONS {
                out.facts.mentions.insert(word.to_owned());
            }
        }
    }
}
