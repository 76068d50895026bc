//! Secrets where they can be read.

mod secret_in_env;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] = &[("secret-in-env", Check::File(secret_in_env::check))];
