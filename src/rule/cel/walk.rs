//! Lists and maps of all kinds, seen as numbered pairs.

use std::rc::Rc;

use super::fault::{Eval, Fault};
use crate::model::{Special, Value};
use crate::syntax::tree::{Entry, Kind, Node};
use crate::text::Span;

/// A collection that can be walked.
pub(super) enum Walk<'a> {
    List(Rc<[Value<'a>]>),
    Sequence(Node<'a>),
    Map(Rc<[(Value<'a>, Value<'a>)]>),
    Mapping(Node<'a>, Vec<Entry<'a>>),
}

impl<'a> Walk<'a> {
    /// The collection that a settled value is, if it is one.
    pub(super) fn of(value: &Value<'a>) -> Option<Self> {
        match value {
            Value::List(items) => Some(Walk::List(Rc::clone(items))),
            Value::Map(entries) => Some(Walk::Map(Rc::clone(entries))),
            Value::Node(node) => match node.kind() {
                Kind::Sequence => Some(Walk::Sequence(*node)),
                Kind::Mapping => Some(Walk::Mapping(*node, node.entries())),
                _ => None,
            },
            _ => None,
        }
    }

    /// The list that a settled value is, if it is one.
    pub(super) fn list(value: &Value<'a>) -> Option<Self> {
        match value {
            Value::List(_) => Self::of(value),
            Value::Node(node) if node.kind() == Kind::Sequence => Some(Walk::Sequence(*node)),
            _ => None,
        }
    }

    pub(super) fn is_list(&self) -> bool {
        matches!(self, Walk::List(_) | Walk::Sequence(_))
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Walk::List(items) => items.len(),
            Walk::Sequence(node) => node.items().len(),
            Walk::Map(entries) => entries.len(),
            Walk::Mapping(_, entries) => entries.len(),
        }
    }

    /// What hides that there may be more than is written.
    pub(super) fn open(&self) -> Option<Span> {
        match self {
            Walk::Sequence(node) | Walk::Mapping(node, _) if node.is_open() => Some(node.span()),
            _ => None,
        }
    }

    /// Refuses a collection that may hold more than is written.
    pub(super) fn closed(self) -> Result<Self, Fault> {
        match self.open() {
            Some(span) => Err(Fault::Unknown(span)),
            None => Ok(self),
        }
    }

    /// The index or key at position `at`, unsettled.
    pub(super) fn key(&self, at: usize) -> Value<'a> {
        match self {
            Walk::List(_) | Walk::Sequence(_) => Value::Int(i64::try_from(at).unwrap_or(i64::MAX)),
            Walk::Map(entries) => entries.get(at).map_or(Value::Null, |(key, _)| key.clone()),
            Walk::Mapping(_, entries) => entries.get(at).map_or(Value::Null, |entry| key_of(entry.key)),
        }
    }

    /// The value at position `at`, unsettled.
    pub(super) fn value(&self, at: usize) -> Value<'a> {
        match self {
            Walk::List(items) => items.get(at).cloned(),
            Walk::Sequence(node) => node.item(at).map(Value::Node),
            Walk::Map(entries) => entries.get(at).map(|(_, value)| value.clone()),
            Walk::Mapping(_, entries) => entries.get(at).map(|entry| Value::Node(entry.value)),
        }
        .unwrap_or(Value::Null)
    }

    /// All values, settled; unknown if one is, or if there may be more.
    pub(super) fn settled(self) -> Result<Vec<Value<'a>>, Fault> {
        let walk = self.closed()?;
        (0..walk.len()).map(|at| settle(walk.value(at))).collect()
    }
}

fn key_of(key: Node<'_>) -> Value<'_> {
    if key.kind() == Kind::Unknown { Value::Unknown(key.span()) } else { Value::text(key.text()) }
}

/// Gives a scalar node its type; a node that is left is a mapping or sequence. What is unknown has no value.
pub(super) fn settle(value: Value<'_>) -> Eval<'_> {
    match value {
        Value::Unknown(span) => Err(Fault::Unknown(span)),
        Value::Node(node) => match node.kind() {
            Kind::Mapping | Kind::Sequence => Ok(value),
            Kind::String => Ok(Value::text(node.text())),
            Kind::Null => Ok(Value::Null),
            Kind::Unknown => Err(Fault::Unknown(node.span())),
            Kind::Bool => Ok(Value::Bool(node.as_bool().unwrap_or_default())),
            Kind::Int => Ok(Value::Int(node.as_i64().unwrap_or_default())),
            Kind::Float => Ok(Value::Double(node.as_f64().unwrap_or_default())),
        },
        value => Ok(value),
    }
}

/// The name of a settled value's type.
pub(super) fn type_name(value: &Value<'_>) -> &'static str {
    match value {
        Value::Null => "null_type",
        Value::Bool(_) => "bool",
        Value::Int(_) => "int",
        Value::Uint(_) => "uint",
        Value::Double(_) => "double",
        Value::String(_) => "string",
        Value::Bytes(_) => "bytes",
        Value::List(_) => "list",
        Value::Map(_) | Value::Record(_) | Value::Made(_) => "map",
        Value::Node(node) => match node.kind() {
            Kind::Sequence => "list",
            _ => "map",
        },
        Value::Special(special) => match &**special {
            Special::Duration(_) => "google.protobuf.Duration",
            Special::Timestamp(..) => "google.protobuf.Timestamp",
            Special::Type(_) => "type",
            Special::Optional(_) => "optional_type",
            Special::Quantity(_) => "kubernetes.Quantity",
            Special::Ip(_) => "net.IP",
            Special::Cidr(..) => "net.CIDR",
        },
        Value::Unknown(_) => "unknown",
    }
}
