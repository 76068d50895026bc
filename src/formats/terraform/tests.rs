//! Modules evaluated: values, where they stand, and what they came through.

use std::path::PathBuf;

use super::*;
use crate::model::Facts;
use crate::model::block::Block;
use crate::model::facts::FolderId;
use crate::syntax::hcl;
use crate::syntax::tree::{Kind, Node, Tree};

/// Files by path, evaluated; of the first, what it was lowered to.
fn lowered(files: &[(&str, &str)]) -> (Facts, Tree) {
    let parsed: Vec<File> = files
        .iter()
        .enumerate()
        .map(|(at, (_, text))| {
            let parsed = hcl::parse(FileId(at as u32), (*text).into());
            assert_eq!(parsed.errors, [], "{text}");
            parsed.tree
        })
        .collect();
    let mut modules = Modules::default();
    for ((path, _), file) in files.iter().zip(&parsed) {
        if path.contains(".hcl") {
            modules.add_unit(&PathBuf::from(path), file);
        } else {
            modules.add(&PathBuf::from(path), file);
        }
    }
    let units = modules.units();
    let roots = modules.roots(units.iter().filter_map(|unit| modules.run_by(unit)).collect());
    let all = by_file(roots.iter().flat_map(|root| modules.evaluate(root)));
    lower(&parsed[0], all.get(&FileId(0)).map_or(&[], Vec::as_slice), FolderId(0), false)
}

fn show(node: Node<'_>) -> String {
    match node.kind() {
        Kind::Unknown => "?".to_owned(),
        Kind::Mapping => {
            let entries: Vec<String> = node
                .own_entries()
                .map(|entry| format!("{}={}", entry.key.text(), show(entry.value)))
                .collect();
            format!("{{{}{}}}", entries.join(" "), if node.is_open() { " .." } else { "" })
        }
        Kind::Sequence => {
            let items: Vec<String> = node.items().map(show).collect();
            format!("[{}{}]", items.join(" "), if node.is_open() { " .." } else { "" })
        }
        Kind::String => format!("'{}'", node.text()),
        _ => node.text().to_owned(),
    }
}

fn all(files: &[(&str, &str)]) -> Vec<String> {
    let (facts, tree) = lowered(files);
    facts.blocks.iter().map(|block| format!("{} {}", block.address, show(tree.node(block.node)))).collect()
}

/// The values of `locals { v = … }`.
fn value(expr: &str) -> String {
    let found = all(&[("main.tf", &format!("locals {{\n  v = {expr}\n}}\n"))]);
    found[0].strip_prefix("locals {v=").and_then(|rest| rest.strip_suffix('}')).unwrap().to_owned()
}

#[test]
fn expressions_are_evaluated() {
    assert_eq!(value("1 + 2 * 3"), "7");
    assert_eq!(value("\"a-${1 + 1}-${true}\""), "'a-2-true'");
    assert_eq!(value("[for x in [1, 2, 3] : x * 2 if x != 2]"), "[2 6]");
    assert_eq!(value("{for k, v in {b = 1, a = 2} : upper(k) => v}"), "{A=2 B=1}");
    assert_eq!(value("[{a = 1}, {a = 2}][*].a"), "[1 2]");
    assert_eq!(value("null[*]"), "[]");
    assert_eq!(value("var.none ? 1 : 1"), "?", "what is not declared is an error");
    assert_eq!(value("timestamp() == \"\" ? \"a\" : \"a\""), "'a'");
    assert_eq!(value("timestamp() == \"\" ? \"a\" : \"b\""), "?");
    assert_eq!(value("{a = timestamp(), b = 1}"), "{a=? b=1}");
    assert_eq!(value("merge(timestamp(), {b = 1})"), "{b=1 ..}");
    assert_eq!(value("try({}.a, \"x\")"), "'x'");
    assert_eq!(
        value("<<-E\n    a\n    %{ for x in [\"b\", \"c\"] ~}\n    ${x}\n    %{ endfor ~}\n  E"),
        "'a\nb\nc\n'"
    );
}

