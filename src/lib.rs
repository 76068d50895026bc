//! plimsoll: a static analyser for infrastructure code.
//!
//! The map, from the bottom up; each layer uses only those above it in this list:
//!
//! - [`text`]: files by number, spans, line starts, edits
//! - [`syntax`]: trees with spans; no domain words
//! - [`model`]: resources, facts, project: what files say, without paths or parsing
//! - [`formats`]: what a file means: its format, and its tree lowered to facts
//! - [`rule`]: pages, expressions, what a check says
//! - [`schema`]: what the API server takes, and a tree held against it
//! - [`config`]: what the user wants, with the place of every word
//! - [`checks`]: what an expression cannot say
//! - [`lint`]: the engine: run, suppress, findings
//! - [`discover`]: the file system: which files there are, which config is theirs, and their text
//! - [`report`]: findings and sources to text
//! - [`cli`]: arguments, failures, exit codes; the only layer that prints

pub mod checks;
pub mod cli;
pub mod config;
pub mod discover;
pub mod formats;
pub mod lint;
pub mod model;
pub mod report;
pub mod rule;
pub mod schema;
pub mod syntax;
pub mod text;
