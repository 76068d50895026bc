//! Workflows and pipelines: Argo Workflows, Tekton.

mod argo;
mod missing_step_template;
mod missing_task;
mod undeclared_parameter;
mod unused_parameter;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("missing-step-template", Check::File(missing_step_template::check)),
    ("missing-task", Check::File(missing_task::check)),
    ("undeclared-parameter", Check::File(undeclared_parameter::check)),
    ("unused-parameter", Check::File(unused_parameter::check)),
];
