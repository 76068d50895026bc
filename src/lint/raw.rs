//! A match on its way to be a finding: it knows its rule, but not yet how severe it is there.

use super::linter::Linter;
use crate::rule::Match;

/// A match of a rule, by the rule's number.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) rule: usize,
    pub(super) found: Match,
}

/// Adds a match of a rule that the engine itself reports.
pub(super) fn report(linter: &Linter, raw: &mut Vec<Raw>, id: &str, found: Match) {
    if let Some(rule) = linter.number(id) {
        raw.push(Raw { rule, found });
    }
}
