//! Compose files.

mod dependencies;
mod duplicates;
mod elsewhere;
mod file;
mod order;
mod profiles;
mod schema;
mod spec;
mod undefined;
mod variables;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("absolute-host-path", Check::File(file::host_path)),
    ("compose-without-services", Check::File(schema::without_services)),
    ("dependency-cycle", Check::File(dependencies::cycle)),
    ("container-name-taken", Check::File(duplicates::container_name)),
    ("dependency-without-profile", Check::File(profiles::dependency)),
    ("duplicate-list-variable", Check::File(duplicates::variable)),
    ("duplicate-published-port", Check::File(duplicates::published_port)),
    ("healthy-without-healthcheck", Check::Wired(dependencies::unhealthy)),
    ("invalid-interpolation", Check::File(variables::invalid)),
    ("missing-compose-file", Check::Project(elsewhere::file)),
    ("missing-dockerfile", Check::Project(elsewhere::dockerfile)),
    ("missing-extended-service", Check::Project(elsewhere::service)),
    ("obsolete-compose-version", Check::File(file::version)),
    ("obsolete-external-name", Check::File(file::external_name)),
    ("project-without-name", Check::File(file::name)),
    ("undefined-config", Check::Project(undefined::config)),
    ("undefined-network", Check::Project(undefined::network)),
    ("undefined-secret", Check::Project(undefined::secret)),
    ("undefined-service", Check::Project(undefined::service)),
    ("undefined-volume", Check::Project(undefined::volume)),
    ("unknown-compose-key", Check::File(schema::unknown_key)),
    ("unsorted-dependencies", Check::File(order::dependencies)),
    ("unsorted-ports", Check::File(order::ports)),
    ("unsorted-service-keys", Check::File(order::service_keys)),
    ("unsorted-services", Check::File(order::services)),
    ("unsorted-top-level-keys", Check::File(order::top_level)),
    ("variable-without-default", Check::File(variables::without_default)),
    ("volume-shared-by-services", Check::File(duplicates::shared_volume)),
    ("wrong-compose-type", Check::File(schema::wrong_type)),
];
