//! Whether objects are what the API server takes.

mod deprecated_api_version;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] =
    &[("deprecated-api-version", Check::File(deprecated_api_version::check))];
