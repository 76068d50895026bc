//! Objects of Kubernetes' own kinds, and what is wrong with them.

use crate::schema::{Catalog, Known, Violation};
use crate::syntax::tree::{Node, Schema, Tree};
use crate::syntax::{json, yaml};
use crate::text::{FileId, Span};

fn check(tree: &Tree, minor: u16, fragment: bool) -> Vec<Violation> {
    let empty = Catalog::default();
    let known = Known { minor, catalogs: [&empty, &empty, &empty] };
    let mut out = Vec::new();
    for root in tree.roots() {
        let text = |key| root.get(key).map_or("", Node::text);
        let kind = (text("apiVersion"), text("kind"));
        out.extend(known.validate(kind, root, Span::at(FileId(0), 0), fragment));
    }
    out
}

/// What is marked, and what is said of it.
fn wrong(text: &str) -> Vec<String> {
    let tree = yaml::parse_templated(FileId(0), text.into(), Schema::Kubernetes).tree;
    told(&tree, &check(&tree, 37, false))
}

fn told(tree: &Tree, found: &[Violation]) -> Vec<String> {
    found.iter().map(|one| format!("{}: {}", &tree.text()[one.span.range()], one.message)).collect()
}

/// A pod with these lines in its spec.
fn pod(spec: &str) -> String {
    let spec = spec.replace('\n', "\n  ");
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  containers: [{{name: c}}]\n  {spec}\n"
    )
}

#[test]
fn what_cannot_be_known_is_right() {
    for spec in [
        "hostNetwork: {{ .Values.host }}",
        "{{ .Values.key }}: 1",
        "priority: ${PRIORITY}",
        "volumes:\n  {{- toYaml .Values.volumes | nindent 2 }}\n",
        "volumes: null\nnodeName:\n",
        "tolerations:\n{{- range .Values.all }}\n- key: {{ . }}\n{{- end }}",
        "hostname: ENC[AES256_GCM,data:x]\npriority: ENC[AES256_GCM,data:x]",
    ] {
        assert_eq!(wrong(&pod(spec)), Vec::<String>::new(), "{spec}");
    }
    let open =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  {{- include \"spec\" . | nindent 2 }}\n";
    assert_eq!(wrong(open), Vec::<String>::new());
    let outside = "apiVersion: v1\nkind: Pod\nmetadata: {name: {{ x }}}\nspec: {containers: []}\n";
    let tree = yaml::parse(FileId(0), outside.into(), Schema::Kubernetes).tree;
    assert_eq!(told(&tree, &check(&tree, 37, false)), Vec::<String>::new());
}

#[test]
fn merged_keys_are_fields_and_shared_values_are_values() {
    let text = pod("volumes:\n- &v {name: a, emptyDir: {}}\n- <<: *v\n  name: b\n- {<<: *v, nam: c}\n- *v");
    assert_eq!(wrong(&text), ["nam: `nam` is not a field of `Volume`, did you mean `name`?"]);
}

#[test]
fn directives_of_patches_are_no_fields() {
    let text =
        pod("$patch: replace\n$setElementOrder/volumes: [{name: a}]\nvolumes: [{$patch: delete}]\n$other: 1");
    assert_eq!(wrong(&text), ["$other: `$other` is not a field of `PodSpec`"]);
}

#[test]
fn a_fragment_may_lack_anything_but_have_nothing_wrong() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {hostNetwork: 1}\n";
    let tree = yaml::parse(FileId(0), text.into(), Schema::Kubernetes).tree;
    assert_eq!(
        told(&tree, &check(&tree, 37, true)),
        ["1: `hostNetwork` must be `true` or `false`, not a number"]
    );
    assert_eq!(check(&tree, 37, false).len(), 2);
}

#[test]
fn numbers_are_whole_and_fit() {
    let one = |spec: &str| wrong(&pod(spec)).pop().unwrap_or_default();
    assert_eq!(one("priority: 1.0"), "");
    assert_eq!(one("priority: 1.5"), "1.5: `priority` must be a whole number, not a number with a fraction");
    assert_eq!(one("priority: 3000000000"), "3000000000: `3000000000` does not fit 32 bits");
    assert_eq!(one("priority: '7'"), "7: `priority` must be a whole number, not text; remove the quotes");
    assert_eq!(one("hostname: 007"), "007: `hostname` must be text, and `007` is a number; put it in quotes");
    assert_eq!(
        one("overhead: {cpu: 1, memory: '1 Gi'}"),
        "1 Gi: `1 Gi` is not a quantity such as `500m` or `1Gi`"
    );
}

#[test]
fn releases_differ() {
    let text = pod("resources: {}");
    let tree = yaml::parse(FileId(0), text.into(), Schema::Kubernetes).tree;
    assert_eq!(check(&tree, 31, false).len(), 1);
    assert_eq!(check(&tree, 32, false).len(), 0);
    let text = pod("initContainers: [{name: i, restartPolicy: Never}]");
    let tree = yaml::parse(FileId(0), text.into(), Schema::Kubernetes).tree;
    let told = told(&tree, &check(&tree, 33, false));
    assert_eq!(told, ["Never: `restartPolicy` must be `Always`"]);
    assert_eq!(check(&tree, 34, false).len(), 0);
}

#[test]
fn json_is_held_against_the_same() {
    let text =
        r#"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": {}}}"#;
    let tree = json::parse(FileId(0), text.into()).tree;
    let told = told(&tree, &check(&tree, 37, false));
    assert_eq!(told, ["\"containers\": `containers` must be a list, not a mapping"]);
}

#[test]
fn what_is_deep_or_wide_ends() {
    let deep = format!("{}1{}", "{a: ".repeat(200), "}".repeat(200));
    assert_eq!(wrong(&pod(&format!("volumes: [{{name: a, emptyDir: {deep}}}]"))).len(), 1);
    let wide = (0..2_000).map(|at| format!("imagePullPolicy{at}: x\n")).collect::<Vec<_>>().concat();
    assert_eq!(wrong(&pod(&wide)).len(), 2_000);
}
