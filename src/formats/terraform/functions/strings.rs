//! Text.

use regex::Regex;

use super::{given, refused, texts};
use crate::formats::terraform::value::{Data, Value};

/// A function on text.
pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Value> {
    if let [value] = arguments
        && let Some(made) = one(name, value)
    {
        return Some(made);
    }
    Some(match (name, arguments) {
        ("join", [separator, lists @ ..]) => join(separator, lists),
        ("regex", [pattern, text]) => regex(pattern, text),
        ("regexall", [pattern, text]) => regexall(pattern, text),
        (
            "split" | "startswith" | "endswith" | "strcontains" | "trim" | "trimprefix" | "trimsuffix",
            [a, b],
        ) => given(a.as_text().zip(b.as_text()).map(|(a, b)| two(name, &a, &b))),
        ("replace", [text, from, to]) => match (text.as_text(), from.as_text(), to.as_text()) {
            (Some(text), Some(from), Some(to)) => replace(&text, &from, &to),
            _ => Value::error(),
        },
        ("substr", [text, start, length]) => {
            given(text.as_text().and_then(|text| substr(&text, start, length)))
        }
        ("indent", [by, text]) => given(by.as_count().zip(text.as_text()).map(|(by, text)| {
            let blanks = " ".repeat(by.min(1_000));
            Value::text(text.replace('\n', &format!("\n{blanks}")))
        })),
        _ => return None,
    })
}

fn one(name: &str, value: &Value) -> Option<Value> {
    let map =
        |change: &dyn Fn(&str) -> String| Some(given(value.as_text().map(|text| Value::text(change(&text)))));
    match name {
        "lower" => map(&str::to_lowercase),
        "upper" => map(&str::to_uppercase),
        "title" => map(&title),
        "trimspace" => map(&|text| text.trim().to_owned()),
        "chomp" => map(&|text| text.trim_end_matches(['\n', '\r']).to_owned()),
        "strrev" => map(&|text| text.chars().rev().collect()),
        "basename" => map(&basename),
        "dirname" => map(&dirname),
        _ => None,
    }
}

fn basename(text: &str) -> String {
    let name = text.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let whole = if text.is_empty() { "." } else { "/" };
    if name.is_empty() { whole.to_owned() } else { name.to_owned() }
}

fn dirname(text: &str) -> String {
    match text.rsplit_once('/') {
        Some(("", _)) => "/".to_owned(),
        Some((folder, _)) => folder.to_owned(),
        None => ".".to_owned(),
    }
}

fn title(text: &str) -> String {
    let mut starts = true;
    let mut out = String::new();
    for c in text.chars() {
        if starts {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        starts = c.is_whitespace() || matches!(c, '-' | '.' | '/');
    }
    out
}

fn two(name: &str, a: &str, b: &str) -> Value {
    match name {
        "split" if b.is_empty() => Value::list(vec![Value::text("")]),
        "split" if a.is_empty() => Value::list(b.chars().map(|c| Value::text(c.to_string())).collect()),
        "split" => Value::list(b.split(a).map(Value::text).collect()),
        "startswith" => Value::bool(a.starts_with(b)),
        "endswith" => Value::bool(a.ends_with(b)),
        "strcontains" => Value::bool(a.contains(b)),
        "trim" => Value::text(a.trim_matches(|c| b.contains(c))),
        "trimprefix" => Value::text(a.strip_prefix(b).unwrap_or(a)),
        _ => Value::text(a.strip_suffix(b).unwrap_or(a)),
    }
}

fn join(separator: &Value, lists: &[Value]) -> Value {
    let Some(separator) = separator.as_text() else { return Value::error() };
    let mut all = Vec::new();
    for list in lists {
        match texts(list) {
            Some(texts) => all.extend(texts),
            None => return refused(list),
        }
    }
    Value::text(all.join(&separator))
}

/// Counts characters; a negative length is up to the end.
fn substr(text: &str, start: &Value, length: &Value) -> Option<Value> {
    let start = match start.as_count() {
        Some(start) => start,
        None => text.chars().count().checked_sub(Value::number(-start.as_number()?).as_count()?)?,
    };
    let rest = text.chars().skip(start);
    let most = length.as_count().unwrap_or(usize::MAX);
    Some(Value::text(rest.take(most).collect::<String>()))
}

/// A pattern between slashes is a regular one.
fn replace(text: &str, from: &str, to: &str) -> Value {
    let pattern = from.strip_prefix('/').and_then(|from| from.strip_suffix('/')).filter(|_| from.len() > 1);
    match pattern {
        None => Value::text(text.replace(from, to)),
        Some(pattern) => {
            given(Regex::new(pattern).ok().map(|regex| Value::text(regex.replace_all(text, to).into_owned())))
        }
    }
}

fn regex(pattern: &Value, text: &Value) -> Value {
    let (Some(pattern), Some(text)) = (pattern.as_text(), text.as_text()) else { return Value::error() };
    let Ok(regex) = Regex::new(&pattern) else { return Value::error() };
    given(regex.captures(&text).map(|found| captured(&regex, &found)))
}

fn regexall(pattern: &Value, text: &Value) -> Value {
    let (Some(pattern), Some(text)) = (pattern.as_text(), text.as_text()) else { return Value::error() };
    let Ok(regex) = Regex::new(&pattern) else { return Value::error() };
    Value::list(regex.captures_iter(&text).map(|found| captured(&regex, &found)).collect())
}

/// The whole without groups, a map of named ones, a list of others.
fn captured(regex: &Regex, found: &regex::Captures<'_>) -> Value {
    let group = |at: usize| found.get(at).map_or(Value::new(Data::Null), |group| Value::text(group.as_str()));
    if regex.captures_len() == 1 {
        return group(0);
    }
    let names: Vec<(usize, &str)> =
        regex.capture_names().enumerate().filter_map(|(at, name)| Some((at, name?))).collect();
    if names.is_empty() {
        return Value::list((1..regex.captures_len()).map(group).collect());
    }
    Value::map(names.into_iter().map(|(at, name)| (name.to_owned(), group(at))))
}
