//! Workflow commands of GitHub Actions, which become annotations of the changed files.
//!
//! Columns count code points from 1, and are left out where a finding has several lines, as GitHub asks.
//! GitHub shows the first ten annotations of each level in a step, so these are the most severe ones, and a notice
//! says how many there were besides. Suppressed findings are left out.

use std::fmt::Write as _;

use super::escape::{github_data, github_property};
use super::position::{Positions, Unit};
use super::{counted, most_severe_first};
use crate::lint::{Finding, Outcome};
use crate::rule::Severity;

/// Annotations of one level that GitHub shows for a step.
const SHOWN: usize = 10;

pub(super) fn render(outcome: &Outcome) -> String {
    let positions = Positions::new(&outcome.sources, Unit::CodePoint);
    let findings = most_severe_first(outcome);
    let of_level = |level| findings.iter().filter(|finding| word(finding.severity) == level).count();
    let crowded = ["error", "warning", "notice"].into_iter().any(|level| of_level(level) > SHOWN);
    let mut out = String::new();
    let mut shown = 0;
    for level in ["error", "warning", "notice"] {
        // The notice about the others needs one of the ten places.
        let limit = if crowded && level == "notice" { SHOWN - 1 } else { SHOWN };
        for finding in findings.iter().filter(|finding| word(finding.severity) == level).take(limit) {
            push(&mut out, level, finding, outcome, &positions);
            shown += 1;
        }
    }
    if shown < findings.len() {
        let more = counted(findings.len() - shown, "more finding");
        let _ = writeln!(out, "::notice title=plimsoll::{more}; see the job summary or the log");
    }
    out
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "notice",
    }
}

fn push(out: &mut String, level: &str, finding: &Finding, outcome: &Outcome, positions: &Positions<'_>) {
    let range = positions.shown(finding.span);
    let path = github_property(&outcome.sources.get(finding.span.file).path);
    let _ = write!(out, "::{level} file={path},line={},endLine={}", range.start.line, range.end.line);
    if range.is_one_line() {
        let _ = write!(out, ",col={},endColumn={}", range.start.column, range.end.column);
    }
    let title = github_property(&finding.rule.id);
    let _ = writeln!(out, ",title={title}::{}", github_data(&finding.message));
}
