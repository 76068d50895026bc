//! Ways to write an instruction that are deprecated.

use super::super::File;
use crate::rule::{Applicability, Fix, Match};
use crate::syntax::dockerfile::{Kind, Pair};
use crate::text::Edit;

/// Empty lines between a continuation and what it continues.
pub(super) fn empty_lines(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(dockerfile) = file.dockerfile else { return };
    for instruction in &dockerfile.instructions {
        let Some((first, rest)) = instruction.blank_lines.split_first() else { continue };
        let message = "an empty line inside an instruction is deprecated, and will end it; delete the line";
        let mut found = Match::new(*first, message);
        if let Some(last) = rest.last() {
            found = found.related(*last, "and up to here");
        }
        out.push(found.related(instruction.keyword, "the instruction"));
    }
}

/// `ENV name value` and `LABEL name value`.
pub(super) fn legacy(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(dockerfile) = file.dockerfile else { return };
    for outer in &dockerfile.instructions {
        let instruction = if outer.kind == Kind::Onbuild { outer.inner().unwrap_or(outer) } else { outer };
        for pair in instruction.pairs().iter().filter(|pair| pair.legacy && pair.value.is_some()) {
            let name = instruction.kind.name();
            let key = pair.key.as_str();
            let message = format!("`{name} {key} value` is deprecated; write `{name} {key}=value`");
            out.push(Match { fix: fix(pair), ..Match::new(pair.key.span, message) });
        }
    }
}

/// The same with `=`, in quotes where the value has blanks; none where quotes or lines need a second thought.
fn fix(pair: &Pair) -> Option<Fix> {
    let value = pair.value.as_ref()?;
    let text = value.as_str();
    let one_line = value.span.len() == text.len();
    let quoted = text.contains(['"', '\'', '\\', '`']);
    let blank = text.contains(char::is_whitespace);
    if !one_line || (quoted && blank) {
        return None;
    }
    let shown = if blank { format!("\"{text}\"") } else { text.to_owned() };
    let text = format!("{}={shown}", pair.key.as_str());
    let edits = vec![Edit { span: pair.key.span.to(value.span), text }];
    Some(Fix { applicability: Applicability::Safe, edits })
}
