//! One line for each finding: `path:line:column: severity[rule] message`.
//!
//! Columns count code points from 1. Suppressed findings are left out.

use std::fmt::Write as _;

use super::position::{Positions, Unit};
use super::{active, escape};
use crate::lint::Outcome;

pub(super) fn render(outcome: &Outcome) -> String {
    let positions = Positions::new(&outcome.sources, Unit::CodePoint);
    let mut out = String::new();
    for finding in active(outcome) {
        let start = positions.place(finding.span.file, finding.span.start as usize);
        let _ = writeln!(
            out,
            "{}:{}:{}: {}[{}] {}",
            escape::path(&outcome.sources.get(finding.span.file).path),
            start.line,
            start.column,
            finding.severity.name(),
            escape::line(&finding.rule.id),
            escape::line(&finding.message),
        );
    }
    out
}
