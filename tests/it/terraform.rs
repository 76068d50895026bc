//! Modules of Terraform from end to end: what is given on the command line, and what lies beside them.
#![expect(clippy::disallowed_methods, reason = "tests make their own files")]

use crate::scratch::{Folder, Run};
use crate::{binary, bless};

const MAIN: &str = "variable \"acl\" {}\nvariable \"size\" {\n  default = 20\n}\n\
    resource \"aws_s3_bucket\" \"a\" {\n  acl = var.acl\n}\n";

/// The rules that report something, and the places that they call related: path and what stands there.
fn found(run: &Run) -> Vec<(String, Vec<(String, String)>)> {
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let findings = run.json["findings"].as_array().map(Vec::as_slice).unwrap_or_default();
    let related = |finding: &serde_json::Value| {
        let all = finding["related"].as_array().map(Vec::as_slice).unwrap_or_default();
        all.iter().map(|label| (word(&label["path"]), word(&label["message"]))).collect()
    };
    findings.iter().map(|finding| (word(&finding["rule"]), related(finding))).collect()
}

fn check(folder: &Folder, arguments: &[&str]) -> Run {
    let run = folder.check(&[&["--select", "bucket-everybody-may-list"], arguments].concat());
    run.assert_sound("terraform");
    run
}

#[test]
fn values_are_given_by_name() {
    let folder = Folder::with(&[
        ("stack/main.tf", MAIN),
        ("env/open.tfvars", "acl = \"public-read\"\n"),
        ("env/shut.tfvars.json", "{\"acl\": \"private\"}"),
    ]);
    assert!(found(&check(&folder, &[])).is_empty());
    let open = ["--var-file", "env/open.tfvars"];
    let label = ("env/open.tfvars".to_owned(), "set in a file of values".to_owned());
    let expected = vec![("bucket-everybody-may-list".to_owned(), vec![label])];
    assert_eq!(found(&check(&folder, &open)), expected);
    assert_eq!(found(&check(&folder, &[&open, &["stack"][..]].concat())), expected, "it need not be walked");
    let shut = ["--var-file", "env/shut.tfvars.json"];
    assert!(found(&check(&folder, &[open, shut].concat())).is_empty(), "later ones win");
    assert_eq!(found(&check(&folder, &[shut, open].concat())), expected);
}

#[test]
fn values_come_from_plain_files_of_the_repository() {
    let folder = Folder::with(&[("main.tf", MAIN), ("values.txt", "acl = \"public-read\"\n")]);
    let outside = Folder::with(&[("a.tfvars", "acl = \"public-read\"\n")]);
    let outside = outside.0.join("a.tfvars").to_string_lossy().into_owned();
    let refused = |path: &str, told: &str| {
        let output = binary::run(&folder.0, &["check", "--var-file", path]);
        assert_eq!((output.status.code(), binary::stdout(&output)), (Some(2), String::new()), "{path}");
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(text.contains(told), "{text}");
    };
    refused("none.tfvars", "there is no such file");
    refused("values.txt", "not a file of values");
    refused(".", "a folder, not a file");
    refused(&outside, "outside the repository");
}

#[test]
fn a_finding_stays_the_same_when_instances_come_and_go() {
    let main = |count: &str, calls: &str| {
        let module =
            format!("resource \"aws_s3_bucket\" \"a\" {{\n  count = {count}\n  acl = \"public-read\"\n}}\n");
        let folder = Folder::with(&[("m/main.tf", &module), ("main.tf", calls)]);
        let run = check(&folder, &[]);
        let findings = run.json["findings"].as_array().map_or(0, Vec::len);
        let finding = &run.json["findings"][0];
        (findings, finding["fingerprint"].clone(), finding["subject"]["address"].clone())
    };
    let call = |name: &str| format!("module \"{name}\" {{\n  source = \"./m\"\n}}\n");
    let one = main("1", &call("a"));
    assert_eq!((one.0, one.2.as_str()), (1, Some("aws_s3_bucket.a")));
    assert_eq!(main("3", &call("a")), one);
    assert_eq!(main("var.u", &[call("a"), call("b")].concat()), one);
}

/// A module of which much is not known, for one reason each.
const UNKNOWN: &str = r#"variable "name" {}
variable "listed" {}
data "aws_ami" "os" {}

locals {
  label = "web-${var.name}"
}

module "near" {
  source = "./near"
  name   = local.label
}

module "far" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "6.0.0"
}

resource "aws_instance" "web" {
  for_each      = var.listed
  ami           = data.aws_ami.os.id
  instance_type = "t3.${each.key}"
  subnet_id     = module.far.subnets[0]
  user_data     = file("boot.sh")
  tags = {
    Owner = "web"
    Seen  = timestamp()
  }

  root_block_device {
    kms_key_id = try(local.none, module.near.key)
    encrypted  = true
  }

  dynamic "network_interface" {
    for_each = [for name in ["a", "b"] : "${name}-${terraform.workspace}"]
    content {
      device_index         = 0
      network_interface_id = network_interface.value
    }
  }
}
"#;

