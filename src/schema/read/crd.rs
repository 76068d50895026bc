//! CustomResourceDefinitions → schemas of the kinds that they define.

use super::{Defined, Mode, Reader};
use crate::schema::types::{Field, Rest, Takes};
use crate::syntax::tree::{Entry, Kind, Node, Tree};

/// The schemas of all definitions in a tree whose kind is `wanted`. `shown` says whether the tree is one of the input.
pub fn definitions(tree: &Tree, shown: bool, wanted: &dyn Fn(&str) -> bool) -> Vec<Defined> {
    let mut out = Vec::new();
    for root in tree.roots() {
        let items = root.get("items").filter(|items| items.kind() == Kind::Sequence);
        let objects = items.map_or_else(|| vec![root], |items| items.items().collect());
        for object in objects.into_iter().filter(is_definition) {
            define(object, shown, wanted, &mut out);
        }
    }
    out
}

fn is_definition(object: &Node<'_>) -> bool {
    let text = |key: &str| object.get(key).map_or("", Node::text);
    text("kind") == "CustomResourceDefinition" && text("apiVersion").starts_with("apiextensions.k8s.io/")
}

fn define(object: Node<'_>, shown: bool, wanted: &dyn Fn(&str) -> bool, out: &mut Vec<Defined>) {
    let Some(spec) = object.get("spec") else { return };
    let text = |path: &[&str]| spec.at(path).and_then(Node::as_str);
    let (Some(group), Some(kind)) = (text(&["group"]), text(&["names", "kind"])) else { return };
    if !wanted(kind) {
        return;
    }
    let old = object.get("apiVersion").is_some_and(|version| version.text().ends_with("/v1beta1"));
    let preserve = spec.get("preserveUnknownFields").and_then(Node::as_bool).unwrap_or(old);
    let common = spec.get("validation").and_then(|validation| validation.entry("openAPIV3Schema"));
    let versions = spec.get("versions").into_iter().flat_map(Node::items);
    let named = versions.filter_map(|version| {
        let own = version.get("schema").and_then(|schema| schema.entry("openAPIV3Schema"));
        Some((version.get("name")?.as_str()?, own.or(common)?))
    });
    let single = text(&["version"]).zip(common);
    for (version, schema) in named.chain(single) {
        let types = root(schema, shown, preserve);
        out.push(Defined::new(format!("{group}/{version}"), kind.to_owned(), types));
    }
}

/// The types of an object, with what every object has.
fn root(schema: Entry<'_>, shown: bool, preserve: bool) -> Vec<crate::schema::Type> {
    let mut reader = Reader::new(shown);
    let mode = if preserve { Mode::Json } else { Mode::Structural };
    reader.entry(schema, mode, 0);
    let mut own = std::mem::replace(&mut reader.types[0], crate::schema::Type::new(Takes::ANY));
    reader.object(&mut own);
    // What a manifest says of its status is dropped, or soon written over.
    own.fields.retain(|field| field.name != "status");
    let status = reader.any();
    own.fields.push(Field { name: "status".into(), of: status, default: false, required: false });
    own.required.retain(|name| name != "status");
    own.seal();
    if own.takes == Takes::ANY {
        own.rest = Rest::Any;
    }
    reader.types[0] = own;
    reader.types
}
