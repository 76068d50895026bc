//! Calls of well-known modules → the resources that they make, as far as the arguments tell.
//!
//! Nobody has the files of a module from elsewhere, but what an argument of a well-known one becomes is documented:
//! `schemas/cloud/modules.txt`. Each call makes resources whose values stand at its arguments.

mod call;
mod source;
mod table;
#[cfg(test)]
mod tests;
mod version;

use std::sync::OnceLock;

use crate::model::cloud::{Computed, Data, Instance, Made, Map, Target, Text};
use crate::model::workload::Word;
use call::{Call, truth};
use table::{Absent, Attribute, Makes, Module, Table};
use version::Bound;

const TEXT: &str = include_str!("../../../../schemas/cloud/modules.txt");

/// What the table says, read when the first call is met.
fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| table::read(TEXT, &mut Vec::new()))
}

/// What `Instance::kind` is of a call.
const KIND: &str = "module";

/// Items of one argument that resources are made of.
const MOST_ITEMS: usize = 256;

/// The resources that the calls among `instances` make.
pub(super) fn made(instances: &[Instance]) -> Vec<Instance> {
    instances.iter().filter(|instance| instance.kind.text == KIND).flat_map(of_call).collect()
}

fn of_call(instance: &Instance) -> Vec<Instance> {
    let text = |key: &str| instance.properties.map()?.entry(key)?.1.scalar();
    let Some(source) = text("source") else { return Vec::new() };
    let Some(module) = table().modules.get(source::name(&source).as_str()) else { return Vec::new() };
    let version = text("version").or_else(|| source::version(&source).map(str::to_owned));
    let maker = Maker { instance, module, below: version.as_deref().and_then(Bound::above) };
    module.makes.iter().flat_map(|makes| maker.resources(makes)).collect()
}

/// What resources are made of.
struct Maker<'c> {
    instance: &'c Instance,
    module: &'static Module,
    /// What the version of the module is below.
    below: Option<Bound>,
}

impl Maker<'_> {
    fn resources(&self, makes: &'static Makes) -> Vec<Instance> {
        let call = Call { instance: self.instance, item: None };
        let Some(each) = makes.each else {
            return self.resource(makes, &call).into_iter().collect();
        };
        let with = self.module.with.iter().filter(|(argument, _)| *argument == each);
        let with = with.flat_map(|(_, items)| items).map(|item| self.constant(item));
        let mut items: Vec<(Word, Computed)> =
            with.map(|value| (Word { text: String::new(), span: self.instance.near }, value)).collect();
        items.extend(call.items(each).into_iter().take(MOST_ITEMS));
        let resource = |(key, value): (Word, Computed)| {
            let (value, span) = (named(value), key.span);
            self.resource(makes, &Call { item: Some((&value, span)), ..call })
        };
        items.into_iter().filter_map(resource).collect()
    }

    fn resource(&self, makes: &'static Makes, call: &Call<'_>) -> Option<Instance> {
        let holds = |flag: &table::Flag| {
            let value = call.find(&flag.way);
            value.map_or(flag.absent, |value| truth(&value).unwrap_or(true)) != flag.negated
        };
        if !makes.flags.iter().all(holds) {
            return None;
        }
        let near = call.near();
        // What an item says is said of what it makes.
        let mut map = call.item.and_then(|(item, _)| item.map().cloned()).unwrap_or_default();
        map.open = true;
        for attribute in &makes.attributes {
            if let Some((key, value)) = self.attribute(attribute, call) {
                put(&mut map, &attribute.path, key, value);
            }
        }
        Some(Instance {
            kind: Word { text: makes.kind.to_owned(), span: near },
            name: Word { text: self.instance.name.text.clone(), span: near },
            id: self.id(makes.kind),
            span: self.instance.span,
            near,
            properties: Computed::new(Data::Map(map), near),
            made: Some(Made { complete: &makes.complete, spoken: &makes.spoken }),
        })
    }

    /// What resources that a call makes say to name each other.
    fn id(&self, kind: &str) -> String {
        format!("{}.{kind}", self.instance.id)
    }

    /// The value of an attribute, and the key that it stands at; `None` where it is not known.
    fn attribute(&self, attribute: &Attribute, call: &Call<'_>) -> Option<(Word, Computed)> {
        let near = call.near();
        let found = attribute.ways.iter().find_map(|way| call.entry(way));
        if let Some((span, value)) = found {
            return Some((Word { text: String::new(), span }, value));
        }
        // An argument that says nothing is where to say it.
        let near = attribute.ways.iter().find_map(|way| call.key(way)).unwrap_or(near);
        let (absent, bound) = attribute.absent?;
        if bound.is_some_and(|bound| self.below.is_none_or(|below| below > bound)) {
            return None;
        }
        let value = match absent {
            Absent::Nothing => Computed::new(Data::Null, near),
            Absent::Value(text) => self.constant(text),
            Absent::Made(kind) => {
                let target = Target { name: self.id(kind), attribute: String::new() };
                Computed::new(Data::Reference(target), near)
            }
        };
        Some((Word { text: String::new(), span: near }, value))
    }

    /// A text of the table, which stands nowhere in the call.
    fn constant(&self, text: &str) -> Computed {
        let near = self.instance.near;
        Computed::new(Data::Text(Text::written(text, near)), near)
    }
}

/// The item that a text, or the `rule` of a mapping, names: with what the table says of that.
fn named(mut item: Computed) -> Computed {
    let name = match &item.data {
        Data::Map(map) => map.entry("rule").and_then(|(_, rule)| Some((rule.scalar()?, rule.span))),
        _ => item.scalar().map(|text| (text, item.span)),
    };
    let Some((name, span)) = name else { return item };
    let mut map = item.map().cloned().unwrap_or_default();
    let pairs = table().items.get(name.as_str());
    map.open |= pairs.is_none();
    for (key, value) in pairs.into_iter().flatten().filter(|(key, _)| map_lacks(&item, key)) {
        let word = Word { text: (*key).to_owned(), span };
        map.entries.push((word, Computed::new(Data::Text(Text::written(value, span)), span)));
    }
    item.data = Data::Map(map);
    item
}

fn map_lacks(item: &Computed, key: &str) -> bool {
    item.map().is_none_or(|map| map.entry(key).is_none())
}

/// Sets what stands at the end of a path; mappings on the way may hold more.
fn put(map: &mut Map, path: &[&str], key: Word, value: Computed) {
    let Some((first, rest)) = path.split_first() else { return };
    let word = Word { text: (*first).to_owned(), span: key.span };
    let at = map.entries.iter().position(|(key, _)| key.text == *first);
    if rest.is_empty() {
        match at {
            Some(at) => map.entries[at] = (word, value),
            None => map.entries.push((word, value)),
        }
        return;
    }
    let at = at.unwrap_or_else(|| {
        let inner = Map { entries: Vec::new(), open: true };
        map.entries.push((word, Computed::new(Data::Map(inner), key.span)));
        map.entries.len() - 1
    });
    if let Data::Map(inner) = &mut map.entries[at].1.data {
        put(inner, rest, key, value);
    }
}
