//! Values of annotations that their tool cannot read.

use super::super::File;
use super::known::{self, Expected};
use crate::model::setting::is_placeholder;
use crate::rule::Match;
use crate::syntax::tree::Kind;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    super::each(file, |_, entry| {
        let Some((tool, name)) = known::tool(entry.key.text()) else { return };
        let Some(expected) = tool.value_of(name) else { return };
        let text = entry.value.text();
        // Values that are no text at all are the schema's concern.
        if entry.value.kind() != Kind::String || is_placeholder(text) || takes(expected, text) {
            return;
        }
        let span = entry.value.short_span().unwrap_or_else(|| entry.key.span());
        let message = format!("{} cannot read `{text}`; it takes {}", tool.name, wanted(expected));
        out.push(Match::new(span, message));
    });
}

/// The spellings of a boolean that Go's `strconv.ParseBool` takes, which all these tools use.
const BOOLEANS: &[&str] = &["1", "t", "T", "true", "TRUE", "True", "0", "f", "F", "false", "FALSE", "False"];

fn takes(expected: Expected, text: &str) -> bool {
    match expected {
        Expected::Text => true,
        Expected::Boolean => BOOLEANS.contains(&text),
        Expected::Number => text.parse::<i64>().is_ok(),
        Expected::OneOf(words) => words.iter().any(|word| word.eq_ignore_ascii_case(text)),
    }
}

fn wanted(expected: Expected) -> String {
    match expected {
        Expected::Text => "any text".to_owned(),
        Expected::Boolean => "`true` or `false`".to_owned(),
        Expected::Number => "a whole number".to_owned(),
        Expected::OneOf(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            match words.split_last() {
                Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
                _ => words.concat(),
            }
        }
    }
}
