//! What templates mean, from text.

use super::{instances, lower};
use crate::model::cloud::{Computed, Data};
use crate::model::cloudformation::Kind;
use crate::model::facts::FolderId;
use crate::syntax::tree::{Schema, Tree};
use crate::syntax::yaml;
use crate::text::FileId;

const HEAD: &str = "\
Parameters:
  Name: {Type: String, Default: web}
  Given: {Type: String}
  Only: {Type: String, AllowedValues: [one]}
  Ports: {Type: CommaDelimitedList, Default: '80, 443'}
Mappings:
  Sizes: {web: {small: t3.micro}}
Conditions:
  IsWeb: !Equals [!Ref Name, web]
  IsGiven: !Equals [!Ref Given, x]
  Neither: !And [!Not [!Condition IsWeb], !Condition IsGiven]
  Itself: !Not [!Condition Itself]
Resources:
  Other: {Type: 'AWS::S3::Bucket'}
";

fn tree(properties: &str) -> Tree {
    let resource = format!("  Thing:\n    Type: AWS::S3::Bucket\n    Properties:\n      X: {properties}\n");
    yaml::parse(FileId(0), format!("{HEAD}{resource}").into(), Schema::Core).tree
}

/// The value of a property, for people.
fn show(value: &Computed) -> String {
    match &value.data {
        Data::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(" ")),
        Data::Reference(target) => format!("->{}.{}", target.name, target.attribute),
        Data::Unknown => "?".to_owned(),
        _ => value.scalar().unwrap_or_default(),
    }
}

fn value(properties: &str) -> String {
    let tree = tree(properties);
    let instances = instances(tree.roots().next().unwrap());
    let thing = instances.iter().find(|instance| instance.name.text == "Thing").unwrap();
    let map = thing.properties.map().unwrap();
    map.entry("X").map_or_else(|| "nothing".to_owned(), |(_, value)| show(value))
}

#[test]
fn functions_are_computed_where_all_is_known() {
    assert_eq!(value("!Ref Name"), "web");
    assert_eq!(value("{Ref: Only}"), "one");
    assert_eq!(value("!Ref Given"), "?");
    assert_eq!(value("!Ref AWS::Region"), "?");
    assert_eq!(value("!Ref AWS::NoValue"), "nothing");
    assert_eq!(value("!Ref Ports"), "[80 443]");
    assert_eq!(value("!Ref Other"), "->Other.");
    assert_eq!(value("!GetAtt Other.Arn"), "->Other.Arn");
    assert_eq!(value("{Fn::GetAtt: [Other, Arn]}"), "->Other.Arn");
    assert_eq!(value("!Sub '${Name}-${!x}'"), "web-${x}");
    assert_eq!(value("!Sub ['${A}${Name}', {A: !Ref Only}]"), "oneweb");
    assert_eq!(value("!Sub '${Given}'"), "?");
    assert_eq!(value("!Join [',', [a, !Ref Name]]"), "a,web");
    assert_eq!(value("!Select [1, !Split ['-', a-b]]"), "b");
    assert_eq!(value("!Select [0, !GetAZs '']"), "?");
    assert_eq!(value("!FindInMap [Sizes, !Ref Name, small]"), "t3.micro");
    assert_eq!(value("{Fn::Base64: !Sub 'run ${Name}'}"), "run web");
    assert_eq!(value("!ImportValue other"), "?");
    assert_eq!(value("'{{resolve:ssm:x}}'"), "?");
    assert_eq!(value("Given"), "?");
}

#[test]
fn conditions_hold_or_not_or_cannot_be_known() {
    assert_eq!(value("!If [IsWeb, a, b]"), "a");
    assert_eq!(value("!If [IsGiven, a, b]"), "?");
    assert_eq!(value("!If [IsGiven, a, a]"), "a");
    assert_eq!(value("!If [Neither, a, b]"), "b");
    assert_eq!(value("!If [Itself, a, b]"), "?");
    assert_eq!(value("!If [IsWeb, !Ref AWS::NoValue, b]"), "nothing");
}

#[test]
fn names_are_found_wherever_they_are_used() {
    let text = tree("!Sub ['${A}${Name}${Other.Arn}', {A: !If [IsWeb, !Ref Only, x]}]");
    let template = lower(&text, FolderId(0)).cloudformation.unwrap();
    let used = |of: Kind| {
        let uses = template.uses.iter().filter(move |used| used.of == of);
        uses.map(|used| used.name.text.as_str()).collect::<Vec<_>>()
    };
    assert!(used(Kind::Value).ends_with(&["Only", "Name"]), "{:?}", used(Kind::Value));
    assert_eq!(used(Kind::Resource), ["Other"]);
    assert!(used(Kind::Condition).contains(&"IsWeb"));
    for found in &template.uses {
        assert_eq!(&text.text()[found.name.span.range()], found.name.text);
    }
}
