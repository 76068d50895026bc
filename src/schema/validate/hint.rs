//! Words about types and places.

use super::Place;
use crate::schema::types::{Format, Takes, Type};
use crate::syntax::tree::{Kind, Node};

/// What a type is called: by its name, else by the key.
pub(super) fn owner(of: &Type, place: &Place<'_>) -> String {
    match (of.name.as_ref(), place.key()) {
        ("", "") => "this kind".to_owned(),
        ("", _) => place.name(),
        (name, _) => format!("`{name}`"),
    }
}

/// What a type takes, in words.
pub(super) fn taken(of: &Type) -> &'static str {
    let takes = |one: Takes| of.takes.has(one);
    match of.format {
        Format::Quantity => return "a quantity such as `500m` or `1Gi`",
        Format::DateTime => return "a time such as `2026-01-31T12:00:00Z`",
        Format::Metadata => return "a mapping",
        _ => {}
    }
    match (takes(Takes::TEXT), takes(Takes::NUMBER), takes(Takes::INT)) {
        (true, false, true) => "a whole number or text",
        (true, true, _) => "a number or text",
        (true, ..) => "text",
        (_, true, _) => "a number",
        (_, _, true) => "a whole number",
        _ if takes(Takes::BOOL) => "`true` or `false`",
        _ if takes(Takes::MAPPING) => "a mapping",
        _ if takes(Takes::LIST) => "a list",
        _ => "something else",
    }
}

/// What a value is, in words.
pub(super) fn is(node: Node<'_>) -> &'static str {
    match node.kind() {
        Kind::Null => "nothing",
        Kind::Bool => "a boolean",
        Kind::Int => "a number",
        Kind::Float => "a number with a fraction",
        Kind::String => "text",
        Kind::Mapping => "a mapping",
        Kind::Sequence => "a list",
        Kind::Unknown => "unknown",
    }
}
