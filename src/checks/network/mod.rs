//! What the network reaches, and by which name.

mod duplicate_ingress_path;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] =
    &[("duplicate-ingress-path", Check::Project(duplicate_ingress_path::check))];
