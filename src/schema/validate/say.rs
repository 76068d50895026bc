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

/// `text` is how the number is written.
pub(super) fn out_of_range(text: &str, number: f64, field: &str, range: Range) -> Option<String> {
    let Range { least, most, above, below, multiple } = range;
    let low = least.is_some_and(|least| number < least || above && number <= least);
    let high = most.is_some_and(|most| number > most || below && number >= most);
    if low || high {
        let bounds = match (least, most) {
            // The way file modes are written; everybody means octal.
            (_, Some(511.0)) => "0 to 0777, and modes are written with a leading 0".to_owned(),
            (Some(least), Some(most)) if !above && !below => format!("{least} to {most}"),
            (Some(least), None) if !above => format!("{least} or more"),
            (None, Some(most)) if !below => format!("{most} or less"),
            (Some(least), None) => format!("more than {least}"),
            (None, Some(most)) => format!("less than {most}"),
            (least, most) => {
                format!("between {} and {}", least.unwrap_or_default(), most.unwrap_or_default())
            }
        };
        return Some(format!("`{text}` is out of range: `{field}` is {bounds}; the API server refuses it"));
    }
    let multiple = multiple.filter(|multiple| *multiple > 0.0 && number % multiple != 0.0)?;
    Some(format!(
        "`{text}` is out of range: `{field}` is a multiple of {multiple}; the API server refuses it"
    ))
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
