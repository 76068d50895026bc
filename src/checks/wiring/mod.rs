//! Whether what is named exists, what selects finds something, and what is owned has one owner.

mod autoscaler_without_request;
mod budget_blocks_eviction;
mod budget_selects_nothing;
mod duplicate_service;
mod missing_grant;
mod missing_object;
mod missing_part;
mod missing_path;
mod monitors;
mod overlapping_budgets;
mod overlapping_selectors;
mod purpose;
mod replicas_beside_autoscaler;
mod service_selects_nothing;
mod shared_service_account;
mod target_ports;
mod targets;
mod two_autoscalers;
mod uncountable_budget;
mod unused;
mod vertical_beside_horizontal;
mod workload_without_budget;

use super::Check;
use crate::model::reference::Purpose;

/// The check for objects that references for these purposes do not find.
macro_rules! missing {
    ($($purpose:ident),+) => {
        Check::Project(|project, out| missing_object::check(project, &[$(Purpose::$purpose),+], out))
    };
}

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("missing-config-map", missing!(ConfigMap)),
    ("missing-secret", missing!(Secret, PullSecret, TlsSecret)),
    ("missing-volume-claim", missing!(Claim)),
    ("missing-service-account", missing!(PodAccount)),
    ("missing-subject", missing!(Subject)),
    ("missing-role", missing!(Role)),
    ("missing-backend-service", missing!(Backend)),
    ("missing-ingress-class", missing!(IngressClass)),
    ("missing-gateway", missing!(Gateway)),
    ("missing-target-workload", missing!(Workload)),
    ("missing-trigger-authentication", missing!(TriggerAuthentication)),
    ("missing-storage-class", missing!(StorageClass)),
    ("missing-priority-class", missing!(PriorityClass)),
    ("missing-runtime-class", missing!(RuntimeClass)),
    ("missing-governing-service", missing!(GoverningService)),
    ("missing-webhook-service", missing!(Webhook)),
    ("missing-admission-policy", missing!(AdmissionPolicy)),
    ("missing-flux-source", missing!(FluxSource)),
    ("missing-flux-dependency", missing!(FluxDependency)),
    ("missing-argo-project", missing!(AppProject)),
    ("missing-config-key", Check::Project(missing_part::key)),
    ("missing-backend-port", Check::Project(missing_part::backend_port)),
    ("missing-webhook-port", Check::Project(missing_part::webhook_port)),
    ("missing-gateway-listener", Check::Project(missing_part::listener)),
    ("governing-service-with-address", Check::Project(missing_part::headless)),
    ("missing-reference-grant", Check::Project(missing_grant::check)),
    ("missing-kustomize-path", Check::Project(missing_path::kustomize)),
    ("missing-gitops-path", Check::Project(missing_path::gitops)),
    ("shared-service-account", Check::Project(shared_service_account::check)),
    ("unused-config-map", Check::Project(unused::config_map)),
    ("unused-secret", Check::Project(unused::secret)),
    ("unused-volume-claim", Check::Project(unused::claim)),
    ("service-selects-nothing", Check::Wired(service_selects_nothing::check)),
    ("unknown-target-port", Check::Wired(target_ports::unknown_name)),
    ("undeclared-target-port", Check::Wired(target_ports::undeclared_number)),
    ("partial-target-port", Check::Wired(target_ports::partial_name)),
    ("duplicate-service", Check::Wired(duplicate_service::check)),
    ("overlapping-selectors", Check::Wired(overlapping_selectors::check)),
    ("monitor-selects-nothing", Check::Wired(monitors::selects_nothing)),
    ("unknown-monitor-port", Check::Wired(monitors::unknown_port)),
    ("budget-selects-nothing", Check::Wired(budget_selects_nothing::check)),
    ("budget-blocks-eviction", Check::Wired(budget_blocks_eviction::check)),
    ("uncountable-budget", Check::Wired(uncountable_budget::check)),
    ("overlapping-budgets", Check::Wired(overlapping_budgets::check)),
    ("workload-without-budget", Check::Wired(workload_without_budget::check)),
    ("two-autoscalers", Check::Wired(two_autoscalers::check)),
    ("vertical-beside-horizontal", Check::Wired(vertical_beside_horizontal::check)),
    ("replicas-beside-autoscaler", Check::Wired(replicas_beside_autoscaler::check)),
    ("autoscaler-without-request", Check::Wired(autoscaler_without_request::check)),
];
