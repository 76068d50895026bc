//! Reads fields, keys and indices of every kind of value.

use super::compare;
use super::fault::{Eval, Fault, Meter};
use super::number;
use super::walk::{settle, type_name};
use crate::model::{Field, Special, Value};
use crate::syntax::tree::{Kind, Node};
use crate::text::Span;

/// What reading a field or index gives, before it is known whether its absence matters.
pub(super) enum Found<'a> {
    Set(Value<'a>),
    /// A declared field that is not written: its zero value.
    Unset(Value<'a>),
    Missing,
    Unknown(Span),
}

impl<'a> Found<'a> {
    fn new(field: Field<'a>) -> Self {
        match field {
            Field::Set(value, _) => Found::Set(value),
            Field::Unset(value, _) => Found::Unset(value),
            Field::Missing(_) => Found::Missing,
            Field::Unknown(span) => Found::Unknown(span),
        }
    }

    /// The settled value; `missing` describes an absent one.
    pub(super) fn value(self, missing: impl FnOnce() -> String) -> Eval<'a> {
        match self {
            Found::Set(value) | Found::Unset(value) => settle(value),
            Found::Missing => Fault::error(missing()),
            Found::Unknown(span) => Err(Fault::Unknown(span)),
        }
    }

    pub(super) fn set(self) -> Result<bool, Fault> {
        match self {
            Found::Set(Value::Unknown(span)) | Found::Unknown(span) => Err(Fault::Unknown(span)),
            Found::Set(_) => Ok(true),
            Found::Unset(_) | Found::Missing => Ok(false),
        }
    }

    /// The value as an optional. A key that a file writes without a value holds nothing, as decoders take it.
    pub(super) fn optional(self) -> Eval<'a> {
        match self {
            Found::Set(Value::Node(node)) if node.kind() == Kind::Null => Ok(optional(None)),
            Found::Set(value) => Ok(optional(Some(settle(value)?))),
            Found::Unset(_) | Found::Missing => Ok(optional(None)),
            Found::Unknown(span) => Err(Fault::Unknown(span)),
        }
    }
}

pub(super) fn optional(value: Option<Value<'_>>) -> Value<'_> {
    Value::Special(std::rc::Rc::new(Special::Optional(value)))
}

/// What an optional holds; nothing if the value is not an optional.
pub(super) fn as_optional<'v, 'a>(value: &'v Value<'a>) -> Option<&'v Option<Value<'a>>> {
    match value {
        Value::Special(special) => match &**special {
            Special::Optional(inner) => Some(inner),
            _ => None,
        },
        _ => None,
    }
}

/// The field `name` of a settled value.
pub(super) fn field<'a>(meter: &mut Meter, value: &Value<'a>, name: &str) -> Result<Found<'a>, Fault> {
    match value {
        Value::Record(record) => Ok(Found::new(record.field(name))),
        Value::Node(node) if node.kind() == Kind::Mapping => entry(meter, *node, name),
        Value::Made(made) => Ok(Found::new(made.field(name))),
        Value::Map(_) => key(meter, value, &Value::text(name)),
        // A key written without a value: there is nothing in it.
        Value::Null => Ok(Found::Missing),
        _ => Fault::error(format!("`.{name}` needs a map, not {}", type_name(value))),
    }
}

fn entry<'a>(meter: &mut Meter, node: Node<'a>, name: &str) -> Result<Found<'a>, Fault> {
    meter.spend(node.own_entries().len() / 8)?;
    Ok(Found::new(Field::of_node(node, name, node.span())))
}

/// The entry of a settled map whose key equals `wanted`.
pub(super) fn key<'a>(meter: &mut Meter, map: &Value<'a>, wanted: &Value<'_>) -> Result<Found<'a>, Fault> {
    match (map, wanted) {
        (Value::Map(entries), _) => {
            for (key, value) in entries.iter() {
                meter.spend(1)?;
                if compare::equal(meter, key, wanted)? {
                    return Ok(Found::Set(value.clone()));
                }
            }
            Ok(Found::Missing)
        }
        (Value::Node(node), Value::String(name)) => entry(meter, *node, name),
        (Value::Node(_), _) => Ok(Found::Missing),
        (_, Value::String(name)) => field(meter, map, name),
        _ => Err(Fault::Mismatch),
    }
}

/// `of[at]`, both settled.
pub(super) fn index<'a>(meter: &mut Meter, of: &Value<'a>, at: &Value<'_>) -> Result<Found<'a>, Fault> {
    match of {
        Value::List(items) => {
            Ok(position(at)?.and_then(|at| items.get(at)).cloned().map_or(Found::Missing, Found::Set))
        }
        Value::Node(node) if node.kind() == Kind::Sequence => {
            let at = position(at)?;
            if node.is_open() {
                return Ok(Found::Unknown(node.span()));
            }
            let item = at.and_then(|at| node.item(at));
            Ok(item.map_or(Found::Missing, |item| Found::Set(Value::Node(item))))
        }
        Value::Map(_) | Value::Node(_) | Value::Record(_) | Value::Made(_) => match at {
            Value::Bool(_) | Value::Int(_) | Value::Uint(_) | Value::Double(_) | Value::String(_) => {
                key(meter, of, at)
            }
            _ => Err(Fault::Mismatch),
        },
        _ => Err(Fault::Mismatch),
    }
}

/// The position that a number means; nothing if it is out of any list.
fn position(at: &Value<'_>) -> Result<Option<usize>, Fault> {
    match number::whole(at) {
        Some(at) => Ok(usize::try_from(at).ok()),
        None => Err(Fault::Mismatch),
    }
}