const NEAR: &str = "variable \"name\" {}\nresource \"aws_kms_key\" \"key\" {\n  description = var.name\n  is_enabled = true\n}\n\
    output \"key\" {\n  value = aws_kms_key.key.arn\n}\n";

#[test]
fn what_is_not_known_is_listed_for_those_who_ask() {
    let folder = Folder::with(&[("main.tf", UNKNOWN), ("near/main.tf", NEAR)]);
    let arguments = ["check", "--select", "bucket-everybody-may-list", "--quiet", "--format", "json"];
    let asked = binary::run(&folder.0, &[&arguments[..], &["--show-unknown"]].concat());
    bless::check("tests/it/snapshots/unknown.txt", &String::from_utf8_lossy(&asked.stderr));
    let silent = binary::run(&folder.0, &arguments);
    assert_eq!(binary::stdout(&asked), binary::stdout(&silent), "reports are as ever");
    assert_eq!(String::from_utf8_lossy(&silent.stderr), "");
}

/// A root module with a module from elsewhere, which calls another one of its own.
fn installed() -> Folder {
    let main = "variable \"acl\" {\n  default = \"public-read\"\n}\nmodule \"store\" {\n  source  = \"example/store/aws\"\n  \
        version = \"1.0.0\"\n  acl     = var.acl\n}\nmodule \"far\" {\n  source = \"example/far/aws\"\n}\n";
    let list = r#"{"Modules":[{"Key":"","Source":"","Dir":"."},
        {"Key":"store","Source":"registry.terraform.io/example/store/aws","Dir":".terraform/modules/store"},
        {"Key":"store.bucket","Source":"./modules/bucket","Dir":".terraform/modules/store/modules/bucket"},
        {"Key":"up","Source":"x","Dir":"../outside"}]}"#;
    let store = "variable \"acl\" {}\nmodule \"bucket\" {\n  source = \"./modules/bucket\"\n  acl = var.acl\n}\n\
        resource \"aws_s3_bucket\" \"own\" {\n  acl = \"public-read\"\n}\nresource \"x\" {";
    let bucket = "variable \"acl\" {}\nresource \"aws_s3_bucket\" \"this\" {\n  acl = var.acl\n}\n";
    Folder::with(&[
        ("main.tf", main),
        (".gitignore", ".terraform\n"),
        (".terraform/modules/modules.json", list),
        (".terraform/modules/store/main.tf", store),
        (".terraform/modules/store/modules/bucket/main.tf", bucket),
    ])
}

#[test]
fn what_an_argument_does_in_a_module_from_elsewhere_is_told_at_the_argument() {
    let folder = installed();
    let run = check(&folder, &[]);
    let label = |path: &str, message: &str| (path.to_owned(), message.to_owned());
    let expected = [
        label(".terraform/modules/store/modules/bucket/main.tf", "used in the module here"),
        label(".terraform/modules/store/main.tf", "passed to the module here"),
        label("main.tf", "the default of the variable"),
    ];
    assert_eq!(found(&run), [("bucket-everybody-may-list".to_owned(), expected.to_vec())]);
    assert_eq!(run.json["findings"][0]["path"], "main.tf");
    assert_eq!(run.json["findings"][0]["span"]["start"]["line"], 7);
    assert_eq!(run.json["summary"]["files"]["discovered"], 1, "modules from elsewhere are not counted");
    assert_eq!(run.code, 1, "what is broken in them is theirs");
    let asked = folder.check(&["--show-unknown"]);
    let calls = "main.tf:10:13: module.far.source: `example/far/aws` a module that is not here\n";
    assert!(asked.told.contains(calls) && !asked.told.contains("module.store.source"), "{}", asked.told);
}

#[cfg(unix)]
#[test]
fn modules_from_elsewhere_are_no_way_out() {
    let folder = installed();
    let away = Folder::with(&[(
        "main.tf",
        "variable \"acl\" {}\nresource \"aws_s3_bucket\" \"b\" {\n  acl = var.acl\n}\n",
    )]);
    let store = folder.0.join(".terraform/modules/store");
    std::fs::remove_dir_all(&store).unwrap();
    std::os::unix::fs::symlink(&away.0, &store).unwrap();
    assert!(found(&check(&folder, &[])).is_empty(), "a link is not followed");
    folder.add(".terraform/modules/modules.json", "{\"Modules\": [{\"Key\": \"store\"");
    assert!(found(&check(&folder, &[])).is_empty());
}

