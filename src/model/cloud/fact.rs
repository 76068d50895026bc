//! One thing that a cloud is asked for, with the fields that rules know it by.

use std::rc::Rc;

use regex::Regex;

use super::Origin;
use crate::model::workload::Word;
use crate::model::{Field, Made, Record, Value};
use crate::text::Span;

/// A bucket, a rule of a firewall, a database, …: one fact, whatever format it was written in.
#[derive(Clone, Debug)]
pub struct CloudFact {
    /// Whose it is: `aws`.
    pub provider: &'static str,
    /// What it is: `bucket`.
    pub family: &'static str,
    /// The type of the resource that it is, or is part of.
    pub kind: Word,
    /// The name of that resource.
    pub name: Word,
    /// All of that resource.
    pub whole: Span,
    /// What stands for it: the name, or the key of a part.
    pub anchor: Span,
    /// The key that holds the document, or names it, that it is part of.
    pub document: Option<Span>,
    /// Other places that help to understand a finding.
    pub shown: Vec<Origin>,
    /// Its fields.
    pub parts: Vec<Part>,
}

/// A field of a fact.
#[derive(Clone, Debug)]
pub struct Part {
    /// The name that rules have for it.
    pub name: &'static str,
    /// What its format calls it.
    pub key: &'static str,
    /// What it is.
    pub slot: Slot,
    /// Where it comes from, if that is elsewhere.
    pub origins: Vec<Origin>,
}

/// What a field is.
#[derive(Clone, Debug)]
pub enum Slot {
    /// Written, and the shortest text that shows it.
    Set(Held, Span),
    /// Not written: what the provider makes of that, and the nearest text that should have held it.
    Unset(Held, Span),
    /// It depends on what no file says.
    Unknown(Span),
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    /// A boolean.
    Bool(bool),
    /// A number.
    Int(i64),
    /// Text.
    Text(String),
    /// Items of text, each with its place; those that are not known are `None`.
    Words(Vec<(Option<String>, Span)>),
}

impl CloudFact {
    /// The field with this name.
    pub fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// Where the value that stands at `span` comes from, if that is elsewhere.
    pub fn origins(&self, span: Span) -> &[Origin] {
        let at = |part: &&Part| match &part.slot {
            Slot::Set(Held::Words(words), _) => words.iter().any(|(_, place)| *place == span),
            Slot::Set(_, place) => *place == span,
            _ => false,
        };
        self.parts.iter().find(at).map_or(&[], |part| part.origins.as_slice())
    }

    /// Places beside `span` that a finding there shows: where its value comes from, the resource that it is about if
    /// another one says it, the document that it stands in, and who has that.
    pub fn around(&self, span: Span) -> Vec<Origin> {
        let mut around = self.origins(span).to_vec();
        let inside = self.whole.contains(span);
        if let Some(document) = self.document {
            let what = if inside { "in this document" } else { "used here" };
            around.push(Origin { span: document, what: what.to_owned() });
        } else if !inside {
            let what = format!("about this `{}`", self.kind.text);
            around.push(Origin { span: self.name.span, what });
        }
        around.extend(self.shown.iter().cloned());
        around.retain(|place| place.span != span);
        around
    }

    /// The fields under the names that their format has for them, so that messages can say what to write.
    fn keys(&self) -> Value<'_> {
        let key = |part: &Part| (part.name, Field::Set(Value::text(part.key), self.anchor));
        let fields = self.parts.iter().map(key).collect();
        Value::Made(Rc::new(Made { span: self.anchor, fields }))
    }
}

impl Held {
    fn value(&self) -> Value<'_> {
        match self {
            Held::Bool(value) => Value::Bool(*value),
            Held::Int(value) => Value::Int(*value),
            Held::Text(text) => Value::text(text),
            Held::Words(words) => Value::list(words.iter().map(|(word, span)| match word {
                Some(word) => Value::text(word),
                None => Value::Unknown(*span),
            })),
        }
    }
}

impl Record for CloudFact {
    fn field(&self, name: &str) -> Field<'_> {
        match name {
            "name" => return Field::Set(Value::text(&self.name.text), self.name.span),
            "type" => return Field::Set(Value::text(&self.kind.text), self.kind.span),
            "keys" => return Field::Set(self.keys(), self.anchor),
            _ => {}
        }
        match self.part(name).map(|part| &part.slot) {
            Some(Slot::Set(held, span)) => Field::Set(held.value(), *span),
            Some(Slot::Unset(held, near)) => Field::Unset(held.value(), *near),
            Some(Slot::Unknown(span)) => Field::Unknown(*span),
            None => Field::Missing(self.anchor),
        }
    }

    fn span(&self) -> Span {
        self.anchor
    }

    fn item_span(&self, name: &str, text: &str) -> Option<Span> {
        let Some(Slot::Set(Held::Words(words), _)) = self.part(name).map(|part| &part.slot) else {
            return None;
        };
        let pattern = text.strip_prefix('~').and_then(|pattern| Regex::new(pattern).ok());
        let is_meant = |word: &str| pattern.as_ref().map_or(word == text, |pattern| pattern.is_match(word));
        words.iter().find(|(word, _)| word.as_deref().is_some_and(is_meant)).map(|(_, span)| *span)
    }
}
