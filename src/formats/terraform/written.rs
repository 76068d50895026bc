//! Values as text: JSON, and numbers as Terraform writes them.

use std::fmt::Write as _;

use super::value::{Data, Value};

impl Value {
    /// As JSON, as `jsonencode` writes it; nothing where part of it is unknown.
    pub fn json(&self) -> Option<String> {
        let mut out = String::new();
        self.write_json(&mut out)?;
        Some(out)
    }

    fn write_json(&self, out: &mut String) -> Option<()> {
        match &self.data {
            Data::Unknown | Data::Error => return None,
            Data::Null => out.push_str("null"),
            Data::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Data::Number(value) => out.push_str(&number_text(*value)),
            Data::Text(text) => write_json_text(text, out),
            Data::List(_) => {
                out.push('[');
                for (at, item) in self.items()?.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { "," });
                    item.write_json(out)?;
                }
                out.push(']');
            }
            Data::Map(_) => {
                out.push('{');
                for (at, (key, entry)) in self.entries()?.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { "," });
                    write_json_text(key, out);
                    out.push(':');
                    entry.value.write_json(out)?;
                }
                out.push('}');
            }
        }
        Some(())
    }
}

/// A number as Terraform writes it.
pub(super) fn number_text(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e18 {
        return format!("{value:.0}");
    }
    // Terraform counts in more digits than a double has, so that the last one here would be noise.
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    rounded.to_string()
}

fn write_json_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
