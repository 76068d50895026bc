//! Versions of Kubernetes' own kinds that are deprecated or gone, up to Kubernetes 1.37.
//!
//! Sources: the life cycles that the types declare, <https://github.com/kubernetes/api>
//! (`zz_generated.prerelease-lifecycle.go`, and for alpha versions the release that dropped the types), and
//! <https://kubernetes.io/docs/reference/using-api/deprecation-guide/>.

/// A version of some kinds: since when it is deprecated and not served, in minors of Kubernetes 1.
pub(super) struct Row {
    /// Group and version.
    pub(super) version: &'static str,
    /// The kinds; another kind of the same version may fare better.
    pub(super) kinds: &'static [&'static str],
    /// The first release that warns.
    pub(super) deprecated: u16,
    /// The first release that does not serve it, or [`NEVER`].
    pub(super) removed: u16,
    /// The version to use, and the kind where that is another; empty if there is none.
    pub(super) replacement: &'static str,
}

/// No release is known that stops serving it.
pub(super) const NEVER: u16 = u16::MAX;

const fn row(
    version: &'static str,
    kinds: &'static [&'static str],
    deprecated: u16,
    removed: u16,
    replacement: &'static str,
) -> Row {
    Row { version, kinds, deprecated, removed, replacement }
}

const RBAC: &[&str] = &["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"];
const FLOW: &[&str] = &["FlowSchema", "PriorityLevelConfiguration"];
const CLAIMS: &[&str] = &["DeviceClass", "ResourceClaim", "ResourceClaimTemplate", "ResourceSlice"];
const VALIDATING: &[&str] = &["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"];
const MUTATING: &[&str] = &["MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"];
const WEBHOOKS: &[&str] = &["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

/// Sorted by group and version.
pub(super) static ROWS: &[Row] = &[
    row("admissionregistration.k8s.io/v1alpha1", VALIDATING, 29, 32, "admissionregistration.k8s.io/v1beta1"),
    row("admissionregistration.k8s.io/v1alpha1", MUTATING, 35, 38, "admissionregistration.k8s.io/v1beta1"),
    row("admissionregistration.k8s.io/v1beta1", WEBHOOKS, 16, 22, "admissionregistration.k8s.io/v1"),
    row("admissionregistration.k8s.io/v1beta1", VALIDATING, 31, 34, "admissionregistration.k8s.io/v1"),
    row("admissionregistration.k8s.io/v1beta1", MUTATING, 37, 40, "admissionregistration.k8s.io/v1"),
    row("apiextensions.k8s.io/v1beta1", &["CustomResourceDefinition"], 16, 22, "apiextensions.k8s.io/v1"),
    row("apiregistration.k8s.io/v1beta1", &["APIService"], 19, 22, "apiregistration.k8s.io/v1"),
    row("apps/v1beta1", &["ControllerRevision", "Deployment", "StatefulSet"], 8, 16, "apps/v1"),
    row(
        "apps/v1beta2",
        &["ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
        9,
        16,
        "apps/v1",
    ),
    row("auditregistration.k8s.io/v1alpha1", &["AuditSink"], 19, 19, ""),
    row("authentication.k8s.io/v1alpha1", &["SelfSubjectReview"], 29, 32, "authentication.k8s.io/v1"),
    row("authentication.k8s.io/v1beta1", &["TokenReview"], 19, 22, "authentication.k8s.io/v1"),
    row("authentication.k8s.io/v1beta1", &["SelfSubjectReview"], 30, 33, "authentication.k8s.io/v1"),
    row(
        "authorization.k8s.io/v1beta1",
        &[
            "LocalSubjectAccessReview",
            "SelfSubjectAccessReview",
            "SelfSubjectRulesReview",
            "SubjectAccessReview",
        ],
        19,
        22,
        "authorization.k8s.io/v1",
    ),
    row("autoscaling/v2beta1", &["HorizontalPodAutoscaler"], 22, 25, "autoscaling/v2"),
    row("autoscaling/v2beta2", &["HorizontalPodAutoscaler"], 23, 26, "autoscaling/v2"),
    row("batch/v1beta1", &["CronJob"], 21, 25, "batch/v1"),
    row("batch/v2alpha1", &["CronJob"], 8, 21, "batch/v1"),
    row("certificates.k8s.io/v1alpha1", &["PodCertificateRequest"], 35, 35, "certificates.k8s.io/v1beta1"),
    row("certificates.k8s.io/v1alpha1", &["ClusterTrustBundle"], 34, 37, "certificates.k8s.io/v1beta1"),
    row("certificates.k8s.io/v1beta1", &["CertificateSigningRequest"], 19, 22, "certificates.k8s.io/v1"),
    row(
        "certificates.k8s.io/v1beta1",
        &["ClusterTrustBundle", "PodCertificateRequest"],
        37,
        40,
        "certificates.k8s.io/v1",
    ),
    row("coordination.k8s.io/v1alpha1", &["LeaseCandidate"], 32, 32, "coordination.k8s.io/v1alpha2"),
    row("coordination.k8s.io/v1alpha2", &["LeaseCandidate"], 35, 38, "coordination.k8s.io/v1beta1"),
    row("coordination.k8s.io/v1beta1", &["Lease"], 19, 22, "coordination.k8s.io/v1"),
    row("discovery.k8s.io/v1alpha1", &["EndpointSlice"], 21, 21, "discovery.k8s.io/v1"),
    row("discovery.k8s.io/v1beta1", &["EndpointSlice"], 21, 25, "discovery.k8s.io/v1"),
    row("events.k8s.io/v1beta1", &["Event"], 22, 25, "events.k8s.io/v1"),
    row("extensions/v1beta1", &["DaemonSet", "Deployment", "ReplicaSet"], 8, 16, "apps/v1"),
    row("extensions/v1beta1", &["NetworkPolicy"], 9, 16, "networking.k8s.io/v1"),
    row("extensions/v1beta1", &["PodSecurityPolicy"], 10, 16, ""),
    row("extensions/v1beta1", &["Ingress"], 14, 22, "networking.k8s.io/v1"),
    row("flowcontrol.apiserver.k8s.io/v1alpha1", FLOW, 29, 29, "flowcontrol.apiserver.k8s.io/v1"),
    row("flowcontrol.apiserver.k8s.io/v1beta1", FLOW, 23, 26, "flowcontrol.apiserver.k8s.io/v1beta2"),
    row("flowcontrol.apiserver.k8s.io/v1beta2", FLOW, 26, 29, "flowcontrol.apiserver.k8s.io/v1beta3"),
    row("flowcontrol.apiserver.k8s.io/v1beta3", FLOW, 29, 32, "flowcontrol.apiserver.k8s.io/v1"),
    row("networking.k8s.io/v1alpha1", &["ClusterCIDR"], 29, 29, ""),
    row("networking.k8s.io/v1alpha1", &["IPAddress", "ServiceCIDR"], 34, 34, "networking.k8s.io/v1"),
    row("networking.k8s.io/v1beta1", &["Ingress", "IngressClass"], 19, 22, "networking.k8s.io/v1"),
    row("networking.k8s.io/v1beta1", &["IPAddress", "ServiceCIDR"], 34, 37, "networking.k8s.io/v1"),
    row("node.k8s.io/v1beta1", &["RuntimeClass"], 22, 25, "node.k8s.io/v1"),
    row("policy/v1beta1", &["PodDisruptionBudget"], 21, 25, "policy/v1"),
    row("policy/v1beta1", &["PodSecurityPolicy"], 21, 25, ""),
    row("policy/v1beta1", &["Eviction"], 22, 25, "policy/v1"),
    row("rbac.authorization.k8s.io/v1alpha1", RBAC, 17, 22, "rbac.authorization.k8s.io/v1"),
    row("rbac.authorization.k8s.io/v1beta1", RBAC, 17, 22, "rbac.authorization.k8s.io/v1"),
    row("resource.k8s.io/v1alpha1", &["ResourceClass"], 27, 27, "resource.k8s.io/v1 DeviceClass"),
    row("resource.k8s.io/v1alpha1", &["PodScheduling", "ResourceClaim", "ResourceClaimTemplate"], 27, 27, ""),
    row("resource.k8s.io/v1alpha2", &["ResourceClass"], 31, 31, "resource.k8s.io/v1 DeviceClass"),
    row(
        "resource.k8s.io/v1alpha2",
        &[
            "PodSchedulingContext",
            "ResourceClaim",
            "ResourceClaimParameters",
            "ResourceClaimTemplate",
            "ResourceClassParameters",
            "ResourceSlice",
        ],
        31,
        31,
        "",
    ),
    row("resource.k8s.io/v1alpha3", &["PodSchedulingContext"], 32, 32, ""),
    row("resource.k8s.io/v1alpha3", CLAIMS, 34, 34, "resource.k8s.io/v1"),
    row("resource.k8s.io/v1alpha3", &["DeviceTaintRule"], 36, 39, "resource.k8s.io/v1beta2"),
    row("resource.k8s.io/v1beta1", CLAIMS, 35, 38, "resource.k8s.io/v1"),
    row("resource.k8s.io/v1beta2", CLAIMS, 36, 39, "resource.k8s.io/v1"),
    row("scheduling.k8s.io/v1alpha1", &["PriorityClass"], 14, 17, "scheduling.k8s.io/v1"),
    row("scheduling.k8s.io/v1alpha1", &["Workload"], 36, 36, ""),
    row("scheduling.k8s.io/v1alpha2", &["PodGroup", "Workload"], 37, 37, "scheduling.k8s.io/v1alpha3"),
    row("scheduling.k8s.io/v1beta1", &["PriorityClass"], 14, 22, "scheduling.k8s.io/v1"),
    row("settings.k8s.io/v1alpha1", &["PodPreset"], 20, 20, ""),
    row("storage.k8s.io/v1alpha1", &["CSIStorageCapacity"], 21, 24, "storage.k8s.io/v1beta1"),
    row("storage.k8s.io/v1alpha1", &["VolumeAttachment"], 21, 24, "storage.k8s.io/v1"),
    row("storage.k8s.io/v1alpha1", &["VolumeAttributesClass"], 32, 35, "storage.k8s.io/v1beta1"),
    row("storage.k8s.io/v1beta1", &["CSINode"], 17, 22, "storage.k8s.io/v1"),
    row(
        "storage.k8s.io/v1beta1",
        &["CSIDriver", "StorageClass", "VolumeAttachment"],
        19,
        22,
        "storage.k8s.io/v1",
    ),
    row("storage.k8s.io/v1beta1", &["CSIStorageCapacity"], 24, 27, "storage.k8s.io/v1"),
    row("storage.k8s.io/v1beta1", &["VolumeAttributesClass"], 34, 37, "storage.k8s.io/v1"),
    row(
        "storagemigration.k8s.io/v1alpha1",
        &["StorageVersionMigration"],
        35,
        35,
        "storagemigration.k8s.io/v1beta1",
    ),
    row(
        "storagemigration.k8s.io/v1beta1",
        &["StorageVersionMigration"],
        37,
        40,
        "storagemigration.k8s.io/v1",
    ),
    row("v1", &["ComponentStatus"], 19, NEVER, ""),
    row("v1", &["Endpoints"], 33, NEVER, "discovery.k8s.io/v1 EndpointSlice"),
];
