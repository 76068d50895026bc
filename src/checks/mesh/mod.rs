//! Whether what a mesh routes to exists.
//!
//! Hosts, gateways and subsets may be defined elsewhere. So a missing one is reported only where others that the same
//! folder refers to are found, or, of a subset, where the rule that should have it is.

mod conflicting_routes;
mod host;
mod missing_istio_gateway;
mod missing_route_host;
mod missing_subset;
mod subset_selects_nothing;
mod token_not_required;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("conflicting-routes", Check::Project(conflicting_routes::check)),
    ("missing-istio-gateway", Check::Project(missing_istio_gateway::check)),
    ("missing-route-host", Check::Project(missing_route_host::check)),
    ("missing-subset", Check::Project(missing_subset::check)),
    ("subset-selects-nothing", Check::Project(subset_selects_nothing::check)),
    ("token-not-required", Check::Project(token_not_required::check)),
];
