//! MAINTAINER, which a label has replaced.

use super::super::File;
use super::of_kind;
use crate::model::instruction::Instruction;
use crate::rule::{Applicability, Fix, Match};
use crate::syntax::dockerfile::Kind;
use crate::text::Edit;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    for instruction in of_kind(file, Kind::Maintainer) {
        let message = "`MAINTAINER` is deprecated; use the label `org.opencontainers.image.authors`";
        out.push(Match { fix: fix(instruction), ..Match::new(instruction.anchor, message) });
    }
}

/// The label in its place, where the text needs no second thought about quotes.
fn fix(instruction: &Instruction) -> Option<Fix> {
    let [words] = instruction.args.as_slice() else { return None };
    let text = words.text.trim();
    let bare =
        ['"', '\''].iter().find_map(|&quote| text.strip_prefix(quote)?.strip_suffix(quote)).unwrap_or(text);
    let plain = words.span.len() == words.text.len() && !bare.contains(['"', '\'', '\\', '`', '$']);
    plain.then(|| Fix {
        applicability: Applicability::Safe,
        edits: vec![Edit {
            span: instruction.anchor.to(words.span),
            text: format!("LABEL org.opencontainers.image.authors=\"{bare}\""),
        }],
    })
}
