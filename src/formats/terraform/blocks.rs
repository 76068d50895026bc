//! Blocks as they come out: each instance with its values, dynamic blocks written out.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Place;

use super::companions::Companion;
use super::engine::Engine;
use super::folder::{self, address};
use super::scope::{Binding, Instance, Scope};
use super::value::{Data, Entry, Value, Via};
use crate::syntax::hcl::{Block, Body, Item};
use crate::text::{FileId, Span};

/// Nested blocks that one dynamic block makes at most.
const MOST_BLOCKS: usize = 256;

/// A block as one instance of it comes out.
#[derive(Debug)]
pub struct Evaluated {
    /// Where the block starts.
    pub at: u32,
    /// `module.logs.aws_s3_bucket.data["a"]`.
    pub address: String,
    /// Bytes of the address that the key of the instance has.
    key: usize,
    /// Whether it is the call of a module whose files are here.
    pub entered: bool,
    /// Whether it is a resource.
    pub is_resource: bool,
    /// What it holds: a map.
    pub body: Value,
    /// Whether it may stand for none, or for many.
    pub symbolic: bool,
    /// Resources that name it.
    pub companions: Vec<Companion>,
}

impl Evaluated {
    /// The address without the key of the instance.
    pub fn base(&self) -> &str {
        &self.address[..self.address.len() - self.key]
    }
}

/// Nested blocks of one kind.
#[derive(Default)]
struct Nested {
    key: Option<Span>,
    items: Vec<Value>,
    open: bool,
}

/// Nested blocks of one kind that are written as an attribute, as JSON does, with those that dynamic blocks make.
fn together(written: Value, made: Vec<Value>, open: bool) -> Value {
    let (items, more) = match &written.data {
        Data::List(list) => (list.items.clone(), list.open),
        Data::Map(_) => (vec![written.clone()], false),
        _ => return written,
    };
    let all = items.into_iter().chain(made).collect();
    Value { data: Value::open_list(all, open || more).data, ..written }
}

impl<'a> Engine<'a> {
    /// All blocks of a module and of those that it calls, with the files they stand in.
    pub(super) fn all(&mut self, module: usize, out: &mut Vec<(FileId, Evaluated)>) {
        let folder = self.modules[module].folder;
        for (file, block) in &folder.blocks {
            let instances = self.instances(module, block);
            let (count, each) = (folder::expr(&block.body, "count"), folder::expr(&block.body, "for_each"));
            let symbolic = (count.is_some() || each.is_some()) && !instances.exact;
            for instance in &instances.all {
                if self.is_spent() {
                    return;
                }
                let mut evaluated = self.instance(module, block, instance, symbolic);
                let called = block.labels.first().filter(|_| block.kind.text == "module");
                let child = called.and_then(|label| self.child(module, &label.text, &instance.key));
                evaluated.entered = child.is_some();
                out.push((*file, evaluated));
                match child {
                    Some(child) => self.all(child, out),
                    None if called.is_some() => self.note_missing(block),
                    None => {}
                }
            }
        }
    }

    fn instance(
        &mut self,
        module: usize,
        block: &'a Block,
        instance: &Instance,
        symbolic: bool,
    ) -> Evaluated {
        let scope = Scope { module, instance, bound: None };
        self.ask_about(block);
        let mut body = self.body(scope, &block.body);
        let name = address(block);
        for key in self.modules[module].folder.replaced_in(&name) {
            body.insert(key.to_owned(), Entry { key: Some(block.kind.span), value: Value::unknown() });
        }
        let address = format!("{}{name}{}", self.modules[module].prefix, instance.key);
        let body = Value::open_map(body, block.body.open);
        Evaluated {
            at: block.span.start,
            address,
            key: instance.key.len(),
            entered: false,
            is_resource: block.kind.text == "resource",
            body,
            symbolic,
            companions: Vec::new(),
        }
    }

    /// Attributes by key, and nested blocks: a list for each kind.
    fn body(&mut self, scope: Scope<'_>, body: &'a Body) -> BTreeMap<String, Entry> {
        let mut entries = BTreeMap::new();
        let mut nested: BTreeMap<&'a str, Nested> = BTreeMap::new();
        for item in &body.items {
            match item {
                Item::Attribute(attribute) => {
                    let span = attribute.value.inner_span();
                    let value = self.eval(scope, &attribute.value).at(span, Via::Written);
                    self.note(scope, attribute, &value);
                    let key = Some(attribute.key.span);
                    // Of a key that stands twice, the first counts as little as the last.
                    match entries.entry(attribute.key.text.clone()) {
                        Place::Vacant(place) => drop(place.insert(Entry { key, value })),
                        Place::Occupied(mut place) => place.get_mut().value = Value::unknown(),
                    }
                }
                Item::Block(block) if block.kind.text == "dynamic" => {
                    if let Some(label) = block.labels.first() {
                        let into = nested.entry(&label.text).or_default();
                        into.key.get_or_insert(label.span);
                        self.dynamic(scope, block, &label.text, into);
                    }
                }
                Item::Block(block) => {
                    let kind = &block.kind.text;
                    let value = self.within(kind, |engine| {
                        engine.deeper(|engine| {
                            Value::open_map(engine.body(scope, &block.body), block.body.open)
                        })
                    });
                    let into = nested.entry(&block.kind.text).or_default();
                    into.key.get_or_insert(block.kind.span);
                    into.items.push(value.at(block.kind.span, Via::Block));
                }
            }
        }
        for (kind, Nested { key, items, open }) in nested {
            if items.is_empty() && !open {
                continue;
            }
            match entries.entry(kind.to_owned()) {
                Place::Vacant(place) => {
                    place.insert(Entry { key, value: Value::open_list(items, open) });
                }
                Place::Occupied(mut place) => {
                    let written = place.get().value.clone();
                    place.get_mut().value = together(written, items, open);
                }
            }
        }
        entries
    }

    /// What a dynamic block makes: `content` for each entry of `for_each`.
    fn dynamic(&mut self, scope: Scope<'_>, block: &'a Block, kind: &'a str, into: &mut Nested) {
        let content = block.body.blocks().find(|block| block.kind.text == "content");
        let (Some(for_each), Some(content)) = (block.body.attribute("for_each"), content) else {
            into.open = true;
            return;
        };
        let name = folder::expr(&block.body, "iterator").and_then(|expr| expr.traversal());
        let name = name.map_or(kind, |(name, _)| name);
        let each = self.eval(scope, &for_each.value);
        self.within(kind, |engine| engine.note(scope, for_each, &each));
        let pairs = super::eval::pairs(&each);
        into.open |= pairs.as_ref().is_none_or(|pairs| pairs.len() > MOST_BLOCKS);
        let unknown = || vec![(Value::unknown(), Value::unknown())];
        for (key, value) in pairs.unwrap_or_else(unknown).into_iter().take(MOST_BLOCKS) {
            let value = Value::map([("key".to_owned(), key), ("value".to_owned(), value)]);
            let binding = Binding { name, value, next: scope.bound };
            let made = self.within(kind, |engine| {
                engine.deeper(|engine| {
                    Value::open_map(engine.body(scope.with(&binding), &content.body), content.body.open)
                })
            });
            into.items.push(made.at(content.kind.span, Via::Block));
        }
    }
}
