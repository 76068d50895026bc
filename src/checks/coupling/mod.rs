//! Hints that services hang together more than their number suggests: what the graph of dependencies shows.
//!
//! Only what is seen is reported: files that do not show who calls whom give no hint.

mod call_cycle;
mod dangling_address;
mod deep_call_chain;
mod hard_coded_address;
mod hub_service;
mod probe_of_another_service;
mod roles;
mod route_to_many_services;
mod services_without_gateway;
mod show;
mod single_replica_hub;
mod start_order_coupling;
mod unguarded_call;
mod ways;

use super::Check;

/// The native rules of `rules/coupling`.
pub(super) const CHECKS: &[(&str, Check)] = &[
    ("call-cycle", Check::Graph(call_cycle::check)),
    ("dangling-address", Check::Wired(dangling_address::check)),
    ("deep-call-chain", Check::Graph(deep_call_chain::check)),
    ("hard-coded-address", Check::Graph(hard_coded_address::check)),
    ("hub-service", Check::Graph(hub_service::check)),
    ("probe-of-another-service", Check::Graph(probe_of_another_service::check)),
    ("route-to-many-services", Check::Graph(route_to_many_services::check)),
    ("services-without-gateway", Check::Graph(services_without_gateway::check)),
    ("single-replica-hub", Check::Graph(single_replica_hub::check)),
    ("start-order-coupling", Check::Graph(start_order_coupling::check)),
    ("unguarded-call", Check::Graph(unguarded_call::check)),
];
