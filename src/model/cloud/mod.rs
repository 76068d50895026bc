//! What a cloud is asked for, whatever format asks: resources with computed properties, and the facts made of them.

mod fact;
mod instance;
mod value;

pub use fact::{CloudFact, Held, Part, Slot};
pub use instance::{Instance, Made};
pub use value::{Computed, Data, Map, Origin, Run, Start, Target, Text};
