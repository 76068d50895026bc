//! A RUN that changes its folder where WORKDIR could.

use super::super::File;
use super::of_kind;
use crate::rule::Match;
use crate::syntax::dockerfile::Kind;
use crate::syntax::shell::{Command, Script, Word};

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    for instruction in of_kind(file, Kind::Run) {
        let Some(script) = &instruction.script else { continue };
        let moves = script.commands.iter().find_map(|command| {
            let target = target(command).filter(|target| can_be_workdir(script, command, target))?;
            Some((command.words.first()?.span.to(target.span), target))
        });
        if let Some((span, target)) = moves {
            let what = match target.literal() {
                Some(folder) => {
                    format!("`cd` lasts until the end of this `RUN`; set `WORKDIR {folder}` before it")
                }
                None => "`cd` lasts until the end of this `RUN`; set `WORKDIR` before it".to_owned(),
            };
            out.push(Match::new(span, what));
        }
    }
}

/// The folder that `cd` goes to.
fn target(command: &Command) -> Option<&Word> {
    let (name, rest) = command.words.split_first()?;
    (name.text == "cd").then_some(())?;
    rest.iter().find(|word| !word.text.starts_with('-'))
}

/// Whether the move is for all that follows, to a place that is known before the shell runs.
fn can_be_workdir(script: &Script, command: &Command, target: &Word) -> bool {
    let computed = target.substituted() || target.variables().any(|name| script.assigns(name));
    !(command.place.subshell || command.place.conditional || computed)
}
