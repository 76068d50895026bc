//! Templates of CloudFormation.

mod names;
mod parameters;
mod properties;
mod structure;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("default-not-allowed", Check::File(parameters::default_not_allowed)),
    ("property-in-wrong-case", Check::File(properties::wrong_case)),
    ("resource-without-type", Check::File(structure::without_type)),
    ("undefined-condition", Check::File(names::condition)),
    ("undefined-logical-id", Check::File(names::logical_id)),
    ("undefined-mapping", Check::File(names::mapping)),
    ("unknown-template-section", Check::File(structure::section)),
    ("unused-condition", Check::File(names::unused_condition)),
    ("unused-mapping", Check::File(names::unused_mapping)),
    ("unused-template-parameter", Check::File(names::unused_parameter)),
];
