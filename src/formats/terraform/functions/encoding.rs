//! JSON, base64, URLs.

use std::fmt::Write as _;
use std::sync::Arc;

use super::given;
use crate::formats::terraform::value::{Data, Value};
use crate::syntax::json;
use crate::syntax::tree::{Kind, Node};
use crate::text::FileId;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// How deep JSON is followed.
pub(super) const MAX_DEPTH: usize = 64;
/// Nodes of a decoded value.
pub(super) const MOST_NODES: usize = 50_000;

/// A function that encodes or decodes.
pub(super) fn call(name: &str, arguments: &[Value]) -> Option<Value> {
    let [value] = arguments else { return None };
    Some(match name {
        "jsondecode" => given(value.as_text().and_then(|text| decode_json(&text))),
        "base64encode" => given(value.as_text().map(|text| Value::text(to_base64(text.as_bytes())))),
        "base64decode" => given(value.as_text().and_then(|text| from_base64(&text)).map(Value::text)),
        "urlencode" => given(value.as_text().map(|text| Value::text(url(&text)))),
        _ => return None,
    })
}

/// The text that says a value. What it says is known as far as the value is.
pub(super) fn to_json(value: &Value) -> Value {
    let text = value.json().map_or_else(Value::unknown, Value::text);
    Value { says: Some(Arc::new(value.clone())), ..text }
}

fn decode_json(text: &str) -> Option<Value> {
    let parsed = json::parse(FileId(0), text.into());
    let root = parsed.tree.roots().next().filter(|_| parsed.errors.is_empty())?;
    of_node(root, MAX_DEPTH, &mut MOST_NODES.clone())
}

/// A node as a value, of at most `left` nodes: those of YAML may stand in many places.
pub(super) fn of_node(node: Node<'_>, depth: usize, left: &mut usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    *left = left.checked_sub(1)?;
    Some(match node.kind() {
        Kind::Null => Value::new(Data::Null),
        Kind::Bool => Value::bool(node.as_bool()?),
        Kind::Int | Kind::Float => Value::number(node.as_f64()?),
        Kind::String => Value::text(node.text()),
        Kind::Sequence => {
            let mut items = Vec::new();
            for item in node.items() {
                items.push(of_node(item, depth, left)?);
            }
            Value::list(items)
        }
        Kind::Mapping => {
            let mut entries = Vec::new();
            for entry in node.own_entries() {
                entries.push((entry.key.text().to_owned(), of_node(entry.value, depth, left)?));
            }
            Value::map(entries)
        }
        Kind::Unknown => return None,
    })
}

fn to_base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let letter = BASE64[(bits >> (18 - 6 * at)) as usize & 63];
            out.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

fn from_base64(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let value = BASE64.iter().position(|letter| *letter == byte)? as u32;
        bits = bits << 6 | value;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    String::from_utf8(bytes).ok()
}

fn url(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            b' ' => out.push('+'),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}
