//! ConfigMaps and Secrets: the addresses that stand in them.

use crate::formats::coupling::{Listener, told};
use crate::model::coupling::Holder;
use crate::model::facts::Facts;
use crate::model::graph::Signal;
use crate::model::resource::ResourceId;
use crate::syntax::tree::{Kind, Node, Trace};

/// Adds what an object says.
pub(super) fn lower(facts: &mut Facts, id: ResourceId, root: Node<'_>) {
    let resource = facts.resource(id);
    let (field, signal) = match (resource.kind(), resource.group()) {
        ("ConfigMap", "") => ("data", Signal::ConfigMap),
        ("Secret", "") => ("stringData", Signal::Secret),
        _ => return,
    };
    let Some(data) = root.get(field) else { return };
    for entry in data.own_entries().filter(|entry| entry.value.kind() == Kind::String) {
        let (key, text) = (entry.key.text(), entry.value.text());
        let signal = if text.contains('\n') { Signal::ConfigFile } else { signal };
        let listener = Listener { holder: Holder::Object(id), signal };
        let trace = Trace::of(entry.value);
        told(&mut facts.coupling, listener, key, text, &|from, to| trace.span(from, to));
    }
}
