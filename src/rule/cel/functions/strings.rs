//! Functions of text. Positions count Unicode characters, as the language has it.

use super::{Function, Style, format, int, text};
use crate::model::Value;
use crate::rule::cel::fault::{Eval, Fault, Meter};
use crate::rule::cel::pattern;

pub(super) static TABLE: &[Function] = &[
    Function::member("startsWith", 2, 2, starts_with),
    Function::member("endsWith", 2, 2, ends_with),
    Function::member("contains", 2, 2, contains),
    Function::new("matches", Style::Either, 2, 2, matches),
    Function::member("charAt", 2, 2, char_at),
    Function::member("lowerAscii", 1, 1, lower),
    Function::member("upperAscii", 1, 1, upper),
    Function::member("replace", 3, 4, replace),
    Function::member("split", 2, 3, split),
    Function::member("substring", 2, 3, substring),
    Function::member("trim", 1, 1, trim),
    Function::member("format", 2, 2, format::format),
    Function::global("strings.quote", 1, 1, quote),
    Function::member("find", 2, 2, find),
    Function::member("findAll", 2, 3, find_all),
];

/// How many steps it costs to compile a pattern that is not a literal.
const COMPILE: usize = 5_000;

fn test<'a>(meter: &mut Meter, args: &[Value<'a>], holds: fn(&str, &str) -> bool) -> Eval<'a> {
    let [Value::String(text), Value::String(part)] = args else { return Err(Fault::Mismatch) };
    meter.bytes(text.len())?;
    Ok(Value::Bool(holds(text, part)))
}

fn starts_with<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    test(meter, args, |text, part| text.starts_with(part))
}

fn ends_with<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    test(meter, args, |text, part| text.ends_with(part))
}

fn contains<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    test(meter, args, |text, part| text.contains(part))
}

fn regex(meter: &mut Meter, pattern: &str) -> Result<regex::Regex, Fault> {
    meter.spend(COMPILE + pattern.len())?;
    pattern::compile(pattern).map_err(|message| Fault::Error(message.into()))
}

fn matches<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let [Value::String(text), Value::String(pattern)] = args else { return Err(Fault::Mismatch) };
    meter.bytes(text.len())?;
    Ok(Value::Bool(regex(meter, pattern)?.is_match(text)))
}

fn find<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let [Value::String(string), Value::String(pattern)] = args else { return Err(Fault::Mismatch) };
    meter.bytes(string.len())?;
    let found = regex(meter, pattern)?.find(string).map_or("", |found| found.as_str()).to_owned();
    Ok(text(found))
}

fn find_all<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let (string, pattern, limit) = match args {
        [Value::String(string), Value::String(pattern)] => (string, pattern, -1),
        [Value::String(string), Value::String(pattern), Value::Int(limit)] => (string, pattern, *limit),
        _ => return Err(Fault::Mismatch),
    };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    // Each match may look at all that is left.
    meter.bytes(string.len())?;
    let mut found = Vec::new();
    for part in regex(meter, pattern)?.find_iter(string).take(limit) {
        meter.spend(1 + (string.len() - part.start()) / 16)?;
        found.push(text(part.as_str()));
    }
    Ok(Value::list(found))
}

/// The byte offset of the character at `position`, or of the end.
fn offset(text: &str, position: i64) -> Option<usize> {
    let position = usize::try_from(position).ok()?;
    if position > text.len() {
        return None;
    }
    text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(position)
}

fn out_of_range<T>(position: i64) -> Result<T, Fault> {
    Fault::error(format!("position {position} is outside the text"))
}

fn at(text: &str, position: i64) -> Result<usize, Fault> {
    offset(text, position).map_or_else(|| out_of_range(position), Ok)
}

fn char_at<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let [Value::String(string), Value::Int(position)] = args else { return Err(Fault::Mismatch) };
    meter.bytes(string.len())?;
    let rest = &string[at(string, *position)?..];
    Ok(text(rest.chars().next().map(String::from).unwrap_or_default()))
}

