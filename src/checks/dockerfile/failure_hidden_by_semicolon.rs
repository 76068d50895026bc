//! `a; b`: the build goes on when `a` fails.

use super::super::File;
use super::runs;
use crate::rule::Match;
use crate::syntax::shell::options::Opt;
use crate::syntax::shell::{Command, Script};

/// Commands whose failure is of no account, or that do not fail; `cd` has a rule of its own.
const HARMLESS: &[&str] = &[
    ":", "break", "cd", "continue", "echo", "exec", "exit", "export", "printf", "pushd", "popd", "return",
    "set", "shift", "shopt", "sleep", "trap", "true", "umask", "unset", "wait",
];

pub(super) fn check(file: &File<'_>, out: &mut Vec<Match>) {
    for (instruction, script) in runs(file).filter(|(_, script)| script.dialect.is_some()) {
        // A heredoc is a script, of which another rule speaks.
        let heredoc = instruction.args.first().is_some_and(|text| text.text.starts_with("<<"));
        if let (false, Some(command)) = (heredoc, first(script)) {
            let Some(name) = command.program().first() else { continue };
            let message = format!(
                "the build goes on when `{}` fails; join commands with `&&`, or start with `set -e`",
                name.base_name()
            );
            out.push(Match::new(name.span, message));
        }
    }
}

/// The first command whose failure nothing sees.
fn first(script: &Script) -> Option<&Command> {
    let end = script.errexit_from().unwrap_or(script.commands.len());
    script.commands.iter().take(end).filter(|_| script.complete).find(|command| {
        let place = command.place;
        let inner = place.nested || place.inside.is_some() || place.pipe.is_some();
        let seen = place.checked || place.last || place.negated;
        let known = command.words.first().is_some_and(|name| name.literal().is_some());
        !inner && !seen && known && !is_harmless(command)
    })
}

fn is_harmless(command: &Command) -> bool {
    let force = |option: &Opt<'_>| matches!(option.name, "f" | "force");
    HARMLESS.contains(&command.name())
        || (command.name() == "rm" && command.arguments().options.iter().any(force))
}
