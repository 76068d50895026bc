//! `format` and `formatlist`.

use super::{given, refused};
use crate::formats::terraform::value::{Data, Value};
use crate::formats::terraform::written::number_text;

/// Widths beyond make no sense.
const WIDEST: usize = 1_000;

/// A function that formats.
pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Value> {
    let (first, rest) = arguments.split_first()?;
    Some(match name {
        "format" => given(first.as_text().and_then(|text| format(&text, rest))),
        "formatlist" => formatlist(first, rest),
        _ => return None,
    })
}

/// What the text of `format` starts with, where some of the arguments are not known.
pub(super) fn begun(text: &Value, arguments: &[Value]) -> Option<Value> {
    let text = text.as_text()?;
    let known = |value: &Value| !matches!(value.data, Data::Error);
    if !arguments.iter().any(Value::is_unknown) || !arguments.iter().all(known) {
        return None;
    }
    let start = text.split('%').next().unwrap_or_default();
    let then = if text[start.len()..].starts_with("%s") { arguments.first() } else { None };
    Some(Value::started(
        start.to_owned(),
        then.filter(|value| value.is_unknown()).and_then(|value| value.link.clone()),
    ))
}

fn formatlist(first: &Value, rest: &[Value]) -> Value {
    let Some(text) = first.as_text() else { return Value::error() };
    let mut count = None;
    for value in rest {
        if let Some(items) = value.items() {
            if count.is_some_and(|count| count != items.len()) {
                return Value::error();
            }
            count = Some(items.len());
        } else if value.as_text().is_none() {
            return refused(value);
        }
    }
    let row = |at: usize| -> Vec<Value> {
        rest.iter().map(|value| value.items().map_or(value.clone(), |items| items[at].clone())).collect()
    };
    let made: Vec<Value> = (0..count.unwrap_or(1))
        .map(|at| {
            let row = row(at);
            if row.iter().any(Value::is_unknown) { Value::unknown() } else { given(format(&text, &row)) }
        })
        .collect();
    Value::list(made)
}

/// What `%` forms ask for; nothing where the arguments do not fit.
fn format(text: &str, arguments: &[Value]) -> Option<Value> {
    let mut out = String::new();
    let (mut next, mut counted) = (0, false);
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            out.push('%');
            rest = after;
            continue;
        }
        let length = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let (flags, verb) = (&rest[..length], rest.as_bytes()[length]);
        rest = &rest[length + 1..];
        let flags = match flags.strip_prefix('[').and_then(|flags| flags.split_once(']')) {
            Some((number, flags)) => {
                next = number.parse::<usize>().ok()?.checked_sub(1)?;
                counted = true;
                flags
            }
            None => flags,
        };
        out.push_str(&one(flags, verb, arguments.get(next)?)?);
        next += 1;
    }
    out.push_str(rest);
    // One that nothing asks for is a mistake.
    (next >= arguments.len() || counted).then(|| Value::text(out))
}

/// `1.234568e+04`
fn exponent(number: f64, precision: usize) -> String {
    let text = format!("{number:.precision$e}");
    let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, power) = power.strip_prefix('-').map_or(('+', power), |power| ('-', power));
    format!("{digits}e{sign}{power:0>2}")
}

fn one(flags: &str, verb: u8, value: &Value) -> Option<String> {
    let left = flags.contains('-');
    let digits = flags.trim_start_matches(['-', '+', ' ', '#']);
    let zeros = digits.starts_with('0') && !left;
    let (width, precision) = digits.split_once('.').unwrap_or((digits, ""));
    let width = width.parse::<usize>().unwrap_or(0).min(WIDEST);
    let precision = precision.parse::<usize>().ok().map(|precision| precision.min(WIDEST));
    let number = value.as_number();
    let text = match verb {
        b's' => {
            let text = value.as_text()?;
            precision.map_or(text.to_string(), |most| text.chars().take(most).collect())
        }
        b'v' if flags.contains('#') => value.json()?,
        b'v' => value.as_text().map(|text| text.to_string()).or_else(|| value.json())?,
        b'q' => format!("{:?}", value.as_text()?),
        b't' => value.as_bool()?.to_string(),
        b'd' => number_text(number.filter(|number| number.fract() == 0.0)?),
        b'e' => exponent(number?, precision.unwrap_or(6)),
        b'g' if precision.is_none() => number_text(number?),
        b'f' => format!("{:.*}", precision.unwrap_or(6), number?),
        b'x' => format!("{:x}", number? as i64),
        b'X' => format!("{:X}", number? as i64),
        b'o' => format!("{:o}", number? as i64),
        b'b' => format!("{:b}", number? as i64),
        _ => return None,
    };
    let text = if flags.contains(' ') && number.is_some_and(|number| number >= 0.0) && verb == b'd' {
        format!(" {text}")
    } else {
        text
    };
    let text = if flags.contains('+') && number.is_some_and(|number| number >= 0.0) && verb != b's' {
        format!("+{text}")
    } else {
        text
    };
    Some(match (left, zeros) {
        (true, _) => format!("{text:<width$}"),
        (false, true) if text.starts_with('-') => format!("-{:0>1$}", &text[1..], width.saturating_sub(1)),
        (false, true) => format!("{text:0>width$}"),
        (false, false) => format!("{text:>width$}"),
    })
}
