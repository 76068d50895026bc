//! `cd` that may fail, and then what follows runs in another folder.

use crate::rule::Match;
use crate::syntax::shell::{Command, Script};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let end = script.errexit_from().unwrap_or(script.commands.len());
    for command in script.commands.iter().take(end) {
        let place = command.place;
        let seen = place.checked || place.last || place.nested || place.pipe.is_some();
        if let (false, Some(folder)) = (seen, target(command)) {
            let message =
                format!("where `{folder}` fails, what follows runs in another folder; put `&&` behind it");
            out.push(Match::new(command.words[0].span, message));
        }
    }
}

/// The program, where it goes to a folder that may not be there; `cd -` and `popd` only fail where another did.
fn target(command: &Command) -> Option<&str> {
    let (name, rest) = command.words.split_first()?;
    let name = Some(name.text.as_str()).filter(|name| matches!(*name, "cd" | "pushd"))?;
    let folder = rest.iter().find(|word| !matches!(word.text.as_str(), "-P" | "-L" | "--"))?;
    let there = |part: &str| matches!(part, "" | "." | ".." | "~" | "-");
    let exists = folder.literal().is_some_and(|text| text.split('/').all(there));
    (!exists).then_some(name)
}
