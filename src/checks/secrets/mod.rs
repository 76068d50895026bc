//! Secrets where they can be read.

mod secret_build_argument;
mod secret_in_chart_values;
mod secret_in_config_map;
mod secret_in_env;
mod secret_in_manifest;
mod secret_in_text;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("secret-build-argument", Check::File(secret_build_argument::check)),
    ("secret-in-annotation", Check::File(secret_in_text::annotations)),
    ("secret-in-arguments", Check::File(secret_in_text::arguments)),
    ("secret-in-chart-values", Check::File(secret_in_chart_values::check)),
    ("secret-in-config-map", Check::File(secret_in_config_map::check)),
    ("secret-in-env", Check::File(secret_in_env::check)),
    ("secret-in-manifest", Check::Project(secret_in_manifest::check)),
];
