//! Terraform's functions, as far as their results follow from their arguments alone.
//!
//! Those that ask for the time or hash are unknown, and so are those of providers. The list is that of
//! <https://developer.hashicorp.com/terraform/language/functions>.

mod collections;
mod encoding;
mod format;
mod lists;
mod network;
mod numbers;
mod strings;
mod yaml;

pub(super) use lists::set;

use super::operators::refuse;
use super::value::{Data, Value};

/// A function, if its name is of this family; it is called with values that are not unknown.
type Family = fn(&str, &[Value]) -> Option<Value>;

const FAMILIES: [Family; 8] = [
    strings::call,
    format::call,
    lists::call,
    collections::call,
    numbers::call,
    encoding::call,
    network::call,
    yaml::call,
];

/// What a function gives for these arguments.
pub(super) fn call(name: &str, arguments: &[Value]) -> Value {
    if let Some(value) = lenient(name, arguments) {
        return value;
    }
    if arguments.iter().any(Value::is_unknown) {
        let all: Vec<&Value> = arguments.iter().collect();
        return refuse(&all);
    }
    let found = FAMILIES.iter().find_map(|family| family(name, arguments));
    found.unwrap_or_else(Value::unknown)
}

/// Functions that look at values which are errors or not known.
fn lenient(name: &str, arguments: &[Value]) -> Option<Value> {
    Some(match (name, arguments) {
        ("try", _) => {
            let good = arguments.iter().find(|value| !matches!(value.data, Data::Error));
            match good {
                Some(value) => value.clone(),
                None => Value::error(),
            }
        }
        ("can", [value]) => match &value.data {
            Data::Error => Value::bool(false),
            _ if value.is_whole() => Value::bool(true),
            _ => Value::unknown(),
        },
        ("sensitive" | "ephemeralasnull", [value]) => value.clone(),
        ("nonsensitive", [value]) => Value { secret: false, ..value.clone() },
        ("issensitive", [value]) if value.holds_secret() || !value.is_unknown() => {
            Value { secret: false, ..Value::bool(value.holds_secret()) }
        }
        ("coalesce", _) => lists::unified(arguments)
            .iter()
            .find(|value| {
                value.is_unknown()
                    || !(value.is_null() || value.as_text().is_some_and(|text| text.is_empty()))
            })
            .cloned()
            .unwrap_or_else(Value::error),
        ("jsonencode", [value]) => encoding::to_json(value),
        ("yamlencode", [value]) => yaml::to_yaml(value),
        ("merge", _) => collections::merge(arguments),
        ("format", [text, rest @ ..]) => return format::begun(text, rest),
        ("lookup", [map, key, ..]) if !key.is_unknown() => collections::lookup(map, key, arguments.get(2)),
        _ => return None,
    })
}

/// How much work a value makes for a function.
pub(super) fn weight(value: &Value) -> usize {
    1 + match &value.data {
        Data::Text(text) => text.len() / 64,
        Data::List(list) => list.items.len(),
        Data::Map(map) => map.entries.len(),
        _ => 0,
    }
}

/// A value, or an error where there is none.
fn given(value: Option<Value>) -> Value {
    value.unwrap_or_else(Value::error)
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.items()?.iter().map(|item| item.as_text().map(|text| text.to_string())).collect()
}

/// Unknown if the items of a list are, else an error.
fn refused(list: &Value) -> Value {
    let open = match &list.data {
        Data::List(list) => list.open || list.items.iter().any(|item| matches!(item.data, Data::Unknown)),
        Data::Map(map) => map.open,
        _ => false,
    };
    if open { Value::unknown() } else { Value::error() }
}

#[cfg(test)]
mod tests;
