//! Environment variables, of containers and of images.

use super::{Field, Record, Setting};
use crate::text::Span;

/// A variable and its value.
#[derive(Clone, Debug)]
pub struct EnvVar {
    /// The name.
    pub name: Setting<String>,
    /// The literal value; unset when it comes from somewhere else.
    pub value: Setting<String>,
    /// The shortest text that stands for it: its name.
    pub anchor: Span,
}

impl Record for EnvVar {
    fn field(&self, name: &str) -> Field<'_> {
        match name {
            "name" => Field::string(&self.name, self.anchor),
            "value" => Field::string(&self.value, self.anchor),
            _ => Field::Missing(self.anchor),
        }
    }

    fn span(&self) -> Span {
        self.anchor
    }
}