#[test]
fn variables_locals_and_their_places() {
    let files = [
        (
            "r/main.tf",
            "resource \"b\" \"x\" {\n  acl = var.acl\n  name = \"n\"\n  id = b.y.id\n  tags = local.tags\n  lo = local.loop\n}\n",
        ),
        (
            "r/variables.tf",
            "variable \"acl\" {\n  default = \"private\"\n}\nvariable \"o\" {\n  type = object({a = optional(string, \"z\")})\n  default = {}\n}\n",
        ),
        (
            "r/locals.tf",
            "locals {\n  tags = {acl = var.acl, o = var.o.a}\n  loop = local.loop\n}\nresource \"b\" \"y\" {}\n",
        ),
        ("r/terraform.tfvars", "acl = \"public\"\n"),
    ];
    let (facts, tree) = lowered(&files);
    let block: &Block = &facts.blocks[0];
    let node = tree.node(block.node);
    assert_eq!(show(node), "{acl='public' id=? lo=? name='n' tags={acl='public' o='z'}}");
    let acl = node.get("acl").unwrap();
    let text = |span: crate::text::Span| &files[span.file.0 as usize].1[span.range()];
    assert_eq!(text(acl.short_span().unwrap()), "var.acl");
    assert_eq!(text(node.get("name").unwrap().short_span().unwrap()), "n");
    let through: Vec<_> = block.through(acl.span()).iter().map(|(span, what)| (text(*span), *what)).collect();
    assert_eq!(through, [("public", "set in a file of values")]);
    let link = block.link(node.get("id").unwrap().id()).unwrap();
    assert_eq!((link.address.as_str(), link.attribute.as_str()), ("b.y", "id"));
}

#[test]
fn instances_and_dynamic_blocks() {
    let found = all(&[(
        "main.tf",
        "resource \"b\" \"n\" {\n  count = 2\n  i = count.index\n}\nresource \"b\" \"none\" {\n  count = 0\n}\n\
         resource \"b\" \"e\" {\n  for_each = toset([\"p\"])\n  k = each.key\n}\nresource \"b\" \"u\" {\n  for_each = var.u\n  k = each.key\n}\n\
         variable \"u\" {}\nresource \"b\" \"d\" {\n  dynamic \"rule\" {\n    for_each = [80, 90]\n    content {\n      port = rule.value\n    }\n  }\n  rule {\n    port = 1\n  }\n\
         \n  dynamic \"maybe\" {\n    for_each = var.u\n    content {\n      port = maybe.value\n    }\n  }\n  refs = b.n[*].i\n}\n",
    )]);
    assert_eq!(
        found,
        [
            "b.n[0] {count=2 i=0}",
            "b.n[1] {count=2 i=1}",
            "b.e[\"p\"] {for_each=['p'] k='p'}",
            "b.u[*] {for_each=? k=?}",
            "var.u {}",
            "b.d {maybe=[{port=?} ..] refs=[0 1] rule=[{port=80} {port=90} {port=1}]}",
        ]
    );
}

#[test]
fn modules_are_evaluated_for_each_call() {
    let files = [
        (
            "r/m/main.tf",
            "variable \"acl\" {}\nresource \"b\" \"x\" {\n  acl = var.acl\n}\noutput \"acl\" {\n  value = \"${b.x.acl}!\"\n}\n",
        ),
        (
            "r/main.tf",
            "module \"one\" {\n  source = \"./m\"\n  acl = \"a\"\n}\nmodule \"two\" {\n  source = \"./m\"\n  acl = module.one.acl\n}\nmodule \"self\" {\n  source = \"./\"\n}\n",
        ),
    ];
    let (facts, tree) = lowered(&files);
    assert!(facts.blocks.is_empty(), "a folder that calls itself is no root");
    drop(tree);
    let root = files[1].1.split("module \"self\"").next().unwrap();
    let (facts, tree) = lowered(&[files[0], ("r/main.tf", root)]);
    let resources = facts.blocks.iter().filter(|block| block.keyword == "resource");
    let shown: Vec<String> =
        resources.map(|block| format!("{} {}", block.address, show(tree.node(block.node)))).collect();
    assert_eq!(shown, ["module.one.b.x {acl='a'}", "module.two.b.x {acl='a!'}"]);
    let through = facts.blocks.iter().find_map(|block| block.origins.first()).unwrap();
    assert_eq!(through.through[0].1, "passed to the module here");
}

