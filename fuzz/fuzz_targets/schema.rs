//! No definition of a kind, and no object held against it, makes a run panic or marks a place that is not in the text.
//! The text is a definition's schema and an object's spec, with a line `=` between them; without one it is both.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plimsoll::schema::{Catalog, Known, definitions, json_schema};
use plimsoll::syntax::tree::Schema;
use plimsoll::syntax::{json, yaml};
use plimsoll::text::{FileId, Span};

fuzz_target!(|text: &str| {
    let (schema, spec) = text.split_once("\n=\n").unwrap_or((text, text));
    let indented = schema.replace('\n', "\n      ");
    let definition = format!(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  group: a\n  names: {{kind: A}}\n  versions:\n  - \
        name: v1\n    schema: {{openAPIV3Schema:\n      {indented}}}\n"
    );
    let mut catalog = Catalog::default();
    let read = |text: &str| yaml::parse_templated(FileId(0), text.into(), Schema::Kubernetes).tree;
    catalog.extend(definitions(&read(&definition), true, &|_| true));
    let file = json::parse(FileId(0), schema.into()).tree;
    catalog.extend(json_schema(&file, "a/a_v1"));
    let object = read(spec);
    let empty = Catalog::default();
    let known = Known { minor: 37, catalogs: [&empty, &catalog, &empty] };
    for root in object.roots() {
        for kind in [("a/v1", "A"), ("v1", "Pod"), ("apps/v1", "Deployment")] {
            for found in known.validate(kind, root, Span::at(FileId(0), 0), false) {
                assert!(spec.get(found.span.range()).is_some(), "{found:?}");
            }
        }
    }
});
