//! What an object offers to others by name: keys, ports, listeners, and what controllers make for it.

use std::collections::BTreeSet;

use crate::model::Setting;
use crate::model::facts::Facts;
use crate::model::reference::{Definition, HEADLESS, Target};
use crate::model::resource::{Resource, ResourceId};
use crate::syntax::tree::{Kind, Node};

const CONFIG_MAP: Target = Target::core("ConfigMap");
const SECRET: Target = Target::core("Secret");
const SERVICE: Target = Target::core("Service");
const GATEWAY: Target = Target::of("gateway.networking.k8s.io", "Gateway");

/// Adds what a resource defines beside itself.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, resource: &Resource, root: Node<'_>) {
    let own = |target, parts| Definition {
        target,
        name: resource.name.clone(),
        namespace: resource.namespace.clone(),
        parts,
        resource: Some(id),
        anchor: resource.anchor,
    };
    let spec = root.get("spec");
    match (resource.kind(), resource.group()) {
        ("ConfigMap", "") => facts.definitions.push(own(CONFIG_MAP, keys(root, &["data", "binaryData"]))),
        ("Secret", "") => facts.definitions.push(own(SECRET, secret_keys(root))),
        ("SealedSecret", _) => facts.definitions.push(own(SECRET, spec.and_then(sealed_keys))),
        ("Service", "") => facts.definitions.push(own(SERVICE, spec.and_then(ports))),
        ("Service", _) => facts.definitions.push(own(SERVICE, None)),
        ("Gateway", "gateway.networking.k8s.io") => {
            facts.definitions.push(own(GATEWAY, spec.and_then(|spec| names_in(spec, "listeners"))));
        }
        _ => {}
    }
    if matches!(resource.kind(), "Ingress" | "Gateway") && certificate_is_made(root) {
        for name in spec.map(certificates).unwrap_or_default() {
            facts.definitions.push(Definition { name, resource: None, ..own(SECRET, None) });
        }
    }
    made(facts, resource, root);
    facts.installs |= INSTALLERS.contains(&(resource.group(), resource.kind()));
}

/// Annotations by which a controller gets the certificates of an Ingress or Gateway, and stores them where that says.
const CERTIFIED: &[&str] =
    &["cert-manager.io/", "kubernetes.io/tls-acme", "certmanager.k8s.io/", "cert.gardener.cloud/"];

/// Whether a controller makes the Secrets that an Ingress or Gateway takes certificates from.
pub(super) fn certificate_is_made(root: Node<'_>) -> bool {
    let Some(annotations) = root.at(&["metadata", "annotations"]) else { return false };
    annotations.is_open()
        || annotations
            .entries()
            .iter()
            .any(|entry| CERTIFIED.iter().any(|prefix| entry.key.text().starts_with(prefix)))
}

/// The Secrets that an Ingress or Gateway takes certificates from.
fn certificates(spec: Node<'_>) -> Vec<Setting<String>> {
    let tls = spec.get("tls").into_iter().flat_map(Node::items);
    let listeners = spec.get("listeners").into_iter().flat_map(Node::items);
    let references = listeners.filter_map(|node| node.at(&["tls", "certificateRefs"])).flat_map(Node::items);
    let names = tls.map(|node| Setting::text(node, "secretName"));
    names.chain(references.map(|node| Setting::text(node, "name"))).collect()
}

/// Kinds that bring along objects which no file here says.
const INSTALLERS: &[(&str, &str)] = &[
    ("argoproj.io", "Application"),
    ("argoproj.io", "ApplicationSet"),
    ("argoproj.io", "ArgoCD"),
    ("helm.cattle.io", "HelmChart"),
    ("helm.cattle.io", "HelmChartConfig"),
    ("helm.crossplane.io", "Release"),
    ("helm.toolkit.fluxcd.io", "HelmRelease"),
    ("kustomize.toolkit.fluxcd.io", "Kustomization"),
];

/// Kinds for which a controller makes an object: what it makes, and where its name stands; nowhere, or nothing
/// written there, is the name of the object itself.
const MADE: &[(&str, Target, &[&str])] = &[
    ("BitwardenSecret", SECRET, &["spec", "secretName"]),
    ("Bundle", CONFIG_MAP, &[]),
    ("Certificate", SECRET, &["spec", "secretName"]),
    ("ClusterExternalSecret", SECRET, &["spec", "externalSecretName"]),
    ("DopplerSecret", SECRET, &["spec", "managedSecret", "name"]),
    ("ExternalSecret", SECRET, &["spec", "target", "name"]),
    ("InfisicalSecret", SECRET, &["spec", "managedSecretReference", "secretName"]),
    ("KafkaUser", SECRET, &[]),
    ("ObjectBucketClaim", CONFIG_MAP, &[]),
    ("ObjectBucketClaim", SECRET, &[]),
    ("OnePasswordItem", SECRET, &[]),
    ("PersistentVolume", Target::of("storage.k8s.io", "StorageClass"), &["spec", "storageClassName"]),
    ("VaultDynamicSecret", SECRET, &["spec", "destination", "name"]),
    ("VaultPKISecret", SECRET, &["spec", "destination", "name"]),
    ("VaultSecret", SECRET, &[]),
    ("VaultStaticSecret", SECRET, &["spec", "destination", "name"]),
];

