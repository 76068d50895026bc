//! What a call of a module says.

use super::table::Way;
use crate::model::cloud::{Computed, Data, Instance, Text};
use crate::model::workload::Word;
use crate::text::Span;

/// A call, or what it says for one item of an argument.
#[derive(Clone, Copy)]
pub(super) struct Call<'c> {
    pub(super) instance: &'c Instance,
    /// The item, and the key that it stands at.
    pub(super) item: Option<(&'c Computed, Span)>,
}

impl Call<'_> {
    /// What stands for what is made.
    pub(super) fn near(&self) -> Span {
        match self.item {
            None => self.instance.near,
            Some((item, key)) => match item.map().and_then(|map| map.entries.first()) {
                Some((first, _)) => first.span,
                None if item.short => item.span,
                None => key,
            },
        }
    }

    /// The items of an argument, with the keys that they stand at.
    pub(super) fn items(&self, argument: &str) -> Vec<(Word, Computed)> {
        let Some((key, value)) = self.instance.properties.map().and_then(|map| map.entry(argument)) else {
            return Vec::new();
        };
        match &value.data {
            Data::List(items) => items.iter().map(|item| (key.clone(), item.clone())).collect(),
            Data::Map(map) => map.entries.clone(),
            _ => Vec::new(),
        }
    }

    /// The value that a way leads to, if one is given.
    pub(super) fn find(&self, way: &Way) -> Option<Computed> {
        self.entry(way).map(|(_, value)| value)
    }

    /// The key that the first step of a way stands at, whatever is there.
    pub(super) fn key(&self, way: &Way) -> Option<Span> {
        let start = if way.item { self.item?.0 } else { &self.instance.properties };
        start.map()?.entry(way.path.first()?).map(|(key, _)| key.span)
    }

    /// The value that a way leads to, and the key that it stands at. One that is not known may be given.
    pub(super) fn entry(&self, way: &Way) -> Option<(Span, Computed)> {
        let (start, key) = match (way.item, self.item) {
            (true, item) => item?,
            (false, _) => (&self.instance.properties, self.instance.near),
        };
        let (key, value) = down(start, key, &way.path)?;
        if way.given {
            let given = match value.data {
                Data::Unknown => Data::Unknown,
                _ => Data::Bool(true),
            };
            return Some((key, Computed { data: given, ..value }));
        }
        Some((key, if way.split { split(value) } else { value }))
    }
}

/// The end of a path; `None` where nothing is given there. Paths are short.
fn down(value: &Computed, key: Span, path: &[&str]) -> Option<(Span, Computed)> {
    let Some((first, rest)) = path.split_first() else {
        return is_given(value).then(|| (key, value.clone()));
    };
    let map = match &value.data {
        Data::Map(map) => map,
        Data::List(items) => return down(items.first()?, key, path),
        Data::Unknown | Data::Reference(_) => return Some((key, Computed::unknown(value.span))),
        _ => return None,
    };
    match map.entry(first) {
        Some((key, inner)) => down(inner, key.span, rest),
        None if map.open => Some((key, Computed::unknown(value.span))),
        None => None,
    }
}

/// Whether a value says anything: modules take what is empty for what is not given.
fn is_given(value: &Computed) -> bool {
    match &value.data {
        Data::Null => false,
        Data::Text(text) => !text.text.is_empty(),
        Data::List(items) => !items.is_empty(),
        Data::Map(map) => map.open || !map.entries.is_empty(),
        _ => true,
    }
}

/// Whether a flag holds, if that is known. A value that is no boolean is there.
pub(super) fn truth(value: &Computed) -> Option<bool> {
    match &value.data {
        Data::Bool(holds) => Some(*holds),
        Data::Unknown | Data::Reference(_) => None,
        Data::Text(text) => Some(text.text != "false"),
        _ => Some(true),
    }
}

/// The parts of a text between commas.
fn split(value: Computed) -> Computed {
    let Data::Text(text) = &value.data else { return value };
    let mut at = 0;
    let mut items = Vec::new();
    for part in text.text.split(',') {
        let from = at + part.len() - part.trim_start().len();
        let part_text = part.trim();
        let span = text.span(from, from + part_text.len()).unwrap_or(value.span);
        items.push(Computed {
            origins: value.origins.clone(),
            ..Computed::new(Data::Text(Text::written(part_text, span)), span)
        });
        at += part.len() + 1;
    }
    Computed { data: Data::List(items), ..value }
}
