//! What a table says: families of facts, where they stand in each format, and what absence means.

use std::collections::HashMap;

use crate::model::cloud::Held;

/// All families.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) families: Vec<Family>,
    /// By the type of a resource: the families that it is of, and which of their sources it is.
    pub(super) by_kind: HashMap<&'static str, Vec<(usize, usize)>>,
    /// By the type of a resource that says more about another: its type, and where it names the other.
    pub(super) attached: HashMap<&'static str, Vec<(&'static str, Path)>>,
    /// By the type of a resource that a reference to stands for a text: the key of that text.
    pub(super) stands: HashMap<&'static str, &'static str>,
}

/// A kind of fact.
#[derive(Debug)]
pub(super) struct Family {
    pub(super) provider: &'static str,
    pub(super) name: &'static str,
    pub(super) sources: Vec<Source>,
    /// What others may call it by, beside its name in the template.
    pub(super) named: Vec<Path>,
    /// Resources that findings show as well: where they are named, and what to say of them.
    pub(super) shown: Vec<(Way, &'static str)>,
    pub(super) fields: Vec<FieldLine>,
}

/// Resources that are, or hold, facts of a family.
#[derive(Debug)]
pub(super) struct Source {
    /// Where in the resource they are, if they are not the resource itself.
    pub(super) records: Option<Path>,
    /// What must all hold for them.
    pub(super) only: Vec<Way>,
}

/// A field of a family.
#[derive(Clone, Debug)]
pub(super) struct FieldLine {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    /// What it is where it is not written.
    pub(super) absent: Held,
    /// Where it may be written, the first that is counts; each may be several places that are put together.
    pub(super) ways: Vec<Vec<Way>>,
}

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Bool,
    Int,
    Text,
    Words,
}

/// A place, and how it is read.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// The type of a resource that says more about the one at hand.
    pub(super) attached: Option<&'static str>,
    /// Whether it starts at the resource, where the fact is only a part of that.
    pub(super) whole: bool,
    pub(super) path: Path,
    /// Where it goes on in the resource that the path refers to.
    pub(super) beyond: Option<Path>,
    /// As it is written in the table.
    pub(super) key: &'static str,
    pub(super) reading: Reading,
    /// Whether a boolean means its opposite.
    pub(super) negated: bool,
}

/// How a value is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// As it is.
    Plain,
    /// Whether it is written.
    Written,
    /// Whether it is written, with no text that starts so.
    WrittenBut(&'static str),
    /// The keys in it that stand for no mapping.
    Keys,
    /// What stands under this key, anywhere in it.
    Under(&'static str),
    /// What its text starts with, as far as that is known.
    Start,
    /// Whether it is one of these.
    OneOf(Vec<&'static str>),
    /// Whether it refers to a resource of this type.
    RefersTo(&'static str),
    /// Under other names.
    Renamed(Vec<(&'static str, &'static str)>),
}

/// A way down.
pub(super) type Path = Vec<Step>;

/// A step down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) key: &'static str,
    /// Which items of a list count.
    pub(super) items: Items,
}

/// Items of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Items {
    /// The first: blocks of Terraform are lists.
    First,
    /// All.
    All,
    /// Those whose keys have these values.
    With(Vec<(&'static str, &'static str)>),
}
