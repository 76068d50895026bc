//! Secrets where they can be read.

mod secret_build_argument;
mod secret_in_env;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("secret-build-argument", Check::File(secret_build_argument::check)),
    ("secret-in-env", Check::File(secret_in_env::check)),
];
