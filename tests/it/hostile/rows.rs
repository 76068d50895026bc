//! Files that an attacker could put into a pull request, each in any size.
//!
//! Read by the tests, in small, and by the bench, in full; says what has to come out and not how fast.
#![expect(clippy::format_collect, reason = "a row is made once, and reads best so")]

use std::fmt::Write as _;

/// What has to come of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expect {
    /// It is analysed, and the run is not incomplete because of it.
    Analysed,
    /// The same, and this rule reports something in it.
    Says(&'static str),
    /// This rule says what could not be read, and the run is incomplete.
    Incomplete(&'static str),
}

/// A hostile file.
pub(crate) struct Row {
    /// What is hostile about it.
    pub(crate) name: &'static str,
    /// Its path.
    pub(crate) path: &'static str,
    /// The size that has to be borne, in what the row repeats.
    pub(crate) full: usize,
    /// The file at this size.
    pub(crate) make: fn(usize) -> Vec<u8>,
    /// What has to come of it.
    pub(crate) expect: Expect,
}

use Expect::{Analysed, Incomplete, Says};

const HEAD: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";

/// A definition of this schema, and an object of this spec.
fn defined(schema: &str, spec: &str) -> String {
    format!(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {{name: a}}\nspec:\n  group: example.com\n  \
        names: {{kind: A, plural: as}}\n  scope: Namespaced\n  versions:\n    - name: v1\n      served: true\n      storage: true\n      \
        schema: {{openAPIV3Schema: {{type: object, properties: {{spec: {schema}}}}}}}\n---\napiVersion: example.com/v1\nkind: A\n\
        metadata: {{name: a}}\nspec: {spec}\n"
    )
}

macro_rules! rows {
    ($($name:literal $path:literal $full:literal $expect:expr => $make:expr;)*) => {
        &[$(Row { name: $name, path: $path, full: $full, expect: $expect, make: $make }),*]
    };
}

pub(crate) const YAML: &[Row] = rows! {
    "alias bomb" "a.yaml" 9 Incomplete("syntax-error") => |n| {
        let mut text = format!("{HEAD}data:\n  x0: &x0 [a, a, a, a, a, a, a, a, a]\n");
        for level in 1..n {
            let list = vec![format!("*x{}", level - 1); 9].join(", ");
            let _ = writeln!(text, "  x{level}: &x{level} [{list}]");
        }
        text.into()
    };
    "an alias inside its own anchor" "a.yaml" 1 Says("syntax-error") => |n| {
        format!("{HEAD}data: &a {{z: *a}}\n{}", "x: &x [*y]\ny: &y [*x]\n".repeat(n)).into()
    };
    "anchors" "a.yaml" 100_000 Analysed => |n| {
        list(n, |at| format!("- &a{at} x\n- *a{at}\n"))
    };
    "the same anchor" "a.yaml" 100_000 Analysed => |n| list(n, |_| "- &a x\n- *a\n".into());
    "nested lists" "a.yaml" 100_000 Incomplete("syntax-error") => |n| format!("{HEAD}data: {}", "[".repeat(n)).into();
    "nested lists, closed" "a.yaml" 100_000 Incomplete("syntax-error") =>
        |n| format!("{HEAD}data: {}{}", "[".repeat(n), "]".repeat(n)).into();
    "nested mappings" "a.yaml" 100_000 Incomplete("syntax-error") => |n| format!("{HEAD}data: {}", "{a: ".repeat(n)).into();
    "nested both" "a.yaml" 100_000 Incomplete("syntax-error") => |n| format!("{HEAD}data: {}", "[{a: ".repeat(n)).into();
    "nested blocks" "a.yaml" 4_000 Incomplete("syntax-error") => |n| {
        let levels = (1..=n).fold(String::new(), |text, at| text + &" ".repeat(at) + "a:\n");
        format!("{HEAD}data:\n{levels}").into()
    };
    "nested dashes" "a.yaml" 100_000 Incomplete("syntax-error") => |n| format!("{HEAD}data:\n{}x", "- ".repeat(n)).into();
    "nested questions" "a.yaml" 100_000 Incomplete("syntax-error") => |n| format!("{HEAD}data:\n{}x", "? ".repeat(n)).into();
    "closed before they open" "a.yaml" 100_000 Says("syntax-error") => |n| format!("{HEAD}data: {}", "]".repeat(n)).into();
    "open quotes" "a.yaml" 100_000 Says("loose-indentation") => |n| list(n, |_| "- \"\n".into());
    "a scalar of one line" "a.yaml" 10_000_000 Analysed => |n| format!("{HEAD}data: {{a: {}}}\n", "x".repeat(n)).into();
    "a scalar of many lines" "a.yaml" 2_000_000 Analysed => |n| format!("{HEAD}data:\n  a: x{}\n", "\n   y".repeat(n)).into();
    "an escaped scalar" "a.yaml" 2_000_000 Analysed => |n| format!("{HEAD}data:\n  a: \"{}\"\n", "\\x41".repeat(n)).into();
    "keys" "a.yaml" 1_000_000 Analysed => |n| {
        (0..n).fold(format!("{HEAD}data:\n"), |mut text, at| { let _ = writeln!(text, " {at:x}:"); text }).into()
    };
    "the same key" "a.yaml" 1_000_000 Says("duplicate-key") => |n| format!("{HEAD}data:\n{}", "  a:\n".repeat(n)).into();
    "documents" "a.yaml" 100_000 Analysed => |n| format!("---\n{HEAD}").repeat(n).into();
    "empty documents" "a.yaml" 1_000_000 Analysed => |n| format!("{HEAD}{}", "---\n".repeat(n)).into();
    "merge keys in a chain" "a.yaml" 50_000 Incomplete("syntax-error") => |n| {
        let merge = |at: usize| format!("- &m{at} {{<<: *m{}, k{at}: v}}\n", at.saturating_sub(1));
        let merges: String = (1..n).map(merge).collect();
        format!("x:\n- &m0 {{a: b}}\n{merges}{}", pod(&format!("<<: *m{}", n - 1))).into()
    };
    "merge keys that double" "a.yaml" 60 Incomplete("syntax-error") => |n| {
        let merge = |at: usize| format!("- &m{at} {{<<: [*m{0}, *m{0}]}}\n", at - 1);
        let merges: String = (1..n).map(merge).collect();
        format!("x:\n- &m0 {{a: b}}\n{merges}{}", pod(&format!("<<: *m{}", n - 1))).into()
    };
    "merge keys that fan out" "a.yaml" 16 Analysed => |n| {
        let merge = |at: usize| format!("- &m{at} {{<<: [{}]}}\n", vec![format!("*m{}", at - 1); n].join(", "));
        let merges: String = (1..5).map(merge).collect();
        format!("x:\n- &m0 {{a: b}}\n{merges}{}", pod("<<: *m4")).into()
    };
    "a long scalar by many aliases" "a.yaml" 2_000 Incomplete("syntax-error") => |n| {
        let long = "x".repeat(n * 2_000);
        pod(&format!("containers:\n  - {{name: a, image: &i {long}}}\n{}", "  - {name: b, image: *i}\n".repeat(n))).into()
    };
    "directives" "a.yaml" 100_000 Analysed => |n| format!("{}---\n{HEAD}", "%TAG !a! b\n".repeat(n)).into();
    "tags" "a.yaml" 100_000 Incomplete("syntax-error") => |n| list(n, |_| "- !<tag:x,y> !a b\n".into());
    "comments" "a.yaml" 1_000_000 Analysed => |n| format!("{HEAD}{}", "# a\n".repeat(n)).into();
    "block scalars" "a.yaml" 100_000 Analysed => |n| list(n, |_| "- |9-\n- >+\n\n".into());
    "tabs" "a.yaml" 100_000 Says("syntax-error") => |n| format!("{HEAD}data:\n{}", "\ta: b\n".repeat(n)).into();
    "actions" "templates/a.yaml" 100_000 Analysed => |n| format!("{HEAD}data: {{}}\n{}", "{{ a }}\n".repeat(n)).into();
    "open actions" "templates/a.yaml" 100_000 Says("syntax-error") => |n| format!("{HEAD}data:\n{}", "  a: {{ b\n".repeat(n)).into();
    "nested actions" "templates/a.yaml" 100_000 Says("syntax-error") => |n| format!("{HEAD}{}", "{{ if a }}\n".repeat(n)).into();
    "open comments of actions" "templates/a.yaml" 100_000 Says("syntax-error") => |n| format!("{HEAD}{}", "{{/* \n".repeat(n)).into();
    "nested JSON" "a.json" 100_000 Incomplete("syntax-error") =>
        |n| format!("{{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": {}", "[".repeat(n)).into();
    "nested JSON objects" "a.json" 100_000 Incomplete("syntax-error") =>
        |n| format!("{{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": {}", "{\"a\":".repeat(n)).into();
    "keys of JSON" "a.json" 700_000 Analysed => |n| {
        let start = String::from("{\"apiVersion\": \"v1\", \"kind\": \"X\"");
        let mut text = (0..n).fold(start, |mut text, at| { let _ = write!(text, ",\n\"{at:x}\":1"); text });
        text.push_str("}\n");
        text.into()
    };
};

pub(crate) const OBJECTS: &[Row] = rows! {
    "pods" "a.yaml" 30_000 Says("privileged-container") => |n| {
        (0..n).map(|at| format!("---\n{}", named_pod(&format!("p{at}"), PRIVILEGED))).collect::<String>().into()
    };
    "containers" "a.yaml" 30_000 Says("privileged-container") => |n| {
        pod(&format!("containers:\n{}", PRIVILEGED_ITEM.repeat(n))).into()
    };
    "one container by many aliases" "a.yaml" 100_000 Says("privileged-container") => |n| {
        pod(&format!("containers:\n  - &c {{name: a, securityContext: {{privileged: true}}}}\n{}", "  - *c\n".repeat(n))).into()
    };
    "variables" "a.yaml" 100_000 Analysed => |n| {
        let one = |at| format!("    - {{name: v{at}, valueFrom: {{configMapKeyRef: {{name: c{at}, key: k}}}}}}\n");
        let variables: String = (0..n).map(one).collect();
        pod(&format!("containers:\n  - name: a\n    env:\n{variables}")).into()
    };
    "volumes" "a.yaml" 100_000 Says("host-path") => |n| {
        let volumes: String = (0..n).map(|at| format!("  - {{name: v{at}, hostPath: {{path: /srv}}}}\n")).collect();
        pod(&format!("volumes:\n{volumes}")).into()
    };
    "a name as long as the file" "a.yaml" 2_000 Says("privileged-container") => |n| {
        named_pod(&"x".repeat(n * 2_000), &format!("containers:\n{}", PRIVILEGED_ITEM.repeat(n))).into()
    };
    "services and pods" "a.yaml" 20_000 Says("service-selects-nothing") => |n| {
        (0..n).map(|at| format!(
            "---\n{}---\napiVersion: v1\nkind: Service\nmetadata: {{name: s{at}}}\nspec: {{selector: {{app: none}}}}\n",
            named_pod(&format!("p{at}, labels: {{app: a{at}}}"), "containers: []")
        )).collect::<String>().into()
    };
    "network policies and pods" "a.yaml" 20_000 Says("workload-without-network-policy") => |n| {
        (0..n).map(|at| format!(
            "---\n{}---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: s{at}}}\n\
            spec: {{podSelector: {{matchLabels: {{app: none}}}}}}\n",
            named_pod(&format!("p{at}, labels: {{app: a{at}}}"), "containers: []")
        )).collect::<String>().into()
    };
    "unknown fields" "a.yaml" 100_000 Says("unknown-field") => |n| {
        pod(&format!("containers: []\n{}", (0..n).map(|at| format!("  contaner{at}: x\n")).collect::<String>())).into()
    };
    "a definition of many fields" "a.yaml" 100_000 Says("unknown-field") => |n| {
        let fields: String = (0..n).map(|at| format!("f{at}: {{type: string}}, ")).collect();
        defined(&format!("{{type: object, properties: {{{fields}}}}}"), "{f: x, f1: x}").into()
    };
    "a definition that goes deep" "a.yaml" 120 Analysed => |n| {
        let deep = format!("{}{{}}{}", "{properties: {a: ".repeat(n), "}}".repeat(n));
        defined(&deep, &format!("{}1{}", "{a: ".repeat(n), "}".repeat(n))).into()
    };
    "alternatives of alternatives" "a.yaml" 60 Analysed => |n| {
        let one = "{anyOf: [{type: string}, {properties: {a: {type: string}}}, ";
        defined(&format!("{}{{}}{}", one.repeat(n), "]}".repeat(n)), "{a: 1}").into()
    };
    "a pattern and long text" "a.yaml" 1_000_000 Says("invalid-value") => |n| {
        defined("{type: object, properties: {a: {type: string, pattern: '^(a|a)*$'}}}", &format!("{{a: {}b}}", "a".repeat(n))).into()
    };
    "a condition on many items" "a.yaml" 30_000 Analysed => |n| {
        let schema = "{type: array, items: {type: integer}, x-kubernetes-validations: \
            [{rule: 'self.all(a, self.all(b, self.all(c, a + b + c >= 0)))'}]}";
        defined(schema, &format!("[{}]", "1, ".repeat(n))).into()
    };
    "conditions on each of many items" "a.yaml" 30_000 Says("invalid-value") => |n| {
        let item = "{type: object, properties: {a: {type: integer}}, x-kubernetes-validations: [{rule: self.a > 1}]}";
        defined(&format!("{{type: array, items: {item}}}"), &format!("[{}]", "{a: 1}, ".repeat(n))).into()
    };
    "labels and a selector" "a.yaml" 100_000 Says("selector-mismatch") => |n| {
        let labels: String = (0..n).map(|at| format!("k{at}: v, ")).collect();
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: a}}\nspec:\n  selector: {{matchLabels: {{{labels}}}}}\n  \
            template: {{metadata: {{labels: {{{labels} k0: w}}}}, spec: {{containers: []}}}}\n"
        ).into()
    };
    "suppressions" "a.yaml" 30_000 Says("unused-suppression") => |n| {
        pod(&format!("containers:\n{}", format!("  # plimsoll: ignore[host-path] why\n{PRIVILEGED_ITEM}").repeat(n))).into()
    };
    "names in a suppression" "a.yaml" 30_000 Says("unknown-suppression") => |n| {
        let names = "privileged-containers,".repeat(n);
        format!("# plimsoll: ignore-file[{names}] why\n{}", pod(&format!("containers:\n{}", PRIVILEGED_ITEM.repeat(n)))).into()
    };
    "comments below suppressions" "a.yaml" 1_000_000 Analysed => |n| {
        format!("{}{}{HEAD}", "# plimsoll: ignore[host-path] why\n".repeat(1_000.min(n / 10)), "# a\n".repeat(n)).into()
    };
    "pods that share containers" "a.yaml" 20_000 Says("privileged-container") => |n| {
        let pod = "- {apiVersion: v1, kind: Pod, metadata: {name: b}, spec: {containers: *c}}\n";
        let containers = PRIVILEGED_ITEM.repeat(n);
        let first = format!("- apiVersion: v1\n  kind: Pod\n  metadata: {{name: a}}\n  spec:\n    containers: &c\n{}", containers.replace("  - ", "    - "));
        format!("apiVersion: v1\nkind: List\nitems:\n{first}{}", pod.repeat(n)).into()
    };
    "annotations that rules look for" "a.yaml" 100_000 Says("privileged-container") => |n| {
        let pairs: String = (0..n).map(|at| format!("a{at}: b, ")).collect();
        named_pod(&format!("a, annotations: {{{pairs}}}"), &format!("containers:\n{}", PRIVILEGED_ITEM.repeat(n / 10))).into()
    };
    "annotations that suppress" "a.yaml" 50_000 Says("unknown-suppression") => |n| {
        let pairs: String = (0..n).map(|at| format!("ignore.plimsoll.dev/r{at}: why, ")).collect();
        named_pod(&format!("a, annotations: {{{pairs}}}"), &format!("containers:\n{}", PRIVILEGED_ITEM.repeat(n / 10))).into()
    };
    "rules of a role" "a.yaml" 50_000 Says("unrestricted-role") => |n| {
        let rule = "- {apiGroups: [\"*\"], resources: [\"*\"], verbs: [\"*\"]}\n";
        format!("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: a}}\nrules:\n{}", rule.repeat(n)).into()
    };
    "a role and those who hold it" "a.yaml" 10_000 Says("service-account-reads-secrets") => |n| {
        let rule = "- {apiGroups: [\"\"], resources: [secrets], verbs: [get]}\n";
        let role = format!("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: a, labels: {{x: y}}}}\nrules:\n{}", rule.repeat(n));
        let binding = "---\n{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: a}, roleRef: {kind: ClusterRole, name: a}, subjects: [{kind: ServiceAccount, name: a, namespace: a}]}\n";
        let gathering = "---\n{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: b, labels: {x: y}}, aggregationRule: {clusterRoleSelectors: [{matchLabels: {x: y}}]}}\n";
        format!("{role}{}{}", binding.repeat(n), gathering.repeat(n)).into()
    };
    "an image of many parts" "a.yaml" 1_000_000 Analysed => |n| {
        pod(&format!("containers: [{{name: a, image: \"{}\"}}]\n", "a/:@".repeat(n))).into()
    };
};

pub(crate) const CLOUD: &[Row] = rows! {
    "calls in calls" "a.yaml" 10_000 Incomplete("syntax-error") => |n| template(&format!("X: {}", "!Not [".repeat(n))).into();
    "conditions that ask for each other" "a.yaml" 20_000 Analysed => |n| {
        let next = |at: usize| format!("  C{at}: !Not [!Condition C{}]\n", at + 1);
        format!("Conditions:\n{}  C{n}: !Not [!Condition C0]\n{}", (0..n).map(next).collect::<String>(), template("X: 1")).into()
    };
    "a default that is used everywhere" "a.yaml" 20_000 Analysed => |n| {
        let parameter = format!("Parameters:\n  P: {{Type: String, Default: \"{}\"}}\n", "x".repeat(n));
        format!("{parameter}{}", template(&format!("X: !Join [\"\", [{}]]", "!Ref P, ".repeat(n)))).into()
    };
    "buckets of one name, and what completes them" "a.tf" 10_000 Analysed => |n| {
        let bucket = |at: usize| format!("resource \"aws_s3_bucket\" \"b{at}\" {{\n  bucket = \"x\"\n}}\nresource \"aws_s3_bucket_acl\" \"b{at}\" {{\n  bucket = \"x\"\n}}\n");
        (0..n).map(bucket).collect::<String>().into()
    };
    "policies from one document" "a.tf" 10_000 Analysed => |n| {
        let statements = "  statement {\n    actions = [\"a\"]\n  }\n".repeat(n);
        let policy = |at: usize| format!("resource \"aws_iam_policy\" \"p{at}\" {{\n  policy = data.aws_iam_policy_document.d.json\n}}\n");
        format!("data \"aws_iam_policy_document\" \"d\" {{\n{statements}}}\n{}", (0..n).map(policy).collect::<String>()).into()
    };
    "globals of many entries" "a.yaml" 10_000 Analysed => |n| {
        let entries = |name: &str| (0..n).map(|at| format!("{name}{at}: 1, ")).collect::<String>();
        let head = format!("Transform: AWS::Serverless-2016-10-31\nGlobals:\n  Function: {{{}}}\nResources:\n", entries("A"));
        let function = |at: usize| format!("  F{at}: {{Type: 'AWS::Serverless::Function', Properties: {{Handler: a}}}}\n");
        format!("{head}{}", (0..n).map(function).collect::<String>()).into()
    };
};

/// A template with one resource, which has these properties.
fn template(properties: &str) -> String {
    format!("Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties:\n      {properties}\n")
}

pub(crate) const HCL: &[Row] = rows! {
    "nested lists in HCL" "a.tf" 100_000 Incomplete("syntax-error") => |n| format!("a = {}\n", "[".repeat(n)).into();
    "nested templates" "a.tf" 100_000 Incomplete("syntax-error") => |n| format!("a = {}\n", "\"${".repeat(n)).into();
    "nested blocks of HCL" "a.tf" 100_000 Incomplete("syntax-error") => |n| "a { ".repeat(n).into();
    "nested signs" "a.tf" 1_000_000 Incomplete("syntax-error") => |n| format!("a = {}1\n", "-".repeat(n)).into();
    "a long sum" "a.tf" 1_000_000 Analysed => |n| format!("a = 1{}\n", "+1".repeat(n)).into();
    "heredocs that never end" "a.tf" 100_000 Incomplete("syntax-error") => |n| (0..n).map(|at| format!("a{at} = [<<A{at}\n")).collect::<String>().into();
    "blocks that never end" "a.tf" 100_000 Incomplete("syntax-error") => |n| "a \"b\" {\n  c = 1\n".repeat(n).into();
    "attributes that never end" "a.tf" 100_000 Incomplete("syntax-error") => |n| "a = [\n".repeat(n).into();
    "locals that double each other" "a.tf" 1_000 Analysed => |n| {
        let double = |at: usize| format!("  l{} = [local.l{at}, local.l{at}, \"${{jsonencode(local.l{at})}}x\"]\n", at + 1);
        format!("locals {{\n  l0 = [1]\n{}}}\n", (0..n).map(double).collect::<String>()).into()
    };
    "locals that lead to each other" "a.tf" 100_000 Analysed => |n| {
        let next = |at: usize| format!("  l{at} = local.l{}\n", at + 1);
        format!("locals {{\n{}  l{n} = local.l0\n}}\n", (0..n).map(next).collect::<String>()).into()
    };
    "loops in loops" "a.tf" 6 Analysed => |n| {
        let open: String = (0..n).map(|at| format!("[for x{at} in range(1000) : ")).collect();
        format!("locals {{\n  a = {open}1{}\n}}\n", "]".repeat(n)).into()
    };
    "a module that calls itself" "a.tf" 100 Analysed => |n| {
        let call = |at: usize| format!("module \"m{at}\" {{\n  source = \"./x/..\"\n  count = 100\n}}\n");
        (0..n).map(call).collect::<String>().into()
    };
    "many instances" "a.tf" 1_000 Analysed => |n| {
        "resource \"a\" \"b\" {\n  count = 100000\n  c = [for x in range(1000) : x]\n}\n".repeat(n).into()
    };
    "splats of splats" "a.tf" 100_000 Analysed => |n| format!("locals {{\n  a = [[1]]{}\n}}\n", "[*]".repeat(n)).into();
    "one line of blocks" "a.tf" 100_000 Says("syntax-error") => |n| "a {} ".repeat(n).into();
};

pub(crate) const SETTINGS: &[Row] = rows! {
    "directives" "nginx.conf" 1_000_000 Analysed => |n| format!("# proxy_pass\n{}", "a;".repeat(n)).into();
    "blocks in blocks" "nginx.conf" 1_000_000 Analysed => |n| format!("# proxy_pass;\n{}", "a{".repeat(n)).into();
    "quotes that do not close" "nginx.conf" 500_000 Analysed => |n| format!("# proxy_pass;\n{}'", "a\\' \"b\" ".repeat(n)).into();
    "programs that do not close" "nginx.conf" 200_000 Analysed => |n| format!("# proxy_pass;\n{}", "a_by_lua_block {".repeat(n)).into();
    "calls through variables" "nginx.conf" 100_000 Analysed => |n| "set $a b; proxy_pass http://$a:80;".repeat(n).into();
    "one long line" "haproxy.cfg" 500_000 Analysed => |n| format!("backend a\n{}", "server a b:80 ".repeat(n)).into();
    "aliases of data" "prometheus.yml" 20 Incomplete("syntax-error") => |n| {
        let mut text = "scrape_configs:\n- &x0 [{static_configs: [{targets: [a:80]}]}]\n".to_owned();
        for level in 1..n {
            let _ = writeln!(text, "- &x{level} [*x{}, *x{}]", level - 1, level - 1);
        }
        text.into()
    };
    "tables" "traefik/a.toml" 100_000 Analysed => |n| {
        let tables: String = (0..n).map(|at| format!("[a.b{at}]\nloadBalancer = 'x'\n")).collect();
        tables.into()
    };
};

pub(crate) const DOCKERFILE: &[Row] = rows! {
    "instructions" "Dockerfile" 20_000 Analysed => |n| dockerfile(&"RUN apt-get update && apt-get install -y curl | sh\n".repeat(n));
    "continuations" "Dockerfile" 100_000 Analysed => |n| dockerfile(&format!("RUN a {}\n", "\\\n  b ".repeat(n)));
    "comments between continuations" "Dockerfile" 100_000 Analysed => |n| dockerfile(&format!("RUN a {}\n", "\\\n# c\n  b ".repeat(n)));
    "heredocs" "Dockerfile" 1_300_000 Says("syntax-error") => |n| dockerfile(&format!("RUN {}\n", "<<A ".repeat(n)));
    "heredocs without an end" "Dockerfile" 200_000 Says("syntax-error") => |n| dockerfile(&"RUN <<A\n".repeat(n));
    "triggers of triggers" "Dockerfile" 100_000 Says("invalid-onbuild") => |n| dockerfile(&format!("{}RUN a\n", "ONBUILD ".repeat(n)));
    "stages" "Dockerfile" 50_000 Analysed => |n| {
        let stage = |at: usize| format!("FROM s{} AS s{at}\nARG a=b\nENV c=$a\nCOPY --from=s{} a b\n", at - 1, at / 2);
        let stages: String = (1..n).map(stage).collect();
        format!("FROM scratch AS s0\n{stages}").into()
    };
    "variables that double" "Dockerfile" 60 Analysed => |n| {
        let double = |at: usize| format!("ENV v{at}=${{v{0}}}${{v{0}}}\nUSER $v{at}\n", at - 1);
        let doubles: String = (1..n).map(double).collect();
        dockerfile(&format!("ENV v0=aaaaaaaa\n{doubles}"))
    };
    "nested defaults" "Dockerfile" 100_000 Analysed => |n| dockerfile(&format!("USER {}\n", "${a:-".repeat(n)));
    "variables" "Dockerfile" 50_000 Analysed => |n| {
        dockerfile(&(0..n).map(|at| format!("ARG a{at}\nENV b{at}=$a{at}\n")).collect::<String>())
    };
    "one variable again and again" "Dockerfile" 50_000 Analysed => |n| dockerfile(&"ENV PATH=$PATH:/x\n".repeat(n));
    "lists in lists" "Dockerfile" 100_000 Analysed => |n| dockerfile(&format!("CMD {}\n", "[".repeat(n)));
    "a list of words" "Dockerfile" 1_000_000 Analysed => |n| dockerfile(&format!("CMD [{}\"a\"]\n", "\"a\",".repeat(n)));
    "open quotes in a Dockerfile" "Dockerfile" 100_000 Analysed => |n| dockerfile(&"LABEL a=\"b\n".repeat(n));
    "copies from nowhere" "Dockerfile" 50_000 Analysed => |n| {
        dockerfile(&(0..n).map(|at| format!("COPY --from=x{at} a b\n")).collect::<String>())
    };
};

fn list(n: usize, item: impl Fn(usize) -> String) -> Vec<u8> {
    format!("{HEAD}data:\n{}", (0..n).map(item).collect::<String>()).into()
}

fn dockerfile(rest: &str) -> Vec<u8> {
    format!("FROM alpine:3.20\n{rest}").into()
}

/// A container that has what every rule asks for but one thing.
const PRIVILEGED_ITEM: &str = "  - {name: a, securityContext: {privileged: true}}\n";
const PRIVILEGED: &str = "containers: [{name: a, securityContext: {privileged: true}}]\n";

fn pod(spec: &str) -> String {
    named_pod("a", spec)
}

fn named_pod(name: &str, spec: &str) -> String {
    format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\nspec:\n  {}\n", spec.trim_end())
}
