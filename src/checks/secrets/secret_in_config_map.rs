//! Literal secrets in ConfigMaps: as a value, or in a line of a file that one holds.

use super::super::File;
use super::secret_in_env::{secret_word, verdict};
use crate::rule::Match;
use crate::syntax::tree::{Entry, Kind, Node};

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(tree) = file.tree else { return };
    let maps = file.facts.resources.iter();
    for map in maps.filter(|resource| resource.kind() == "ConfigMap" && resource.group().is_empty()) {
        let entries = tree.node(map.node).get("data").into_iter().flat_map(Node::own_entries);
        for Entry { key, value } in entries.filter(|entry| entry.value.kind() == Kind::String) {
            entry(key.text(), value, out);
        }
    }
}

fn entry(key: &str, value: Node<'_>, out: &mut Vec<Match>) {
    let text = value.text();
    let mut report = |from: usize, to: usize, what: &str, name: &str| {
        let message = format!("{what} is written out in `{name}` of a ConfigMap; keep it in a Secret");
        out.push(Match::new(value.sub_span(from, to), message));
    };
    let whole = text.trim_end();
    if !whole.contains('\n')
        && let Some(what) = verdict(key, whole)
    {
        return report(0, whole.len(), &what, key);
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let found = if is_private_key(line) {
            Some((0, line.trim_end().len(), "a private key".to_owned(), key))
        } else {
            Syntax::of(key).and_then(|syntax| in_line(line, syntax))
        };
        if let Some((from, to, what, name)) = found {
            report(at + from, at + to, &what, name);
        }
        at += line.len();
    }
}

fn is_private_key(line: &str) -> bool {
    line.trim_start().starts_with("-----BEGIN ") && line.contains("PRIVATE KEY-----")
}

/// How the lines of a file say what is set to what.
#[derive(Clone, Copy, PartialEq)]
enum Syntax {
    /// `NAME=value`
    Environment,
    /// `name = value`
    Properties,
    /// `name: value`
    Mapping,
}

/// Files whose lines compute their values.
const CODE: &[&str] = &[
    "conf",
    "go",
    "groovy",
    "hcl",
    "html",
    "java",
    "js",
    "jsonnet",
    "libsonnet",
    "lua",
    "md",
    "php",
    "pl",
    "py",
    "rb",
    "rego",
    "rules",
    "sql",
    "tf",
    "tmpl",
    "tpl",
    "ts",
    "txt",
    "xml",
];

impl Syntax {
    /// By the name of the file.
    fn of(key: &str) -> Option<Syntax> {
        let extension = key.rsplit_once('.').map_or("", |(_, extension)| extension);
        match extension {
            "yaml" | "yml" | "json" => Some(Syntax::Mapping),
            "properties" | "ini" | "cfg" | "cnf" | "toml" => Some(Syntax::Properties),
            code if CODE.contains(&code) => None,
            _ => Some(Syntax::Environment),
        }
    }
}

/// The secret that a line sets: where its value begins and ends, what it is, and the name it is set to.
fn in_line(line: &str, syntax: Syntax) -> Option<(usize, usize, String, &str)> {
    let sign = if syntax == Syntax::Mapping { ':' } else { '=' };
    let (name, value) = line.trim_end().split_once(sign)?;
    let name = name.trim_start().trim_start_matches("- ").trim_start_matches("export ");
    let spaced = name.ends_with(' ') || value.starts_with(' ');
    if syntax == Syntax::Environment && spaced || syntax == Syntax::Mapping && !value.starts_with(' ') {
        return None;
    }
    let name = name.trim().trim_matches('"');
    let plain =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte));
    let value = value.trim().trim_end_matches(',').trim_matches(['"', '\'']);
    let computed = value.contains(['(', ')', ' ', '\t', '{', '}', '[', ']', '<', '>', '$', '"', '\'', '`'])
        || value.starts_with(['&', '*', '|', '>', '!', '#', '%']);
    if !plain || computed {
        return None;
    }
    // What is called a secret in a file of settings is mostly the name of one.
    let named =
        syntax == Syntax::Environment || matches!(secret_word(name), Some("password" | "passphrase" | "key"));
    let what = verdict(name, value).filter(|_| named)?;
    let from = line.rfind(value)?;
    Some((from, from + value.len(), what, name))
}
