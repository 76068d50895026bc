//! What a rule is: a page of metadata, reasons, check and examples.
//!
//! Does not name a concrete check and does not read config.

pub mod cel;
pub mod found;
pub mod severity;

pub use found::{Applicability, Fix, Label, Match};
pub use severity::Severity;
