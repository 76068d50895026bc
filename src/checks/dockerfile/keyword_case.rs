//! Keywords in another case than those around them.

use super::super::File;
use crate::rule::{Applicability, Fix, Match};
use crate::syntax::dockerfile::Kind;
use crate::text::{Edit, Span};

pub(super) fn of_instructions(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(dockerfile) = file.dockerfile else { return };
    let known = || dockerfile.instructions.iter().filter(|instruction| instruction.kind != Kind::Unknown);
    let text = |span: Span| file.text.get(span.range()).unwrap_or_default();
    let lower = known().filter(|instruction| is_lower(text(instruction.keyword))).count();
    let upper = known().filter(|instruction| is_upper(text(instruction.keyword))).count();
    let to_lower = lower > upper;
    for instruction in known() {
        let keyword = text(instruction.keyword);
        let wanted = if to_lower { keyword.to_ascii_lowercase() } else { keyword.to_ascii_uppercase() };
        if wanted != keyword {
            let message = format!("most keywords here are in {}; write `{wanted}`", case(to_lower));
            out.push(replaced(instruction.keyword, wanted, message));
        }
    }
}

pub(super) fn of_as(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(dockerfile) = file.dockerfile else { return };
    for stage in &dockerfile.stages {
        let from = &dockerfile.instructions[stage.from];
        let keyword = file.text.get(from.keyword.range()).unwrap_or_default();
        let Some(as_word) = from.words().get(1).filter(|word| word.as_str().eq_ignore_ascii_case("as"))
        else {
            continue;
        };
        let wanted = match keyword {
            _ if is_upper(keyword) => "AS",
            _ if is_lower(keyword) => "as",
            _ => continue,
        };
        if as_word.as_str() != wanted {
            let message =
                format!("`{keyword}` and `{}` are in different cases; write `{wanted}`", as_word.as_str());
            out.push(replaced(as_word.span, wanted.to_owned(), message));
        }
    }
}

fn replaced(span: Span, text: String, message: String) -> Match {
    let fix = Fix { applicability: Applicability::Safe, edits: vec![Edit { span, text }] };
    Match { fix: Some(fix), ..Match::new(span, message) }
}

fn case(lower: bool) -> &'static str {
    if lower { "lower case" } else { "capitals" }
}

fn is_lower(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn is_upper(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_uppercase())
}
