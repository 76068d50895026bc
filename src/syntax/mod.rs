//! Trees with spans, one total parser per syntax; no domain words.

pub mod dockerfile;
pub mod parsed;
