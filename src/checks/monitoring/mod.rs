//! What watches the cluster: rules, alerts.

mod unbalanced_expression;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] =
    &[("unbalanced-expression", Check::File(unbalanced_expression::check))];
