//! What is known of references for each purpose: what says that the target should be here, what happens without it,
//! and which targets every cluster has.

use crate::model::reference::{Purpose, Reference};

/// What says that the project defines the objects which references for a purpose lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Evidence {
    /// Another reference for the purpose, from the same folder, leads somewhere.
    Siblings,
    /// Objects of the kind stand in the same folder: they are applied together with what refers to them.
    Beside,
    /// In the project as a whole, most references for the purpose lead somewhere.
    Project,
}

/// What counts for a reference.
pub(super) fn evidence(reference: &Reference) -> Evidence {
    match reference.purpose {
        Purpose::ConfigMap
        | Purpose::Secret
        | Purpose::PullSecret
        | Purpose::TlsSecret
        | Purpose::Claim
        | Purpose::PodAccount
        | Purpose::Subject => Evidence::Siblings,
        Purpose::Role if reference.target.kind == "ClusterRole" => Evidence::Siblings,
        Purpose::Role
        | Purpose::Backend
        | Purpose::Workload
        | Purpose::TriggerAuthentication
        | Purpose::GoverningService
        | Purpose::Webhook
        | Purpose::AdmissionPolicy => Evidence::Beside,
        Purpose::Gateway
        | Purpose::IngressClass
        | Purpose::StorageClass
        | Purpose::PriorityClass
        | Purpose::RuntimeClass
        | Purpose::FluxSource
        | Purpose::FluxDependency
        | Purpose::AppProject => Evidence::Project,
    }
}

/// What happens without the target.
pub(super) fn consequence(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::ConfigMap | Purpose::Secret => "the pod will not start",
        Purpose::PullSecret => "the images are pulled without it",
        Purpose::TlsSecret => "clients get another certificate",
        Purpose::Claim => "the pod will not be scheduled",
        Purpose::PodAccount | Purpose::PriorityClass | Purpose::RuntimeClass => "no pod will be created",
        Purpose::Subject => "nobody is granted anything",
        Purpose::Role => "nothing is granted",
        Purpose::Backend => "requests are answered with an error",
        Purpose::IngressClass => "no controller serves this",
        Purpose::Gateway => "nothing serves this route",
        Purpose::Workload => "there is nothing to act on",
        Purpose::TriggerAuthentication => "the trigger fails",
        Purpose::StorageClass => "the claim stays pending",
        Purpose::GoverningService => "the pods get no names of their own",
        Purpose::Webhook => "calls to it fail",
        Purpose::AdmissionPolicy => "nothing is enforced",
        Purpose::FluxSource => "nothing is fetched",
        Purpose::FluxDependency => "it waits for ever",
        Purpose::AppProject => "the application is refused",
    }
}

/// Names of which every cluster, or a mesh or provider in it, has an object without anybody's files.
const PROVIDED: &[(Purpose, &[&str])] = &[
    (
        Purpose::ConfigMap,
        &[
            "kube-root-ca.crt",
            "istio-ca-root-cert",
            "openshift-service-ca.crt",
            "linkerd-identity-trust-roots",
        ],
    ),
    (Purpose::PodAccount, &["default", "builder", "deployer", "pipeline"]),
    (Purpose::Subject, &["default", "builder", "deployer", "pipeline"]),
    (
        Purpose::Role,
        &[
            "cluster-admin",
            "admin",
            "edit",
            "view",
            "basic-user",
            "cluster-reader",
            "extension-apiserver-authentication-reader",
            "registry-viewer",
            "self-provisioner",
        ],
    ),
    (Purpose::Backend, &["kubernetes", "ssl-redirect"]),
    (Purpose::Webhook, &["kubernetes"]),
    (
        Purpose::IngressClass,
        &[
            "addon-http-application-routing",
            "alb",
            "gce",
            "gce-internal",
            "openshift-default",
            "public",
            "traefik",
            "webapprouting.kubernetes.azure.com",
        ],
    ),
    (
        Purpose::StorageClass,
        &[
            "default",
            "do-block-storage",
            "efs-sc",
            "gp2",
            "gp3",
            "hcloud-volumes",
            "hostpath",
            "local-path",
            "managed",
            "managed-csi",
            "managed-csi-premium",
            "managed-premium",
            "microk8s-hostpath",
            "oci-bv",
            "premium-rwo",
            "standard",
            "standard-rwo",
            "standard-rwx",
            "azurefile",
            "azurefile-csi",
            "azurefile-premium",
            "linode-block-storage",
            "linode-block-storage-retain",
            "vultr-block-storage",
            "scw-bssd",
            "csi-cinder-sc-delete",
        ],
    ),
    (
        Purpose::PriorityClass,
        &["system-cluster-critical", "system-node-critical", "openshift-user-critical", "gmp-critical"],
    ),
    (Purpose::RuntimeClass, &["gvisor", "nvidia"]),
    (Purpose::FluxSource, &["flux-system"]),
    (Purpose::FluxDependency, &["flux-system"]),
    (Purpose::AppProject, &["default"]),
];

/// Whether a cluster has the target without anybody's files.
pub(super) fn is_provided(reference: &Reference, name: &str) -> bool {
    let listed =
        PROVIDED.iter().any(|(purpose, names)| *purpose == reference.purpose && names.contains(&name));
    // A StatefulSet's claims are named by it, with the number of the pod at the end.
    let numbered =
        || name.rsplit('-').next().is_some_and(|end| end.bytes().all(|byte| byte.is_ascii_digit()));
    let system = |namespace: &String| namespace.starts_with("kube-") || namespace.starts_with("openshift-");
    listed
        || name.starts_with("system:")
        || reference.namespace.get().is_some_and(system)
        || (reference.purpose == Purpose::Claim && numbered())
}
