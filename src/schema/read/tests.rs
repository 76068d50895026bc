//! Definitions, and objects held against them.

use super::{definitions, json_schema};
use crate::schema::{Catalog, Known};
use crate::syntax::tree::{Schema, Tree};
use crate::syntax::{json, yaml};
use crate::text::{FileId, Span};

fn tree(text: &str) -> Tree {
    yaml::parse_templated(FileId(0), text.into(), Schema::Kubernetes).tree
}

/// A definition whose `spec` has this schema.
fn definition(spec: &str) -> String {
    let spec = spec.trim_end().replace('\n', "\n              ");
    format!(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  group: example.com\n  \
        names: {{kind: Backup}}\n  versions:\n    - name: v1\n      schema:\n        openAPIV3Schema:\n          \
        type: object\n          properties:\n            spec:\n              {spec}\n"
    )
}

fn catalog(text: &str) -> Catalog {
    let mut catalog = Catalog::default();
    catalog.extend(definitions(&tree(text), true, &|_| true));
    catalog
}

/// What is wrong with an object of this spec, for that schema.
fn wrong_with(catalog: &Catalog, spec: &str) -> Vec<String> {
    let object =
        tree(&format!("apiVersion: example.com/v1\nkind: Backup\nmetadata: {{name: a}}\nspec: {spec}\n"));
    let empty = Catalog::default();
    let known = Known { minor: 37, catalogs: [catalog, &empty, &empty] };
    let root = object.roots().next().unwrap();
    let found = known.validate(("example.com/v1", "Backup"), root, Span::at(FileId(0), 0), false);
    found.into_iter().map(|one| one.message).collect()
}

fn wrong(schema: &str, spec: &str) -> Vec<String> {
    wrong_with(&catalog(&definition(schema)), spec)
}

const NOTHING: [&str; 0] = [];

#[test]
fn structure_is_closed_unless_it_says_otherwise() {
    let closed = "type: object\nproperties: {a: {type: string}, b: {type: object}}";
    assert_eq!(wrong(closed, "{a: x, c: 1}"), ["`c` is not a field of `spec` of Backup"]);
    assert_eq!(wrong(closed, "{b: {c: 1}}"), ["`c` is not a field of `b`"]);
    let open = format!("{closed}\nx-kubernetes-preserve-unknown-fields: true");
    assert_eq!(wrong(&open, "{c: 1, a: 1}"), ["`a` must be text, and `1` is a number; put it in quotes"]);
    let typed = "type: object\nadditionalProperties: {type: integer}";
    assert_eq!(wrong(typed, "{a: 1, b: x}"), ["`b` must be a whole number, not text"]);
    assert_eq!(wrong("{}", "{a: 1}"), NOTHING);
    let templated = "type: object\nproperties:\n  {{- include \"more\" . }}\n  a: {type: string}";
    assert_eq!(wrong(templated, "{c: 1}"), NOTHING);
    let hidden = "type: object\nrequired: {{ .Values.required }}\nproperties:\n  a: {{ .Values.a }}";
    assert_eq!(wrong(hidden, "{a: 1}"), NOTHING);
}

#[test]
fn limits_are_those_of_the_definition() {
    let schema = "type: object\nproperties:\n  n: {type: integer, minimum: 1, maximum: 5, multipleOf: 2}\n  \
        s: {type: string, pattern: '^[a-z]+$', maxLength: 3}\n  l: {type: array, minItems: 2, items: {type: boolean}}\n  \
        e: {enum: [a, 1, true]}\n  d: {type: string, format: date-time}\n  x: {x-kubernetes-int-or-string: true}";
    assert_eq!(wrong(schema, "{n: 4, s: abc, l: [true, false], e: 1, x: 5}"), NOTHING);
    assert_eq!(wrong(schema, "{n: 0}"), ["`0` is out of range: `n` is 1 to 5; the API server refuses it"]);
    assert_eq!(
        wrong(schema, "{n: 3}"),
        ["`3` is out of range: `n` is a multiple of 2; the API server refuses it"]
    );
    assert_eq!(wrong(schema, "{s: ABC}"), ["`s` must match `^[a-z]+$`"]);
    assert_eq!(wrong(schema, "{s: abcd}"), ["`s` must have at most 3 characters"]);
    assert_eq!(wrong(schema, "{l: [true]}"), ["`l` must have at least 2 items"]);
    assert_eq!(wrong(schema, "{e: zzz}"), ["`e` cannot be `zzz`; it is one of `a`, `1`, `true`"]);
    assert_eq!(wrong(schema, "{d: now}"), ["`now` is not a time such as `2026-01-31T12:00:00Z`"]);
    assert_eq!(
        wrong(schema, "{x: true}"),
        ["`x` must be a whole number or text, and `true` is a boolean; put it in quotes"]
    );
}

#[test]
fn alternatives_are_counted() {
    let schema = "type: object\nproperties: {a: {type: string}, b: {type: string}}\noneOf: [{required: [a]}, {required: [b]}]";
    assert_eq!(wrong(schema, "{a: x}"), NOTHING);
    assert_eq!(
        wrong(schema, "{a: x, b: x}"),
        ["`spec` fits 2 of the alternatives in its schema, and must fit one"]
    );
    assert_eq!(
        wrong(schema, "{}"),
        [
            "`spec` fits none of the alternatives in its schema; of the nearest, `a` is missing: `spec` needs it"
        ]
    );
    assert_eq!(wrong(schema, "{a: x, {{ .b }}: x}"), NOTHING);
    let not = "type: object\nproperties: {a: {type: string}}\nnot: {required: [a]}";
    assert_eq!(wrong(not, "{a: x}"), ["`spec` has a form that its schema rules out"]);
}

