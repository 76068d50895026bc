//! How pods are run.

mod contexts;
mod selector_mismatch;
mod unbounded_namespace;
mod workload_without_network_policy;
mod writable_host_path;

use super::{Check, schema};

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("cron-never-due", Check::File(schema::never_due)),
    ("duplicate-container-port", Check::File(schema::container_ports)),
    ("duplicate-env-variable", Check::File(schema::variables)),
    ("namespace-without-limit-range", Check::Project(unbounded_namespace::limit_range)),
    ("namespace-without-resource-quota", Check::Project(unbounded_namespace::resource_quota)),
    ("root-group", Check::File(contexts::root_group)),
    ("selector-mismatch", Check::File(selector_mismatch::check)),
    ("unsafe-pod-default", Check::File(contexts::unsafe_default)),
    ("workload-without-network-policy", Check::Wired(workload_without_network_policy::check)),
    ("writable-host-path", Check::File(writable_host_path::check)),
];
