//! What adds and removes pods.

mod trigger_without_parameter;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] =
    &[("trigger-without-parameter", Check::File(trigger_without_parameter::check))];
