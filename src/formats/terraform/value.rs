//! Values of Terraform, as far as files tell them, and how each came to where it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::written::number_text;
use crate::text::Span;

/// How many nodes a value may have, or so many times [`TEXT_OF_A_NODE`] bytes; larger ones are not worked with.
const MOST_NODES: u32 = 100_000;
/// Bytes of text that weigh as much as a node.
const TEXT_OF_A_NODE: usize = 64;
/// Steps of a trail that are kept.
const LONGEST_TRAIL: usize = 12;

/// A value, and how it came to where it is.
#[derive(Clone, Debug)]
pub struct Value {
    /// What it is.
    pub data: Data,
    /// The places that it came through, the nearest first.
    pub trail: Option<Arc<Trail>>,
    /// The attribute of another object that it is, known or not.
    pub link: Option<Arc<Link>>,
    /// What it says, if it is text in JSON.
    pub says: Option<Arc<Value>>,
    /// What it starts with, if it is text whose end is not known.
    pub start: Option<Arc<Start>>,
    /// Whether somebody called it sensitive: it is worked with, and never shown.
    pub secret: bool,
}

/// What is known of a text whose end is not.
#[derive(Debug, PartialEq, Eq)]
pub struct Start {
    pub text: String,
    /// The attribute of another object that comes next.
    pub then: Option<Arc<Link>>,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Data {
    /// Not known.
    Unknown,
    /// Terraform would stop here.
    Error,
    Null,
    Bool(bool),
    Number(f64),
    Text(Arc<str>),
    /// A list, a tuple, or a set.
    List(Arc<List>),
    /// A map or an object.
    Map(Arc<Map>),
}

/// Items, in order.
#[derive(Debug, Default)]
pub struct List {
    pub items: Vec<Value>,
    /// Whether there may be others.
    pub open: bool,
    /// Whether it is a set: its items are their own keys.
    pub set: bool,
    size: u32,
    secret: bool,
}

/// Entries, in the order of Terraform: by key.
#[derive(Debug, Default)]
pub struct Map {
    pub entries: BTreeMap<String, Entry>,
    /// Whether there may be others.
    pub open: bool,
    size: u32,
    secret: bool,
}

/// An entry of a map.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where its key is written, if it is.
    pub key: Option<Span>,
    pub value: Value,
}

/// A place that a value came through.
#[derive(Debug)]
pub struct Trail {
    /// The expression.
    pub span: Span,
    /// What stands there.
    pub kind: Via,
    pub next: Option<Arc<Trail>>,
    length: usize,
}

/// What stands where a value came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// The value, as text or as an expression that gives it.
    Written,
    /// The default of a variable.
    Default,
    /// A file of values for variables.
    Values,
    /// An argument of a call of a module.
    Argument,
    /// What Terragrunt gives to a variable.
    Inputs,
    /// A nested block: its keyword.
    Block,
}

/// An attribute of another object.
#[derive(Debug, PartialEq, Eq)]
pub struct Link {
    /// The object, without the key of an instance.
    pub address: String,
    /// The attribute.
    pub attribute: String,
}

impl Value {
    /// A value that no text stands for.
    pub fn new(data: Data) -> Value {
        Value { data, trail: None, link: None, says: None, start: None, secret: false }
    }

    /// Not known, for no reason that matters.
    pub fn unknown() -> Value {
        Value::new(Data::Unknown)
    }

    /// Text that starts like this; its end is not known.
    pub fn started(text: String, then: Option<Arc<Link>>) -> Value {
        let start = (!text.is_empty() || then.is_some()).then(|| Arc::new(Start { text, then }));
        Value { start, ..Value::unknown() }
    }

    /// What Terraform stops at.
    pub fn error() -> Value {
        Value::new(Data::Error)
    }

    pub fn bool(value: bool) -> Value {
        Value::new(Data::Bool(value))
    }

    pub fn number(value: f64) -> Value {
        // Nothing divides by zero and goes on.
        if value.is_finite() { Value::new(Data::Number(value)) } else { Value::error() }
    }

    /// How many there are of something, or which of them.
    #[expect(clippy::cast_precision_loss, reason = "nothing here has so many parts")]
    pub fn count(value: usize) -> Value {
        Value::new(Data::Number(value as f64))
    }

    pub fn text(text: impl Into<Arc<str>>) -> Value {
        let text: Arc<str> = text.into();
        if text.len() / TEXT_OF_A_NODE > MOST_NODES as usize {
            return Value::unknown();
        }
        Value::new(Data::Text(text))
    }

    pub fn list(items: Vec<Value>) -> Value {
        Value::open_list(items, false)
    }

    /// A list that may have more items.
    pub fn open_list(items: Vec<Value>, open: bool) -> Value {
        Value::items_of(items, open, false)
    }

    /// A set, of items in order.
    pub fn set(items: Vec<Value>) -> Value {
        Value::items_of(items, false, true)
    }

    fn items_of(items: Vec<Value>, open: bool, set: bool) -> Value {
        let size = items.iter().fold(1, |sum: u32, item| sum.saturating_add(item.size()));
        if size > MOST_NODES {
            return Value::unknown();
        }
        let secret = items.iter().any(Value::holds_secret);
        Value::new(Data::List(Arc::new(List { items, open, set, size, secret })))
    }

    pub fn map(entries: impl IntoIterator<Item = (String, Value)>) -> Value {
        let entries = entries.into_iter().map(|(key, value)| (key, Entry { key: None, value }));
        Value::open_map(entries.collect(), false)
    }

