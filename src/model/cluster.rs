//! The cluster that manifests are meant for, as expressions see it.

use super::{Field, Record, Value};
use crate::text::Span;

/// A cluster's version.
#[derive(Clone, Copy, Debug)]
pub struct Cluster {
    /// 33 in `1.33`.
    pub minor: u16,
    /// No file says it; where a finding about it would stand.
    pub anchor: Span,
}

impl Record for Cluster {
    fn field(&self, name: &str) -> Field<'_> {
        match name {
            "minor" => Field::Set(Value::Int(self.minor.into()), self.anchor),
            _ => Field::Missing(self.anchor),
        }
    }

    fn span(&self) -> Span {
        self.anchor
    }
}
