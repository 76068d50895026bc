//! What a rule is: a page of metadata, reasons, check and examples.
//!
//! Does not name a concrete check and does not read config.

pub mod cel;
pub mod compare;
mod each;
pub mod example;
pub mod explain;
pub mod expression;
pub mod found;
pub mod loaded;
pub mod locate;
pub mod meta;
pub mod nearest;
pub mod page;
pub mod registry;
pub mod scaffold;
pub mod severity;
pub mod subject;
pub mod template;

pub use expression::{Expression, Verdict};
pub use found::{Applicability, Fix, Label, Match};
pub use loaded::{Check, Listing, Rule};
pub use meta::{Preset, RuleRef};
pub use page::{Page, PageError};
pub use registry::Registry;
pub use severity::Severity;
pub use subject::Subject;
