//! Switches that make a client accept any certificate, wherever an object of another project has them.

use super::super::File;
use crate::model::resource::Resource;
use crate::rule::Match;
use crate::syntax::tree::{Entry, Node};

/// Names of such switches, in the spellings that projects have for them.
const SWITCHES: &[&str] = &[
    "insecureSkipVerify",
    "insecureSkipTLSVerify",
    "insecureSkipTlsVerify",
    "tlsInsecureSkipVerify",
    "insecure_skip_verify",
    "skipTLSVerify",
    "skipTlsVerify",
    "tlsSkipVerify",
    "tlsSkipVerifyInsecure",
    "insecureTLS",
];

/// Annotations that do the same, and the value with which they do. Sources: the documentation of Vault's injector, of
/// ingress-nginx, and of Kong's controller.
const ANNOTATIONS: &[(&str, &str)] = &[
    ("vault.hashicorp.com/tls-skip-verify", "true"),
    ("nginx.ingress.kubernetes.io/proxy-ssl-verify", "off"),
    ("konghq.com/tls-verify", "false"),
];

/// How deep an object is searched.
const MAX_DEPTH: usize = 16;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    for resource in &file.facts.resources {
        let root = tree.node(resource.node);
        if let Some(annotations) = root.at(&["metadata", "annotations"]) {
            annotated(annotations, out);
        }
        if let (true, Some(spec)) = (is_foreign(resource), root.get("spec")) {
            search(spec, out);
        }
        repository(root, resource, out);
    }
    for workload in &file.facts.workloads {
        let metadata = workload.metadata.map(|id| tree.node(id));
        let own = tree.node(file.facts.resource_of(workload).node).get("metadata").map(Node::id);
        let metadata = metadata.filter(|metadata| Some(metadata.id()) != own);
        if let Some(annotations) = metadata.and_then(|metadata| metadata.get("annotations")) {
            annotated(annotations, out);
        }
    }
}

/// Whether the object is of a project other than Kubernetes, and no description of such objects.
fn is_foreign(resource: &Resource) -> bool {
    let group = resource.group();
    group.contains('.') && !group.ends_with(".k8s.io")
}

fn annotated(annotations: Node<'_>, out: &mut Vec<Match>) {
    for (name, value) in ANNOTATIONS {
        let entry = annotations.entry(name).filter(|entry| entry.value.text() == *value);
        if let Some(entry) = entry {
            report(entry, out);
        }
    }
}

fn search(root: Node<'_>, out: &mut Vec<Match>) {
    let mut stack = vec![(root, 0)];
    while let Some((node, depth)) = stack.pop() {
        if node.is_alias() || depth > MAX_DEPTH {
            continue;
        }
        for entry in node.own_entries() {
            if SWITCHES.contains(&entry.key.text()) && is_on(entry.value) {
                report(entry, out);
            } else {
                stack.push((entry.value, depth + 1));
            }
        }
        stack.extend(node.items().map(|item| (item, depth + 1)));
    }
}

fn is_on(value: Node<'_>) -> bool {
    value.as_bool() == Some(true) || value.as_str() == Some("true")
}

/// A repository or cluster that Argo CD reads from a Secret. Source:
/// <https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories>.
fn repository(root: Node<'_>, resource: &Resource, out: &mut Vec<Match>) {
    if resource.kind() != "Secret" || resource.labels.get("argocd.argoproj.io/secret-type").is_none() {
        return;
    }
    let url = root.at(&["stringData", "url"]).map_or("", Node::text);
    let by_ssh = url.starts_with("ssh://") || url.starts_with("git@");
    for key in ["insecure", "insecureIgnoreHostKey"] {
        let entry = root.get("stringData").and_then(|data| data.entry(key));
        if let Some(entry) = entry.filter(|entry| is_on(entry.value)) {
            if by_ssh || key == "insecureIgnoreHostKey" {
                let message = "the server's host key is not checked, so anybody on the way can pretend to be it; add it \
                               to `argocd-ssh-known-hosts-cm`";
                out.push(Match::new(entry.place(), message));
            } else {
                report(entry, out);
            }
        }
    }
}

fn report(entry: Entry<'_>, out: &mut Vec<Match>) {
    let message = "the other side's certificate is not verified, so anybody on the way can pretend to be it; trust its \
                   authority instead";
    out.push(Match::new(entry.place(), message));
}
