//! Hints that services hang together more than their number suggests: what the graph of dependencies shows.
//!
//! Only what is seen is reported: files that do not show who calls whom give no hint.

mod call_against_layers;
mod call_cycle;
mod cross_namespace_reach;
mod dangling_address;
mod deep_call_chain;
mod hard_coded_address;
mod hub_service;
mod lock_step_release;
mod probe_of_another_service;
mod publishers;
mod roles;
mod route_to_many_services;
mod services_without_gateway;
mod several_services_in_pod;
mod shared_base_image;
mod shared_credential;
mod shared_database;
mod shares;
mod show;
mod single_replica_hub;
mod start_order_coupling;
mod stores;
mod unguarded_call;
mod unowned_shared_thing;
mod unused_datastore;
mod ways;
mod who;

use super::Check;

/// The native rules of `rules/coupling`.
pub(super) const CHECKS: &[(&str, Check)] = &[
    ("address-book-config", Check::Graph(shares::address_book)),
    ("call-against-layers", Check::Graph(call_against_layers::check)),
    ("call-cycle", Check::Graph(call_cycle::check)),
    ("cross-namespace-reach", Check::Graph(cross_namespace_reach::check)),
    ("dangling-address", Check::Wired(dangling_address::check)),
    ("deep-call-chain", Check::Graph(deep_call_chain::check)),
    ("hard-coded-address", Check::Graph(hard_coded_address::check)),
    ("hub-service", Check::Graph(hub_service::check)),
    ("lock-step-release", Check::Wired(lock_step_release::check)),
    ("probe-of-another-service", Check::Graph(probe_of_another_service::check)),
    ("route-to-many-services", Check::Graph(route_to_many_services::check)),
    ("services-without-gateway", Check::Graph(services_without_gateway::check)),
    ("several-services-in-pod", Check::Project(several_services_in_pod::check)),
    ("shared-base-image", Check::Project(shared_base_image::check)),
    ("shared-credential", Check::Graph(shared_credential::check)),
    ("shared-database", Check::Graph(shared_database::check)),
    ("shared-database-server", Check::Graph(shared_database::server)),
    ("shared-topic", Check::Graph(shares::topic)),
    ("shared-volume", Check::Graph(shares::volume)),
    ("single-replica-hub", Check::Wired(single_replica_hub::check)),
    ("start-order-coupling", Check::Graph(start_order_coupling::check)),
    ("unguarded-call", Check::Graph(unguarded_call::check)),
    ("unowned-shared-thing", Check::Graph(unowned_shared_thing::check)),
    ("unused-datastore", Check::Graph(unused_datastore::check)),
];
