//! Messages with expressions in braces: `{image.tag}` stands for its value, `{{` and `}}` for braces.
//!
//! Compiles and fills templates; does not say where a message goes.

use std::borrow::Cow;
use std::ops::Range;

use crate::model::Value;

use super::cel::Program;
use super::expression::evaluate;

/// Longest text that one expression may add to a message, in characters: inputs do not get to flood a report.
const LONGEST_VALUE: usize = 120;
/// Most items of a list that a message names.
const MOST_ITEMS: usize = 8;

/// A compiled message.
#[derive(Debug)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Text(String),
    Value(Program, Range<usize>),
}

/// Why a template does not compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// The wrong bytes of the template.
    pub range: Range<usize>,
    /// What is wrong with them.
    pub message: String,
}

impl Template {
    /// Compiles `text`.
    pub fn compile(text: &str) -> Result<Template, TemplateError> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut at = 0;
        while let Some(found) = text[at..].find(['{', '}']).map(|offset| at + offset) {
            literal.push_str(&text[at..found]);
            let brace = &text[found..=found];
            if text[found + 1..].starts_with(brace) {
                literal.push_str(brace);
                at = found + 2;
            } else if brace == "}" {
                return Err(error(found..found + 1, "`}` closes nothing; write `}}` for a brace"));
            } else {
                let end = closing(text, found + 1)
                    .ok_or_else(|| error(found..text.len(), "`{` is not closed; write `{{` for a brace"))?;
                parts.push(Part::Text(std::mem::take(&mut literal)));
                parts.push(Part::Value(program(text, found + 1..end)?, found + 1..end));
                at = end + 1;
            }
        }
        literal.push_str(&text[at..]);
        parts.push(Part::Text(literal));
        Ok(Template { parts })
    }

    /// The message. What cannot be known or computed reads `…`: a finding is not lost for want of a word.
    pub fn fill(&self, variables: &[(&'static str, Value<'_>)]) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Value(program, _) => match evaluate(program, variables) {
                    Some(value) => push(&mut out, &value),
                    None => out.push('…'),
                },
            }
        }
        out
    }

    /// The expressions, each with its bytes in the template.
    pub fn programs(&self) -> impl Iterator<Item = (&Program, Range<usize>)> {
        self.parts.iter().filter_map(|part| match part {
            Part::Value(program, range) => Some((program, range.clone())),
            Part::Text(_) => None,
        })
    }
}

fn program(text: &str, range: Range<usize>) -> Result<Program, TemplateError> {
    Program::compile(&text[range.clone()]).map_err(|wrong| {
        let inner = wrong.range;
        let start = (range.start + inner.start).min(range.end);
        TemplateError {
            range: start..(range.start + inner.end).clamp(start, range.end),
            message: wrong.message,
        }
    })
}

fn error(range: Range<usize>, message: &str) -> TemplateError {
    TemplateError { range, message: message.to_owned() }
}

/// Offset of the brace that closes the one before `from`; braces in string literals do not count.
fn closing(text: &str, from: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut escaped = false;
    for (offset, byte) in text.bytes().enumerate().skip(from) {
        match (quote, byte) {
            _ if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(open), _) if open == byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'{') => depth += 1,
            (None, b'}') if depth == 0 => return Some(offset),
            (None, b'}') => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Appends a value as a person would write it, cut to a bearable length.
fn push(out: &mut String, value: &Value<'_>) {
    let text = words(value);
    match text.char_indices().nth(LONGEST_VALUE) {
        Some((cut, _)) => {
            out.push_str(&text[..cut]);
            out.push('…');
        }
        None => out.push_str(&text),
    }
}

fn words<'a>(value: &'a Value<'_>) -> Cow<'a, str> {
    match value {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string().into(),
        Value::Int(value) => value.to_string().into(),
        Value::Uint(value) => value.to_string().into(),
        Value::Double(value) => value.to_string().into(),
        Value::String(text) => text.as_ref().into(),
        Value::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned().into(),
        Value::Node(node) if node.items().len() > 0 => {
            let shown: Vec<String> =
                node.items().take(MOST_ITEMS).map(|item| item.text().to_owned()).collect();
            joined(&shown, node.items().len())
        }
        Value::Node(node) => node.text().into(),
        Value::List(items) => {
            // Lists in lists are rare enough in a message to be left out.
            let flat = |item: &Value<'_>| match item {
                Value::List(_) => "…".to_owned(),
                other => words(other).into_owned(),
            };
            let shown: Vec<String> = items.iter().take(MOST_ITEMS).map(flat).collect();
            joined(&shown, items.len())
        }
        Value::Map(_) | Value::Record(_) | Value::Made(_) | Value::Special(_) | Value::Unknown(_) => {
            "…".into()
        }
    }
}

fn joined(shown: &[String], all: usize) -> Cow<'static, str> {
    let more = if shown.len() < all { ", …" } else { "" };
    format!("{}{more}", shown.join(", ")).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_stand_for_their_values() {
        let template = Template::compile("`{name + \"}\"}` of {{{count}}}, {items}").unwrap();
        let variables = [
            ("name", Value::text("web")),
            ("count", Value::Int(3)),
            ("items", Value::list([Value::text("a"), Value::Bool(true)])),
        ];
        assert_eq!(template.fill(&variables), "`web}` of {3}, a, true");
    }

    #[test]
    fn long_values_are_cut_and_unknown_ones_leave_a_mark() {
        let template = Template::compile("{name}{gone}").unwrap();
        let long = "ä".repeat(500);
        let filled = template.fill(&[("name", Value::text(&long))]);
        assert_eq!(filled, format!("{}……", "ä".repeat(LONGEST_VALUE)));
    }

    #[test]
    fn errors_point_at_the_bytes() {
        let range = |text: &str| Template::compile(text).unwrap_err().range;
        assert_eq!(range("a } b"), 2..3);
        assert_eq!(range("a {b"), 2..4);
        assert_eq!(range("a {b +} c").start, 6);
    }
}
