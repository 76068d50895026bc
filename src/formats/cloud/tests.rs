//! From templates to facts, and the table itself.

use super::table::Table;
use super::{Attached, TEXTS, parse};
use crate::formats::cloudformation;
use crate::model::cloud::{CloudFact, Computed, Data, Instance, Map, Slot, Text};
use crate::model::facts::FolderId;
use crate::model::workload::Word;
use crate::syntax::tree::Schema;
use crate::syntax::yaml;
use crate::text::{FileId, Span};

#[test]
fn every_line_of_the_tables_is_read() {
    for text in TEXTS {
        let mut errors = Vec::new();
        let table = parse::read(text, Table::default(), &mut errors);
        assert_eq!(errors, [""; 0]);
        assert!(table.families.iter().all(|family| !family.sources.is_empty()));
    }
}

fn facts(text: &str) -> Vec<CloudFact> {
    let tree = yaml::parse(FileId(0), text.into(), Schema::Core).tree;
    cloudformation::lower(&tree, FolderId(0)).cloud
}

/// Where a field stands, or where it is missed.
fn place<'t>(fact: &CloudFact, name: &str, text: &'t str) -> (&'static str, &'t str) {
    match &fact.part(name).unwrap().slot {
        Slot::Set(_, span) => ("set", &text[span.range()]),
        Slot::Unset(_, span) => ("unset", &text[span.range()]),
        Slot::Unknown(span) => ("unknown", &text[span.range()]),
    }
}

#[test]
fn fields_know_where_they_stand_or_should() {
    let text = "Resources:\n  Data:\n    Type: AWS::S3::Bucket\n    Properties:\n      AccessControl: PublicRead\n      \
                VersioningConfiguration:\n        Other: x\n      LoggingConfiguration: !If [a, b, c]\n";
    let facts = facts(text);
    assert_eq!(place(&facts[0], "acl", text), ("set", "PublicRead"));
    assert_eq!(place(&facts[0], "versioning", text), ("unset", "VersioningConfiguration"));
    assert_eq!(place(&facts[0], "logging", text).0, "unknown");
    assert_eq!(place(&facts[0], "encryption", text), ("unset", "Properties"));
}

#[test]
fn statements_are_found_inside_text() {
    let text = "Resources:\n  P:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyDocument: |\n        \
                {\"Statement\": [\n          {\"Effect\": \"Allow\", \"Action\": \"*\"}]}\n";
    let facts = facts(text);
    let statement = facts.iter().find(|fact| fact.family == "statement").unwrap();
    assert_eq!(place(statement, "actions", text), ("set", "*"));
    assert_eq!(place(statement, "resources", text), ("unset", "Effect"));
}

fn word(text: &str) -> Word {
    Word { text: text.to_owned(), span: Span::default() }
}

/// A resource of a type with a text at a key.
fn instance(kind: &str, key: &str, value: Data) -> Instance {
    let computed = |data| Computed { data, span: Span::default(), short: true, origins: Vec::new() };
    let map = Map { entries: vec![(word(key), computed(value))], open: false };
    Instance {
        kind: word(kind),
        name: word("x"),
        id: format!("{kind}.x"),
        span: Span::default(),
        near: Span::default(),
        properties: computed(Data::Map(map)),
    }
}

#[test]
fn one_of_several_keys_names_the_other_resource() {
    let text = "provider p\nfamily a\nfrom thing\nwith more by id\nwith more by label\n";
    let table = Box::leak(Box::new(parse::read(text, Table::default(), &mut Vec::new())));
    let data = Data::Text(Text::written("data", Span::default()));
    for (key, data, known) in [("label", data, 1), ("label", Data::Unknown, 0), ("other", Data::Null, 0)] {
        let instances = [instance("more", key, data)];
        let attached = Attached::of(&instances, table);
        assert_eq!(attached.to("more", "data").len(), known);
        assert_eq!(attached.vague.contains("more"), known == 0);
    }
}

#[test]
fn like_means_the_nearest_family_above() {
    let text = "provider p\nfamily a\nfrom x\none int\nprovider q\nfamily a\nfrom y\ntwo int\nfamily b\nfrom z\nlike a\n";
    let mut errors = Vec::new();
    let table = parse::read(text, Table::default(), &mut errors);
    assert_eq!((errors, table.families[2].fields[0].name), (Vec::new(), "two"));
}
