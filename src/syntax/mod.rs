//! Trees with spans, one total parser per syntax; no domain words.

pub mod parsed;
pub mod tree;