/// `text.indexOf(part)`, or from a position on.
pub(super) fn index_of<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let (text, part, from) = match args {
        [Value::String(text), Value::String(part)] => (text, part, 0),
        [Value::String(text), Value::String(part), Value::Int(from)] => (text, part, at(text, *from)?),
        _ => return Err(Fault::Mismatch),
    };
    meter.bytes(2 * text.len())?;
    Ok(match text[from..].find(&**part) {
        Some(found) => int(text[..from + found].chars().count()),
        None => Value::Int(-1),
    })
}

/// `text.lastIndexOf(part)`, starting no later than a position.
pub(super) fn last_index_of<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let (text, part, upto) = match args {
        [Value::String(text), Value::String(part)] => (text, part, text.len()),
        [Value::String(text), Value::String(part), Value::Int(upto)] => (text, part, at(text, *upto)?),
        _ => return Err(Fault::Mismatch),
    };
    meter.bytes(2 * text.len())?;
    // The last match may begin at `upto` itself, so that many bytes more may be looked at.
    let mut end = (upto + part.len()).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Ok(match text[..end].rfind(&**part) {
        Some(found) => int(text[..found].chars().count()),
        None => Value::Int(-1),
    })
}

fn lower<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let [Value::String(string)] = args else { return Err(Fault::Mismatch) };
    meter.bytes(string.len())?;
    Ok(text(string.to_ascii_lowercase()))
}

fn upper<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let [Value::String(string)] = args else { return Err(Fault::Mismatch) };
    meter.bytes(string.len())?;
    Ok(text(string.to_ascii_uppercase()))
}

fn replace<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let (string, from, to, limit) = match args {
        [Value::String(string), Value::String(from), Value::String(to)] => (string, from, to, -1),
        [Value::String(string), Value::String(from), Value::String(to), Value::Int(limit)] => {
            (string, from, to, *limit)
        }
        _ => return Err(Fault::Mismatch),
    };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let count = string.matches(&**from).count().min(limit);
    meter.bytes(string.len() + count.saturating_mul(to.len() + 1))?;
    Ok(text(string.replacen(&**from, to, count)))
}

fn split<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let (string, separator, limit) = match args {
        [Value::String(string), Value::String(separator)] => (string, separator, -1),
        [Value::String(string), Value::String(separator), Value::Int(limit)] => (string, separator, *limit),
        _ => return Err(Fault::Mismatch),
    };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    meter.spend(string.len())?;
    if separator.is_empty() {
        return Ok(Value::list(characters(string, limit)));
    }
    Ok(Value::list(string.splitn(limit, &**separator).map(text)))
}

/// The characters one by one; the last of `limit` parts holds the rest.
fn characters<'a>(string: &str, limit: usize) -> Vec<Value<'a>> {
    let mut out = Vec::new();
    for (at, char) in string.char_indices() {
        if out.len() + 1 >= limit {
            if limit > 0 {
                out.push(text(&string[at..]));
            }
            return out;
        }
        out.push(text(char));
    }
    out
}

fn substring<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let (string, from, to) = match args {
        [Value::String(string), Value::Int(from)] => (string, at(string, *from)?, string.len()),
        [Value::String(string), Value::Int(from), Value::Int(to)] => {
            (string, at(string, *from)?, at(string, *to)?)
        }
        _ => return Err(Fault::Mismatch),
    };
    meter.bytes(string.len())?;
    match string.get(from..to) {
        Some(part) => Ok(text(part)),
        None => Fault::error("`substring` ends before it starts"),
    }
}

fn trim<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let [Value::String(string)] = args else { return Err(Fault::Mismatch) };
    meter.bytes(string.len())?;
    Ok(text(string.trim()))
}

fn quote<'a>(meter: &mut Meter, args: &[Value<'a>]) -> Eval<'a> {
    let [Value::String(string)] = args else { return Err(Fault::Mismatch) };
    meter.bytes(2 * string.len())?;
    let mut out = String::with_capacity(string.len() + 2);
    out.push('"');
    for char in string.chars() {
        match char {
            '\x07' => out.push_str("\\a"),
            '\x08' => out.push_str("\\b"),
            '\x0c' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\x0b' => out.push_str("\\v"),
            '\\' | '"' => out.extend(['\\', char]),
            _ => out.push(char),
        }
    }
    out.push('"');
    Ok(text(out))
}
