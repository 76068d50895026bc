//! References by name, from objects and from their pods.

mod cluster;
mod delivery;
mod network;
mod pods;
mod scaling;
#[cfg(test)]
mod tests;

pub(super) use pods::lower as pods;

use super::read;
use crate::model::Setting;
use crate::model::facts::Facts;
use crate::model::reference::{Purpose, Reference, Target};
use crate::model::resource::{Resource, ResourceId};
use crate::model::setting::is_placeholder;
use crate::syntax::tree::{Kind, Node};

/// Adds the references of an object, apart from those of its pods.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, resource: &Resource, root: Node<'_>) {
    let mut out = Referrer { facts, id, namespace: resource.namespace.clone() };
    match (resource.group(), root.get("spec")) {
        ("rbac.authorization.k8s.io", _) => cluster::rbac(&mut out, root),
        ("admissionregistration.k8s.io", _) => cluster::admission(&mut out, root),
        ("", None) if resource.kind() == "ServiceAccount" => out.pull_secrets(root),
        (_, None) => {}
        (group, Some(spec)) => of_spec(&mut out, resource, group, spec),
    }
}

fn of_spec(out: &mut Referrer<'_>, resource: &Resource, group: &str, spec: Node<'_>) {
    match (group, resource.kind()) {
        ("", "PersistentVolumeClaim") => out.storage_class(spec),
        ("apps", "StatefulSet") => scaling::stateful_set(out, spec),
        ("networking.k8s.io" | "extensions", "Ingress") => network::ingress(out, spec),
        ("gateway.networking.k8s.io", kind) => network::gateway(out, kind, spec),
        ("traefik.io" | "traefik.containo.us", kind) => network::traefik(out, kind, spec),
        ("apiregistration.k8s.io", _) => cluster::service(out, spec),
        ("apiextensions.k8s.io", _) => cluster::conversion(out, spec),
        ("autoscaling", _) => scaling::target(out, spec.get("scaleTargetRef")),
        ("autoscaling.k8s.io" | "flagger.app", _) => scaling::target(out, spec.get("targetRef")),
        ("keda.sh", _) => scaling::keda(out, spec),
        ("argoproj.io", "Rollout") => scaling::target(out, spec.get("workloadRef")),
        ("argoproj.io", kind) => delivery::argo(out, kind, spec),
        (group, _) if group.ends_with(".toolkit.fluxcd.io") => delivery::flux(out, resource, spec),
        _ => {}
    }
}

/// An object, and where what it refers to is noted.
struct Referrer<'f> {
    facts: &'f mut Facts,
    id: ResourceId,
    /// Its own namespace.
    namespace: Setting<String>,
}

impl Referrer<'_> {
    /// A reference to a name in the referrer's own namespace.
    fn to(&self, purpose: Purpose, target: Target, name: Setting<String>) -> Reference {
        Reference {
            resource: self.id,
            purpose,
            target,
            name,
            namespace: self.namespace.clone(),
            part: Setting::Unset,
            optional: false,
        }
    }

    /// Notes a reference, unless no name is written.
    fn add(&mut self, mut reference: Reference) {
        let Some(span) = reference.name.span() else { return };
        match reference.name.get() {
            Some(name) if name.is_empty() => return,
            // What is no name stands for one, or is the schema's concern.
            Some(name) if !is_name(name) => reference.name = Setting::Unknown(span),
            _ => {}
        }
        self.facts.references.push(reference);
    }

    /// Notes a reference to an object without a namespace.
    fn add_global(&mut self, purpose: Purpose, target: Target, name: Setting<String>) {
        let reference = self.to(purpose, target, name);
        self.add(Reference { namespace: Setting::Unset, ..reference });
    }

    /// The class that a claim asks for.
    fn storage_class(&mut self, spec: Node<'_>) {
        let class = Target::of("storage.k8s.io", "StorageClass");
        self.add_global(Purpose::StorageClass, class, Setting::text(spec, "storageClassName"));
    }

    fn pull_secrets(&mut self, node: Node<'_>) {
        for secret in node.get("imagePullSecrets").into_iter().flat_map(Node::items) {
            let name = Setting::text(secret, "name");
            self.add(self.to(Purpose::PullSecret, Target::core("Secret"), name));
        }
    }
}

impl Reference {
    /// The same reference, in the namespace that is written at `key`, if one is.
    fn in_namespace(mut self, node: Node<'_>, key: &str) -> Self {
        self.namespace = Setting::text(node, key).or(self.namespace);
        self
    }

    fn part(mut self, part: Setting<String>) -> Self {
        self.part = part;
        self
    }
}

/// Whether the text can be the name of an object at all.
fn is_name(text: &str) -> bool {
    let fits =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b':');
    text.bytes().all(fits) && text.starts_with(|first: char| first.is_ascii_alphanumeric())
}

/// Text or a number at `key`, as text: a port by name or number.
fn port(parent: Node<'_>, key: &str) -> Setting<String> {
    match parent.entry(key) {
        Some(entry) if matches!(entry.value.kind(), Kind::Int | Kind::String) => {
            if is_placeholder(entry.value.text()) {
                Setting::Unknown(entry.value.span())
            } else {
                Setting::Set(entry.value.text().to_owned(), read::content(entry.value))
            }
        }
        Some(entry) if entry.value.kind() != Kind::Null => Setting::Unknown(entry.value.span()),
        None if parent.is_open() => Setting::Unknown(parent.span()),
        _ => Setting::Unset,
    }
}

/// The kind that a reference says, with its group; a key that is not written stands for `default`'s. `None` where
/// it cannot be known.
fn target(node: Node<'_>, group: &Setting<String>, default: &Target) -> Option<Target> {
    let kind = match Setting::text(node, "kind") {
        Setting::Unset => default.kind.clone().into_owned(),
        kind => kind.get()?.clone(),
    };
    match group {
        Setting::Unset => Some(Target { group: default.group.clone(), kind: kind.into() }),
        group => Some(Target::read(group.get()?, &kind)),
    }
}

/// The group of an `apiVersion`.
fn group_of(version: &str) -> String {
    version.split_once('/').map_or("", |(group, _)| group).to_owned()
}