    /// A map whose keys are written, and which may have more.
    pub fn open_map(entries: BTreeMap<String, Entry>, open: bool) -> Value {
        let size = entries.values().fold(1, |sum: u32, entry| sum.saturating_add(entry.value.size()));
        if size > MOST_NODES {
            return Value::unknown();
        }
        let secret = entries.values().any(|entry| entry.value.holds_secret());
        Value::new(Data::Map(Arc::new(Map { entries, open, size, secret })))
    }

    fn size(&self) -> u32 {
        match &self.data {
            Data::List(list) => list.size,
            Data::Map(map) => map.size,
            Data::Text(text) => 1 + (text.len() / TEXT_OF_A_NODE) as u32,
            _ => 1,
        }
    }

    /// The same value, seen from `span`.
    #[must_use]
    pub fn at(mut self, span: Span, kind: Via) -> Value {
        let length = self.trail.as_ref().map_or(0, |trail| trail.length);
        if length < LONGEST_TRAIL {
            self.trail = Some(Arc::new(Trail { span, kind, next: self.trail.take(), length: length + 1 }));
        }
        self
    }

    /// The same value, which is not to be shown if `secret`.
    #[must_use]
    pub fn hidden(mut self, secret: bool) -> Value {
        self.secret |= secret;
        // The start of a text that is not to be shown is no better than all of it.
        self.start = self.start.filter(|_| !secret);
        self
    }

    /// Whether it or a part of it is not to be shown.
    pub fn holds_secret(&self) -> bool {
        let within = match &self.data {
            Data::List(list) => list.secret,
            Data::Map(map) => map.secret,
            _ => false,
        };
        self.secret || within
    }

    /// Whether nothing can be done with it.
    pub fn is_unknown(&self) -> bool {
        matches!(self.data, Data::Unknown | Data::Error)
    }

    pub fn is_null(&self) -> bool {
        matches!(self.data, Data::Null)
    }

    /// Whether all of it is known.
    pub fn is_whole(&self) -> bool {
        match &self.data {
            Data::Unknown | Data::Error => false,
            Data::List(list) => !list.open && list.items.iter().all(Value::is_whole),
            Data::Map(map) => !map.open && map.entries.values().all(|entry| entry.value.is_whole()),
            _ => true,
        }
    }

    /// As a boolean: text that says so is one.
    pub fn as_bool(&self) -> Option<bool> {
        match &self.data {
            Data::Bool(value) => Some(*value),
            Data::Text(text) => match &**text {
                "true" => Some(true),
                "false" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// As a number: text that says so is one.
    pub fn as_number(&self) -> Option<f64> {
        match &self.data {
            Data::Number(value) => Some(*value),
            Data::Text(text) => text.trim().parse().ok().filter(|value: &f64| value.is_finite()),
            _ => None,
        }
    }

    /// As a number of things, or the place of one.
    #[expect(clippy::cast_sign_loss, reason = "those below zero are left out")]
    pub fn as_count(&self) -> Option<usize> {
        let number = self.as_number().filter(|number| *number >= 0.0 && number.fract() == 0.0)?;
        Some(number as usize)
    }

    /// As text: what is simple can be written as such.
    pub fn as_text(&self) -> Option<Arc<str>> {
        match &self.data {
            Data::Text(text) => Some(text.clone()),
            Data::Number(value) => Some(number_text(*value).into()),
            Data::Bool(value) => Some(value.to_string().into()),
            _ => None,
        }
    }

    /// The items of a list that is closed.
    pub fn items(&self) -> Option<&[Value]> {
        match &self.data {
            Data::List(list) if !list.open => Some(&list.items),
            _ => None,
        }
    }

    /// Whether it is a set.
    pub fn is_set(&self) -> bool {
        matches!(&self.data, Data::List(list) if list.set)
    }

    /// The entries of a map that is closed.
    pub fn entries(&self) -> Option<&BTreeMap<String, Entry>> {
        match &self.data {
            Data::Map(map) if !map.open => Some(&map.entries),
            _ => None,
        }
    }

    /// Whether two values are equal; nothing where that depends on what is unknown.
    pub fn equals(&self, other: &Value) -> Option<bool> {
        let all = |pairs: &mut dyn Iterator<Item = Option<bool>>| {
            let mut sure = true;
            for pair in pairs {
                match pair {
                    Some(false) => return Some(false),
                    Some(true) => {}
                    None => sure = false,
                }
            }
            sure.then_some(true)
        };
        match (&self.data, &other.data) {
            (Data::Unknown | Data::Error, _) | (_, Data::Unknown | Data::Error) => None,
            (Data::Null, Data::Null) => Some(true),
            (Data::Bool(a), Data::Bool(b)) => Some(a == b),
            (Data::Number(a), Data::Number(b)) => Some((a - b).abs() == 0.0),
            (Data::Text(a), Data::Text(b)) => Some(a == b),
            (Data::List(a), Data::List(b)) => {
                if a.open || b.open {
                    return None;
                }
                let same = a.items.len() == b.items.len();
                if same {
                    all(&mut a.items.iter().zip(&b.items).map(|(a, b)| a.equals(b)))
                } else {
                    Some(false)
                }
            }
            (Data::Map(a), Data::Map(b)) => {
                if a.open || b.open {
                    return None;
                }
                if !a.entries.keys().eq(b.entries.keys()) {
                    return Some(false);
                }
                all(&mut a.entries.values().zip(b.entries.values()).map(|(a, b)| a.value.equals(&b.value)))
            }
            _ => Some(false),
        }
    }
}
