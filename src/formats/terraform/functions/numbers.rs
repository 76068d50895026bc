//! Numbers, and conversions to simple types.

use super::{given, refused};
use crate::formats::terraform::value::{Data, Value};

/// A function on numbers.
pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Value> {
    Some(match (name, arguments) {
        ("abs" | "ceil" | "floor" | "signum", [value]) => {
            given(value.as_number().map(|value| Value::number(one(name, value))))
        }
        ("max" | "min", numbers) => {
            let numbers: Option<Vec<f64>> = numbers.iter().map(Value::as_number).collect();
            let pick = if name == "max" { f64::max } else { f64::min };
            given(numbers.and_then(|numbers| numbers.into_iter().reduce(pick)).map(Value::number))
        }
        ("sum", [list]) => {
            let numbers = list
                .items()
                .and_then(|items| items.iter().map(Value::as_number).collect::<Option<Vec<f64>>>());
            numbers.map_or_else(|| refused(list), |numbers| Value::number(numbers.iter().sum()))
        }
        ("pow" | "log", [a, b]) => given(
            a.as_number()
                .zip(b.as_number())
                .map(|(a, b)| Value::number(if name == "pow" { a.powf(b) } else { a.log(b) })),
        ),
        ("parseint", [text, base]) => given(text.as_text().zip(base.as_count()).and_then(|(text, base)| {
            let base = (2..=36).contains(&base).then_some(base as u32)?;
            i32::from_str_radix(&text, base).ok().map(|value| Value::number(value.into()))
        })),
        ("tostring" | "tonumber" | "tobool", [value]) if value.is_null() => Value::new(Data::Null),
        ("tostring", [value]) => given(value.as_text().map(Value::text)),
        ("tonumber", [value]) => given(value.as_number().map(Value::number)),
        ("tobool", [value]) => given(value.as_bool().map(Value::bool)),
        _ => return None,
    })
}

fn one(name: &str, value: f64) -> f64 {
    match name {
        "abs" => value.abs(),
        "ceil" => value.ceil(),
        "floor" => value.floor(),
        _ if value > 0.0 => 1.0,
        _ if value < 0.0 => -1.0,
        _ => 0.0,
    }
}
