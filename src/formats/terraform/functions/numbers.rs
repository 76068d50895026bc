//! Numbers, and conversions to simple types.

use super::{given, refused};
use crate::formats::terraform::value::{Data, Value};

/// A function on numbers.
pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Value> {
    Some(match (name, arguments) {
        ("abs" | "ceil" | "floor" | "signum", [value]) => {
            let takes = |number: &f64| name != "signum" || number.fract() == 0.0;
            given(value.as_number().filter(takes).map(|value| Value::number(one(name, value))))
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
            match numbers {
                Some(numbers) if !numbers.is_empty() => Value::number(numbers.iter().sum()),
                Some(_) => Value::error(),
                None => refused(list),
            }
        }
        ("pow" | "log", [a, b]) => given(
            a.as_number()
                .zip(b.as_number())
                .map(|(a, b)| Value::number(if name == "pow" { a.powf(b) } else { a.log(b) })),
        ),
        ("parseint", [text, base]) => given(
            text.as_text()
                .zip(base.as_count())
                .and_then(|(text, base)| parse(&text, base).map(Value::number)),
        ),
        ("tostring" | "tonumber" | "tobool", [value]) if value.is_null() => Value::new(Data::Null),
        ("tostring", [value]) => given(value.as_text().map(Value::text)),
        ("tonumber", [value]) => given(value.as_number().map(Value::number)),
        ("tobool", [value]) => given(value.as_bool().map(Value::bool)),
        _ => return None,
    })
}

/// Letters go on after the digits, small ones first; up to base 36 their size means nothing.
fn parse(text: &str, base: usize) -> Option<f64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1.0, text), |digits| (-1.0, digits));
    let digit = |c: char| {
        let value = match c {
            '0'..='9' => c as usize - '0' as usize,
            'a'..='z' => c as usize - 'a' as usize + 10,
            'A'..='Z' => c as usize - 'A' as usize + if base > 36 { 36 } else { 10 },
            _ => return None,
        };
        (value < base).then_some(value)
    };
    let known = (2..=62).contains(&base) && !digits.is_empty();
    let add = |sum: usize, c: char| sum.checked_mul(base)?.checked_add(digit(c)?);
    let value = known.then(|| digits.chars().try_fold(0, add)).flatten()?;
    // What has more digits than a double is not worked with.
    #[expect(clippy::cast_precision_loss, reason = "it is less than what is lost")]
    (value < 1 << 53).then_some(sign * value as f64)
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
