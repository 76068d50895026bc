//! API versions that the cluster's version no longer serves, or will stop serving.

use super::super::File;
use crate::config::KubernetesVersion;
use crate::rule::Match;
use crate::syntax::tree::Hole;

/// Versions of built-in kinds that are gone: group and version, kinds, deprecated in, removed in (minors of
/// Kubernetes 1), replacement. Source: <https://kubernetes.io/docs/reference/using-api/deprecation-guide/>.
const GONE: &[(&str, &[&str], u16, u16, &str)] = &[
    ("extensions/v1beta1", &["DaemonSet", "Deployment", "ReplicaSet"], 9, 16, "apps/v1"),
    ("extensions/v1beta1", &["NetworkPolicy"], 9, 16, "networking.k8s.io/v1"),
    ("extensions/v1beta1", &["PodSecurityPolicy"], 10, 16, ""),
    ("extensions/v1beta1", &["Ingress"], 14, 22, "networking.k8s.io/v1"),
    ("apps/v1beta1", &["Deployment", "StatefulSet", "ControllerRevision"], 9, 16, "apps/v1"),
    (
        "apps/v1beta2",
        &["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ControllerRevision"],
        9,
        16,
        "apps/v1",
    ),
    ("networking.k8s.io/v1beta1", &["Ingress", "IngressClass"], 19, 22, "networking.k8s.io/v1"),
    ("rbac.authorization.k8s.io/v1alpha1", RBAC, 17, 22, "rbac.authorization.k8s.io/v1"),
    ("rbac.authorization.k8s.io/v1beta1", RBAC, 17, 22, "rbac.authorization.k8s.io/v1"),
    ("admissionregistration.k8s.io/v1beta1", WEBHOOKS, 16, 22, "admissionregistration.k8s.io/v1"),
    ("apiextensions.k8s.io/v1beta1", &["CustomResourceDefinition"], 16, 22, "apiextensions.k8s.io/v1"),
    ("apiregistration.k8s.io/v1beta1", &["APIService"], 19, 22, "apiregistration.k8s.io/v1"),
    ("authentication.k8s.io/v1beta1", &["TokenReview"], 19, 22, "authentication.k8s.io/v1"),
    ("certificates.k8s.io/v1beta1", &["CertificateSigningRequest"], 19, 22, "certificates.k8s.io/v1"),
    ("coordination.k8s.io/v1beta1", &["Lease"], 19, 22, "coordination.k8s.io/v1"),
    ("scheduling.k8s.io/v1beta1", &["PriorityClass"], 14, 22, "scheduling.k8s.io/v1"),
    ("scheduling.k8s.io/v1alpha1", &["PriorityClass"], 14, 17, "scheduling.k8s.io/v1"),
    (
        "storage.k8s.io/v1beta1",
        &["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"],
        19,
        22,
        "storage.k8s.io/v1",
    ),
    ("storage.k8s.io/v1beta1", &["CSIStorageCapacity"], 24, 27, "storage.k8s.io/v1"),
    ("batch/v2alpha1", &["CronJob"], 8, 21, "batch/v1"),
    ("batch/v1beta1", &["CronJob"], 21, 25, "batch/v1"),
    ("discovery.k8s.io/v1beta1", &["EndpointSlice"], 21, 25, "discovery.k8s.io/v1"),
    ("events.k8s.io/v1beta1", &["Event"], 19, 25, "events.k8s.io/v1"),
    ("node.k8s.io/v1beta1", &["RuntimeClass"], 20, 25, "node.k8s.io/v1"),
    ("policy/v1beta1", &["PodDisruptionBudget"], 21, 25, "policy/v1"),
    ("policy/v1beta1", &["PodSecurityPolicy"], 21, 25, ""),
    ("autoscaling/v2beta1", &["HorizontalPodAutoscaler"], 22, 25, "autoscaling/v2"),
    ("autoscaling/v2beta2", &["HorizontalPodAutoscaler"], 23, 26, "autoscaling/v2"),
    ("flowcontrol.apiserver.k8s.io/v1beta1", FLOW, 23, 26, "flowcontrol.apiserver.k8s.io/v1"),
    ("flowcontrol.apiserver.k8s.io/v1beta2", FLOW, 26, 29, "flowcontrol.apiserver.k8s.io/v1"),
    ("flowcontrol.apiserver.k8s.io/v1beta3", FLOW, 29, 32, "flowcontrol.apiserver.k8s.io/v1"),
];

const RBAC: &[&str] = &["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"];
const WEBHOOKS: &[&str] = &["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];
const FLOW: &[&str] = &["FlowSchema", "PriorityLevelConfiguration"];

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let KubernetesVersion { minor, .. } = file.context.kubernetes;
    let question = first_question(file);
    for resource in file.facts.resources.iter().filter(|one| question.is_none_or(|at| one.span.end < at)) {
        let (Some(version), Some(span)) = (resource.api_version.get(), resource.api_version.span()) else {
            continue;
        };
        let gone = GONE.iter().find(|(gone, kinds, ..)| gone == version && kinds.contains(&resource.kind()));
        let Some((_, _, deprecated, removed, replacement)) = gone else { continue };
        if minor < *deprecated {
            continue;
        }
        let state = if minor < *removed { "is deprecated, and" } else { "of" };
        let kind = resource.kind();
        let what = if minor < *removed {
            format!("`{version}` {state} Kubernetes 1.{removed} no longer serves it for {kind}")
        } else {
            format!("`{version}` {state} {kind} is not served since Kubernetes 1.{removed}")
        };
        let mend = if replacement.is_empty() {
            "nothing replaces it".into()
        } else {
            format!("use `{replacement}`")
        };
        out.push(Match::new(span, format!("{what}; {mend}")));
    }
}

/// Where a template first asks which versions the cluster has; what follows is written for the answer.
fn first_question(file: &File<'_>) -> Option<u32> {
    let tree = file.tree?;
    let asks = |hole: &&Hole| {
        tree.text().get(hole.span.range()).is_some_and(|action| action.contains(".Capabilities"))
    };
    tree.holes().iter().find(asks).map(|hole| hole.span.start)
}
