//! Facts as expressions and reports see them: fields by name, each with its place, nothing copied.

use std::borrow::Cow;
use std::rc::Rc;

use super::{Setting, Special};
use crate::syntax::tree::{Kind, Node};
use crate::text::Span;

/// A typed fact, such as a container, whose fields are read by name.
pub trait Record {
    /// The field of this name.
    fn field(&self, name: &str) -> Field<'_>;

    /// The text that stands for the whole fact: its name or key, not its body.
    fn span(&self) -> Span;

    /// Where the item `text` of the list in field `name` is written, if the fact keeps the places of its items.
    fn item_span(&self, _name: &str, _text: &str) -> Option<Span> {
        None
    }
}

/// What reading a field gives.
#[derive(Clone)]
pub enum Field<'a> {
    /// The value, and the shortest text that shows it: a scalar on one line, else the key.
    Set(Value<'a>, Span),
    /// A declared field that the file leaves out: its zero value (`false`, `""`, `[]`), and the nearest text that
    /// should have held it. `has()` is false.
    Unset(Value<'a>, Span),
    /// No such key; reading it is an error, `has()` is false. The span is the nearest text that should have held it.
    Missing(Span),
    /// Written or not, it cannot be known.
    Unknown(Span),
}

impl Field<'_> {
    /// Where the field is written, or the nearest text that should have held it.
    pub fn span(&self) -> Span {
        match self {
            Field::Set(_, span) | Field::Unset(_, span) | Field::Missing(span) | Field::Unknown(span) => {
                *span
            }
        }
    }

    /// Whether the field is written and known.
    pub fn is_set(&self) -> bool {
        matches!(self, Field::Set(..))
    }
}

/// A value that an expression works on: part of a tree, a fact, or something computed.
#[derive(Clone)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// A boolean.
    Bool(bool),
    /// A signed integer.
    Int(i64),
    /// An unsigned integer.
    Uint(u64),
    /// A floating-point number.
    Double(f64),
    /// Text.
    String(Cow<'a, str>),
    /// Bytes.
    Bytes(Cow<'a, [u8]>),
    /// Items that are not a tree's.
    List(Rc<[Value<'a>]>),
    /// Entries that are not a tree's, in order, keys unique.
    Map(Rc<[(Value<'a>, Value<'a>)]>),
    /// A node of a tree, typed when it is looked at.
    Node(Node<'a>),
    /// A fact.
    Record(&'a dyn Record),
    /// A fact made for the moment.
    Made(Rc<Made<'a>>),
    /// A value that has no literal, such as a duration.
    Special(Rc<Special<'a>>),
    /// Something that cannot be known, and the text that hides it.
    Unknown(Span),
}

/// A fact put together from parts of others. Its fields can outlive it, so they are stored, not computed.
#[derive(Clone)]
pub struct Made<'a> {
    /// The text that stands for the whole fact.
    pub span: Span,
    /// Its fields by name.
    pub fields: Vec<(&'static str, Field<'a>)>,
}

impl<'a> Made<'a> {
    /// The field of this name.
    pub fn field(&self, name: &str) -> Field<'a> {
        let found = self.fields.iter().find(|(known, _)| *known == name);
        found.map_or(Field::Missing(self.span), |(_, field)| field.clone())
    }
}

impl Record for Made<'_> {
    fn field(&self, name: &str) -> Field<'_> {
        Made::field(self, name)
    }

    fn span(&self) -> Span {
        self.span
    }
}

impl<'a> Value<'a> {
    /// Borrowed text.
    pub fn text(text: &'a str) -> Self {
        Value::String(Cow::Borrowed(text))
    }

    /// A list of `items`.
    pub fn list(items: impl IntoIterator<Item = Value<'a>>) -> Self {
        Value::List(items.into_iter().collect())
    }
}

impl<'a> Field<'a> {
    /// The field `name` of a mapping node; `near` is what to point at when the node has no key at all.
    pub fn of_node(node: Node<'a>, name: &str, near: Span) -> Field<'a> {
        match node.entry(name) {
            Some(entry) if entry.value.kind() == Kind::Unknown => Field::Unknown(entry.value.span()),
            Some(entry) => Field::Set(Value::Node(entry.value), entry.place()),
            None if node.is_open() || node.kind() == Kind::Unknown => Field::Unknown(node.span()),
            None => Field::Missing(near),
        }
    }

    /// A declared field from a setting; `near` is the nearest text that should have held it.
    pub fn of<T>(
        setting: &'a Setting<T>,
        near: Span,
        value: impl Fn(&'a T) -> Value<'a>,
        zero: Value<'a>,
    ) -> Field<'a> {
        match setting {
            Setting::Unset => Field::Unset(zero, near),
            Setting::Unknown(span) => Field::Unknown(*span),
            Setting::Set(set, span) => Field::Set(value(set), *span),
        }
    }

    /// A declared boolean.
    pub fn bool(setting: &'a Setting<bool>, near: Span) -> Field<'a> {
        Field::of(setting, near, |value| Value::Bool(*value), Value::Bool(false))
    }

    /// A declared integer.
    pub fn int(setting: &'a Setting<i64>, near: Span) -> Field<'a> {
        Field::of(setting, near, |value| Value::Int(*value), Value::Int(0))
    }

    /// Declared text.
    pub fn string(setting: &'a Setting<String>, near: Span) -> Field<'a> {
        Field::of(setting, near, |value| Value::text(value), Value::text(""))
    }
}