#[test]
fn terragrunt_gives_values() {
    let files = [
        (
            "/r/modules/b/main.tf",
            "resource \"b\" \"x\" {\n  v = [var.own, var.parent, var.mock, var.open, var.env, var.path, var.none]\n}\n\
            variable \"own\" {}\nvariable \"parent\" {}\nvariable \"mock\" {}\nvariable \"open\" {}\nvariable \"env\" {}\n\
            variable \"path\" {}\nvariable \"none\" {\n  default = 1\n}\n",
        ),
        (
            "/r/terragrunt.hcl",
            "locals {\n  a = read_terragrunt_config(find_in_parent_folders(\"env.hcl\", \"none\"))\n}\n\
            inputs = {\n  own = 0\n  parent = local.a.locals.x\n  path = path_relative_to_include()\n}\n",
        ),
        ("/r/live/env.hcl", "locals {\n  x = \"live\"\n  again = read_terragrunt_config(\"env.hcl\")\n}\n"),
        (
            "/r/live/b/terragrunt.hcl",
            "include {\n  path = find_in_parent_folders()\n}\nterraform {\n  source = \"../../modules//b\"\n}\n\
            dependency \"d\" {\n  mock_outputs = {id = \"m\"}\n}\ninputs = {\n  own = \"c\"\n  mock = dependency.d.outputs.id\n  \
            open = dependency.d.outputs.other\n  env = get_env(\"A\", \"b\")\n}\n",
        ),
    ];
    let (facts, tree) = lowered(&files);
    let block = &facts.blocks[0];
    let shown = "{v=['c' 'live' 'm' ? 'b' 'live/b' 1]}";
    assert_eq!(show(tree.node(block.node)), shown);
    let through: Vec<&str> =
        block.origins.iter().flat_map(|origin| &origin.through).map(|(_, what)| *what).collect();
    assert_eq!(through.iter().filter(|what| **what == "given by Terragrunt here").count(), 6, "{through:?}");
}

#[test]
fn functions_read_files_that_are_at_hand() {
    let main = "resource \"b\" \"x\" {\n  a = file(\"${path.module}/p.json\")\n  b = templatefile(\"t.tpl\", {n = [\"x\", \"y\"], m = 1})\n  \
        c = [fileexists(\"p.json\"), file(\"none\"), filebase64(\"t.txt\"), path.module, path.root, path.cwd]\n}\n\
        module \"m\" {\n  source = \"./m\"\n}\n";
    let module =
        "resource \"b\" \"y\" {\n  a = [path.module, file(\"${path.module}/p.json\"), file(\"p.json\")]\n}\n";
    let parsed = [main, module].map(str::to_owned);
    let parsed: Vec<File> = parsed
        .iter()
        .enumerate()
        .map(|(at, text)| hcl::parse(FileId(at as u32), text.as_str().into()).tree)
        .collect();
    let mut modules = Modules::default();
    modules.add(&PathBuf::from("/r/main.tf"), &parsed[0]);
    modules.add(&PathBuf::from("/r/m/main.tf"), &parsed[1]);
    modules.add_text(&PathBuf::from("/r/p.json"), "{\"Action\": \"*\"}".into());
    modules.add_text(&PathBuf::from("/r/t.txt"), "t".into());
    modules.add_text(&PathBuf::from("/r/t.tpl"), "%{ for one in n }${one}-${m}\n%{ endfor }\\n\"".into());
    let all = by_file(modules.evaluate(&Root::of(PathBuf::from("/r"))));
    let shown = |at: usize| {
        let (facts, tree) = lower(&parsed[at], &all[&FileId(at as u32)], FolderId(0), false);
        show(tree.node(facts.blocks[0].node))
    };
    assert_eq!(shown(0), "{a={Action='*'} b='x-1\ny-1\n\\n\"' c=[true ? 'dA==' '.' '.' ?]}");
    assert_eq!(shown(1), "{a=['m' ? {Action='*'}]}");
}

