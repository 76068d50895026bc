//! From calls of modules to facts.

use std::path::PathBuf;

use super::*;
use crate::formats::{cloud, terraform};
use crate::model::cloud::{CloudFact, Held, Slot};
use crate::model::facts::FolderId;
use crate::syntax::hcl;
use crate::text::FileId;

#[test]
fn every_line_of_the_table_is_read() {
    let mut errors = Vec::new();
    let table = table::read(TEXT, &mut errors);
    assert_eq!(errors, [""; 0]);
    for (name, module) in &table.modules {
        assert!(!module.makes.is_empty(), "{name} makes nothing");
        let items = module.with.iter().flat_map(|(_, items)| items);
        assert!(items.into_iter().all(|item| table.items.contains_key(item)), "{name}");
    }
}

/// The facts of a family that a file asks for.
fn facts(family: &str, text: &str) -> Vec<CloudFact> {
    let parsed = hcl::parse(FileId(0), text.into());
    assert_eq!(parsed.errors, [], "{text}");
    let mut modules = terraform::Modules::default();
    modules.add(&PathBuf::from("main.tf"), &parsed.tree);
    let roots = modules.roots(Vec::new());
    let all = terraform::by_file(roots.iter().flat_map(|root| modules.evaluate(root)));
    let blocks = all.get(&FileId(0)).map_or(&[][..], Vec::as_slice);
    let (facts, tree) = terraform::lower(&parsed.tree, blocks, FolderId(0), false);
    let lowered = cloud::lower(terraform::instances(&facts.blocks, &tree));
    lowered.into_iter().filter(|fact| fact.family == family).collect()
}

/// A field as text, and the text that it stands at; `?` before what is not known, `-` before what is missing.
fn shown(fact: &CloudFact, name: &str, text: &str) -> String {
    let at = |span: &crate::text::Span| text[span.range()].to_owned();
    match &fact.part(name).unwrap().slot {
        Slot::Set(Held::Words(words), _) => {
            let words = words.iter().filter(|(word, _)| word.is_some());
            words.map(|(_, span)| at(span)).collect::<Vec<_>>().join("|")
        }
        Slot::Set(_, span) => at(span),
        Slot::Unset(_, near) => format!("-{}", at(near)),
        Slot::Unknown(_) => "?".to_owned(),
    }
}

fn call(source: &str, arguments: &str) -> String {
    format!("module \"it\" {{\n  source  = \"terraform-aws-modules/{source}\"\n{arguments}\n}}\n")
}

#[test]
fn values_stand_at_the_arguments() {
    let text = call(
        "s3-bucket/aws",
        "  acl = \"public-read\"\n  versioning = { enabled = false }\n  logging = {}\n",
    );
    let bucket = &facts("bucket", &text)[0];
    assert_eq!(shown(bucket, "acl", &text), "public-read");
    assert_eq!(shown(bucket, "versioning", &text), "false");
    assert_eq!(shown(bucket, "logging", &text), "-logging");
    assert_eq!(shown(bucket, "website", &text), "-it");
}

#[test]
fn what_no_line_names_is_not_known() {
    let text = call("rds/aws", "  engine = \"mysql\"\n  version = \"~> 6.0\"\n");
    let database = &facts("database", &text)[0];
    assert_eq!(shown(database, "encrypted", &text), "?");
    assert_eq!(shown(database, "public", &text), "-it");
    assert_eq!(facts("database", &call("rds/aws", "  create_db_instance = false\n")).len(), 0);
    assert_eq!(facts("database", &call("nobody-knows/aws", "  publicly_accessible = true\n")).len(), 0);
}

#[test]
fn defaults_of_old_versions_are_only_theirs() {
    for (version, shows) in [("3.7.0", "-it"), ("~> 3.1.0", "-it"), ("~> 3.0", "?"), (">= 1.0", "?")] {
        let text = call("s3-bucket/aws", &format!("  version = \"{version}\"\n"));
        let block = &facts("public-access-block", &text)[0];
        assert_eq!(shown(block, "blockAcls", &text), shows, "{version}");
    }
}

#[test]
fn what_else_the_call_makes_belongs_to_it() {
    let has = |arguments: &str| {
        let text = call("s3-bucket/aws", arguments);
        shown(&facts("bucket", &text)[0], "accessBlock", &text)
    };
    assert_eq!(has(""), "it");
    assert_eq!(has("  attach_public_policy = false\n"), "-it");
}

#[test]
fn items_are_resources() {
    let text = call(
        "security-group/aws//modules/ssh",
        "  ingress_cidr_blocks = [\"10.0.0.0/8\"]\n  ingress_rules = [\"https-443-tcp\", \"unheard-of\"]\n  \
         ingress_with_cidr_blocks = [\n    { rule = \"mysql-tcp\", cidr_blocks = \"10.0.0.0/8, 0.0.0.0/0\" },\n  ]\n",
    );
    let rules = facts("ingress", &text);
    let show = |field: &str| rules.iter().map(|rule| shown(rule, field, &text)).collect::<Vec<_>>();
    assert_eq!(show("first"), ["it", "https-443-tcp", "?", "mysql-tcp"]);
    assert_eq!(show("cidrs")[3], "10.0.0.0/8|0.0.0.0/0");
    assert_eq!(show("cidrs")[0], "10.0.0.0/8");
}

#[test]
fn people_hear_of_arguments() {
    let text = call("eks/aws", "  cluster_endpoint_public_access = true\n");
    let cluster = &facts("kubernetes-cluster", &text)[0];
    assert_eq!(cluster.part("public").unwrap().key, "cluster_endpoint_public_access");
}
