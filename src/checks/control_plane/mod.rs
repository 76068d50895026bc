//! The programs that make a cluster, and what they know of each other.

mod etcd_shares_ca;
mod removed_flag;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("etcd-shares-ca", Check::Project(etcd_shares_ca::check)),
    ("removed-flag", Check::File(removed_flag::check)),
];
