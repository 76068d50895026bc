//! plimsoll: a static analyser for infrastructure code.
//!
//! The map, from the bottom up (each layer uses only those above it in this list):
//!
//! - [`text`]: files by number, spans, line starts, edits
//! - [`syntax`]: trees with spans; no domain words
//! - [`model`]: resources, facts, project: what files say, without paths or parsing
//! - [`rule`]: pages, expressions, what a check says
//! - [`lint`]: the engine: run, suppress, findings
//! - [`report`]: findings and sources as text, pure

pub mod lint;
pub mod model;
pub mod report;
pub mod rule;
pub mod syntax;
pub mod text;
