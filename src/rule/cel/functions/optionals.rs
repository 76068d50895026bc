//! Making and reading optional values. `or`, `orValue` and `optMap` are read by the parser.

use super::Function;
use crate::model::{Special, Value};
use crate::rule::cel::access::{as_optional, optional};
use crate::rule::cel::fault::{Eval, Fault, Meter};
use crate::rule::cel::walk::{Walk, settle};

pub(super) static TABLE: &[Function] = &[
    Function::global("optional.of", 1, 1, |_, args| Ok(optional(args.first().cloned()))),
    Function::global("optional.none", 0, 0, |_, _| Ok(optional(None))),
    Function::global("optional.ofNonZeroValue", 1, 1, of_non_zero),
    Function::member("hasValue", 1, 1, has_value),
    Function::member("value", 1, 1, value),
    Function::global("optional.unwrap", 1, 1, unwrap),
    Function::member("unwrapOpt", 1, 1, unwrap),
];

fn of_non_zero<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let value = args.first().ok_or(Fault::Mismatch)?;
    let zero = match value {
        Value::Null | Value::Bool(false) | Value::Int(0) | Value::Uint(0) => true,
        Value::Double(value) => *value == 0.0,
        Value::String(text) => text.is_empty(),
        Value::Bytes(bytes) => bytes.is_empty(),
        Value::Special(special) => matches!(**special, Special::Duration(0) | Special::Optional(None)),
        _ => match Walk::of(value) {
            Some(walk) => {
                meter.spend(walk.len() / 4)?;
                walk.len() == 0 && walk.closed()?.len() == 0
            }
            None => false,
        },
    };
    Ok(optional((!zero).then(|| value.clone())))
}

fn has_value<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let inner = args.first().and_then(as_optional).ok_or(Fault::Mismatch)?;
    Ok(Value::Bool(inner.is_some()))
}

fn value<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    match args.first().and_then(as_optional) {
        Some(Some(inner)) => Ok(inner.clone()),
        Some(None) => Fault::error("this optional holds nothing; test `hasValue()` or use `orValue`"),
        None => Err(Fault::Mismatch),
    }
}

fn unwrap<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let walk = args.first().and_then(Walk::list).ok_or(Fault::Mismatch)?.closed()?;
    meter.spend(walk.len())?;
    let mut out = Vec::new();
    for at in 0..walk.len() {
        let item = settle(walk.value(at))?;
        out.extend(as_optional(&item).ok_or(Fault::Mismatch)?.clone());
    }
    Ok(Value::list(out))
}
