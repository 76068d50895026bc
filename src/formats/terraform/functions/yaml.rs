//! YAML: read as Terraform reads it, and written as it writes it.

use std::sync::Arc;

use super::encoding::{MAX_DEPTH, MOST_NODES, of_node};
use super::given;
use crate::formats::terraform::value::{Data, Value};
use crate::syntax::tree::Schema;
use crate::syntax::yaml;
use crate::text::FileId;

/// A function that decodes.
pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Value> {
    match (name, arguments) {
        ("yamldecode", [value]) => Some(given(value.as_text().and_then(|text| decode(&text)))),
        _ => None,
    }
}

fn decode(text: &str) -> Option<Value> {
    let parsed = yaml::parse(FileId(0), text.into(), Schema::Kubernetes);
    let mut roots = parsed.tree.roots();
    let root = roots.next().filter(|_| parsed.errors.is_empty())?;
    // Merged keys are not written out in the tree.
    let value = if text.contains("<<") {
        Some(Value::unknown())
    } else {
        of_node(root, MAX_DEPTH, &mut MOST_NODES.clone())
    };
    value.filter(|_| roots.next().is_none())
}

/// The text that says a value. What it says is known as far as the value is.
pub(super) fn to_yaml(value: &Value) -> Value {
    let mut text = String::new();
    let lines = lines(value, MAX_DEPTH);
    for line in lines.iter().flatten() {
        text.push_str(line);
        text.push('\n');
    }
    let text = if lines.is_some() { Value::text(text) } else { Value::unknown() };
    Value { says: Some(Arc::new(value.clone())), ..text }
}

/// The lines of a value; nothing where it is not known, or would be written in a way that is not known here.
fn lines(value: &Value, depth: usize) -> Option<Vec<String>> {
    let depth = depth.checked_sub(1)?;
    let mut out = Vec::new();
    match &value.data {
        Data::Map(_) => {
            for (key, entry) in value.entries()? {
                let key = quoted(key)?;
                let of = lines(&entry.value, depth)?;
                match &entry.value.data {
                    Data::Map(map) if !map.entries.is_empty() => {
                        out.push(format!("{key}:"));
                        out.extend(of.iter().map(|line| format!("  {line}")));
                    }
                    Data::List(list) if !list.items.is_empty() => {
                        out.push(format!("{key}:"));
                        out.extend(of);
                    }
                    _ => out.extend(of.first().map(|text| format!("{key}: {text}"))),
                }
            }
            if out.is_empty() {
                out.push("{}".to_owned());
            }
        }
        Data::List(_) => {
            for item in value.items()? {
                let of = lines(item, depth)?;
                out.extend(of.iter().enumerate().map(|(at, line)| {
                    let start = if at == 0 { "- " } else { "  " };
                    format!("{start}{line}")
                }));
            }
            if out.is_empty() {
                out.push("[]".to_owned());
            }
        }
        Data::Text(text) => out.push(quoted(text)?),
        _ => out.push(value.json()?),
    }
    Some(out)
}

/// Text in quotes, unless that is not how it would be written.
fn quoted(text: &str) -> Option<String> {
    let plain = !text.contains(['<', '>', '&']) && !text.contains(|c: char| c.is_control() || !c.is_ascii());
    plain.then(|| Value::text(text).json()).flatten()
}
