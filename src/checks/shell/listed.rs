//! Names and lines that are taken from what a program prints, and split where names may have blanks.

use crate::rule::Match;
use crate::syntax::shell::{Command, Quotes, Script, Substitution};
use crate::text::Span;

pub(super) fn ls(script: &Script, out: &mut Vec<Match>) {
    let message = "what `ls` prints is for people: names with blanks fall apart; use a pattern such as `./*`";
    let piped = script.piped().into_iter().map(|(left, _)| left);
    for command in piped.filter(|command| command.name() == "ls" && !command.place.nested) {
        out.extend(command.program().first().map(|name| Match::new(name.span, message)));
    }
    for (command, place) in loops(script) {
        if command.name() == "ls" && command.place.pipe.is_none() {
            out.push(Match::new(place, message));
        }
    }
}

pub(super) fn find(script: &Script, out: &mut Vec<Match>) {
    for (command, place) in loops(script) {
        if command.name() == "find" && command.place.pipe.is_none() {
            out.push(Match::new(place, "names with blanks fall apart here; use `find -exec`"));
        }
    }
}

pub(super) fn lines(script: &Script, out: &mut Vec<Match>) {
    for (command, place) in loops(script) {
        if command.name() == "cat" {
            let message = "this goes over words, not lines; use `while read -r line`";
            out.push(Match::new(place, message));
        }
    }
}

/// Loops over what commands print: the first command, and where it is put in.
fn loops(script: &Script) -> impl Iterator<Item = (&Command, Span)> {
    script.loops.iter().filter_map(|one| {
        let [word] = one.words.as_deref()? else { return None };
        let command = script.commands.get(one.before).filter(|command| !command.place.nested)?;
        let unquoted = word.parts.first()?.quotes == Quotes::None;
        let all = word.substitution() == Some(Substitution::Command) && unquoted;
        all.then_some((command, word.span))
    })
}
