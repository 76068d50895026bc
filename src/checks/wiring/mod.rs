//! Whether what is named exists, and what selects finds something.

mod missing_reference;
mod service_selects_nothing;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("missing-config-map", Check::Project(missing_reference::config_map)),
    ("missing-secret", Check::Project(missing_reference::secret)),
    ("missing-config-key", Check::Project(missing_reference::key)),
    ("service-selects-nothing", Check::Project(service_selects_nothing::check)),
];
