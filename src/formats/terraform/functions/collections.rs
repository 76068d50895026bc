//! Maps, and what is of maps and lists alike.

use std::collections::BTreeMap;

use super::{given, refused, texts};
use crate::formats::terraform::value::{Data, Entry, Value, Via};

/// A function on maps.
pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Value> {
    Some(match (name, arguments) {
        ("length", [value]) => length(value),
        ("keys", [map]) => match map.entries() {
            Some(entries) => Value::list(entries.keys().map(|key| Value::text(key.as_str())).collect()),
            None => refused(map),
        },
        ("values", [map]) => match map.entries() {
            Some(entries) => Value::list(entries.values().map(|entry| entry.value.clone()).collect()),
            None => refused(map),
        },
        ("zipmap", [keys, values]) => match (texts(keys), values.items()) {
            (Some(keys), Some(values)) if keys.len() == values.len() => {
                Value::map(keys.into_iter().zip(values.iter().cloned()))
            }
            (Some(_), Some(_)) => Value::error(),
            _ => Value::unknown(),
        },
        ("tomap", [map]) => match map.entries() {
            Some(entries) => {
                let values: Vec<Value> = entries.values().map(|entry| entry.value.clone()).collect();
                let pairs = entries.iter().zip(super::lists::unified(&values));
                let entry = |((key, entry), value): ((&String, &Entry), Value)| {
                    (key.clone(), Entry { key: entry.key, value })
                };
                Value::open_map(pairs.map(entry).collect(), false)
            }
            None => refused(map),
        },
        ("map", pairs) => {
            let pairs = pairs.as_chunks::<2>().0.iter();
            let pairs: Option<Vec<(String, Value)>> =
                pairs.map(|[key, value]| Some((key.as_text()?.to_string(), value.clone()))).collect();
            given(pairs.map(Value::map))
        }
        ("transpose", [map]) => given(transpose(map)),
        ("matchkeys", [values, keys, wanted]) => match (values.items(), texts(keys), texts(wanted)) {
            (Some(values), Some(keys), Some(wanted)) => {
                let kept = values.iter().zip(keys).filter(|(_, key)| wanted.contains(key));
                Value::list(kept.map(|(value, _)| value.clone()).collect())
            }
            _ => Value::unknown(),
        },
        _ => return None,
    })
}

fn length(value: &Value) -> Value {
    match &value.data {
        Data::List(list) if !list.open => Value::count(list.items.len()),
        Data::Map(map) if !map.open => Value::count(map.entries.len()),
        // Terraform counts what people see as one character; of plain text that is a byte.
        Data::Text(text) if text.is_ascii() => Value::count(text.len()),
        Data::Text(_) => Value::unknown(),
        _ => refused(value),
    }
}

fn transpose(map: &Value) -> Option<Value> {
    let mut turned: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (key, entry) in map.entries()? {
        for value in texts(&entry.value)? {
            turned.entry(value).or_default().push(Value::text(key.as_str()));
        }
    }
    Some(Value::map(turned.into_iter().map(|(key, values)| (key, Value::list(values)))))
}

/// All maps in one; what an unknown one may replace is unknown, what stands behind it is not.
pub(super) fn merge(maps: &[Value]) -> Value {
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    let mut open = false;
    for map in maps {
        match &map.data {
            Data::Map(map) => {
                if map.open {
                    hide(&mut entries);
                }
                open |= map.open;
                entries.extend(map.entries.iter().map(|(key, entry)| {
                    let mut entry = entry.clone();
                    // Where the map was passed is part of how its values came here.
                    if entry.value.trail.is_none()
                        && let Some(key) = entry.key
                    {
                        entry.value = entry.value.at(key, Via::Written);
                    }
                    (key.clone(), entry)
                }));
            }
            Data::Null => {}
            Data::Unknown => {
                hide(&mut entries);
                open = true;
            }
            _ => return Value::error(),
        }
    }
    Value::open_map(entries, open)
}

fn hide(entries: &mut BTreeMap<String, Entry>) {
    for entry in entries.values_mut() {
        entry.value.data = Data::Unknown;
    }
}

/// An entry, or what to take where there is none.
pub(super) fn lookup(map: &Value, key: &Value, default: Option<&Value>) -> Value {
    let (Data::Map(map), Some(key)) = (&map.data, key.as_text()) else {
        return if map.is_unknown() { Value::unknown() } else { Value::error() };
    };
    match map.entries.get(&*key) {
        Some(entry) => entry.value.clone(),
        None if map.open => Value::unknown(),
        None => given(default.cloned()),
    }
}
