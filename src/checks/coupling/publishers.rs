//! Who publishes images: the project itself, or somebody whom everybody takes them from.

use crate::model::layout::is_within;
use crate::model::official;

/// Registries that everybody takes images from.
const PUBLIC: [&str; 14] = [
    "cgr.dev",
    "docker.elastic.co",
    "docker.io",
    "gcr.io",
    "ghcr.io",
    "icr.io",
    "index.docker.io",
    "lscr.io",
    "mcr.microsoft.com",
    "nvcr.io",
    "public.ecr.aws",
    "quay.io",
    "registry.access.redhat.com",
    "registry.k8s.io",
];

/// Publishers of suites whose parts have one version: whoever deploys them has no say in it.
const SUITES: [&str; 22] = [
    "apache",
    "argoproj",
    "bitnami",
    "bitnamilegacy",
    "calico",
    "cilium",
    "confluentinc",
    "elastic",
    "elasticsearch",
    "fluxcd",
    "getsentry",
    "grafana",
    "hashicorp",
    "istio",
    "jaegertracing",
    "kserve",
    "kubeflow",
    "library",
    "longhornio",
    "prometheus",
    "rancher",
    "temporalio",
];

/// Whether a registry is one of one's own.
pub(super) fn is_private(registry: &str) -> bool {
    let host = registry.contains(['.', ':']) && !registry.starts_with("docker.io");
    host && !PUBLIC.iter().any(|known| is_within(registry, known))
}

/// Whether part of a name says that others publish it: an official image, or one of a suite.
pub(super) fn is_of_others(image: &str) -> bool {
    let mut parts = image.split('/').rev();
    let last = parts.next().unwrap_or_default();
    let copied = official::named(last).is_some()
        && (!image.contains('/') || is_private(image.split('/').next().unwrap_or_default()));
    copied || parts.any(|part| SUITES.contains(&part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_images() {
        for others in ["nginx", "istio/pilot", "registry.example.com/mirror/node", "quay.io/argoproj/argocd"]
        {
            assert!(is_of_others(others), "{others}");
        }
        for own in ["acme/orders", "orders", "registry.example.com/shop/orders", "acme/nginx"] {
            assert!(!is_of_others(own), "{own}");
        }
        assert!(is_private("registry.example.com") && is_private("localhost:5000"));
        assert!(!is_private("ghcr.io") && !is_private("acme"));
    }
}
