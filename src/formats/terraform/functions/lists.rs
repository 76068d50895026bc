//! Lists and sets. A set is a list in order, without repetitions.

use std::collections::HashSet;

use super::{given, refused};
use crate::formats::terraform::value::{Data, Value};

/// A function on lists.
pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Value> {
    Some(match (name, arguments) {
        ("concat", lists) => over(lists, |lists| Value::list(lists.concat())),
        ("setunion", lists) => over(lists, |lists| set(&lists.concat())),
        ("setintersection", lists) => over(lists, intersection),
        ("setproduct", lists) => over(lists, product),
        ("coalescelist", lists) => over(lists, |lists| {
            given(lists.iter().find(|list| !list.is_empty()).map(|list| Value::list(list.to_vec())))
        }),
        ("contains", [list, value]) => contains(list, value),
        ("index", [list, value]) => index(list, value),
        ("element" | "chunklist", [list, number]) => match (list.items(), number.as_count()) {
            (Some(items), Some(number)) => numbered(name, items, number),
            _ => refused(list),
        },
        ("slice", [list, from, to]) => match (list.items(), from.as_count(), to.as_count()) {
            (Some(items), Some(from), Some(to)) => {
                given(items.get(from..to).map(|items| Value::list(items.to_vec())))
            }
            _ => refused(list),
        },
        ("setsubtract", [list, other]) => match (list.items(), other.items()) {
            (Some(items), Some(other)) => subtract(items, other),
            _ => refused(list),
        },
        ("range", _) => range(arguments),
        (
            "tolist" | "toset" | "list" | "compact" | "distinct" | "flatten" | "reverse" | "sort" | "one"
            | "alltrue" | "anytrue",
            _,
        ) => {
            let made = arguments.first().filter(|_| name != "list");
            let Some(list) = made else { return (name == "list").then(|| Value::list(arguments.to_vec())) };
            match list.items() {
                Some(items) => one(name, items),
                None => refused(list),
            }
        }
        _ => return None,
    })
}

/// Runs `make` on the items of each list.
fn over(lists: &[Value], make: impl FnOnce(&[&[Value]]) -> Value) -> Value {
    let items: Option<Vec<&[Value]>> = lists.iter().map(Value::items).collect();
    match items {
        Some(items) => make(&items),
        None => lists.iter().find(|list| list.items().is_none()).map_or_else(Value::error, refused),
    }
}

fn one(name: &str, items: &[Value]) -> Value {
    match name {
        "toset" | "distinct" if !items.iter().all(Value::is_whole) => Value::unknown(),
        "toset" => set(&unified(items)),
        "tolist" => Value::list(unified(items)),
        "distinct" => Value::list(distinct(unified(items).iter())),
        "compact" if items.iter().any(Value::is_unknown) => Value::unknown(),
        "compact" => {
            let is_empty =
                |item: &Value| item.is_null() || item.as_text().is_some_and(|text| text.is_empty());
            Value::list(items.iter().filter(|item| !is_empty(item)).cloned().collect())
        }
        "flatten" => flatten(items),
        "reverse" => Value::list(items.iter().rev().cloned().collect()),
        "sort" => {
            let texts: Option<Vec<_>> = items.iter().map(Value::as_text).collect();
            texts.map_or_else(Value::unknown, |mut texts| {
                texts.sort();
                Value::list(texts.into_iter().map(Value::text).collect())
            })
        }
        "one" => match items {
            [] => Value::new(Data::Null),
            [item] => item.clone(),
            _ => Value::error(),
        },
        "alltrue" | "anytrue" => {
            let decides = name == "anytrue";
            // What is null is not true.
            let says = |item: &Value| if item.is_null() { Some(false) } else { item.as_bool() };
            if items.iter().any(|item| says(item) == Some(decides)) {
                Value::bool(decides)
            } else if items.iter().any(Value::is_unknown) {
                Value::unknown()
            } else {
                Value::bool(!decides)
            }
        }
        _ => Value::list(items.to_vec()),
    }
}

/// Items of one type: among text, what is simple becomes text.
pub(super) fn unified(items: &[Value]) -> Vec<Value> {
    let is_text = |item: &Value| matches!(item.data, Data::Text(_));
    let mixed = items.iter().any(is_text) && items.iter().all(|item| item.as_text().is_some());
    let text = |item: &Value| {
        let data = item.as_text().map_or(Data::Error, Data::Text);
        Value { data, ..item.clone() }
    };
    items.iter().map(|item| if mixed { text(item) } else { item.clone() }).collect()
}

/// Items in the order of sets: text by its letters, numbers by their size; each once.
pub(crate) fn set(items: &[Value]) -> Value {
    if items.iter().any(Value::is_unknown) {
        return Value::unknown();
    }
    let mut items = distinct(items.iter());
    items.sort_by(|a, b| match (&a.data, &b.data) {
        (Data::Number(a), Data::Number(b)) => a.total_cmp(b),
        _ => a.as_text().cmp(&b.as_text()),
    });
    Value::set(items)
}

