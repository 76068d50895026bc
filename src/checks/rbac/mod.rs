//! Who may do what: what several rules, or several files, say together.

mod accounts;
mod every_user_binding;
mod hands_out_any_role;
mod powers;
mod reach;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("every-user-binding", Check::Project(every_user_binding::check)),
    ("role-hands-out-any-role", Check::File(hands_out_any_role::check)),
    ("service-account-escalates", Check::Project(reach::escalates)),
    ("service-account-enters-pods", Check::Project(reach::enters_pods)),
    ("service-account-impersonates", Check::Project(reach::impersonates)),
    ("service-account-reads-secrets", Check::Project(reach::reads_secrets)),
    ("service-account-runs-workloads", Check::Project(reach::runs_workloads)),
    ("service-account-sets-service-status", Check::Project(reach::sets_service_status)),
    ("service-account-token-mounted", Check::Project(accounts::token_mounted)),
    ("workload-takes-over-cluster", Check::Project(reach::takes_over_cluster)),
    ("workload-with-admin-rights", Check::Project(reach::administrator)),
];
