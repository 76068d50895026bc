//! The Kubernetes library of quantities.

use std::cmp::Ordering;

use super::{Function, special};
use crate::model::{Quantity, Special, Value};
use crate::rule::cel::ast::Op;
use crate::rule::cel::fault::{Eval, Fault, Meter};
use crate::rule::cel::number;

pub(super) static TABLE: &[Function] = &[
    Function::global("quantity", 1, 1, quantity),
    Function::global("isQuantity", 1, 1, is_quantity),
    Function::member("isInteger", 1, 1, is_integer),
    Function::member("asInteger", 1, 1, as_integer),
    Function::member("asApproximateFloat", 1, 1, as_float),
    Function::member("sign", 1, 1, sign),
    Function::member("add", 2, 2, add),
    Function::member("sub", 2, 2, sub),
    Function::member("compareTo", 2, 2, compare_to),
    Function::member("isLessThan", 2, 2, is_less),
    Function::member("isGreaterThan", 2, 2, is_greater),
];

fn of(value: Option<&Value<'_>>) -> Result<Quantity, Fault> {
    match value {
        Some(Value::Special(special)) => match **special {
            Special::Quantity(quantity) => Ok(quantity),
            _ => Err(Fault::Mismatch),
        },
        _ => Err(Fault::Mismatch),
    }
}

/// A manifest may write a quantity as a number; `quantity(2)` is `quantity("2")`.
fn quantity<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let parsed = match args {
        [Value::String(text)] => match Quantity::parse(text) {
            Some(quantity) => quantity,
            None => return Fault::error(format!("`{text}` is not a quantity")),
        },
        [Value::Int(value)] => Quantity::whole(*value),
        [Value::Double(value)] => match Quantity::parse(&value.to_string()) {
            Some(quantity) => quantity,
            None => return Fault::error(format!("`{value}` is not a quantity")),
        },
        [value] => of(Some(value))?,
        _ => return Err(Fault::Mismatch),
    };
    Ok(special(Special::Quantity(parsed)))
}

fn is_quantity<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    match args {
        [Value::String(text)] => Ok(Value::Bool(Quantity::parse(text).is_some())),
        [Value::Int(_) | Value::Double(_)] => Ok(Value::Bool(true)),
        _ => Err(Fault::Mismatch),
    }
}

fn is_integer<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    Ok(Value::Bool(of(args.first())?.as_i64().is_some()))
}

fn as_integer<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let quantity = of(args.first())?;
    match quantity.as_i64() {
        Some(value) => Ok(Value::Int(value)),
        None => Fault::error(format!("`{quantity}` is not an integer of 64 bits")),
    }
}

fn as_float<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    Ok(Value::Double(of(args.first())?.as_f64()))
}

fn sign<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    Ok(Value::Int(of(args.first())?.sign()))
}

/// The second operand of a sum: a quantity or an integer.
fn operand(value: Option<&Value<'_>>) -> Result<Quantity, Fault> {
    match value {
        Some(Value::Int(value)) => Ok(Quantity::whole(*value)),
        value => of(value),
    }
}

fn add<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let sum = of(args.first())?.plus(operand(args.get(1))?);
    sum.map(|sum| special(Special::Quantity(sum))).ok_or_else(|| number::overflow(Op::Add))
}

fn sub<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let difference = of(args.first())?.minus(operand(args.get(1))?);
    difference.map(|left| special(Special::Quantity(left))).ok_or_else(|| number::overflow(Op::Subtract))
}

fn order(args: &[Value<'_>]) -> Result<Ordering, Fault> {
    Ok(of(args.first())?.cmp(&of(args.get(1))?))
}

fn compare_to<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    order(args).map(|order| Value::Int(order as i64))
}

fn is_less<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    order(args).map(|order| Value::Bool(order.is_lt()))
}

fn is_greater<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    order(args).map(|order| Value::Bool(order.is_gt()))
}
