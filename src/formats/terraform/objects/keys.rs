//! What the keys of an object are called in Terraform.
//!
//! The provider writes each key in snake case, and a list as blocks that are called by the singular. Sources: the
//! schemas of its resources, <https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs>, beside the
//! API reference of Kubernetes.

use std::borrow::Cow;

/// Keys with words that are written in capitals, or with another name altogether.
const IRREGULAR: &[(&str, &str)] = &[
    ("client_ip", "clientIP"),
    ("cluster_ip", "clusterIP"),
    ("cluster_ips", "clusterIPs"),
    ("data_disk_uri", "diskURI"),
    ("external_ips", "externalIPs"),
    ("host_ip", "hostIP"),
    ("host_ipc", "hostIPC"),
    ("host_pid", "hostPID"),
    ("load_balancer_ip", "loadBalancerIP"),
    ("non_resource_urls", "nonResourceURLs"),
    ("scale_io", "scaleIO"),
    ("storage_provisioner", "provisioner"),
    ("target_ww_ns", "targetWWNs"),
    ("volume_id", "volumeID"),
];

/// Blocks that may stand many times, and the keys of the lists that they make. All others stand once.
const LISTS: &[(&str, &str)] = &[
    ("address", "addresses"),
    ("allowed_flex_volumes", "allowedFlexVolumes"),
    ("allowed_host_paths", "allowedHostPaths"),
    ("allowed_topologies", "allowedTopologies"),
    ("cluster_role_selectors", "clusterRoleSelectors"),
    ("container", "containers"),
    ("egress", "egress"),
    ("endpoint", "endpoints"),
    ("env", "env"),
    ("env_from", "envFrom"),
    ("from", "from"),
    ("host_aliases", "hostAliases"),
    ("host_ports", "hostPorts"),
    ("http_header", "httpHeaders"),
    ("image_pull_secret", "imagePullSecrets"),
    ("image_pull_secrets", "imagePullSecrets"),
    ("ingress", "ingress"),
    ("init_container", "initContainers"),
    ("items", "items"),
    ("limit", "limits"),
    ("match_expressions", "matchExpressions"),
    ("match_fields", "matchFields"),
    ("match_label_expressions", "matchLabelExpressions"),
    ("metric", "metrics"),
    ("node_selector_term", "nodeSelectorTerms"),
    ("option", "options"),
    ("path", "paths"),
    ("policy", "policies"),
    ("port", "ports"),
    ("ports", "ports"),
    (
        "preferred_during_scheduling_ignored_during_execution",
        "preferredDuringSchedulingIgnoredDuringExecution",
    ),
    ("range", "ranges"),
    ("readiness_gate", "readinessGates"),
    ("required_during_scheduling_ignored_during_execution", "requiredDuringSchedulingIgnoredDuringExecution"),
    ("rule", "rules"),
    ("secret", "secrets"),
    ("sources", "sources"),
    ("subject", "subjects"),
    ("subset", "subsets"),
    ("sysctl", "sysctls"),
    ("tls", "tls"),
    ("to", "to"),
    ("toleration", "tolerations"),
    ("topology_spread_constraint", "topologySpreadConstraints"),
    ("volume", "volumes"),
    ("volume_claim_template", "volumeClaimTemplates"),
    ("volume_device", "volumeDevices"),
    ("volume_mount", "volumeMounts"),
    ("webhook", "webhooks"),
];

/// Blocks with a name of [`LISTS`] that stand once in the blocks around them.
const SINGLE: &[(&str, &str)] = &[
    ("node_affinity", "required_during_scheduling_ignored_during_execution"),
    ("service", "port"),
    ("sources", "secret"),
    ("volume", "secret"),
];

/// Attributes whose keys are anybody's words.
const VERBATIM: &[&str] = &[
    "annotations",
    "binary_data",
    "data",
    "default",
    "default_request",
    "hard",
    "labels",
    "limits",
    "match_labels",
    "max",
    "max_limit_request_ratio",
    "min",
    "node_selector",
    "options",
    "parameters",
    "requests",
    "string_data",
    "volume_attributes",
];

/// Keys of a resource that are Terraform's, not the object's.
const OF_TERRAFORM: &[&str] = &[
    "connection",
    "count",
    "depends_on",
    "for_each",
    "id",
    "lifecycle",
    "provider",
    "provisioner",
    "timeouts",
    "wait_for_completion",
    "wait_for_default_service_account",
    "wait_for_load_balancer",
    "wait_for_rollout",
    "wait_for_service_account_token",
    "wait_until_bound",
];

/// Keys whose values are text even where they look like a number.
const TEXT: &[&str] = &["host", "key", "name", "path", "value"];

/// The key of the list that blocks of this name make inside blocks of that one.
pub(super) fn list(within: &str, key: &str) -> Option<&'static str> {
    let at = LISTS.binary_search_by_key(&key, |(name, _)| name).ok()?;
    let (_, plural) = LISTS.get(at)?;
    (!SINGLE.contains(&(within, key))).then_some(plural)
}

/// The key that is written in snake case.
pub(super) fn camel(key: &str) -> Cow<'_, str> {
    if let Some((_, known)) = IRREGULAR.iter().find(|(name, _)| *name == key) {
        return Cow::Borrowed(known);
    }
    if !key.contains('_') {
        return Cow::Borrowed(key);
    }
    let mut words = key.split('_');
    let mut out = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    Cow::Owned(out)
}

/// The key in snake case.
pub(super) fn snake(key: &str) -> Cow<'_, str> {
    if let Some((name, _)) = IRREGULAR.iter().find(|(_, known)| *known == key) {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(key.len() + 8);
    for letter in key.chars() {
        if letter.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    Cow::Owned(out)
}

/// Whether the keys inside are not those of an object.
pub(super) fn is_verbatim(key: &str) -> bool {
    VERBATIM.binary_search(&key).is_ok()
}

/// Whether a key of a whole resource says what Terraform does, not what the object is.
pub(super) fn is_of_terraform(key: &str) -> bool {
    OF_TERRAFORM.binary_search(&key).is_ok()
}

/// Whether text that looks like a number or boolean is one here: the provider takes both, and sends what the API wants.
pub(super) fn takes_number(key: &str) -> bool {
    TEXT.binary_search(&key).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(LISTS.is_sorted() && VERBATIM.is_sorted() && OF_TERRAFORM.is_sorted() && TEXT.is_sorted());
    }

    #[test]
    fn keys_are_those_of_the_api() {
        assert_eq!(camel("read_only_root_filesystem"), "readOnlyRootFilesystem");
        assert_eq!(camel("host_pid"), "hostPID");
        assert_eq!(camel("name"), "name");
        assert_eq!(list("spec", "port"), Some("ports"));
        assert_eq!(list("service", "port"), None);
        assert_eq!(list("spec", "security_context"), None);
    }
}
