//! Certificates: whether their issuer exists and can issue them.

mod issuers;
mod missing_issuer;
mod wildcard_over_http;

use super::Check;

pub(super) const CHECKS: &[(&str, Check)] = &[
    ("missing-issuer", Check::Project(missing_issuer::check)),
    ("wildcard-over-http", Check::Project(wildcard_over_http::check)),
];
