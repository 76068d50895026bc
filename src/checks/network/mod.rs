//! What the network reaches, by which name, and who may reach whom.

mod certificate_not_verified;
mod duplicate_ingress_path;
mod half_isolated_workload;
mod ingress_exposes_workload;
mod policy_peer_selects_nothing;
mod policy_ports;
mod policy_selects_nothing;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("duplicate-ingress-path", Check::Project(duplicate_ingress_path::check)),
    ("network-policy-selects-nothing", Check::Wired(policy_selects_nothing::check)),
    ("network-policy-peer-selects-nothing", Check::Wired(policy_peer_selects_nothing::check)),
    ("unknown-policy-port", Check::Wired(policy_ports::unknown)),
    ("undeclared-policy-port", Check::Wired(policy_ports::undeclared)),
    ("ingress-exposes-workload", Check::Wired(ingress_exposes_workload::check)),
    ("half-isolated-workload", Check::Wired(half_isolated_workload::check)),
    ("certificate-not-verified", Check::File(certificate_not_verified::check)),
];
