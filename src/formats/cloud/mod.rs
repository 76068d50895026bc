//! Resources of any format → the facts of the cloud model, as `schemas/cloud/*.txt` say.
//!
//! Knows no format: it gets resources with computed properties.

mod alarms;
mod document;
mod events;
mod field;
mod keys;
mod modules;
mod parse;
mod read;
mod table;
#[cfg(test)]
mod tests;
mod visit;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use crate::model::cloud::{CloudFact, Computed, Data, Instance};
use crate::text::Span;
use field::Reader;
use table::{Family, Source, Step, Table};
use visit::{Documents, Leaf};

/// What the tables say, read when the first resource is lowered.
fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut errors = Vec::new();
        TEXTS.iter().fold(Table::default(), |table, text| parse::read(text, table, &mut errors))
    })
}

const TEXTS: [&str; 4] = [
    include_str!("../../../schemas/cloud/aws.txt"),
    include_str!("../../../schemas/cloud/aws-applications.txt"),
    include_str!("../../../schemas/cloud/azure.txt"),
    include_str!("../../../schemas/cloud/google.txt"),
];

/// The facts of resources that know each other: of one template, of one module. Those that no table can say come last.
pub fn lower(mut instances: Vec<Instance>) -> Vec<CloudFact> {
    let table = table();
    instances.extend(modules::made(&instances));
    let attached = Attached::of(&instances, table);
    let mut facts = Vec::new();
    for instance in &instances {
        for &(family, source) in table.by_kind.get(instance.kind.text.as_str()).into_iter().flatten() {
            let family = &table.families[family];
            let source = &family.sources[source];
            lower_one(family, source, instance, &attached, &mut facts);
        }
    }
    facts.extend(alarms::of(&instances));
    facts.extend(events::of(&instances));
    facts
}

/// The key of a resource of CloudFormation that is meant by one with other capitals.
pub fn meant_key(kind: &str, key: &str) -> Option<&'static str> {
    keys::meant(table(), kind, key)
}

fn lower_one(
    family: &'static Family,
    source: &'static Source,
    instance: &Instance,
    attached: &Attached<'_>,
    facts: &mut Vec<CloudFact>,
) {
    let names = names(family, instance, attached);
    let document = source.records.as_deref().and_then(|path| document_key(instance, path));
    let mut make = |value: &Computed, anchor: Span, near: Span| {
        let reader = Reader { value, near, instance, names: &names, attached };
        if source.only.iter().any(|only| !reader.holds(only)) {
            return;
        }
        let parts = family.fields.iter().map(|field| reader.part(field)).collect();
        facts.push(CloudFact {
            provider: family.provider,
            family: family.name,
            kind: instance.kind.clone(),
            name: instance.name.clone(),
            whole: instance.span,
            anchor,
            document,
            shown: reader.shown(family),
            parts,
        });
    };
    let Some(path) = &source.records else {
        return make(&instance.properties, instance.name.span, instance.near);
    };
    attached.documents.visit(&instance.properties, instance.near, path, 0, &mut |leaf| {
        let Leaf::Found { value, near } = leaf else { return };
        // Blocks of Terraform are lists.
        let items =
            if let Data::List(items) = &value.data { items.as_slice() } else { std::slice::from_ref(value) };
        for item in items {
            if let Some(map) = item.map() {
                let first = map.entries.first().map_or(near, |(key, _)| key.span);
                make(item, first, first);
            }
        }
    });
}

/// The key of a resource of Terraform that holds the document that a path leads into, or names it.
fn document_key(instance: &Instance, path: &[Step]) -> Option<Span> {
    let is_document = path.len() > 1 && path.iter().any(|step| step.key == "Statement");
    let is_terraform = instance.kind.text.starts_with(|first: char| first.is_ascii_lowercase());
    let first = path.first().filter(|_| is_document && is_terraform)?;
    instance.properties.map()?.entry(first.key).map(|(key, _)| key.span)
}

/// What others call a resource.
fn names(family: &'static Family, instance: &Instance, attached: &Attached<'_>) -> Vec<String> {
    let mut names = vec![instance.id.clone()];
    for path in &family.named {
        attached.documents.visit(&instance.properties, instance.near, path, 0, &mut |leaf| {
            // One thing that they are part of may be named for them.
            if matches!(leaf, Leaf::Found { .. }) {
                names.extend(leaf.target());
            }
        });
    }
    names
}

/// Resources that say more about another one, by their type and the one that they name.
struct Attached<'i> {
    by_target: HashMap<(&'static str, String), Vec<&'i Instance>>,
    /// Types of which some resource may belong to any other.
    vague: HashSet<&'static str>,
    /// All of them, by what references say.
    by_id: HashMap<&'i str, &'i Instance>,
    documents: Documents<'i>,
}

impl<'i> Attached<'i> {
    fn of(instances: &'i [Instance], table: &'static Table) -> Self {
        let documents = Documents::of(instances, table);
        let by_id = instances.iter().map(|instance| (instance.id.as_str(), instance)).collect();
        let mut attached = Attached { by_target: HashMap::new(), vague: HashSet::new(), by_id, documents };
        for instance in instances {
            let Some(ways) = table.attached.get(instance.kind.text.as_str()) else { continue };
            let mut names = HashSet::new();
            for (_, by) in ways {
                attached.documents.visit(&instance.properties, instance.near, by, 0, &mut |leaf| {
                    // One key out of several may name the other.
                    if !matches!(leaf, Leaf::Missing { .. }) {
                        names.insert(leaf.target());
                    }
                });
            }
            let Some((kind, _)) = ways.first() else { continue };
            // Where the only key there is names nothing, no other resource is meant.
            if names.contains(&None) || names.is_empty() && ways.len() > 1 {
                attached.vague.insert(kind);
            }
            for name in names.into_iter().flatten() {
                attached.by_target.entry((kind, name)).or_default().push(instance);
            }
        }
        attached
    }

    /// The resources of a type that say more about the one of this name.
    fn to(&self, kind: &'static str, name: &str) -> &[&'i Instance] {
        self.by_target.get(&(kind, name.to_owned())).map_or(&[], Vec::as_slice)
    }
}

impl Leaf<'_> {
    /// The name of the resource that it leads to; `None` where that cannot be known.
    fn target(self) -> Option<String> {
        match self {
            Leaf::Found { value: Computed { link: Some(link), .. }, .. } => Some(link.name.clone()),
            Leaf::Found { value, .. } => match &value.data {
                Data::Reference(target) => Some(target.name.clone()),
                Data::Text(text) => Some(text.text.clone()),
                _ => None,
            },
            Leaf::Missing { .. } | Leaf::Unknown(_) => None,
        }
    }
}
