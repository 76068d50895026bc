//! Messages about values that are of the right type and yet wrong.

use crate::rule::nearest::nearest;
use crate::schema::types::{Bounds, Constant, Range};

/// As many values are told of.
const MAX_TOLD: usize = 8;

pub(super) fn not_among(name: &str, text: &str, values: &[Constant]) -> String {
    let words: Vec<String> = values
        .iter()
        .filter_map(|value| match value {
            Constant::Text(text) => Some(text.to_string()),
            Constant::Number(number) => Some(number.to_string()),
            Constant::Bool(bool) => Some(bool.to_string()),
            Constant::Null | Constant::Other => None,
        })
        .filter(|word| !word.is_empty())
        .collect();
    if let Some(near) = nearest(text, words.iter().map(String::as_str)) {
        return format!("{name} cannot be `{text}`, did you mean `{near}`?");
    }
    let told: Vec<String> = words.iter().take(MAX_TOLD).map(|word| format!("`{word}`")).collect();
    let more = if words.len() > MAX_TOLD { " …" } else { "" };
    match told.as_slice() {
        [only] => format!("{name} must be {only}"),
        _ => format!("{name} cannot be `{text}`; it is one of {}{more}", told.join(", ")),
    }
}

pub(super) fn out_of_range(name: impl Fn() -> String, number: f64, range: Range) -> Option<String> {
    let least = range.least.filter(|least| number < *least || range.above && number <= *least);
    let most = range.most.filter(|most| number > *most || range.below && number >= *most);
    let above = if range.above { "above" } else { "at least" };
    let below = if range.below { "below" } else { "at most" };
    match (least, most) {
        (Some(least), _) => Some(format!("{} must be {above} {least}", name())),
        // The way file modes are written; everybody means octal.
        (_, Some(511.0)) => {
            Some(format!("{} must be at most `0777`; write modes with a leading `0`", name()))
        }
        (_, Some(most)) => Some(format!("{} must be {below} {most}", name())),
        _ => {
            let multiple = range.multiple.filter(|multiple| *multiple > 0.0 && number % multiple != 0.0)?;
            Some(format!("{} must be a multiple of {multiple}", name()))
        }
    }
}

pub(super) fn count(name: &str, bounds: Bounds, what: &str) -> String {
    let many = |count: u64| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    match (bounds.least, bounds.most) {
        (Some(least), Some(most)) if least == most => format!("{name} must have exactly {}", many(least)),
        (Some(least), Some(most)) => format!("{name} must have {least} to {}", many(most)),
        (Some(least), None) => format!("{name} must have at least {}", many(least)),
        (None, most) => format!("{name} must have at most {}", many(most.unwrap_or_default())),
    }
}
