//! The extension library of mathematics.

use std::cmp::Ordering;

use super::collections::items;
use super::{Function, MANY};
use crate::model::Value;
use crate::rule::cel::fault::{Eval, Fault, Meter};
use crate::rule::cel::number;

pub(super) static TABLE: &[Function] = &[
    Function::global("math.greatest", 1, MANY, greatest),
    Function::global("math.least", 1, MANY, least),
    Function::global("math.ceil", 1, 1, |_, args| round(args, f64::ceil)),
    Function::global("math.floor", 1, 1, |_, args| round(args, f64::floor)),
    Function::global("math.round", 1, 1, |_, args| round(args, f64::round)),
    Function::global("math.trunc", 1, 1, |_, args| round(args, f64::trunc)),
    Function::global("math.sqrt", 1, 1, sqrt),
    Function::global("math.abs", 1, 1, abs),
    Function::global("math.sign", 1, 1, sign),
    Function::global("math.isNaN", 1, 1, |_, args| test(args, f64::is_nan)),
    Function::global("math.isInf", 1, 1, |_, args| test(args, f64::is_infinite)),
    Function::global("math.isFinite", 1, 1, |_, args| test(args, f64::is_finite)),
    Function::global("math.bitAnd", 2, 2, |_, args| bits(args, |a, b| a & b)),
    Function::global("math.bitOr", 2, 2, |_, args| bits(args, |a, b| a | b)),
    Function::global("math.bitXor", 2, 2, |_, args| bits(args, |a, b| a ^ b)),
    Function::global("math.bitNot", 1, 1, bit_not),
    Function::global("math.bitShiftLeft", 2, 2, |_, args| shift(args, u64::checked_shl)),
    Function::global("math.bitShiftRight", 2, 2, |_, args| shift(args, u64::checked_shr)),
];

fn extreme<'a>(meter: &mut Meter, args: &[Value<'a>], wanted: Ordering) -> Eval<'a> {
    let listed = match args {
        [list @ (Value::List(_) | Value::Node(_))] => items(meter, list)?,
        _ => args.to_vec(),
    };
    let mut best: Option<Value<'a>> = None;
    for item in listed {
        let better = match &best {
            None if number::order(&item, &item).is_some() => true,
            None => return Err(Fault::Mismatch),
            Some(best) => number::order(&item, best).ok_or(Fault::Mismatch)? == Some(wanted),
        };
        if better {
            best = Some(item);
        }
    }
    best.map_or_else(|| Fault::error("an empty list has no least and no greatest item"), Ok)
}

fn greatest<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    extreme(meter, args, Ordering::Greater)
}

fn least<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    extreme(meter, args, Ordering::Less)
}

fn round<'a>(args: &[Value<'a>], to: fn(f64) -> f64) -> Eval<'a> {
    match args {
        [Value::Double(value)] => Ok(Value::Double(to(*value))),
        _ => Err(Fault::Mismatch),
    }
}

fn test<'a>(args: &[Value<'a>], holds: fn(f64) -> bool) -> Eval<'a> {
    match args {
        [Value::Double(value)] => Ok(Value::Bool(holds(*value))),
        _ => Err(Fault::Mismatch),
    }
}

fn sqrt<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    match args {
        [value] => number::double(value).map(|value| Value::Double(value.sqrt())).ok_or(Fault::Mismatch),
        _ => Err(Fault::Mismatch),
    }
}

fn abs<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    match args {
        [Value::Double(value)] => Ok(Value::Double(value.abs())),
        [Value::Int(value)] => match value.checked_abs() {
            Some(value) => Ok(Value::Int(value)),
            None => Fault::error("the result of `math.abs` does not fit 64 bits"),
        },
        [Value::Uint(value)] => Ok(Value::Uint(*value)),
        _ => Err(Fault::Mismatch),
    }
}

fn sign<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    match args {
        [Value::Double(value)] if *value == 0.0 || value.is_nan() => Ok(Value::Double(*value)),
        [Value::Double(value)] => Ok(Value::Double(value.signum())),
        [Value::Int(value)] => Ok(Value::Int(value.signum())),
        [Value::Uint(value)] => Ok(Value::Uint((*value).min(1))),
        _ => Err(Fault::Mismatch),
    }
}

fn bits<'a>(args: &[Value<'a>], combine: fn(u64, u64) -> u64) -> Eval<'a> {
    match args {
        [Value::Int(a), Value::Int(b)] => {
            Ok(Value::Int(combine(a.cast_unsigned(), b.cast_unsigned()).cast_signed()))
        }
        [Value::Uint(a), Value::Uint(b)] => Ok(Value::Uint(combine(*a, *b))),
        _ => Err(Fault::Mismatch),
    }
}

fn bit_not<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    match args {
        [Value::Int(value)] => Ok(Value::Int(!value)),
        [Value::Uint(value)] => Ok(Value::Uint(!value)),
        _ => Err(Fault::Mismatch),
    }
}

/// Shifts bits, those of signed numbers too; nothing is left of them beyond 63.
fn shift<'a>(args: &[Value<'a>], by: fn(u64, u32) -> Option<u64>) -> Eval<'a> {
    let [value, Value::Int(places)] = args else { return Err(Fault::Mismatch) };
    if *places < 0 {
        return Fault::error("bits cannot be shifted by a negative number");
    }
    let places = u32::try_from(*places).unwrap_or(u32::MAX);
    match value {
        Value::Int(value) => {
            Ok(Value::Int(by(value.cast_unsigned(), places).unwrap_or_default().cast_signed()))
        }
        Value::Uint(value) => Ok(Value::Uint(by(*value, places).unwrap_or_default())),
        _ => Err(Fault::Mismatch),
    }
}
