//! The engine: runs rules over facts, applies suppressions, and makes findings.
//!
//! Does not print, render or read files.

mod analyse;
mod conclude;
pub mod finding;
mod fingerprint;
mod linter;
mod subjects;
pub mod suppress;

pub use analyse::{Analysed, Input, analyse};
pub use conclude::{Skipped, conclude};
pub use finding::{Finding, Outcome, RuleRef, Subject, Suppression, SuppressionKind, Totals};
pub use linter::{Linter, NEWEST_KUBERNETES, Profile};
