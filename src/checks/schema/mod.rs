//! Whether objects are what the API server takes.

mod api_versions;
mod cron;
mod cron_schedule;
mod deprecated_annotation;
mod deprecated_node_label;
mod duplicates;
mod mount_without_volume;
mod names;
mod no_schema;
mod numbers;
mod probes;
mod violations;

use super::Check;
use crate::model::resource::Resource;

pub(super) use cron_schedule::never_due;
pub(super) use duplicates::{container_ports, variables};
pub(super) use violations::violations;

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("deprecated-annotation", Check::File(deprecated_annotation::check)),
    ("deprecated-api-version", Check::File(api_versions::deprecated)),
    ("deprecated-node-label", Check::File(deprecated_node_label::check)),
    ("duplicate-container-name", Check::File(duplicates::container_names)),
    ("duplicate-port-name", Check::File(duplicates::port_names)),
    ("duplicate-volume-name", Check::File(duplicates::volume_names)),
    ("duplicate-mount-path", Check::File(duplicates::mount_paths)),
    ("duplicate-service-port", Check::File(duplicates::service_ports)),
    ("invalid-config-key", Check::File(names::config_keys)),
    ("invalid-cron-schedule", Check::File(cron_schedule::invalid)),
    ("invalid-label", Check::File(names::labels)),
    ("invalid-object-name", Check::File(names::objects)),
    ("invalid-value", Check::File(violations::invalid_value)),
    ("missing-field", Check::File(violations::missing_field)),
    ("mount-without-volume", Check::File(mount_without_volume::check)),
    ("no-schema", Check::Project(no_schema::check)),
    ("number-out-of-range", Check::File(numbers::check)),
    ("probe-on-init-container", Check::File(probes::on_init_container)),
    ("probe-with-two-handlers", Check::File(probes::two_handlers)),
    ("probe-without-handler", Check::File(probes::no_handler)),
    ("removed-api-version", Check::File(api_versions::removed)),
    ("unknown-field", Check::File(violations::unknown_field)),
    ("wrong-type", Check::File(violations::wrong_type)),
];

/// The groups of the kinds that Kubernetes itself checks: what others call a name or a number is theirs to say.
const BUILT_IN: &[&str] = &[
    "",
    "admissionregistration.k8s.io",
    "apps",
    "autoscaling",
    "batch",
    "coordination.k8s.io",
    "discovery.k8s.io",
    "extensions",
    "networking.k8s.io",
    "node.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
];

fn builtin(resource: &Resource) -> bool {
    BUILT_IN.contains(&resource.group())
}
