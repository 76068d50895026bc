//! Both wget and curl in one stage, where one would do.

use super::super::File;
use super::runs;
use crate::rule::Match;
use crate::text::Span;

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    let mut stage = None;
    let mut first: Option<(&str, Span)> = None;
    let mut said = false;
    for (instruction, script) in runs(file) {
        if instruction.stage != stage {
            (stage, first, said) = (instruction.stage, None, false);
        }
        for command in &script.commands {
            let name = command.name();
            let Some(word) = command.program().first().filter(|_| ["wget", "curl"].contains(&name)) else {
                continue;
            };
            match first {
                None => first = Some((name, word.span)),
                Some((other, place)) if other != name && !said => {
                    said = true;
                    let message = format!(
                        "this stage uses `{other}` already; use one of the two, and install one less"
                    );
                    out.push(Match::new(word.span, message).related(place, "the other one"));
                }
                Some(_) => {}
            }
        }
    }
}
