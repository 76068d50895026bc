//! Arithmetic without silent overflow, and order across the three kinds of number.

use std::cmp::Ordering;

use super::ast::Op;
use super::fault::{Eval, Fault};
use crate::model::Value;

/// 2 to the 63rd and 64th: the first floating-point numbers beyond `i64` and `u64`.
const TWO_63: f64 = 9_223_372_036_854_775_808.0;
const TWO_64: f64 = 18_446_744_073_709_551_616.0;

/// How two numbers compare: `None` if one is not a number at all, `Some(None)` for NaN.
#[expect(clippy::option_option, reason = "not comparable and not ordered are different answers")]
pub(super) fn order(left: &Value<'_>, right: &Value<'_>) -> Option<Option<Ordering>> {
    Some(match (left, right) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        (Value::Uint(a), Value::Uint(b)) => Some(a.cmp(b)),
        (Value::Double(a), Value::Double(b)) => a.partial_cmp(b),
        (Value::Int(a), Value::Uint(b)) => Some(i128::from(*a).cmp(&i128::from(*b))),
        (Value::Uint(a), Value::Int(b)) => Some(i128::from(*a).cmp(&i128::from(*b))),
        // As the language has it: in floating point, which rounds integers beyond 2 to the 53rd.
        _ => double(left)?.partial_cmp(&double(right)?),
    })
}

/// The nearest floating-point number of a number.
#[expect(clippy::cast_precision_loss, reason = "the nearest is what is asked for")]
pub(super) fn double(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Int(value) => Some(*value as f64),
        Value::Uint(value) => Some(*value as f64),
        Value::Double(value) => Some(*value),
        _ => None,
    }
}

/// The integer that a number is, if it has no fraction and fits.
pub(super) fn whole(value: &Value<'_>) -> Option<i64> {
    match value {
        Value::Int(value) => Some(*value),
        Value::Uint(value) => i64::try_from(*value).ok(),
        Value::Double(value) if value.fract() == 0.0 => double_to_int(*value),
        _ => None,
    }
}

/// Cuts the fraction off; nothing if the rest does not fit.
pub(super) fn double_to_int(value: f64) -> Option<i64> {
    (value > -TWO_63 && value < TWO_63).then_some(value as i64)
}

/// Cuts the fraction off; nothing if the rest does not fit.
#[expect(clippy::cast_sign_loss, reason = "negative numbers are refused first")]
pub(super) fn double_to_uint(value: f64) -> Option<u64> {
    (0.0..TWO_64).contains(&value).then_some(value as u64)
}

/// `left op right` for two numbers of one kind.
pub(super) fn arithmetic<'a>(op: Op, left: &Value<'_>, right: &Value<'_>) -> Eval<'a> {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => int(op, *a, *b).map(Value::Int),
        (Value::Uint(a), Value::Uint(b)) => uint(op, *a, *b).map(Value::Uint),
        (Value::Double(a), Value::Double(b)) => floating(op, *a, *b).map(Value::Double),
        _ => Err(Fault::Mismatch),
    }
}

/// Arithmetic that tells an overflow, for one type of integer.
macro_rules! checked {
    ($name:ident, $type:ty) => {
        fn $name(op: Op, a: $type, b: $type) -> Result<$type, Fault> {
            let result = match op {
                Op::Add => a.checked_add(b),
                Op::Subtract => a.checked_sub(b),
                Op::Multiply => a.checked_mul(b),
                Op::Divide if b != 0 => a.checked_div(b),
                Op::Remainder if b != 0 => a.checked_rem(b),
                _ => return by_zero(op),
            };
            result.ok_or_else(|| overflow(op))
        }
    };
}

checked!(int, i64);
checked!(uint, u64);

fn floating(op: Op, a: f64, b: f64) -> Result<f64, Fault> {
    match op {
        Op::Add => Ok(a + b),
        Op::Subtract => Ok(a - b),
        Op::Multiply => Ok(a * b),
        Op::Divide => Ok(a / b),
        _ => Err(Fault::Mismatch),
    }
}

fn by_zero<T>(op: Op) -> Result<T, Fault> {
    Fault::error(if op == Op::Remainder { "remainder of a division by zero" } else { "division by zero" })
}

pub(super) fn overflow(op: Op) -> Fault {
    Fault::Error(format!("the result of `{}` does not fit 64 bits", op.symbol()).into())
}
