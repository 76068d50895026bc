//! What infrastructure files say: resources, facts, and the project they form together.
//!
//! Does not parse and knows no paths, rules or severities.

pub mod record;
pub mod setting;

pub use record::{Field, Record, Value};
pub use setting::Setting;
