//! Schemas from folders that the config names.

use crate::scratch::Folder;

const CONFIG: &str = "schemas = [\"known\"]\nselect = [\"schema\", \"meta\"]\n";
const OBJECT: &str = "apiVersion: example.com/v1\nkind: Backup\nmetadata: {name: a}\nspec: {schedul: x}\n";
const SCHEMA: &str = r#"{"type": "object", "properties": {"spec": {"type": "object", "additionalProperties": false,
    "properties": {"schedule": {"type": "string"}}}}}"#;

fn rules(files: &[(&str, &str)]) -> (i32, Vec<String>) {
    let folder = Folder::with(files);
    let run = folder.check(&["app.yaml"]);
    (run.code, run.rules(|_| true).into_iter().map(str::to_owned).collect())
}

#[test]
fn files_are_found_by_their_names() {
    for name in ["known/example.com/backup_v1.json", "known/backup-example-v1.json"] {
        let found = rules(&[("plimsoll.toml", CONFIG), ("app.yaml", OBJECT), (name, SCHEMA)]);
        assert_eq!(found, (1, vec!["unknown-field".to_owned()]), "{name}");
    }
    let other = [("plimsoll.toml", CONFIG), ("app.yaml", OBJECT), ("known/example.com/restore_v1.json", "{")];
    assert_eq!(rules(&other), (0, vec!["no-schema".to_owned()]), "a kind that nobody uses is not read");
}

#[test]
fn definitions_are_read_as_well() {
    let definition = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  group: example.com\n  \
        names: {kind: Backup}\n  versions: [{name: v1, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object}}}}}]\n";
    let found = rules(&[("plimsoll.toml", CONFIG), ("app.yaml", OBJECT), ("known/backup.yaml", definition)]);
    assert_eq!(found, (1, vec!["unknown-field".to_owned()]));
}

#[test]
fn what_cannot_be_read_is_told() {
    let found =
        rules(&[("plimsoll.toml", CONFIG), ("app.yaml", OBJECT), ("known/backup-example-v1.json", "{")]);
    assert_eq!(found, (3, vec!["no-schema".to_owned(), "unreadable-input".to_owned()]));
    let folder = Folder::with(&[("plimsoll.toml", CONFIG), ("app.yaml", OBJECT)]);
    let output = crate::binary::run(&folder.0, &["check", "app.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("there is no such folder of schemas"), "{told}");
}