#[test]
fn what_is_sensitive_is_not_shown() {
    let main = "variable \"size\" {\n  default = \"hunter2-large\"\n  sensitive = true\n}\nvariable \"given\" {\n  sensitive = true\n}\n\
        locals {\n  plain = \"plain-large\"\n  made = \"x-${upper(var.size)}\"\n  known = nonsensitive(\"shown-large\")\n}\n\
        resource \"b\" \"a\" {\n  size = var.size\n}\nresource \"b\" \"b\" {\n  size = local.made\n}\n\
        resource \"b\" \"c\" {\n  size = var.given\n}\nresource \"b\" \"d\" {\n  size = sensitive(\"direct-large\")\n}\n\
        resource \"b\" \"e\" {\n  size = local.plain\n}\nresource \"b\" \"f\" {\n  size = local.known\n}\n\
        resource \"b\" \"g\" {\n  size = sensitive(null)\n}\nmodule \"m\" {\n  source = \"./m\"\n}\n\
        resource \"b\" \"h\" {\n  size = [for one in [module.m.out] : one][0]\n}\n";
    let module = "output \"out\" {\n  value = \"output-large\"\n  sensitive = true\n}\n";
    let page = "---\nsummary: Size is large\nseverity: warning\npreset: recommended\nfor: block\nkinds: [b]\nreport: object.size\n\
        message: \"`{object.size}` is large\"\n---\n# large-size\n\nToo much.\n\n## Why\n\nIt costs.\n\n## Check\n\n```cel\n\
        !object.?size.orValue(\"\").lowerAscii().contains(\"large\")\n```\n\n## Bad\n\n```hcl file=main.tf\nresource \"b\" \"x\" {\n  \
        size = \"large\"\n#         ^^^^^ `large` is large\n}\n```\n\n## Good\n\n```hcl file=main.tf\nresource \"b\" \"x\" {\n  size = \"s\"\n}\n```\n";
    let folder = Folder::with(&[
        ("main.tf", main),
        ("m/main.tf", module),
        ("a.auto.tfvars", "given = \"values-large\"\n"),
        ("rules/own/large-size.md", page),
        ("plimsoll.toml", "rules = [\"rules\"]\nselect = [\"large-size\"]\n"),
    ]);
    let run = folder.check(&["--show-unknown"]);
    run.assert_sound("sensitive");
    let findings = run.json["findings"].as_array().unwrap().iter();
    let messages: Vec<&str> = findings.map(|finding| finding["message"].as_str().unwrap()).collect();
    let hidden = "`(sensitive)` is large";
    assert_eq!(
        messages,
        [hidden, hidden, hidden, hidden, "`plain-large` is large", "`shown-large` is large", hidden],
        "{}",
        run.reports[0]
    );
    for report in run.reports.iter().chain([&run.told]) {
        for secret in ["hunter2", "HUNTER2", "values-large", "direct-large", "output-large"] {
            assert!(!report.contains(secret), "{report}");
        }
    }
    assert!(run.reports[0].contains("default = \"*************\""), "{}", run.reports[0]);
}

#[test]
fn functions_read_plain_files_of_the_repository() {
    let main = "resource \"b\" \"x\" {\n  a = file(\"in.txt\")\n  b = file(\"../../out.txt\")\n  c = file(\"${path.module}/checked.yaml\")\n  \
        d = templatefile(\"${path.module}/../t.tpl\", {n = 1})\n  e = file(\"../.git/config\")\n}\n";
    let folder = Folder::with(&[
        ("m/main.tf", main),
        ("m/in.txt", "x"),
        ("t.tpl", "${n}"),
        ("m/checked.yaml", CONFIG_MAP),
        (".git/config", "x"),
    ]);
    let out = folder.0.parent().unwrap().join("out.txt");
    std::fs::write(&out, "x").unwrap();
    let run = folder.check(&["--show-unknown"]);
    std::fs::remove_file(&out).unwrap();
    let unknown: Vec<&str> =
        run.told.lines().filter_map(|line| line.split("b.x.").nth(1)?.split(':').next()).collect();
    assert_eq!(unknown, ["b", "c", "e"], "{}", run.told);
}

/// A file that is checked by itself.
const CONFIG_MAP: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";

#[test]
fn files_that_lead_to_each_other_end() {
    let circle = "include \"a\" {\n  path = \"terragrunt.hcl\"\n  expose = true\n}\ninclude \"b\" {\n  path = \"../other.hcl\"\n  \
        merge_strategy = \"deep\"\n}\nterraform {\n  source = include.a.inputs.source\n}\nlocals {\n  \
        a = read_terragrunt_config(\"../other.hcl\")\n  b = local.a.locals.b\n}\ninputs = merge(include.a.inputs, local.a.inputs, local)\n";
    let other = "include {\n  path = \"unit/terragrunt.hcl\"\n}\nlocals {\n  a = read_terragrunt_config(\"unit/terragrunt.hcl\")\n  \
        b = local.a.locals.b\n}\ninputs = local.a.inputs\n";
    let folder = Folder::with(&[
        ("unit/terragrunt.hcl", circle),
        ("unit/main.tf", MAIN),
        ("other.hcl", other),
        ("m/main.tf", "module \"m\" {\n  source = \"./../m\"\n}\n"),
        (
            "m/.terraform/modules/modules.json",
            "{\"Modules\": [{\"Key\": \"m\", \"Dir\": \".terraform/modules/m\"}]}",
        ),
        ("m/.terraform/modules/m/main.tf", "module \"m\" {\n  source = \"../../..\"\n}\n"),
    ]);
    let run = folder.check(&["--select", "ALL", "--show-unknown"]);
    run.assert_sound("circles");
    assert!(!run.reports[0].contains("crashed") && run.code != 3, "{}", run.reports[0]);
}
