//! What configs say, and what is wrong with them, with places.

use std::path::Path;

use super::super::services::{EDGE, LAYER, SERVICES};
use super::*;
use crate::rule::Severity;

fn read(text: &str) -> (Config, Vec<ConfigError>) {
    parse(FileId(0), text, Path::new("/repo/sub"), Path::new("/repo"))
}

/// Each error as its text, message and help.
fn errors(text: &str) -> Vec<(&str, String, String)> {
    let errors = read(text).1.into_iter();
    errors.map(|error| (&text[error.span.range()], error.message, error.help)).collect()
}

fn one(text: &str, at: &str, message: &str, help: &str) {
    assert_eq!(errors(text), [(at, message.to_string(), help.to_string())], "{text}");
}

#[test]
fn a_whole_config() {
    let (config, errors) = read(
        r#"
required-version = ">=0.1"
kubernetes-version = "1.33"
fail-on = "never"
extend = "../base.toml"
select = ["recommended"]
extend-select = ["hadolint:DL3008"]
ignore = ["mutable-image-tag"]
exclude = ["vendor/**"]
rules = ["policy/rules"]
[severity]
b = "error"
a = "off"
[limits]
file-size = "2MiB"
[[override]]
paths = ["charts/**"]
kinds = ["Job"]
names = ["*-migrate"]
ignore = ["x"]
severity = { y = "hint" }
reason = "they run once"
"#,
    );
    assert_eq!(errors, []);
    assert_eq!(config.kubernetes_version.map(|one| one.value.to_string()).as_deref(), Some("1.33"));
    assert_eq!(config.fail_on.map(|one| one.value), Some(FailOn::Never));
    assert_eq!(config.extends.map(|one| one.value), Some("/repo/base.toml".into()));
    assert_eq!(config.rules[0].value, Path::new("/repo/sub/policy/rules"));
    assert_eq!(config.file_size.map(|one| one.value), Some(2 << 20));
    let severity: Vec<_> =
        config.selections[0].severity.iter().map(|(name, level)| (name.value.as_str(), *level)).collect();
    assert_eq!(severity, [("b", Level::At(Severity::Error)), ("a", Level::Off)]);
    let exception = &config.overrides[0];
    assert!(exception.covers_path(Path::new("/repo/sub/charts/a/b.yaml")));
    assert!(!exception.covers_path(Path::new("/repo/charts/a/b.yaml")));
    assert!(exception.covers_object("Job", None, "db-migrate"));
    assert!(!exception.covers_object("CronJob", None, "db-migrate"));
    assert_eq!(exception.reason, "they run once");
}

#[test]
fn unknown_fields_have_a_near_name() {
    one("slect = []", "slect", "unknown field `slect`", "did you mean `select`?");
    one("[limits]\nsize = 1", "size", "unknown field `size`", "`[limits]` can have `file-size`");
    one(
        "[[override]]\npaths = ['a']\nnamespace = ['b']",
        "namespace",
        "unknown field `namespace`",
        "did you mean `namespaces`?",
    );
}

#[test]
fn wrong_types_and_values() {
    one(
        "select = 'ALL'",
        "'ALL'",
        "`select` must be a list of strings, this is a string",
        "write `select = [\"ALL\"]`",
    );
    one(
        "kubernetes-version = 1.33",
        "1.33",
        "`kubernetes-version` must be a string, this is a float",
        "put it in quotes: `\"1.33\"`",
    );
    one(
        "fail-on = 'fatal'",
        "'fatal'",
        "`fatal` is no value for `fail-on`",
        "`error`, `warning`, `info`, `hint` or `never`",
    );
    one("[severity]\na = 'eror'", "'eror'", "`eror` is no severity", "did you mean `error`?");
    one(
        "override = {}",
        "{}",
        "`override` must be a list of tables, this is a table",
        "write `[[override]]` and its fields below it",
    );
    one(
        "ignore = ['a', 3]",
        "3",
        "`ignore` must be a string, this is an integer",
        "put it in quotes: `\"3\"`",
    );
}

#[test]
fn limits_go_down_only() {
    one(
        "[limits]\nfile-size = '1GiB'",
        "'1GiB'",
        "a config can only lower this limit, which is 10 MiB",
        "`--max-file-size` on the command line can raise it",
    );
    one("[limits]\nfile-size = -1", "-1", "`-1` is no size", "a number of bytes, or a size such as `4MiB`");
    assert_eq!(read("[limits]\nfile-size = 4_096").0.file_size.map(|one| one.value), Some(4096));
}

#[test]
fn paths_stay_inside() {
    let help = "plimsoll reads nothing outside: give a path that is relative to this file and stays inside";
    for outside in ["../../etc", "/etc", "a/../../../b"] {
        let text = format!("rules = ['{outside}']");
        one(&text, &format!("'{outside}'"), &format!("`{outside}` is outside the repository"), help);
    }
}

#[test]
fn overrides_must_narrow() {
    one(
        "[[override]]\nignore = ['a']",
        "ignore",
        "this override is for everything",
        "add `paths`, `kinds`, `namespaces` or `names`, or move it to the top of the config",
    );
    one(
        "[[override]]\nkinds = []",
        "[]",
        "`kinds` is empty, so this override is for nothing",
        "name one, or leave it out",
    );
}

#[test]
fn a_broken_pattern_drops_the_override() {
    let text = "[[override]]\npaths = ['ok', '[z-a]']\nignore = ['x']";
    one(text, "'[z-a]'", "`[z-a]` is no pattern of paths: invalid range; 'z' > 'a'", "");
    assert!(read(text).0.overrides.is_empty());
}

#[test]
fn versions_that_are_not_allowed() {
    let text = "required-version = '<0.0.1'";
    let found = errors(text);
    assert_eq!(found[0].0, "'<0.0.1'");
    assert!(found[0].1.ends_with("which the config does not allow"), "{found:?}");
}

#[test]
fn broken_toml_is_told_and_the_rest_read() {
    let (config, errors) = read("ignore = ['a'\nselect = ]\nfail-on = 'error'");
    assert!(errors.iter().any(|error| error.message.starts_with("this is not TOML: ")), "{errors:?}");
    drop(config);
    let deep = format!("a = {}", "[".repeat(100_000));
    assert!(!read(&deep).1.is_empty());
}

#[test]
fn the_schema_has_every_field() {
    let schema = include_str!("../../schemas/plimsoll.schema.json");
    let section = |from: &str| {
        let start = schema.find(from).expect("the section");
        &schema[start..]
    };
    for (from, fields) in [
        ("\"properties\"", &TOP[..]),
        ("\"limits\": {", &LIMITS),
        ("\"override\": {", &OVERRIDE),
        ("\"services\": {", &SERVICES),
        ("\"layer\": {", &LAYER),
        ("\"edge\": {", &EDGE),
    ] {
        for field in fields {
            assert!(section(from).contains(&format!("\"{field}\": {{")), "{field} after {from}");
        }
    }
}
