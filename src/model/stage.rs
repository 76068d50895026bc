//! Build stages of a Dockerfile.

use super::{Field, Record, Setting, Value};
use crate::text::Span;

/// From a FROM to the next one.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The name after AS, as written.
    pub name: Setting<String>,
    /// Its number, from 0.
    pub index: usize,
    /// Whether it is the last one: what a build without `--target` gives.
    pub ships: bool,
    /// What it builds upon.
    pub base: Base,
    /// Who the last USER of the stage, or of the stages it builds upon, makes its processes. Unset where no USER says
    /// it: then the base image decides, or it is root. Unknown where the name of the base image says that it has a user.
    pub user: Setting<String>,
    /// The instructions in it and in the stages that it builds upon, in capitals, each once; without those of ONBUILD.
    pub keywords: Vec<&'static str>,
    /// The labels that it and the stages that it builds upon set, each once; unknown where a variable names one.
    pub labels: Setting<Vec<String>>,
    /// The shortest text that stands for it: its name, or else its base.
    pub anchor: Span,
    /// All its instructions.
    pub whole: Span,
}

/// What a stage builds upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// The stage with this number.
    Stage(usize),
    /// Nothing.
    Scratch,
    /// An image.
    Image,
    /// It depends on the build.
    Unknown,
}

impl Stage {
    /// The name, or else the number, as `--target` takes it.
    pub fn label(&self) -> String {
        self.name.get().map_or_else(|| self.index.to_string(), Clone::clone)
    }
}

impl Record for Stage {
    fn field(&self, name: &str) -> Field<'_> {
        let set = |value| Field::Set(value, self.anchor);
        match name {
            "name" => Field::string(&self.name, self.anchor),
            "index" => set(Value::Int(i64::try_from(self.index).unwrap_or(i64::MAX))),
            "ships" => set(Value::Bool(self.ships)),
            "user" => Field::string(&self.user, self.anchor),
            "keywords" => set(Value::list(self.keywords.iter().map(|keyword| Value::text(keyword)))),
            "labels" => match &self.labels {
                Setting::Unknown(span) => Field::Unknown(*span),
                labels => {
                    set(Value::list(labels.get().into_iter().flatten().map(|label| Value::text(label))))
                }
            },
            "base" => match self.base {
                Base::Stage(_) => set(Value::text("stage")),
                Base::Scratch => set(Value::text("scratch")),
                Base::Image => set(Value::text("image")),
                Base::Unknown => Field::Unknown(self.anchor),
            },
            _ => Field::Missing(self.anchor),
        }
    }

    fn span(&self) -> Span {
        self.anchor
    }
}
