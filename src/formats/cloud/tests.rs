//! From templates to facts, and the table itself.

use super::table::Table;
use super::{TEXTS, parse};
use crate::formats::cloudformation;
use crate::model::cloud::{CloudFact, Slot};
use crate::model::facts::FolderId;
use crate::syntax::tree::Schema;
use crate::syntax::yaml;
use crate::text::FileId;

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