/// The same for lists of objects to make, each with its name at a key.
const MADE_LISTS: &[(&str, Target, &[&str], &str)] = &[
    ("SecretProviderClass", SECRET, &["spec", "secretObjects"], "secretName"),
    ("SopsSecret", SECRET, &["spec", "secretTemplates"], "name"),
];

fn made(facts: &mut Facts, resource: &Resource, root: Node<'_>) {
    let mut add = |target: &Target, name: Setting<String>, namespace: Setting<String>| {
        let target = target.clone();
        let anchor = resource.anchor;
        facts.definitions.push(Definition { target, name, namespace, parts: None, resource: None, anchor });
    };
    for (_, target, path) in MADE.iter().filter(|(kind, ..)| *kind == resource.kind()) {
        let named = path.split_last().and_then(|(key, path)| Some(Setting::text(root.at(path)?, key)));
        let name = named.unwrap_or_default().or(resource.name.clone());
        let everywhere = resource.kind().starts_with("Cluster") || resource.kind() == "Bundle";
        let namespace = if everywhere { Setting::Unset } else { resource.namespace.clone() };
        add(target, name, namespace);
    }
    for (_, target, path, key) in MADE_LISTS.iter().filter(|(kind, ..)| *kind == resource.kind()) {
        for node in root.at(path).into_iter().flat_map(Node::items) {
            add(target, Setting::text(node, key), resource.namespace.clone());
        }
    }
}

/// The keys of a Secret; a controller fills those of a token.
fn secret_keys(root: Node<'_>) -> Option<BTreeSet<String>> {
    let kind = Setting::text(root, "type");
    if kind.is_unknown() || kind.get().is_some_and(|kind| kind == "kubernetes.io/service-account-token") {
        return None;
    }
    keys(root, &["data", "stringData"])
}

fn sealed_keys(spec: Node<'_>) -> Option<BTreeSet<String>> {
    let mut keys = keys(spec, &["encryptedData"])?;
    if let Some(template) = spec.get("template") {
        keys.extend(self::keys(template, &["data", "stringData"]).unwrap_or_default());
    }
    Some(keys)
}

/// The keys under these fields; `None` as soon as one cannot be known, and where there is none: something fills the
/// object later.
fn keys(node: Node<'_>, fields: &[&str]) -> Option<BTreeSet<String>> {
    if node.is_open() {
        return None;
    }
    let mut out = BTreeSet::new();
    for field in fields.iter().filter_map(|field| node.get(field)) {
        if field.is_open() || field.kind() == Kind::Unknown {
            return None;
        }
        for entry in field.entries() {
            if entry.key.kind() == Kind::Unknown {
                return None;
            }
            out.insert(entry.key.text().to_owned());
        }
    }
    (!out.is_empty()).then_some(out)
}

/// The numbers and names of a Service's ports, and whether it has an address.
fn ports(spec: Node<'_>) -> Option<BTreeSet<String>> {
    let external = Setting::text(spec, "type").get().is_some_and(|kind| kind == "ExternalName");
    if spec.is_open() || external {
        return None;
    }
    let mut out = names_in(spec, "ports").unwrap_or_default();
    for port in spec.get("ports").into_iter().flat_map(Node::items) {
        match port.get("port").map(|number| (number.kind(), number.text())) {
            Some((Kind::Int, number)) => drop(out.insert(number.to_owned())),
            _ => return None,
        }
    }
    match spec.get("clusterIP") {
        Some(address) if address.kind() == Kind::Unknown => return None,
        Some(address) if address.text() == "None" => drop(out.insert(HEADLESS.to_owned())),
        _ => {}
    }
    Some(out)
}

/// The names of the items of a list; `None` when one cannot be known.
fn names_in(parent: Node<'_>, key: &str) -> Option<BTreeSet<String>> {
    let Some(list) = parent.get(key) else { return (!parent.is_open()).then(BTreeSet::new) };
    if list.is_open() || list.kind() == Kind::Unknown {
        return None;
    }
    let mut out = BTreeSet::new();
    for item in list.items() {
        match Setting::text(item, "name") {
            Setting::Set(name, _) => drop(out.insert(name)),
            Setting::Unset => {}
            Setting::Unknown(_) => return None,
        }
    }
    Some(out)
}
