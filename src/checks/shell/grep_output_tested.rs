//! `[ -n "$(grep …)" ]`, which `grep -q` answers.

use crate::rule::Match;
use crate::syntax::shell::{Inside, Script, Substitution};

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    for command in script.commands.iter().filter(|command| command.name() == "grep" && command.place.last) {
        let Some(Inside { command: outer, word: Some(at) }) = command.place.inside else { continue };
        let Some(test) = script.commands.get(outer).filter(|test| matches!(test.name(), "[" | "test")) else {
            continue;
        };
        let all = test.words.get(at).is_some_and(|word| word.substitution() == Some(Substitution::Command));
        let argument = |at: usize| test.words.get(at).map_or("", |word| word.text.as_str());
        let asked = match at.checked_sub(1).map_or("", argument) {
            "-n" | "-z" => true,
            "[" => argument(at + 1) == "]",
            _ => false,
        };
        if let (true, false, Some(name)) = (all && asked, command.place.nested, command.program().first()) {
            out.push(Match::new(name.span, "`grep -q` answers this itself; write `if grep -q`"));
        }
    }
}
