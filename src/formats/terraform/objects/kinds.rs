//! Resources of Terraform that are one object of Kubernetes.

/// Type without `kubernetes_`, API version, and kind. Types that end in `_v1` and are not here are the same as without
/// it. Those that only lay something over an object of somebody else, such as `kubernetes_labels`, are left out.
///
/// Source: <https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs>.
const KINDS: &[(&str, &str, &str)] = &[
    ("api_service", "apiregistration.k8s.io/v1", "APIService"),
    ("cluster_role", "rbac.authorization.k8s.io/v1", "ClusterRole"),
    ("cluster_role_binding", "rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
    ("config_map", "v1", "ConfigMap"),
    ("cron_job", "batch/v1", "CronJob"),
    ("csi_driver", "storage.k8s.io/v1", "CSIDriver"),
    ("daemon_set", "apps/v1", "DaemonSet"),
    ("daemonset", "apps/v1", "DaemonSet"),
    ("default_service_account", "v1", "ServiceAccount"),
    ("deployment", "apps/v1", "Deployment"),
    ("endpoint_slice", "discovery.k8s.io/v1", "EndpointSlice"),
    ("endpoints", "v1", "Endpoints"),
    ("horizontal_pod_autoscaler", "autoscaling/v2", "HorizontalPodAutoscaler"),
    ("horizontal_pod_autoscaler_v1", "autoscaling/v1", "HorizontalPodAutoscaler"),
    ("horizontal_pod_autoscaler_v2", "autoscaling/v2", "HorizontalPodAutoscaler"),
    ("horizontal_pod_autoscaler_v2beta2", "autoscaling/v2", "HorizontalPodAutoscaler"),
    ("ingress", "networking.k8s.io/v1beta1", "Ingress"),
    ("ingress_class", "networking.k8s.io/v1", "IngressClass"),
    ("ingress_v1", "networking.k8s.io/v1", "Ingress"),
    ("job", "batch/v1", "Job"),
    ("limit_range", "v1", "LimitRange"),
    ("mutating_webhook_configuration", "admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration"),
    ("namespace", "v1", "Namespace"),
    ("network_policy", "networking.k8s.io/v1", "NetworkPolicy"),
    ("persistent_volume", "v1", "PersistentVolume"),
    ("persistent_volume_claim", "v1", "PersistentVolumeClaim"),
    ("pod", "v1", "Pod"),
    ("pod_disruption_budget", "policy/v1", "PodDisruptionBudget"),
    ("pod_security_policy", "policy/v1beta1", "PodSecurityPolicy"),
    ("pod_security_policy_v1beta1", "policy/v1beta1", "PodSecurityPolicy"),
    ("priority_class", "scheduling.k8s.io/v1", "PriorityClass"),
    ("replication_controller", "v1", "ReplicationController"),
    ("resource_quota", "v1", "ResourceQuota"),
    ("role", "rbac.authorization.k8s.io/v1", "Role"),
    ("role_binding", "rbac.authorization.k8s.io/v1", "RoleBinding"),
    ("runtime_class", "node.k8s.io/v1", "RuntimeClass"),
    ("secret", "v1", "Secret"),
    ("service", "v1", "Service"),
    ("service_account", "v1", "ServiceAccount"),
    ("stateful_set", "apps/v1", "StatefulSet"),
    ("storage_class", "storage.k8s.io/v1", "StorageClass"),
    ("validating_webhook_configuration", "admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"),
];

/// Those of them that are in no namespace.
const CLUSTER_WIDE: &[&str] = &[
    "APIService",
    "CSIDriver",
    "ClusterRole",
    "ClusterRoleBinding",
    "IngressClass",
    "MutatingWebhookConfiguration",
    "Namespace",
    "PersistentVolume",
    "PodSecurityPolicy",
    "PriorityClass",
    "RuntimeClass",
    "StorageClass",
    "ValidatingWebhookConfiguration",
];

/// Whether objects of this kind are in a namespace.
pub(super) fn is_namespaced(kind: &str) -> bool {
    !CLUSTER_WIDE.contains(&kind)
}

/// The API version and kind of what a resource of this type makes.
pub(super) fn kind(of: &str) -> Option<(&'static str, &'static str)> {
    let name = of.strip_prefix("kubernetes_")?;
    let find = |name: &str| {
        let at = KINDS.binary_search_by_key(&name, |(known, ..)| known).ok()?;
        KINDS.get(at).map(|(_, version, kind)| (*version, *kind))
    };
    find(name).or_else(|| find(name.strip_suffix("_v1")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_sorted_and_found() {
        assert!(KINDS.is_sorted_by_key(|(name, ..)| *name));
        assert_eq!(kind("kubernetes_deployment_v1"), Some(("apps/v1", "Deployment")));
        assert_eq!(kind("kubernetes_ingress_v1"), Some(("networking.k8s.io/v1", "Ingress")));
        assert_eq!(kind("kubernetes_labels"), None);
    }
}
