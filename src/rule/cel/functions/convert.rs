//! Conversions between types.

use std::borrow::Cow;

use super::{Function, special, text, timestamp, type_value};
use crate::model::{Special, Value};
use crate::rule::cel::fault::{Eval, Fault, Meter};
use crate::rule::cel::number;
use crate::rule::cel::walk::type_name;

pub(super) static TABLE: &[Function] = &[
    Function::global("int", 1, 1, int),
    Function::global("uint", 1, 1, uint),
    Function::global("double", 1, 1, double),
    Function::global("string", 1, 1, string),
    Function::global("bytes", 1, 1, bytes),
    Function::global("bool", 1, 1, bool),
    Function::global("dyn", 1, 1, |_, args| args.first().cloned().ok_or(Fault::Mismatch)),
    Function::global("type", 1, 1, |_, args| {
        args.first().map(type_name).map(type_value).ok_or(Fault::Mismatch)
    }),
    Function::global("duration", 1, 1, duration),
    Function::global("timestamp", 1, 1, moment),
];

fn range<'a>(value: Option<Value<'a>>, from: impl std::fmt::Display, to: &str) -> Eval<'a> {
    value.map_or_else(|| Fault::error(format!("`{from}` is not {to}")), Ok)
}

fn int<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    match args {
        [Value::Int(value)] => Ok(Value::Int(*value)),
        [Value::Uint(value)] => range(i64::try_from(*value).ok().map(Value::Int), value, "an int"),
        [Value::Double(value)] => range(number::double_to_int(*value).map(Value::Int), value, "an int"),
        [Value::String(text)] => range(text.parse().ok().map(Value::Int), text, "an int"),
        [Value::Special(special)] => match **special {
            Special::Timestamp(seconds, _) => Ok(Value::Int(seconds)),
            _ => Err(Fault::Mismatch),
        },
        _ => Err(Fault::Mismatch),
    }
}

fn uint<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    match args {
        [Value::Uint(value)] => Ok(Value::Uint(*value)),
        [Value::Int(value)] => range(u64::try_from(*value).ok().map(Value::Uint), value, "a uint"),
        [Value::Double(value)] => range(number::double_to_uint(*value).map(Value::Uint), value, "a uint"),
        [Value::String(text)] => range(text.parse().ok().map(Value::Uint), text, "a uint"),
        _ => Err(Fault::Mismatch),
    }
}

fn double<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    match args {
        [Value::String(text)] => range(text.parse().ok().map(Value::Double), text, "a double"),
        [value] => number::double(value).map(Value::Double).ok_or(Fault::Mismatch),
        _ => Err(Fault::Mismatch),
    }
}

/// The text of a double: plain where that is short, with an exponent otherwise.
pub(super) fn show_double(value: f64) -> String {
    let size = value.abs();
    if value.is_infinite() {
        if value > 0.0 { "+Inf".to_owned() } else { "-Inf".to_owned() }
    } else if value == 0.0 || (1e-4..1e21).contains(&size) || value.is_nan() {
        value.to_string()
    } else {
        let text = format!("{value:e}");
        let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
        let (sign, power) = power.strip_prefix('-').map_or(('+', power), |power| ('-', power));
        format!("{mantissa}e{sign}{power:0>2}")
    }
}

fn string<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    match args {
        [Value::String(_)] => Ok(args[0].clone()),
        [Value::Bool(value)] => Ok(text(value.to_string())),
        [Value::Int(value)] => Ok(text(value.to_string())),
        [Value::Uint(value)] => Ok(text(value.to_string())),
        [Value::Double(value)] => Ok(text(show_double(*value))),
        [Value::Bytes(bytes)] => {
            meter.bytes(bytes.len())?;
            let utf8 = std::str::from_utf8(bytes).ok();
            utf8.map_or_else(|| Fault::error("these bytes are not UTF-8"), |utf8| Ok(text(utf8)))
        }
        [Value::Special(special)] => show(special).map(text).ok_or(Fault::Mismatch),
        _ => Err(Fault::Mismatch),
    }
}

/// The text of a special value, if it has one.
pub(super) fn show(value: &Special<'_>) -> Option<String> {
    Some(match value {
        Special::Duration(nanos) => timestamp::show_duration(*nanos),
        Special::Timestamp(seconds, nanos) => timestamp::show(*seconds, *nanos),
        Special::Quantity(quantity) => quantity.to_string(),
        Special::Ip(ip) => ip.to_string(),
        Special::Cidr(ip, bits) => format!("{ip}/{bits}"),
        Special::Type(_) | Special::Optional(_) => return None,
    })
}

fn bytes<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    match args {
        [Value::Bytes(_)] => Ok(args[0].clone()),
        [Value::String(Cow::Borrowed(text))] => Ok(Value::Bytes(Cow::Borrowed(text.as_bytes()))),
        [Value::String(text)] => {
            meter.bytes(text.len())?;
            Ok(Value::Bytes(text.as_bytes().to_vec().into()))
        }
        _ => Err(Fault::Mismatch),
    }
}

fn bool<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    match args {
        [Value::Bool(value)] => Ok(Value::Bool(*value)),
        [Value::String(text)] => match &**text {
            "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(Value::Bool(true)),
            "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(Value::Bool(false)),
            _ => Fault::error(format!("`{text}` is not a bool")),
        },
        _ => Err(Fault::Mismatch),
    }
}

fn duration<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    match args {
        [Value::String(text)] => range(
            timestamp::parse_duration(text).map(|nanos| special(Special::Duration(nanos))),
            text,
            "a duration",
        ),
        [Value::Special(given)] if matches!(**given, Special::Duration(_)) => Ok(args[0].clone()),
        _ => Err(Fault::Mismatch),
    }
}

fn moment<'a>(_: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    match args {
        [Value::String(text)] => {
            let made =
                timestamp::parse(text).map(|(seconds, nanos)| special(Special::Timestamp(seconds, nanos)));
            range(made, text, "a timestamp")
        }
        [Value::Int(seconds)] => {
            let valid = timestamp::VALID.contains(seconds);
            range(valid.then(|| special(Special::Timestamp(*seconds, 0))), seconds, "a timestamp")
        }
        [Value::Special(given)] if matches!(**given, Special::Timestamp(..)) => Ok(args[0].clone()),
        _ => Err(Fault::Mismatch),
    }
}
