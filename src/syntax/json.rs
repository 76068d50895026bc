//! JSON into the shared data tree.
//!
//! First light: read as YAML, of which JSON is nearly a subset.

use std::sync::Arc;

use super::parsed::Parsed;
use super::tree::{Schema, Tree};
use super::yaml;
use crate::text::FileId;

/// Parses JSON.
pub fn parse(file: FileId, text: Arc<str>) -> Parsed<Tree> {
    yaml::parse(file, text, Schema::Json)
}
