//! Which type a plain scalar has.

use super::Style;

/// The rules that type plain scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// As the Kubernetes API server's decoder has it: YAML 1.1 booleans and octals, `0o`, no sexagesimals.
    Kubernetes,
    /// YAML 1.2 core: `true`, `false`, decimal, `0o`, `0x`; merge keys too, as Compose and others read them.
    Core,
    /// JSON: the literals only.
    Json,
}

/// A typed scalar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resolved {
    /// No value.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer of 64 bits.
    Int(i64),
    /// Another number.
    Float(f64),
    /// Text.
    String,
    /// Not knowable.
    Unknown,
}

impl Schema {
    /// Whether a plain `<<` key merges.
    pub fn merges(self) -> bool {
        self != Schema::Json
    }

    /// The type of a scalar of this text, style and tag.
    pub fn resolve(self, text: &str, style: Style, tag: Option<&str>) -> Resolved {
        if style == Style::Absent { Resolved::Null } else { plain(text, tag) }
    }
}

fn plain(text: &str, _tag: Option<&str>) -> Resolved {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Resolved::Null,
        "true" | "yes" | "on" => Resolved::Bool(true),
        "false" | "no" | "off" => Resolved::Bool(false),
        _ => text.parse().map_or(Resolved::String, Resolved::Int),
    }
}
