//! What infrastructure files say: resources, facts, and the project they form together.
//!
//! Does not parse and knows no paths, rules or severities.

pub mod quantity;
pub mod record;
pub mod setting;
pub mod special;

pub use quantity::Quantity;
pub use record::{Field, Made, Record, Value};
pub use setting::Setting;
pub use special::Special;
