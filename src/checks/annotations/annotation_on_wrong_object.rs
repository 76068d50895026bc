//! Annotations that a tool reads on pods, or on an Ingress, and that stand on another object.

use super::super::File;
use crate::rule::Match;
use crate::syntax::tree::Node;

/// What is read on pods. Sources: <https://istio.io/latest/docs/reference/config/annotations/>,
/// <https://developer.hashicorp.com/vault/docs/platform/k8s/injector/annotations>,
/// <https://linkerd.io/2/reference/proxy-configuration/>,
/// <https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md>.
const OF_PODS: &[&str] = &[
    "sidecar.istio.io/",
    "traffic.sidecar.istio.io/",
    "readiness.status.sidecar.istio.io/",
    "inject.istio.io/",
    "proxy.istio.io/",
    "vault.hashicorp.com/",
    "linkerd.io/inject",
    "config.linkerd.io/",
    "cluster-autoscaler.kubernetes.io/safe-to-evict",
];

/// Controllers whose own annotations do not reach their pods.
const CONTROLLERS: &[&str] =
    &["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Rollout"];

/// What is read on an Ingress. Source:
/// <https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/>.
const OF_INGRESSES: &str = "nginx.ingress.kubernetes.io/";

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    for (id, resource) in file.facts.resources.iter().enumerate() {
        let controller = CONTROLLERS.contains(&resource.kind());
        if !controller && resource.kind() != "Service" {
            continue;
        }
        let root = tree.node(resource.node);
        let pods = file.facts.workloads.iter().find(|workload| workload.resource == id);
        let pods = pods.and_then(|workload| workload.metadata).map(|id| tree.node(id));
        for entry in super::written(root.get("metadata")) {
            let key = entry.key.text();
            let message = if controller && OF_PODS.iter().any(|prefix| key.starts_with(prefix)) {
                if resource.fragment || pods.is_some_and(|pods| has(pods, key)) {
                    continue;
                }
                "read on pods only: move it to the metadata of the pod template"
            } else if key.starts_with(OF_INGRESSES) {
                "read on an Ingress only, and ignored here"
            } else {
                continue;
            };
            let Some(span) = entry.key.short_span() else { continue };
            out.push(Match::new(span, message));
        }
    }
}

/// Whether the pods carry it too, or may: as an annotation, or as the label that replaces it.
fn has(metadata: Node<'_>, key: &str) -> bool {
    metadata.is_open()
        || ["annotations", "labels"].iter().any(|kind| {
            metadata.get(kind).is_some_and(|entries| entries.is_open() || entries.get(key).is_some())
        })
}
