//! Equality and order of values.
//!
//! Unknown parts do not matter where a known part decides: `[1, ?] == [2, ?]` is false.

use std::cmp::Ordering;

use super::access::{Found, key};
use super::fault::{Fault, Meter, keep};
use super::number;
use super::walk::{Walk, settle, type_name};
use crate::model::{Special, Value};

/// Whether two settled values are equal. Values of different types are not.
pub(super) fn equal(meter: &mut Meter, left: &Value<'_>, right: &Value<'_>) -> Result<bool, Fault> {
    within(meter, left, right, 64)
}

fn within(meter: &mut Meter, left: &Value<'_>, right: &Value<'_>, depth: u8) -> Result<bool, Fault> {
    match (left, right) {
        (Value::String(a), Value::String(b)) => {
            meter.bytes(a.len().min(b.len()))?;
            Ok(a == b)
        }
        (Value::Null, Value::Null) => Ok(true),
        (Value::Bool(a), Value::Bool(b)) => Ok(a == b),
        (Value::Bytes(a), Value::Bytes(b)) => {
            meter.bytes(a.len().min(b.len()))?;
            Ok(a == b)
        }
        (Value::Record(a), Value::Record(b)) => Ok(a.span() == b.span()),
        (Value::Made(a), Value::Made(b)) => Ok(a.span == b.span),
        (Value::Special(a), Value::Special(b)) => special(meter, a, b, depth),
        _ => match number::order(left, right) {
            Some(order) => Ok(order == Some(Ordering::Equal)),
            None => collections(meter, left, right, depth),
        },
    }
}

fn special(meter: &mut Meter, left: &Special<'_>, right: &Special<'_>, depth: u8) -> Result<bool, Fault> {
    Ok(match (left, right) {
        (Special::Duration(a), Special::Duration(b)) => a == b,
        (Special::Timestamp(a, c), Special::Timestamp(b, d)) => a == b && c == d,
        (Special::Type(a), Special::Type(b)) => a == b,
        (Special::Quantity(a), Special::Quantity(b)) => a == b,
        (Special::Ip(a), Special::Ip(b)) => a == b,
        (Special::Cidr(a, c), Special::Cidr(b, d)) => a == b && c == d,
        (Special::Optional(None), Special::Optional(None)) => true,
        (Special::Optional(Some(a)), Special::Optional(Some(b))) => return within(meter, a, b, depth),
        _ => false,
    })
}

fn collections(meter: &mut Meter, left: &Value<'_>, right: &Value<'_>, depth: u8) -> Result<bool, Fault> {
    let (Some(a), Some(b)) = (Walk::of(left), Walk::of(right)) else { return Ok(false) };
    meter.spend((a.len() + b.len()) / 4)?;
    if a.is_list() != b.is_list() {
        return Ok(false);
    }
    if depth == 0 {
        return Fault::error("these values nest too deeply to be compared");
    }
    if let Some(span) = a.open().or(b.open()) {
        return Err(Fault::Unknown(span));
    }
    if a.len() != b.len() {
        return Ok(false);
    }
    let mut worst = None;
    for at in 0..a.len() {
        meter.spend(1)?;
        let other = if a.is_list() {
            Found::Set(b.value(at))
        } else {
            match settle(a.key(at)) {
                Ok(wanted) => key(meter, right, &wanted)?,
                Err(fault) => {
                    keep(&mut worst, fault);
                    continue;
                }
            }
        };
        match pair(meter, a.value(at), other, depth) {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(fault) => keep(&mut worst, fault),
        }
    }
    worst.map_or(Ok(true), Err)
}

fn pair(meter: &mut Meter, left: Value<'_>, right: Found<'_>, depth: u8) -> Result<bool, Fault> {
    let right = match right {
        Found::Missing => return Ok(false),
        Found::Unknown(span) => return Err(Fault::Unknown(span)),
        Found::Set(value) | Found::Unset(value) => settle(value)?,
    };
    within(meter, &settle(left)?, &right, depth - 1)
}

/// How two settled values compare; an error if they have no order, `None` for NaN.
pub(super) fn order(
    meter: &mut Meter,
    left: &Value<'_>,
    right: &Value<'_>,
) -> Result<Option<Ordering>, Fault> {
    match (left, right) {
        (Value::String(a), Value::String(b)) => {
            meter.bytes(a.len().min(b.len()))?;
            Ok(Some(a.cmp(b)))
        }
        (Value::Bytes(a), Value::Bytes(b)) => {
            meter.bytes(a.len().min(b.len()))?;
            Ok(Some(a.cmp(b)))
        }
        (Value::Bool(a), Value::Bool(b)) => Ok(Some(a.cmp(b))),
        (Value::Special(a), Value::Special(b)) => match (&**a, &**b) {
            (Special::Duration(a), Special::Duration(b)) => Ok(Some(a.cmp(b))),
            (Special::Timestamp(a, c), Special::Timestamp(b, d)) => Ok(Some((a, c).cmp(&(b, d)))),
            (Special::Quantity(a), Special::Quantity(b)) => Ok(Some(a.cmp(b))),
            _ => Err(Fault::Mismatch),
        },
        _ => number::order(left, right).ok_or(Fault::Mismatch),
    }
}

/// Whether a settled list holds the settled value, or a settled map has it as a key.
pub(super) fn contains(meter: &mut Meter, of: &Value<'_>, wanted: &Value<'_>) -> Result<bool, Fault> {
    let walk = match of {
        Value::List(_) | Value::Node(_) => Walk::list(of),
        _ => None,
    };
    let Some(walk) = walk else {
        return match of {
            Value::Map(_) | Value::Node(_) | Value::Record(_) | Value::Made(_) => {
                key(meter, of, wanted)?.set()
            }
            _ => Fault::error(format!("`in` needs a list or map, not {}", type_name(of))),
        };
    };
    let mut worst = walk.open().map(Fault::Unknown);
    for at in 0..walk.len() {
        meter.spend(1)?;
        match settle(walk.value(at)).and_then(|item| equal(meter, &item, wanted)) {
            Ok(true) => return Ok(true),
            Ok(false) => {}
            Err(fault) => keep(&mut worst, fault),
        }
    }
    worst.map_or(Ok(false), Err)
}
