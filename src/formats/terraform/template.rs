//! Templates: text put together from parts.

use super::engine::Engine;
use super::eval::pairs;
use super::scope::{Binding, Scope};
use super::value::{Data, Value};
use crate::syntax::hcl::Part;

impl<'a> Engine<'a> {
    /// The text that parts make; unknown where one is, but for what comes before it.
    pub(super) fn parts(&mut self, scope: Scope<'_>, parts: &'a [Part]) -> Value {
        let mut out = String::new();
        for part in parts {
            let value = match part {
                Part::Literal(text, _) => {
                    out.push_str(text);
                    continue;
                }
                Part::Interpolation(value, _) => self.eval(scope, value),
                Part::If(condition, [yes, no], _) => {
                    let chosen = self.eval(scope, condition);
                    match chosen.as_bool() {
                        Some(chosen) => {
                            self.deeper(|engine| engine.parts(scope, if chosen { yes } else { no }))
                        }
                        None => return unknown(&chosen),
                    }
                }
                Part::For(names, collection, inner, _) => {
                    let collection = self.eval(scope, collection);
                    let Some(pairs) = pairs(&collection) else { return unknown(&collection) };
                    let mut text = String::new();
                    for (key, value) in pairs {
                        let names: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
                        let [key_name, value_name] =
                            if let [key, value] = names[..] { [key, value] } else { ["", names[0]] };
                        let first = Binding { name: key_name, value: key, next: scope.bound };
                        let second = Binding { name: value_name, value, next: Some(&first) };
                        let value = self.deeper(|engine| engine.parts(scope.with(&second), inner));
                        match value.as_text() {
                            Some(more) => text.push_str(&more),
                            None => return unknown(&value),
                        }
                    }
                    Value::text(text)
                }
            };
            match value.as_text() {
                Some(text) if self.spend(1 + text.len() / 64) => out.push_str(&text),
                _ if matches!(value.data, Data::Unknown) => return Value::started(out, value.link),
                _ => return unknown(&value),
            }
        }
        Value::text(out)
    }
}

/// Why a text cannot be known: nothing but simple values can be put into it.
fn unknown(value: &Value) -> Value {
    if matches!(value.data, Data::Unknown) { Value::unknown() } else { Value::error() }
}
