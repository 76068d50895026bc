//! What a file means: its format, and the facts that its tree is lowered to.
//!
//! Knows no rules and reads no config.

pub mod catalog;
pub mod chart;
pub mod cloud;
pub mod cloudformation;
pub mod compose;
mod coupling;
pub mod detect;
#[cfg(test)]
mod detect_tests;
pub mod dockerfile;
mod images;
pub mod kubernetes;
pub mod paths;
pub mod proxy;
pub mod terraform;

pub use detect::{
    Format, called, detect, is_candidate, is_compose_override, is_kustomization, is_mostly_foreign,
};
