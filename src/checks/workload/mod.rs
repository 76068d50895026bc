//! How pods are run.

mod contexts;
mod selector_mismatch;
mod workload_without_network_policy;
mod writable_host_path;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("root-group", Check::File(contexts::root_group)),
    ("selector-mismatch", Check::File(selector_mismatch::check)),
    ("unsafe-pod-default", Check::File(contexts::unsafe_default)),
    ("workload-without-network-policy", Check::Project(workload_without_network_policy::check)),
    ("writable-host-path", Check::File(writable_host_path::check)),
];
