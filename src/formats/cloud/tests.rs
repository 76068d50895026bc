//! From templates to facts, and the table itself.

use super::table::Table;
use super::{Attached, TEXTS, lower, parse};
use crate::formats::cloudformation;
use crate::model::cloud::{CloudFact, Computed, Data, Held, Instance, Map, Slot, Target, Text};
use crate::model::facts::FolderId;
use crate::model::workload::Word;
use crate::syntax::tree::Schema;
use crate::syntax::yaml;
use crate::text::{FileId, Span};

#[test]
fn every_line_of_the_tables_is_read() {
    let mut errors = Vec::new();
    let table = TEXTS.iter().fold(Table::default(), |table, text| parse::read(text, table, &mut errors));
    assert_eq!(errors, [""; 0]);
    assert!(table.families.iter().all(|family| !family.sources.is_empty()));
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

/// The words of a field.
fn words(fact: &CloudFact, name: &str) -> Vec<String> {
    match &fact.part(name).unwrap().slot {
        Slot::Set(Held::Words(words), _) => words.iter().filter_map(|(word, _)| word.clone()).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_role_may_what_all_its_policies_allow() {
    let text = "Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      ManagedPolicyArns: [!Ref M]\n  M:\n    \
                Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Statement:\n          - \
                {Effect: Allow, Action: a:X, Resource: ['*', b]}\n          - {Effect: Deny, Action: a:Y, Resource: '*'}\n          \
                - {Effect: Allow, Action: a:Z, Resource: b}\n  P:\n    Type: AWS::IAM::Policy\n    Properties:\n      Roles: [!Ref \
                R]\n      PolicyDocument:\n        Statement: [{Effect: Allow, Action: [a:V, a:W], Resource: '*'}]\n";
    let facts = facts(text);
    let of = |family: &str| facts.iter().find(|fact| fact.family == family).unwrap();
    assert_eq!(words(of("holder"), "actions"), ["a:V", "a:W", "a:X"]);
    let granted = facts.iter().find(|fact| fact.family == "statement" && fact.name.text == "P").unwrap();
    let shown = granted.shown.iter().map(|place| (&text[place.span.range()], place.what.as_str()));
    assert_eq!(shown.collect::<Vec<_>>(), [("R", "gets these rights")]);
}

#[test]
fn what_stands_under_a_key_is_found_at_any_depth() {
    let text = "Resources:\n  P:\n    Type: AWS::IAM::UserPolicy\n    Properties:\n      PolicyDocument:\n        Statement:\n          - \
                Condition: {Bool: {aws:multifactorauthpresent: true, other: x}, A: {sts:ExternalId: [b, c]}}\n";
    let facts = facts(text);
    let statement = facts.iter().find(|fact| fact.family == "user-statement").unwrap();
    assert_eq!(
        (words(statement, "mfa"), words(statement, "externalIds")),
        (vec!["true".to_owned()], vec!["b".to_owned(), "c".to_owned()])
    );
}

fn word(text: &str) -> Word {
    Word { text: text.to_owned(), span: Span::at(FileId(0), 0) }
}

/// A resource of a type with a text at a key.
fn instance(kind: &str, key: &str, value: Data) -> Instance {
    let computed = |data| Computed::new(data, Span::at(FileId(0), 0));
    let map = Map { entries: vec![(word(key), computed(value))], open: false };
    Instance {
        kind: word(kind),
        name: word("x"),
        id: format!("{kind}.x"),
        span: Span::at(FileId(0), 0),
        near: Span::at(FileId(0), 0),
        properties: computed(Data::Map(map)),
        made: None,
    }
}

#[test]
fn one_of_several_keys_names_the_other_resource() {
    let text = "provider p\nfamily a\nfrom thing\nwith more by id\nwith more by label\n";
    let table = Box::leak(Box::new(parse::read(text, Table::default(), &mut Vec::new())));
    let data = Data::Text(Text::written("data", Span::at(FileId(0), 0)));
    for (key, data, known, vague) in
        [("label", data, 1, false), ("label", Data::Unknown, 0, true), ("other", Data::Null, 0, true)]
    {
        let instances = [instance("more", key, data)];
        let attached = Attached::of(&instances, table);
        assert_eq!((attached.to("more", "data").len(), attached.vague.contains("more")), (known, vague));
    }
}

#[test]
fn like_means_the_nearest_family_above() {
    let text = "provider p\nfamily a\nfrom x\none int\nprovider q\nfamily a\nfrom y\ntwo int\nfamily b\nfrom z\nlike a\n";
    let mut errors = Vec::new();
    let table = parse::read(text, Table::default(), &mut errors);
    assert_eq!((errors, table.families[2].fields[0].name), (Vec::new(), "two"));
}

fn value(data: Data) -> Computed {
    Computed::new(data, Span::at(FileId(0), 0))
}

fn map(entries: &[(&str, Data)]) -> Data {
    let entries = entries.iter().map(|(key, data)| (word(key), value(data.clone()))).collect();
    Data::Map(Map { entries, open: false })
}

fn text(text: &str) -> Data {
    Data::Text(Text { text: text.to_owned(), runs: Vec::new() })
}

fn lowered(kind: &str, properties: Data) -> Vec<CloudFact> {
    let span = Span::at(FileId(0), 0);
    let (id, properties) = (format!("{kind}.x"), value(properties));
    lower(vec![Instance { kind: word(kind), name: word("x"), id, span, near: span, properties, made: None }])
}

#[test]
fn parts_know_what_the_resource_says() {
    let rule = |more: &[(&str, Data)]| {
        let allow = Data::List(vec![value(map(&[("protocol", text("tcp"))]))]);
        let entries = [("allow", allow), ("source_ranges", Data::List(vec![value(text("0.0.0.0/0"))]))];
        let facts = lowered("google_compute_firewall", map(&[&entries, more].concat()));
        facts.into_iter().find(|fact| fact.family == "ingress")
    };
    let sources = |fact: &CloudFact| match &fact.part("sources").unwrap().slot {
        Slot::Set(Held::Words(words), _) => words.iter().filter_map(|(word, _)| word.clone()).collect(),
        _ => Vec::new(),
    };
    assert_eq!(rule(&[]).as_ref().map(sources), Some(vec!["0.0.0.0/0".to_owned()]));
    assert!(rule(&[("disabled", Data::Bool(false)), ("direction", text("INGRESS"))]).is_some());
    assert!(rule(&[("disabled", Data::Bool(true)), ("direction", text("INGRESS"))]).is_none());
    assert!(rule(&[("direction", text("EGRESS"))]).is_none());
}

#[test]
fn references_know_the_type_that_they_lead_to() {
    let of = |name: &str| {
        let target = Target { name: name.to_owned(), attribute: "email".to_owned() };
        let facts = lowered("google_project_iam_member", map(&[("member", Data::Reference(target))]));
        facts[0].part("defaultAccount").unwrap().slot.clone()
    };
    let is = |name: &str| matches!(of(name), Slot::Set(Held::Bool(true), _));
    assert!(is("data.google_compute_default_service_account.x"));
    assert!(is("module.m.data.google_compute_default_service_account.x"));
    assert!(!is("google_compute_default_service_account.x"));
    assert!(!is("google_service_account.data.google"));
}

fn reference(name: &str, attribute: &str) -> Data {
    Data::Reference(Target { name: name.to_owned(), attribute: attribute.to_owned() })
}

/// What a field of the first resource is among others.
fn slot(resources: Vec<Instance>, family: &str, field: &str) -> Slot {
    let facts = lower(resources);
    let fact = facts.iter().find(|fact| fact.family == family).unwrap();
    fact.part(field).unwrap().slot.clone()
}

#[test]
fn a_reference_may_stand_for_a_text() {
    let key = |key: Data| slot(vec![instance("aws_ebs_volume", "kms_key_id", key)], "volume", "key");
    assert!(matches!(key(text("alias/mine")), Slot::Set(Held::Bool(true), _)));
    assert!(matches!(key(text("alias/aws/ebs")), Slot::Set(Held::Bool(false), _)));
    assert!(matches!(key(text("")), Slot::Set(Held::Bool(false), _)));
    let through = |alias: &str| {
        let volume = instance("aws_ebs_volume", "kms_key_id", reference("data.aws_kms_key.x", "arn"));
        slot(vec![volume, instance("data.aws_kms_key", "key_id", text(alias))], "volume", "key")
    };
    assert!(matches!(through("alias/mine"), Slot::Set(Held::Bool(true), _)));
    assert!(matches!(through("alias/aws/ebs"), Slot::Set(Held::Bool(false), _)));
}

#[test]
fn a_path_may_go_on_in_the_resource_that_it_refers_to() {
    let private = |api: Data, types: &str| {
        let types = Data::List(vec![value(map(&[("types", Data::List(vec![value(text(types))]))]))]);
        let stage = instance("aws_api_gateway_stage", "rest_api_id", api);
        slot(
            vec![stage, instance("aws_api_gateway_rest_api", "endpoint_configuration", types)],
            "rest-stage",
            "private",
        )
    };
    let api = || reference("aws_api_gateway_rest_api.x", "id");
    assert!(matches!(private(api(), "PRIVATE"), Slot::Set(Held::Bool(true), _)));
    assert!(matches!(private(api(), "EDGE"), Slot::Set(Held::Bool(false), _)));
    assert!(matches!(private(text("a1b2c3"), "PRIVATE"), Slot::Unset(Held::Bool(false), _)));
    assert!(matches!(private(reference("aws_api_gateway_rest_api.y", "id"), "PRIVATE"), Slot::Unknown(_)));
}

#[test]
fn families_may_share_what_says_more_about_them() {
    let table = "provider p\nfamily a\nfrom x\nwith more by id\nfamily b\nfrom y\nwith more by id\n";
    let table = parse::read(table, Table::default(), &mut Vec::new());
    assert_eq!(table.attached["more"].len(), 1);
}
