//! `export x=$(…)`, which succeeds whatever the command does.

use super::output::{Output, is_placeholder};
use super::split::is_argument;
use crate::rule::Match;
use crate::syntax::shell::{PartKind, Script};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let output = Output::of(script);
    for assigned in script.assigned.iter().filter(|one| is_argument(script, one)) {
        let parts = assigned.word.iter().flat_map(|word| &word.parts);
        let mut commands = parts.filter(|part| {
            let runs = matches!(part.kind, PartKind::Command { .. });
            runs && !matches!(output.commands(part), [only] if is_placeholder(only))
        });
        let declaration = assigned.command.and_then(|number| script.commands.get(number)?.words.first());
        let Some((_, declaration)) = commands.next().zip(declaration) else { continue };
        let name = &assigned.name;
        let message = format!(
            "`{word}` succeeds even if the command for `{name}` fails; assign first, then `{word} {name}`",
            word = declaration.text
        );
        out.push(Match::new(assigned.span.slice(0, name.len()), message));
    }
}
