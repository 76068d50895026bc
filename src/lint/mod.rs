//! The engine: runs rules over facts, applies suppressions, and makes findings.
//!
//! Does not print, render or read files.

pub mod finding;
pub mod suppress;

pub use finding::{Finding, Outcome, RuleRef, Subject, Suppression, SuppressionKind, Totals};