#[test]
fn conditions_are_run_on_what_is_right_otherwise() {
    let schema = "type: object\nrequired: [n]\nx-kubernetes-validations:\n- {rule: 'self.n < 3', message: n is too large}\n\
        - {rule: 'self.n != 2', messageExpression: '\"not \" + string(self.n)', fieldPath: .n}\n\
        - {rule: 'self.n >= oldSelf.n'}\n- {rule: 'self.nothing == 1'}\n- {rule: 'not CEL'}\nproperties:\n  n: {type: integer}";
    assert_eq!(wrong(schema, "{n: 1}"), NOTHING);
    assert_eq!(wrong(schema, "{n: 3}"), ["the definition of this kind refuses it: n is too large"]);
    assert_eq!(wrong(schema, "{n: 2}"), ["the definition of this kind refuses it: not 2"]);
    assert_eq!(wrong(schema, "{n: x}"), ["`n` must be a whole number, not text"]);
    assert_eq!(wrong(schema, "{n: {{ x }}}"), NOTHING);
    let filled = "type: object\nx-kubernetes-validations:\n- {rule: 'has(self.n)'}\nproperties:\n  n: {type: integer, default: 1}";
    assert_eq!(wrong(filled, "{}"), NOTHING);
    let items = "type: array\nitems: {type: object, properties: {n: {type: integer}}, x-kubernetes-validations: [{rule: self.n > 0}]}";
    assert_eq!(wrong(items, "[{n: 1}, {n: 0}]"), ["the definition of this kind asks for `self.n > 0`"]);
}

#[test]
fn old_definitions_have_one_schema_and_keep_what_they_do_not_know() {
    let text = "apiVersion: apiextensions.k8s.io/v1beta1\nkind: CustomResourceDefinition\nspec:\n  group: example.com\n  version: v1\n  \
        names: {kind: Backup}\n  validation:\n    openAPIV3Schema:\n      properties:\n        spec: {properties: {n: {type: integer}}}\n";
    let catalog = catalog(text);
    assert_eq!(wrong_with(&catalog, "{m: 1}"), NOTHING);
    assert_eq!(wrong_with(&catalog, "{n: x}"), ["`n` must be a whole number, not text"]);
}

#[test]
fn of_several_definitions_the_kindest_counts() {
    let (old, new) = (
        definition("{type: object, properties: {a: {}}}"),
        definition("{type: object, properties: {a: {}, b: {}}}"),
    );
    let both = catalog(&format!("{old}---\n{new}"));
    assert_eq!(wrong_with(&both, "{b: 1}"), NOTHING);
    assert_eq!(wrong_with(&both, "{c: 1}").len(), 1);
}

#[test]
fn names_of_files_tell_kinds() {
    let text = r##"{"type": "object", "definitions": {"n": {"type": "integer"}, "loop": {"properties": {"l": {"$ref": "#/definitions/loop"}}}},
        "properties": {"spec": {"type": "object", "additionalProperties": false,
        "properties": {"n": {"$ref": "#/definitions/n"}, "l": {"$ref": "#/definitions/loop"}, "far": {"$ref": "http://x/y"}}}}}"##;
    for path in ["example.com/backup_v1", "backup-example-v1"] {
        let tree = json::parse(FileId(0), text.into()).tree;
        let mut catalog = Catalog::default();
        catalog.extend(json_schema(&tree, path));
        assert_eq!(wrong_with(&catalog, "{n: 1, l: {l: {l: {}}}, far: x}"), NOTHING, "{path}");
        assert_eq!(wrong_with(&catalog, "{n: x, m: 1}").len(), 2, "{path}");
    }
    let tree = json::parse(FileId(0), "{\"a\": 1}".into()).tree;
    assert!(json_schema(&tree, "backup-v1").is_none());
}

#[test]
fn hostile_definitions_end() {
    let deep = format!("{}{{}}{}", "{properties: {a: ".repeat(120), "}}".repeat(120));
    assert_eq!(wrong(&deep, "{a: {a: 1}}"), NOTHING);
    let nested = format!("{}{{}}{}", "{anyOf: [{type: string}, {type: string}, ".repeat(40), "]}".repeat(40));
    wrong(&nested, "{a: 1}");
    let pattern = "type: object\nproperties: {s: {type: string, pattern: '((a{1000}){1000}){1000}'}}";
    assert_eq!(wrong(pattern, "{s: b}"), NOTHING);
    let list = "1, ".repeat(3_000);
    let slow = "type: array\nitems: {type: integer}\nx-kubernetes-validations: [{rule: 'self.all(a, self.all(b, self.all(c, a + b + c < 0 || true)))'}]";
    assert_eq!(wrong(slow, &format!("[{list}]")), NOTHING);
    for half in
        ["spec: {}", "spec: {group: a, names: {kind: B}, versions: 1}", "spec: [1]", "spec: {group: {{ x }}}"]
    {
        let text = format!("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n{half}\n");
        assert!(definitions(&tree(&text), true, &|_| true).is_empty(), "{half}");
    }
}
