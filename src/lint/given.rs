//! Schemas from the folders that a config names, read only for kinds that the input uses.

use std::collections::HashSet;
use std::sync::Arc;

use super::input::Input;
use super::kinds;
use crate::schema::{self, Defined};
use crate::syntax::tree::Schema;
use crate::syntax::{json, yaml};
use crate::text::FileId;

/// Kinds, in small letters.
pub struct Kinds(HashSet<String>);

/// The kinds that some file may use.
pub fn used_kinds(inputs: &[Input<'_>]) -> Kinds {
    Kinds(kinds::used(inputs).into_iter().map(|kind| kind.to_ascii_lowercase()).collect())
}

/// Whether a file of schemas may be about one of the kinds; `path` is that within its folder.
pub fn may_define(path: &str, used: &Kinds) -> bool {
    let kind = path.strip_suffix(".json").and_then(schema::kind_of_path);
    kind.is_none_or(|kind| used.0.contains(&kind.to_ascii_lowercase()))
}

/// The schemas in a file: CustomResourceDefinitions, or one JSON Schema. `None` if there is neither; an error if the
/// text cannot be read.
pub fn read_schemas(path: &str, text: Arc<str>) -> Result<Vec<Defined>, String> {
    // Nothing is shown of these files, so that any number will do.
    let file = FileId(0);
    let stem = path.strip_suffix(".json");
    let parsed = match stem {
        Some(_) => json::parse(file, text),
        None => yaml::parse(file, text, Schema::Kubernetes),
    };
    if let Some(error) = parsed.errors.iter().find(|error| error.kind.is_incomplete()) {
        return Err(format!("this file of schemas cannot be read: {}", error.message));
    }
    let mut found = schema::definitions(&parsed.tree, false, &|_| true);
    if let Some(stem) = stem.filter(|_| found.is_empty()) {
        found.extend(schema::json_schema(&parsed.tree, stem));
    }
    Ok(found)
}