/// The first of each that are equal.
fn distinct<'v>(items: impl Iterator<Item = &'v Value>) -> Vec<Value> {
    let mut seen = HashSet::new();
    items.filter(|item| item.json().is_none_or(|text| seen.insert(text))).cloned().collect()
}

fn flatten(items: &[Value]) -> Value {
    let mut out = Vec::new();
    // Lists in lists are taken apart from the first to the last.
    let mut rest: Vec<&Value> = items.iter().rev().collect();
    while let Some(item) = rest.pop() {
        match &item.data {
            Data::List(list) if list.open => return Value::unknown(),
            Data::List(list) => rest.extend(list.items.iter().rev()),
            // It may be a list.
            Data::Unknown => return Value::unknown(),
            _ => out.push(item.clone()),
        }
    }
    Value::list(out)
}

fn contains(list: &Value, value: &Value) -> Value {
    let Some(items) = list.items() else { return refused(list) };
    let mut sure = true;
    for item in items {
        match item.equals(value) {
            Some(true) => return Value::bool(true),
            Some(false) => {}
            None => sure = false,
        }
    }
    if sure { Value::bool(false) } else { Value::unknown() }
}

fn index(list: &Value, value: &Value) -> Value {
    let Some(items) = list.items() else { return refused(list) };
    for (at, item) in items.iter().enumerate() {
        match item.equals(value) {
            Some(true) => return Value::count(at),
            Some(false) => {}
            None => return Value::unknown(),
        }
    }
    Value::error()
}

fn numbered(name: &str, items: &[Value], number: usize) -> Value {
    match (name, number) {
        ("element", _) if !items.is_empty() => items[number % items.len()].clone(),
        ("chunklist", _) => {
            let number = if number == 0 { items.len().max(1) } else { number };
            Value::list(items.chunks(number).map(|chunk| Value::list(chunk.to_vec())).collect())
        }
        _ => Value::error(),
    }
}

/// The texts by which members of sets are told apart; nothing where one is unknown.
fn members(items: &[Value]) -> Option<HashSet<String>> {
    items.iter().map(Value::json).collect()
}

fn intersection(lists: &[&[Value]]) -> Value {
    let Some((first, rest)) = lists.split_first() else { return Value::error() };
    let rest: Option<Vec<HashSet<String>>> = rest.iter().map(|list| members(list)).collect();
    let Some(rest) = rest else { return Value::unknown() };
    let everywhere =
        |item: &&Value| item.json().is_some_and(|text| rest.iter().all(|list| list.contains(&text)));
    set(&first.iter().filter(everywhere).cloned().collect::<Vec<_>>())
}

fn subtract(items: &[Value], other: &[Value]) -> Value {
    match (members(items), members(other)) {
        (Some(_), Some(other)) => {
            let kept = |item: &&Value| item.json().is_some_and(|text| !other.contains(&text));
            set(&items.iter().filter(kept).cloned().collect::<Vec<_>>())
        }
        _ => Value::unknown(),
    }
}

/// Rows that a product may have.
const MOST_ROWS: usize = 4_096;

fn product(lists: &[&[Value]]) -> Value {
    if lists.len() < 2 {
        return Value::error();
    }
    let mut rows: Vec<Vec<Value>> = vec![Vec::new()];
    for list in lists {
        if rows.len() * list.len() > MOST_ROWS {
            return Value::unknown();
        }
        rows = rows
            .iter()
            .flat_map(|row| list.iter().map(|item| [row.as_slice(), std::slice::from_ref(item)].concat()))
            .collect();
    }
    Value::list(rows.into_iter().map(Value::list).collect())
}

/// Terraform refuses more than this many.
const LONGEST_RANGE: usize = 1_024;

fn range(arguments: &[Value]) -> Value {
    let numbers: Option<Vec<f64>> = arguments.iter().map(Value::as_number).collect();
    let (start, end, step) = match numbers.as_deref() {
        Some([end]) => (0.0, *end, if *end < 0.0 { -1.0 } else { 1.0 }),
        Some([start, end]) => (*start, *end, if end < start { -1.0 } else { 1.0 }),
        Some([start, end, step]) => (*start, *end, *step),
        _ => return Value::error(),
    };
    let inside = |value: f64| if step > 0.0 { value < end } else { value > end };
    if step.abs() == 0.0 {
        return Value::error();
    }
    let mut out = Vec::new();
    let mut value = start;
    while inside(value) {
        if out.len() >= LONGEST_RANGE {
            return Value::error();
        }
        out.push(Value::number(value));
        value += step;
    }
    Value::list(out)
}
