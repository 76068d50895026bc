//! The one line that ends a run: how many findings, in how many files, and what is missing.

use std::time::Duration;

use super::counted;
use crate::lint::Outcome;
use crate::rule::Severity;

/// `12 findings (3 errors, 7 warnings, 2 info) in 41 files; 2 suppressed; 1 file could not be analysed; 1 file read only
/// in part; 0.21 s`.
///
/// Parts that would say zero are left out, and so is the time where there is none. No line end.
pub fn summary(outcome: &Outcome, elapsed: Option<Duration>) -> String {
    let mut parts = vec![format!("{} in {}", findings(outcome), counted(outcome.totals.analysed, "file"))];
    let suppressed = outcome.findings.iter().filter(|finding| finding.suppressed.is_some()).count();
    if suppressed > 0 {
        parts.push(format!("{suppressed} suppressed"));
    }
    if outcome.totals.skipped > 0 {
        parts.push(format!("{} could not be analysed", counted(outcome.totals.skipped, "file")));
    }
    if outcome.totals.incomplete > 0 {
        parts.push(format!("{} read only in part", counted(outcome.totals.incomplete, "file")));
    }
    if let Some(elapsed) = elapsed {
        parts.push(format!("{:.2} s", elapsed.as_secs_f64()));
    }
    parts.join("; ")
}

fn findings(outcome: &Outcome) -> String {
    let mut total = 0;
    let mut kinds = Vec::new();
    for severity in Severity::ALL {
        let count = outcome.count(severity);
        total += count;
        match (count, severity) {
            (0, _) => {}
            (_, Severity::Info) => kinds.push(format!("{count} info")),
            _ => kinds.push(counted(count, severity.name())),
        }
    }
    match total {
        0 => "no findings".into(),
        _ => format!("{} ({})", counted(total, "finding"), kinds.join(", ")),
    }
}
