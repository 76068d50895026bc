//! Items of an array that are split.

use super::output::Output;
use super::split::{bare, unquoted};
use super::values::Values;
use crate::rule::Match;
use crate::syntax::shell::{ConstructKind, PartKind, Script};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let values = Values::of(script);
    let output = Output::of(script);
    let arrays = script.constructs.iter().filter(|one| one.kind == ConstructKind::Array);
    for part in arrays.flat_map(|array| &array.words).flat_map(bare) {
        match &part.kind {
            PartKind::Variable(variable) if !values.value(variable).is_a_word() => {
                let message = format!(
                    "`${}` becomes as many items as it has words; put it in double quotes",
                    variable.name
                );
                out.push(unquoted(script, part.span, message));
            }
            PartKind::Command { .. } if !output.is_a_word(part) => {
                let message = "what the command prints is split at blanks and matched with file names; read its \
                               lines with `mapfile -t`";
                out.push(Match::new(part.span, message));
            }
            _ => {}
        }
    }
}
