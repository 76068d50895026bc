//! MAINTAINER, which a label has replaced.

use super::super::File;
use super::of_kind;
use crate::model::instruction::Instruction;
use crate::model::stage::Base;
use crate::rule::{Applicability, Fix, Match};
use crate::syntax::dockerfile::Kind;
use crate::text::Edit;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    for instruction in of_kind(file, Kind::Maintainer) {
        let found = if is_lost(file, instruction) {
            let message = "`MAINTAINER` is deprecated and has no effect on the final image; remove it";
            Match { fix: Some(removal(instruction)), ..Match::new(instruction.anchor, message) }
        } else {
            let message = "`MAINTAINER` is deprecated; use the label `org.opencontainers.image.authors`";
            Match { fix: fix(instruction), ..Match::new(instruction.anchor, message) }
        };
        out.push(found);
    }
}

/// Whether it stands in a stage that does not ship, and that nothing is built upon.
fn is_lost(file: &File<'_>, instruction: &Instruction) -> bool {
    let stages = &file.facts.stages;
    let Some(stage) = instruction.stage.and_then(|stage| stages.get(stage)) else { return false };
    let upon = |base: Base| base == Base::Stage(stage.index) || base == Base::Unknown;
    // Of an ONBUILD the keyword would stay.
    !instruction.onbuild && !stage.ships && !stages.iter().any(|other| upon(other.base))
}

/// Takes it out; the empty line that stays means nothing.
fn removal(instruction: &Instruction) -> Fix {
    let edits = vec![Edit { span: instruction.whole, text: String::new() }];
    Fix { applicability: Applicability::Safe, edits }
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
