//! Type constraints: what they make of the values of variables.

use std::collections::BTreeMap;

use super::engine::Engine;
use super::functions::set;
use super::scope::{Instance, Scope};
use super::value::{Data, Entry, Value};
use crate::syntax::hcl::{Call, Entry as Written, Expr, ExprKind};

impl<'a> Engine<'a> {
    /// The value as a variable of this type holds it.
    pub(super) fn convert(&mut self, value: Value, wanted: &'a Expr) -> Value {
        if value.is_unknown() || value.is_null() {
            return value;
        }
        let whole = value.clone();
        let converted = self.deeper(|engine| match &wanted.kind {
            ExprKind::Variable(name) => simple(name, value),
            ExprKind::Template(_) => simple(&wanted.literal().unwrap_or_default(), value),
            ExprKind::Call(call) => engine.structured(value, call),
            _ => value,
        });
        Value { data: converted.data, ..whole }
    }

    fn structured(&mut self, value: Value, call: &'a Call) -> Value {
        let Some(of) = call.arguments.first() else { return value };
        match (call.name.text.as_str(), &value.data) {
            ("optional", _) => self.convert(value, of),
            ("list" | "set", Data::List(list)) => {
                let open = list.open;
                let items: Vec<Value> =
                    list.items.iter().map(|item| self.convert(item.clone(), of)).collect();
                if call.name.text == "set" && !open { set(&items) } else { Value::open_list(items, open) }
            }
            ("map", Data::Map(map)) => {
                let open = map.open;
                let entries = map.entries.iter().map(|(name, entry)| {
                    let value = self.convert(entry.value.clone(), of);
                    (name.clone(), Entry { key: entry.key, value })
                });
                Value::open_map(entries.collect(), open)
            }
            ("object", Data::Map(_)) => match &of.kind {
                ExprKind::Object(fields) => self.object_of(&value, fields),
                _ => value,
            },
            ("tuple", Data::List(list)) => match &of.kind {
                ExprKind::Tuple(types) if types.len() == list.items.len() => {
                    let pairs = list.items.iter().zip(types);
                    Value::list(pairs.map(|(item, wanted)| self.convert(item.clone(), wanted)).collect())
                }
                _ => value,
            },
            _ => value,
        }
    }

    fn object_of(&mut self, value: &Value, fields: &'a [Written]) -> Value {
        let Data::Map(map) = &value.data else { return value.clone() };
        let mut entries = BTreeMap::new();
        for field in fields {
            let name = match &field.key.kind {
                ExprKind::Variable(name) => name.clone(),
                _ => field.key.literal().unwrap_or_default(),
            };
            let given = map.entries.get(&name).filter(|entry| !entry.value.is_null());
            let entry = match given {
                Some(entry) => {
                    Entry { key: entry.key, value: self.convert(entry.value.clone(), &field.value) }
                }
                None if map.open => continue,
                None => Entry { key: None, value: self.absent(&field.value) },
            };
            entries.insert(name, entry);
        }
        Value::open_map(entries, map.open)
    }

    /// What a field is that is not given: the default of an optional one, or null.
    fn absent(&mut self, wanted: &'a Expr) -> Value {
        match &wanted.kind {
            ExprKind::Call(call) if call.name.text == "optional" => match call.arguments.as_slice() {
                [of, default] => {
                    let scope = Scope { module: 0, instance: &Instance::default(), bound: None };
                    let value = self.eval(scope, default);
                    self.convert(value, of)
                }
                _ => Value::new(Data::Null),
            },
            _ => Value::error(),
        }
    }
}

fn simple(name: &str, value: Value) -> Value {
    match name {
        "string" => value.as_text().map_or(Value::error(), Value::text),
        "number" => value.as_number().map_or(Value::error(), Value::number),
        "bool" => value.as_bool().map_or(Value::error(), Value::bool),
        _ => value,
    }
}

/// Whether an expression is the word `false`.
pub(super) fn is_false(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Bool(false))
}
