//! A comment above a stage or an argument that describes something of another name.

use super::super::File;
use crate::rule::Match;
use crate::syntax::dockerfile::{DirectiveName, Dockerfile, Kind, Word};
use crate::text::Span;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let Some(dockerfile) = file.dockerfile else { return };
    // Without it, comments are not descriptions to anybody.
    if !asks_for_it(dockerfile) {
        return;
    }
    for (at, instruction) in dockerfile.instructions.iter().enumerate() {
        let names: Vec<&Word> = match instruction.kind {
            Kind::From => instruction.words().iter().skip(2).take(1).collect(),
            Kind::Arg => instruction.pairs().iter().map(|pair| &pair.key).collect(),
            _ => continue,
        };
        let Some(comment) = dockerfile.comments_above(at).last() else { continue };
        let [first, ..] = names.as_slice() else { continue };
        if let (Some(text), true) =
            (file.text.get(comment.range()), touches(file.text, *comment, instruction.keyword))
        {
            let word = text.trim_start_matches('#').split_whitespace().next().unwrap_or_default();
            if names.len() > 1 || word != first.as_str() {
                let message = format!(
                    "the comment above `{}` describes something else; start it with that name",
                    first.as_str()
                );
                out.push(Match::new(first.span, message).related(*comment, "the comment"));
            }
        }
    }
}

/// Whether a `check` directive switches BuildKit's check of descriptions on.
fn asks_for_it(dockerfile: &Dockerfile) -> bool {
    dockerfile.directives.iter().filter(|directive| directive.name == DirectiveName::Check).any(|directive| {
        directive.settings().iter().any(|setting| {
            setting.key.as_str() == "experimental"
                && setting
                    .values
                    .iter()
                    .any(|value| ["all", "InvalidDefinitionDescription"].contains(&value.as_str()))
        })
    })
}

/// Whether the keyword is on the line below the comment.
fn touches(text: &str, comment: Span, keyword: Span) -> bool {
    let between = text.get(comment.end as usize..keyword.start as usize).unwrap_or_default();
    between.bytes().filter(|byte| *byte == b'\n').count() == 1
}
