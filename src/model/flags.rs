//! What a program is told as `--name=value`: flags by name, each with its place.

use std::rc::Rc;

use super::workload::Word;
use super::{Field, Made, Record, Setting, Value};
use crate::text::Span;

/// One flag.
#[derive(Clone, Debug)]
pub struct Flag {
    /// Its name without the dashes.
    pub name: String,
    /// Its value; `true`, standing where the flag does, if it is written without one.
    pub value: Setting<String>,
    /// The items of the value, which may be a list with commas.
    pub items: Vec<Word>,
}

/// Where a flag that is not among those written may be given all the same.
#[derive(Clone, Copy, Debug)]
pub enum Elsewhere {
    /// Nowhere: it is not given.
    Nowhere,
    /// Any flag may be, for the reason that stands here.
    Any(Span),
    /// These may be.
    Only(&'static [&'static str], Span),
    /// All but these may be.
    AllBut(&'static [&'static str], Span),
}

impl Elsewhere {
    fn may_hold(self, name: &str) -> Option<Span> {
        match self {
            Elsewhere::Nowhere => None,
            Elsewhere::Any(span) => Some(span),
            Elsewhere::Only(names, span) => names.contains(&name).then_some(span),
            Elsewhere::AllBut(names, span) => (!names.contains(&name)).then_some(span),
        }
    }
}

/// The flags of one program. Of a flag given twice the last counts, as programs read them.
#[derive(Clone, Debug)]
pub struct Flags {
    /// All of them, in the order they are read.
    pub given: Vec<Flag>,
    /// Where others may be given.
    pub elsewhere: Elsewhere,
    /// The text that stands for the program: where a flag that is missing belongs.
    pub near: Span,
}

impl Flags {
    /// No flag, for a program that stands at `near`.
    pub fn none(near: Span) -> Flags {
        Flags { given: Vec::new(), elsewhere: Elsewhere::Nowhere, near }
    }

    /// The flag of this name.
    pub fn get(&self, name: &str) -> Option<&Flag> {
        self.given.iter().rev().find(|flag| flag.name == name)
    }

    /// The flag's value and its place, if it is known and not empty.
    pub fn written(&self, name: &str) -> Option<(&str, Span)> {
        match &self.get(name)?.value {
            Setting::Set(value, span) if !value.is_empty() => Some((value, *span)),
            _ => None,
        }
    }

    /// Each flag as a fact of its own, with `name`, `value` and `items`, each of which has `text`.
    pub fn each(&self) -> Value<'_> {
        Value::list(self.given.iter().map(|flag| {
            let value = Field::string(&flag.value, self.near);
            let span = value.span();
            let items = Value::list(flag.items.iter().map(item));
            let items = if flag.value.is_unknown() { Field::Unknown(span) } else { Field::Set(items, span) };
            let fields =
                vec![("name", Field::Set(Value::text(&flag.name), span)), ("value", value), ("items", items)];
            Value::Made(Rc::new(Made { span, fields }))
        }))
    }
}

fn item(word: &Word) -> Value<'_> {
    let fields = vec![("text", Field::Set(Value::text(&word.text), word.span))];
    Value::Made(Rc::new(Made { span: word.span, fields }))
}

impl Record for Flags {
    fn field(&self, name: &str) -> Field<'_> {
        match (self.get(name), self.elsewhere.may_hold(name)) {
            (Some(flag), _) => Field::string(&flag.value, self.near),
            (None, Some(span)) => Field::Unknown(span),
            (None, None) => Field::Unset(Value::text(""), self.near),
        }
    }

    fn span(&self) -> Span {
        self.near
    }
}

/// The same flags as lists: a flag that takes one may be given several times.
#[derive(Clone, Copy)]
pub struct Lists<'f>(pub &'f Flags);

impl Record for Lists<'_> {
    fn field(&self, name: &str) -> Field<'_> {
        let flags = self.0;
        match flags.field(name) {
            Field::Set(_, span) => {
                let given = || flags.given.iter().filter(|flag| flag.name == name);
                if let Some(hidden) = given().find_map(|flag| match flag.value {
                    Setting::Unknown(span) => Some(span),
                    _ => None,
                }) {
                    return Field::Unknown(hidden);
                }
                let items = given().flat_map(|flag| &flag.items);
                Field::Set(Value::list(items.map(|item| Value::text(&item.text))), span)
            }
            Field::Unset(_, span) => Field::Unset(Value::list([]), span),
            field => field,
        }
    }

    fn span(&self) -> Span {
        self.0.near
    }

    fn item_span(&self, name: &str, text: &str) -> Option<Span> {
        let given = self.0.given.iter().rev().filter(|flag| flag.name == name);
        given.flat_map(|flag| &flag.items).find(|item| item.text == text).map(|item| item.span)
    }
}
