//! What a CloudFormation template defines, and what it refers to.

use super::Setting;
use super::workload::Word;
use crate::text::Span;

/// A template.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// The keys at its top.
    pub sections: Vec<Word>,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// Its mappings.
    pub mappings: Vec<Word>,
    /// Its conditions.
    pub conditions: Vec<Word>,
    /// Its resources, in the order of the text.
    pub resources: Vec<Entry>,
    /// Properties with the wrong capitals, and what they should be called.
    pub misspelt: Vec<(Word, &'static str)>,
    /// Every name that it refers to.
    pub uses: Vec<Use>,
    /// Whether the transform of SAM makes more resources of those that are written.
    pub serverless: bool,
    /// Whether a macro, a loop, or text that cannot be read may define more.
    pub open: bool,
}

/// A parameter of a template.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Word,
    /// What it is if nobody says otherwise.
    pub default: Setting<String>,
    /// What it may be; empty if that is not limited.
    pub allowed: Vec<String>,
    /// Whether it is a list, with commas in its default.
    pub list: bool,
}

/// A resource of a template.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its logical id.
    pub name: Word,
    /// Its type.
    pub kind: Setting<String>,
    /// From its logical id to its end.
    pub span: Span,
}

/// A name that something in a template refers to.
#[derive(Clone, Debug)]
pub struct Use {
    /// The kind of thing that it is meant to be.
    pub of: Kind,
    /// The name.
    pub name: Word,
}

/// What a name in a template leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A parameter or a resource.
    Value,
    /// A resource.
    Resource,
    /// A condition.
    Condition,
    /// A mapping.
    Mapping,
}