#[test]
fn resources_know_those_that_name_them() {
    let files = [
        (
            "r/m/main.tf",
            "resource \"b\" \"x\" {\n  name = \"n\"\n}\noutput \"name\" {\n  value = b.x.name\n}\n",
        ),
        (
            "r/main.tf",
            "module \"m\" {\n  source = \"./m\"\n}\nresource \"v\" \"x\" {\n  bucket = module.m.name\n  on = true\n}\n\
             resource \"w\" \"x\" {\n  count = var.u\n  of = [module.m.name]\n}\nvariable \"u\" {}\n",
        ),
    ];
    let (facts, tree) = lowered(&files);
    let companions = tree.node(facts.blocks[0].companions);
    assert_eq!(show(companions), "{v=[{bucket='n' on=true}] w=[{count=? of=['n']} ..]}");
}

#[test]
fn json_says_the_same() {
    let files = [
        (
            "r/main.tf.json",
            r#"{"//": "why", "resource": {"b": {"x": {"name": "n-${var.a}", "on": true, "v": [{"e": "x"}]}, "y": [{"ref": "${b.x.name}"}]}}, "locals": {"z": "${upper(var.a)}", "w": "\\u0041${var.a}"}}"#,
        ),
        ("r/variables.tf", "variable \"a\" {\n  default = \"b\"\n}\n"),
        ("r/terraform.tfvars.json", r#"{"a": "c"}"#),
    ];
    let trees: Vec<Tree> =
        [0, 2].map(|at| crate::syntax::json::parse(FileId(at as u32), files[at].1.into()).tree).into();
    let hcl = hcl::parse(FileId(1), files[1].1.into()).tree;
    let (main, values) = (of_json(&trees[0]), values_of_json(&trees[1]));
    let mut modules = Modules::default();
    for (path, file) in [(files[0].0, &main), (files[1].0, &hcl), (files[2].0, &values)] {
        modules.add(&PathBuf::from(path), file);
    }
    let all = by_file(modules.evaluate(&Root::of(PathBuf::from("r"))));
    let (facts, tree) = lower(&main, &all[&FileId(0)], FolderId(0), false);
    let shown: Vec<String> = facts
        .blocks
        .iter()
        .map(|block| format!("{} {}", block.address, show(tree.node(block.node))))
        .collect();
    assert_eq!(shown, ["b.x {name='n-c' on=true v=[{e='x'}]}", "b.y {ref='n-c'}", "locals {w=? z='C'}"]);
    let node = tree.node(facts.blocks[1].node).get("ref").unwrap();
    assert_eq!(&files[0].1[node.short_span().unwrap().range()], "b.x.name");
}

#[test]
fn dynamic_blocks_in_json_are_written_out() {
    let text = r#"{"resource": {"b": {"x": {
        "rule": {"port": 1},
        "dynamic": {"rule": {"for_each": [80, 90], "iterator": "it", "content": {"port": "${it.value}"}},
                    "tag": [{"for_each": "${var.u}", "content": [{"k": 1}]}]},
        "deep": {"a": 1, "dynamic": {"z": {"for_each": [1], "content": {}}}}}}}}"#;
    let tree = crate::syntax::json::parse(FileId(0), text.into()).tree;
    let main = of_json(&tree);
    let mut modules = Modules::default();
    modules.add(&PathBuf::from("r/main.tf.json"), &main);
    let all = by_file(modules.evaluate(&Root::of(PathBuf::from("r"))));
    let (facts, tree) = lower(&main, &all[&FileId(0)], FolderId(0), false);
    let shown = "{deep={a=1 ..} rule=[{port=1} {port=80} {port=90}] tag=[{k=1} ..]}";
    assert_eq!(show(tree.node(facts.blocks[0].node)), shown);
}

