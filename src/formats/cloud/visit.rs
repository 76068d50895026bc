//! Down a path of a computed value, through lists, and through documents that are written as text.

use std::cell::Cell;
use std::collections::HashMap;

use super::document;
use super::table::{Items, Step, Table};
use crate::model::cloud::{Computed, Data, Instance, Map, Target};
use crate::model::workload::Word;
use crate::text::Span;

/// Where a path ends.
#[derive(Clone, Copy)]
pub(super) enum Leaf<'v> {
    /// At a value, and the key that it stands at.
    Found { value: &'v Computed, near: Span },
    /// Nowhere: the nearest text that should have held it, and how many steps it is down.
    Missing { near: Span, depth: usize },
    /// It cannot be known.
    Unknown(Span),
}

/// What references lead to: resources by their names, some of which hand documents or texts to others.
pub(super) struct Documents<'i> {
    by_name: HashMap<&'i str, &'i Instance>,
    /// By type: the key of the text that a reference to it stands for.
    stands: &'static HashMap<&'static str, &'static str>,
    /// How much of the documents may still be looked into: many resources may be handed one.
    left: Cell<usize>,
}

/// Types of resources that a path goes on in.
const HANDED: [&str; 4] =
    ["data.aws_iam_policy_document", "data.aws_kms_alias", "aws_iam_policy", "AWS::IAM::ManagedPolicy"];

/// Statements that are read of documents of others.
const MOST: usize = 60_000;

impl<'i> Documents<'i> {
    pub(super) fn of(instances: &'i [Instance], table: &'static Table) -> Self {
        let by_name = instances.iter().map(|instance| (instance.id.as_str(), instance)).collect();
        Documents { by_name, stands: &table.stands, left: Cell::new(MOST) }
    }

    /// The resource that a reference leads to.
    pub(super) fn resource(&self, target: &Target) -> Option<&'i Instance> {
        self.by_name.get(target.name.as_str()).copied()
    }

    /// The text that a reference stands for, at the place of the reference.
    fn text(&self, value: &Computed) -> Option<Computed> {
        let Data::Reference(target) = &value.data else { return None };
        let resource = self.resource(target)?;
        let key = self.stands.get(resource.kind.text.as_str())?;
        let (_, text) = resource.properties.map()?.entry(key)?;
        matches!(text.data, Data::Text(_)).then(|| Computed { data: text.data.clone(), ..value.clone() })
    }

    /// The document that a reference leads to.
    fn document(&self, target: &Target) -> Option<&'i Computed> {
        let whole = ["json", "arn", "id", "target_key_arn", "target_key_id", ""];
        let whole = whole.contains(&target.attribute.as_str());
        let handed = |resource: &&Instance| HANDED.contains(&resource.kind.text.as_str());
        let document = &self.resource(target).filter(handed).filter(|_| whole)?.properties;
        let items = |value: &Computed| if let Data::List(items) = &value.data { items.len() } else { 1 };
        let size = document.map()?.entries.iter().map(|(_, value)| items(value)).sum();
        self.left.set(self.left.get().checked_sub(size)?);
        Some(document)
    }

    /// Gives every end of a path to `sink`. Paths are short, so that this may recurse.
    pub(super) fn visit(
        &self,
        value: &Computed,
        near: Span,
        path: &[Step],
        depth: usize,
        sink: &mut dyn FnMut(Leaf<'_>),
    ) {
        let Some((step, rest)) = path.split_first() else {
            let text = self.text(value);
            return sink(Leaf::Found { value: text.as_ref().unwrap_or(value), near });
        };
        match &value.data {
            Data::Map(map) => match entry(map, step.key) {
                Some((key, inner)) => self.items(inner, key.span, step, rest, depth + 1, sink),
                None if map.open => sink(Leaf::Unknown(value.span)),
                None => sink(Leaf::Missing { near, depth }),
            },
            Data::List(list) => match list.first() {
                Some(first) => self.visit(first, near, path, depth, sink),
                None => sink(Leaf::Missing { near, depth }),
            },
            Data::Text(text) => match document::read(text, value.span) {
                Some(document) => self.visit(&document, near, path, depth, sink),
                None => sink(Leaf::Missing { near, depth }),
            },
            Data::Reference(target) => match self.document(target) {
                Some(document) => self.visit(document, near, path, depth, sink),
                None => sink(Leaf::Unknown(value.span)),
            },
            Data::Unknown => sink(Leaf::Unknown(value.span)),
            Data::Null | Data::Bool(_) | Data::Int(_) | Data::Float(_) => sink(Leaf::Missing { near, depth }),
        }
    }

    /// Goes on with the items of what a step leads to.
    fn items(
        &self,
        value: &Computed,
        near: Span,
        step: &Step,
        rest: &[Step],
        depth: usize,
        sink: &mut dyn FnMut(Leaf<'_>),
    ) {
        if step.items == Items::First {
            return self.visit(value, near, rest, depth, sink);
        }
        let list = match &value.data {
            Data::List(list) => list,
            Data::Text(text) => match document::read(text, value.span) {
                Some(document) => return self.items(&document, near, step, rest, depth, sink),
                None => return self.visit(value, near, rest, depth, sink),
            },
            _ => return self.visit(value, near, rest, depth, sink),
        };
        let mut any = false;
        for item in list {
            match &step.items {
                Items::With(wanted) => match chosen(item, wanted) {
                    Some(false) => continue,
                    None => sink(Leaf::Unknown(item.span)),
                    Some(true) => self.visit(item, near, rest, depth, sink),
                },
                _ => self.visit(item, near, rest, depth, sink),
            }
            any = true;
        }
        if !any {
            sink(Leaf::Missing { near, depth });
        }
    }
}

/// The entry with a key. Terraform writes the words of policies in small letters, and what describes containers begins
/// with one where it was meant for the command line.
fn entry<'m>(map: &'m Map, key: &str) -> Option<&'m (Word, Computed)> {
    let small = |key: &str| {
        let (first, rest) = key.split_at_checked(1)?;
        map.entry(&format!("{}{rest}", first.to_ascii_lowercase()))
    };
    map.entry(key).or_else(|| map.entry(&key.to_ascii_lowercase())).or_else(|| small(key))
}

/// Whether the keys of an item have the wanted values, or hold them in a list, if that is known.
fn chosen(item: &Computed, wanted: &[(&str, &str)]) -> Option<bool> {
    let map = item.map()?;
    let mut sure = true;
    for (key, wanted) in wanted {
        let found = map.entry(key).map(|(_, value)| match &value.data {
            Data::List(items) if items.iter().any(|item| item.scalar().as_deref() == Some(wanted)) => {
                Some(true)
            }
            Data::List(items) => items.iter().all(|item| item.scalar().is_some()).then_some(false),
            _ => value.scalar().map(|text| text == *wanted),
        });
        match found.unwrap_or((!map.open).then_some(false)) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => sure = false,
        }
    }
    sure.then_some(true)
}
