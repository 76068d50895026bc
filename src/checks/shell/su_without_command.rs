//! `su user`, and then commands that are to be run by that user.

use crate::rule::Match;
use crate::syntax::shell::{Command, Script};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    for command in script.commands.iter().filter(|command| !command.place.last && starts_a_shell(command)) {
        if let Some(name) = command.program().first() {
            let message = "what follows is still run by the user before; give `su` the command with `-c`";
            out.push(Match::new(name.span, message));
        }
    }
}

/// Whether it is an `su` that is given no commands: no option but to log in, no operand but the user.
fn starts_a_shell(command: &Command) -> bool {
    let [name, rest @ ..] = command.program() else { return false };
    let fed = command.place.pipe.is_some() || command.redirects.iter().any(|redirect| redirect.input);
    let mut users = 0;
    let plain = rest.iter().all(|word| match word.literal() {
        Some("-" | "-l" | "--login") => true,
        Some(text) if text.starts_with('-') => false,
        _ => {
            users += 1;
            users == 1
        }
    });
    name.text == "su" && plain && !fed && !command.place.nested
}
