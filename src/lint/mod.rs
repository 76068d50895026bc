//! The engine: runs rules over facts, applies suppressions, and makes findings.
//!
//! Does not print, render or read files. [`analyse`] takes one file and needs no other, so files run in parallel;
//! [`conclude`] puts them together.

mod analyse;
mod conclude;
mod examples;
pub mod finding;
mod fingerprint;
mod judge;
mod linter;
mod raw;
mod subjects;
pub mod suppress;
mod texts;

pub use analyse::{Analysed, Input, analyse};
pub use conclude::{Remark, conclude};
pub use examples::check_examples;
pub use finding::{Finding, Outcome, Subject, Suppression, SuppressionKind, Totals};
pub use linter::{Linter, NEWEST_KUBERNETES, Profile};
pub use texts::check_texts;

pub use crate::rule::RuleRef;
