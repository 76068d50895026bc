//! What a service mounts.

use crate::model::{Field, Record, Setting, Value};
use crate::text::Span;

/// An entry of a service's `volumes`.
#[derive(Clone, Debug)]
pub struct Mount {
    /// What is mounted; unknown where a variable may be a path or a name.
    pub kind: Setting<MountKind>,
    /// A path of the host, or the name of a volume.
    pub source: Setting<String>,
    /// Where, in the container.
    pub target: Setting<String>,
    /// Whether the container cannot write.
    pub read_only: Setting<bool>,
    /// How mounts inside are handed on: `rprivate`, `shared` …
    pub propagation: Setting<String>,
    /// Whether the entry is text in quotes.
    pub quoted: bool,
    /// The shortest text that stands for it.
    pub anchor: Span,
}

/// What is mounted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MountKind {
    /// A path of the host.
    Bind,
    /// A volume with a name.
    Volume,
    /// A volume without a name.
    Anonymous,
    /// Anything else: memory, an image, a cluster's volume.
    Other,
}

impl MountKind {
    /// The word for it in rule pages.
    pub fn name(self) -> &'static str {
        match self {
            MountKind::Bind => "bind",
            MountKind::Volume => "volume",
            MountKind::Anonymous => "anonymous",
            MountKind::Other => "other",
        }
    }
}

impl Record for Mount {
    fn field(&self, name: &str) -> Field<'_> {
        let near = self.anchor;
        match name {
            "kind" => Field::of(&self.kind, near, |kind| Value::text(kind.name()), Value::text("")),
            "source" => Field::string(&self.source, near),
            "target" => Field::string(&self.target, near),
            "readOnly" => Field::bool(&self.read_only, near),
            "propagation" => Field::string(&self.propagation, near),
            "quoted" => Field::Set(Value::Bool(self.quoted), near),
            _ => Field::Missing(near),
        }
    }

    fn span(&self) -> Span {
        self.anchor
    }
}