#[test]
fn text_in_json_is_what_it_says() {
    let text = "resource \"p\" \"x\" {\n  a = jsonencode({Statement = [{Effect = \"Allow\", Action = var.u}]})\n  b = <<-E\n    {\"Statement\": \n      [{\"Resource\": \"${var.u}/*\", \"Action\": \"*\"}]}\n  E\n  c = <<E\n{ no\nE\n}\nvariable \"u\" {}\n";
    let (facts, tree) = lowered(&[("main.tf", text)]);
    let node = tree.node(facts.blocks[0].node);
    let shown =
        "{a={Statement=[{Action=? Effect='Allow'}]} b={Statement=[{Action='*' Resource=?}]} c='{ no\n'}";
    assert_eq!(show(node), shown);
    let effect = node.get("a").unwrap().get("Statement").unwrap().item(0).unwrap().get("Effect").unwrap();
    assert_eq!(&text[effect.short_span().unwrap().range()], "Allow");
    let action = node.get("b").unwrap().get("Statement").unwrap().item(0).unwrap().entry("Action").unwrap();
    assert_eq!(&text[action.value.short_span().unwrap().range()], "*");
    assert_eq!(&text[action.key.short_span().unwrap().range()], "Action");
}

#[test]
fn a_text_is_known_up_to_what_is_not() {
    let text = "resource \"p\" \"x\" {\n  a = \"user:${p.y.name}/z\"\n  b = format(\"user:%s\", p.gone[0].name)\n  c = \"${var.u}\"\n}\nresource \"p\" \"y\" {}\nvariable \"u\" {}\n";
    let (facts, _) = lowered(&[("main.tf", text)]);
    let starts = facts.blocks[0].starts.iter().map(|start| {
        (
            start.text.as_str(),
            start.then.as_ref().map(|(address, attribute)| format!("{address} {attribute}")),
        )
    });
    let expected = [("user:", Some("p.y name".to_owned())), ("user:", Some("p.gone name".to_owned()))];
    assert_eq!(starts.collect::<Vec<_>>(), expected);
}

/// The object that a resource of this type makes.
fn object(kind: &str, body: &str) -> String {
    let text = format!("variable \"u\" {{}}\nresource \"kubernetes_{kind}\" \"x\" {{\n{body}\n}}\n");
    let (facts, tree) = lowered(&[("main.tf", &text)]);
    show(tree.node(facts.resources[0].node))
}

#[test]
fn resources_are_objects_under_the_keys_of_the_api() {
    assert_eq!(
        object("secret", "  metadata {\n    name = \"s\"\n  }\n  data = {\n    max_size = \"1\"\n  }"),
        "{apiVersion='v1' kind='Secret' stringData={max_size='1'} metadata={name='s' namespace='default'}}"
    );
    assert_eq!(
        object(
            "persistent_volume",
            "  spec {\n    persistent_volume_source {\n      nfs {\n        read_only = \"true\"\n      }\n    }\n  }"
        ),
        "{apiVersion='v1' kind='PersistentVolume' spec={nfs={readOnly=true}}}"
    );
    assert_eq!(
        object(
            "ingress_v1",
            "  spec {\n    default_backend {\n      service {\n        port {\n          number = \"80\"\n        }\n      }\n    }\n  }\n  wait_for_load_balancer = true"
        ),
        "{apiVersion='networking.k8s.io/v1' kind='Ingress' spec={defaultBackend={service={port={number=80}}}}}"
    );
    assert_eq!(
        object(
            "pod",
            "  spec {\n    host_pid = null\n    node_selector = {\n      a_b = \"1\"\n    }\n    container {\n      args = [\"1\"]\n      port {\n        name = \"1\"\n      }\n    }\n    dynamic \"security_context\" {\n      for_each = var.u\n      content {}\n    }\n    dynamic \"toleration\" {\n      for_each = var.u\n      content {}\n    }\n  }"
        ),
        "{apiVersion='v1' kind='Pod' spec={containers=[{args=['1'] ports=[{name='1'}]}] nodeSelector={a_b='1'} securityContext=? tolerations=[{} ..]}}"
    );
    assert_eq!(
        object("job_v1", "  spec {\n    template {\n      spec {\n        container {}\n      }\n    }\n  }"),
        "{apiVersion='batch/v1' kind='Job' spec={template={spec={containers=[{}] restartPolicy='Never'}}}}"
    );
}
