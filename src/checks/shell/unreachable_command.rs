//! Commands behind `exit` or `exec`.

use crate::rule::Match;
use crate::syntax::shell::{Command, Script};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let Some(at) = script.commands.iter().position(ends) else { return };
    let own = |command: &&Command| !command.place.nested && command.place.inside.is_none();
    let next = script.commands[at + 1..].iter().find(own);
    if let (Some(end), Some(name)) =
        (script.commands[at].words.first(), next.and_then(|next| next.words.first()))
    {
        let message = format!("this never runs: `{}` ends the script before it", end.text);
        out.push(Match::new(name.span, message).related(end.span, "the script ends here"));
    }
}

/// Whether nothing of the script runs behind it.
fn ends(command: &Command) -> bool {
    let place = command.place;
    let always = !(place.conditional || place.subshell || place.guarded || place.checked || place.nested);
    let ends = match command.words.first().map(|name| name.text.as_str()) {
        Some("exit") => true,
        Some("exec") => command.words.len() > 1,
        _ => false,
    };
    always && !place.last && ends
}
