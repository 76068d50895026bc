//! Annotations that a field, or another annotation, has taken the place of.

use std::collections::HashSet;

use super::super::File;
use crate::model::labels::Label;
use crate::rule::Match;
use crate::syntax::tree::{Kind, Node};
use crate::text::Span;

/// An annotation: its key, or the start of it where it ends in `/`; the minors of Kubernetes 1 since which it is
/// deprecated and not read; what to use.
struct Row {
    key: &'static str,
    deprecated: u16,
    unread: u16,
    instead: &'static str,
}

const NEVER: u16 = u16::MAX;

const fn row(key: &'static str, deprecated: u16, unread: u16, instead: &'static str) -> Row {
    Row { key, deprecated, unread, instead }
}

const SECCOMP: &str = "`seccompProfile` in the security context";
const TOPOLOGY: &str = "`service.kubernetes.io/topology-mode`";
const CERTIFICATES: &str = "the one of `cert-manager.io`";
const OLD: &str = "certmanager.k8s.io/";
const NEW: &str = "cert-manager.io/";

/// Sources: <https://kubernetes.io/docs/reference/labels-annotations-taints/>, the constants of
/// <https://github.com/kubernetes/api/blob/master/core/v1/annotation_key_constants.go>, and for `certmanager.k8s.io`
/// <https://cert-manager.io/docs/releases/upgrading/upgrading-0.10-0.11/>, a release older than any cluster that runs.
const ROWS: &[Row] = &[
    row("seccomp.security.alpha.kubernetes.io/pod", 19, 27, SECCOMP),
    row("container.seccomp.security.alpha.kubernetes.io/", 19, 27, SECCOMP),
    row(
        "container.apparmor.security.beta.kubernetes.io/",
        30,
        NEVER,
        "`appArmorProfile` in the security context",
    ),
    row("scheduler.alpha.kubernetes.io/critical-pod", 13, 16, "`priorityClassName`"),
    row("scheduler.alpha.kubernetes.io/affinity", 6, 8, "`affinity`"),
    row("scheduler.alpha.kubernetes.io/tolerations", 6, 8, "`tolerations`"),
    row("pod.alpha.kubernetes.io/init-containers", 6, 8, "`initContainers`"),
    row("pod.beta.kubernetes.io/init-containers", 6, 8, "`initContainers`"),
    row("security.alpha.kubernetes.io/sysctls", 11, 11, "`sysctls` in the security context"),
    row("security.alpha.kubernetes.io/unsafe-sysctls", 11, 11, "`sysctls` in the security context"),
    row("volume.beta.kubernetes.io/storage-class", 6, NEVER, "`storageClassName`"),
    row("volume.beta.kubernetes.io/mount-options", 8, NEVER, "`mountOptions`"),
    row(
        "storageclass.beta.kubernetes.io/is-default-class",
        6,
        NEVER,
        "`storageclass.kubernetes.io/is-default-class`",
    ),
    row("service.alpha.kubernetes.io/tolerate-unready-endpoints", 11, 24, "`publishNotReadyAddresses`"),
    row("service.kubernetes.io/topology-aware-hints", 27, NEVER, TOPOLOGY),
    row("kubernetes.io/enforce-mountable-secrets", 32, NEVER, "namespaces that keep secrets apart"),
    row(OLD, 0, 0, CERTIFICATES),
];

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let minor = file.context.kubernetes.minor;
    for resource in &file.facts.resources {
        let root = file.tree.map(|tree| tree.node(resource.node));
        if root.is_some_and(is_part) {
            continue;
        }
        let pairs = &resource.annotations.pairs;
        let new: HashSet<&str> = pairs.iter().filter_map(|label| label.key.strip_prefix(NEW)).collect();
        for Label { key, span, .. } in pairs {
            // Written beside the new one, the old is for clusters of old.
            if key.strip_prefix(OLD).is_none_or(|name| !new.contains(name)) {
                out.extend(found(key, minor, first(*span, key), root));
            }
        }
    }
    let Some(tree) = file.tree else { return };
    for workload in file.facts.workloads.iter().filter(|one| file.facts.resource_of(one).kind() != "Pod") {
        let annotations = workload.metadata.and_then(|metadata| tree.node(metadata).get("annotations"));
        let entries = annotations.into_iter().flat_map(Node::entries);
        for entry in entries.filter(|entry| entry.key.kind() != Kind::Unknown) {
            let root = tree.node(file.facts.resource_of(workload).node);
            out.extend(found(entry.key.text(), minor, entry.key.span(), Some(root)));
        }
    }
}

/// The key in a span that starts with it.
fn first(span: Span, key: &str) -> Span {
    span.slice(0, key.len())
}

fn found(key: &str, minor: u16, span: Span, root: Option<Node<'_>>) -> Option<Match> {
    let fits = |row: &&Row| if row.key.ends_with('/') { key.starts_with(row.key) } else { key == row.key };
    let row = ROWS.iter().find(fits).filter(|row| row.deprecated <= minor)?;
    let what = match row {
        _ if row.unread == 0 => format!("`{key}` is not read any more"),
        _ if row.unread <= minor => format!("`{key}` is not read since Kubernetes 1.{}", row.unread),
        _ => format!("`{key}` is deprecated"),
    };
    let name = row.instead.split('`').nth(1).unwrap_or_default();
    let message = if root.is_some_and(|root| has(root, name)) {
        format!("{what}; remove it, `{name}` is set")
    } else {
        format!("{what}; use {}", row.instead)
    };
    Some(Match::new(span, message))
}

/// Whether an object says already what an annotation of it has said: in its own spec, in its pods', in their security
/// context, or in another annotation. A security context of a container may be of another one than is meant.
fn has(root: Node<'_>, name: &str) -> bool {
    let within = |part: Option<Node<'_>>| part.is_some_and(|part| part.get(name).is_some());
    let pod = root.at(&["spec", "template", "spec"]);
    let context = |part: Option<Node<'_>>| within(part.and_then(|part| part.get("securityContext")));
    let annotations = [&["metadata", "annotations"][..], &["spec", "template", "metadata", "annotations"]];
    let specs = [root.get("spec"), pod];
    !name.is_empty()
        && (within(Some(root))
            || specs.into_iter().any(|spec| within(spec) || context(spec))
            || annotations.into_iter().any(|path| within(root.at(path))))
}

/// Whether it is a webhook configuration without webhooks, or a definition without a spec: scaffolds lay such parts,
/// with the annotation alone, over the whole.
fn is_part(root: Node<'_>) -> bool {
    match root.get("kind").map_or("", Node::text) {
        "ValidatingWebhookConfiguration" | "MutatingWebhookConfiguration" => root.get("webhooks").is_none(),
        "CustomResourceDefinition" => root.get("spec").is_none(),
        _ => false,
    }
}
