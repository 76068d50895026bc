//! The engine: runs rules over facts, applies suppressions, and makes findings.
//!
//! Does not print, render or read files. [`survey`] learns from a few files how others are to be read, [`analyse`] takes
//! one file and needs no other, so that files run in parallel, and [`conclude`] puts them together.

mod analyse;
mod compose;
mod conclude;
mod declared;
mod environment;
mod examples;
pub mod finding;
mod fingerprint;
mod given;
mod ignores;
mod input;
mod judge;
mod kinds;
mod lent;
mod linter;
mod raw;
mod replaced;
mod sensitive;
mod subjects;
pub mod suppress;
mod survey;
mod terraform;
mod texts;

pub use analyse::{Analysed, analyse};
pub use conclude::{Remark, conclude, conclude_with_graph};
pub use declared::declared;
pub use examples::check_examples;
pub use finding::{Finding, Outcome, Subject, Suppression, SuppressionKind, Totals};
pub use given::{may_define, read_schemas, used_kinds};
pub use input::Input;
pub use linter::{Linter, NEWEST_KUBERNETES, Profile};
pub use survey::{Surroundings, survey};
pub use terraform::TerraformOptions;
pub use texts::check_texts;

pub use crate::formats::terraform::{Attributes, Installed, Reason, Unknown};
pub use crate::rule::RuleRef;
pub use crate::schema::Catalog;
