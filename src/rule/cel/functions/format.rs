//! `format`: text with values put in, by the verbs `%s %d %f %e %b %o %x %X`.

use std::fmt::Write as _;

use super::collections::items;
use super::convert::{show, show_double};
use super::{text, timestamp};
use crate::model::{Special, Value};
use crate::rule::cel::fault::{Eval, Fault, Meter};
use crate::rule::cel::number;
use crate::rule::cel::walk::{Walk, settle, type_name};

/// The most digits after the point that a pattern may ask for.
const MAX_PRECISION: usize = 100;

pub(super) fn format<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let [Value::String(pattern), list] = args else { return Err(Fault::Mismatch) };
    let mut values = items(meter, list)?.into_iter();
    let mut out = String::new();
    let mut rest: &str = pattern;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            out.push('%');
            rest = after;
            continue;
        }
        let (precision, after) = precision(rest)?;
        let Some(verb) = after.chars().next() else { return Fault::error("`%` at the end of a format") };
        rest = &after[verb.len_utf8()..];
        let Some(value) = values.next() else { return Fault::error("`format` has more verbs than values") };
        put(meter, &mut out, verb, precision, &value)?;
        meter.bytes(out.len())?;
    }
    out.push_str(rest);
    meter.bytes(out.len())?;
    Ok(text(out))
}

/// Cuts `.3` off: the digits after the point, and the rest.
fn precision(rest: &str) -> Result<(Option<usize>, &str), Fault> {
    let Some(digits) = rest.strip_prefix('.') else { return Ok((None, rest)) };
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    match digits[..end].parse() {
        Ok(precision) if precision <= MAX_PRECISION => Ok((Some(precision), &digits[end..])),
        _ => Fault::error(format!("a precision is a number up to {MAX_PRECISION}")),
    }
}

fn put(
    meter: &mut Meter,
    out: &mut String,
    verb: char,
    precision: Option<usize>,
    value: &Value<'_>,
) -> Result<(), Fault> {
    let written = match (verb, value) {
        ('s', _) => return put_any(meter, out, value, 32),
        ('d', Value::Int(value)) => value.to_string(),
        ('d', Value::Uint(value)) => value.to_string(),
        ('d' | 'f' | 'e', Value::Double(value)) if !value.is_finite() => show_special(*value).to_owned(),
        ('f', _) => match number::double(value) {
            Some(value) => format!("{value:.0$}", precision.unwrap_or(6)),
            None => return wrong(verb, value),
        },
        ('e', _) => match number::double(value) {
            Some(value) => exponent(value, precision.unwrap_or(6)),
            None => return wrong(verb, value),
        },
        ('b', Value::Bool(value)) => u8::from(*value).to_string(),
        ('b' | 'o' | 'x' | 'X', Value::Int(value)) => {
            let sign = if *value < 0 { "-" } else { "" };
            format!("{sign}{}", radix(verb, value.unsigned_abs()))
        }
        ('b' | 'o' | 'x' | 'X', Value::Uint(value)) => radix(verb, *value),
        ('x' | 'X', Value::String(text)) => hex(verb, text.as_bytes()),
        ('x' | 'X', Value::Bytes(bytes)) => hex(verb, bytes),
        ('d' | 'b' | 'o' | 'x' | 'X', _) => return wrong(verb, value),
        _ => return Fault::error(format!("`%{verb}` is not a verb of `format`")),
    };
    out.push_str(&written);
    Ok(())
}

fn wrong(verb: char, value: &Value<'_>) -> Result<(), Fault> {
    Fault::error(format!("`%{verb}` does not take {}", type_name(value)))
}

fn show_special(value: f64) -> &'static str {
    if value.is_nan() {
        "NaN"
    } else if value > 0.0 {
        "Infinity"
    } else {
        "-Infinity"
    }
}

fn exponent(value: f64, precision: usize) -> String {
    let text = format!("{value:.precision$e}");
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, power) = power.strip_prefix('-').map_or(('+', power), |power| ('-', power));
    format!("{mantissa}e{sign}{power:0>2}")
}

fn radix(verb: char, value: u64) -> String {
    match verb {
        'b' => format!("{value:b}"),
        'o' => format!("{value:o}"),
        'x' => format!("{value:x}"),
        _ => format!("{value:X}"),
    }
}

fn hex(verb: char, bytes: &[u8]) -> String {
    let mut out = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = if verb == 'x' { write!(out, "{byte:02x}") } else { write!(out, "{byte:02X}") };
    }
    out
}

/// Any value as a person reads it.
fn put_any(meter: &mut Meter, out: &mut String, value: &Value<'_>, depth: u8) -> Result<(), Fault> {
    meter.spend(1)?;
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Int(value) => out.push_str(&value.to_string()),
        Value::Uint(value) => out.push_str(&value.to_string()),
        Value::Double(value) if value.is_finite() => out.push_str(&show_double(*value)),
        Value::Double(value) => out.push_str(show_special(*value)),
        Value::String(text) => {
            meter.bytes(text.len())?;
            out.push_str(text);
        }
        Value::Bytes(bytes) => {
            meter.bytes(bytes.len())?;
            out.push_str(&String::from_utf8_lossy(bytes));
        }
        Value::Special(special) => match &**special {
            Special::Type(name) => out.push_str(name),
            Special::Duration(nanos) => out.push_str(&timestamp::show_duration(*nanos)),
            special => out.push_str(&show(special).ok_or_else(|| unprintable(value))?),
        },
        _ => return put_collection(meter, out, value, depth),
    }
    Ok(())
}

fn unprintable(value: &Value<'_>) -> Fault {
    Fault::Error(format!("`%s` does not take {}", type_name(value)).into())
}

fn put_collection(meter: &mut Meter, out: &mut String, value: &Value<'_>, depth: u8) -> Result<(), Fault> {
    let walk = Walk::of(value).filter(|_| depth > 0).ok_or_else(|| unprintable(value))?.closed()?;
    if walk.is_list() {
        out.push('[');
        for at in 0..walk.len() {
            out.push_str(if at > 0 { ", " } else { "" });
            put_any(meter, out, &settle(walk.value(at))?, depth - 1)?;
        }
        out.push(']');
        return Ok(());
    }
    let mut entries = Vec::with_capacity(walk.len());
    for at in 0..walk.len() {
        let mut entry = String::new();
        put_any(meter, &mut entry, &settle(walk.key(at))?, depth - 1)?;
        entry.push_str(": ");
        put_any(meter, &mut entry, &settle(walk.value(at))?, depth - 1)?;
        entries.push(entry);
    }
    entries.sort();
    out.push('{');
    out.push_str(&entries.join(", "));
    out.push('}');
    Ok(())
}
