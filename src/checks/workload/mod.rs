//! How pods are run.

mod selector_mismatch;
mod workload_without_network_policy;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("selector-mismatch", Check::File(selector_mismatch::check)),
    ("workload-without-network-policy", Check::Project(workload_without_network_policy::check)),
];
