//! Redirections that do something else than it looks.

use std::collections::HashMap;

use crate::rule::Match;
use crate::syntax::shell::{Command, Redirect, Script, Word};
use crate::text::Span;

/// Programs that read the files that they are given.
const READERS: &[&str] = &[
    "awk", "cat", "cut", "envsubst", "grep", "head", "jq", "sed", "sort", "tac", "tail", "tr", "uniq", "yq",
];

pub(super) fn outside_sudo(script: &Script, out: &mut Vec<Match>) {
    for command in script.commands.iter().filter(|command| !command.place.nested) {
        let sudo = command.starters().into_iter().any(|word| word.base_name() == "sudo");
        let Some(redirect) = command.redirects.iter().find(|one| sudo && needs_rights(one)) else { continue };
        let message =
            "the shell opens the file before `sudo` runs, with the rights of its own user; use `sudo tee`";
        out.push(Match::new(redirect.span, message));
    }
}

/// Whether it opens a file that not everybody may write.
fn needs_rights(redirect: &Redirect) -> bool {
    let Some(target) = &redirect.target else { return false };
    let anyone = |text: &str| text.starts_with("/dev/") || text.starts_with("/tmp/");
    matches!(redirect.operator, ">" | ">>" | ">|" | "&>") && !anyone(&target.text)
}

pub(super) fn errors_first(script: &Script, out: &mut Vec<Match>) {
    for command in script.commands.iter().filter(|command| !command.place.nested) {
        let is_dup = |one: &Redirect| {
            one.operator == ">&"
                && one.number == Some(2)
                && one.target.as_ref().is_some_and(|target| target.text == "1")
        };
        let Some(first) = command.redirects.iter().position(is_dup) else { continue };
        let to_file = |one: &&Redirect| {
            matches!(one.operator, ">" | ">>" | ">|") && matches!(one.number, None | Some(1))
        };
        // In a pipe or a substitution this is how errors alone are passed on.
        let wanted = command.place.pipe.is_some() || command.place.inside.is_some();
        if let (false, Some(file)) = (wanted, command.redirects[first..].iter().find(to_file)) {
            let message = "errors still go where the output went before; write `2>&1` behind the file";
            out.push(Match::new(command.redirects[first].span, message).related(file.span, "the file"));
        }
    }
}

pub(super) fn overwritten(script: &Script, out: &mut Vec<Match>) {
    let mut read: HashMap<(usize, &str), Span> = HashMap::new();
    for (number, command) in script.commands.iter().enumerate() {
        for word in inputs(command) {
            read.entry((group(number, command), word.text.as_str())).or_insert(word.span);
        }
    }
    for (number, command) in script.commands.iter().enumerate().filter(|(_, one)| !one.place.nested) {
        let files = command.redirects.iter().filter(|one| matches!(one.operator, ">" | ">|" | "&>"));
        for target in files.filter_map(|one| one.target.as_ref()).filter(|word| is_file(word)) {
            if let Some(span) = read.get(&(group(number, command), target.text.as_str())) {
                let message = format!(
                    "`{}` is emptied before it is read; write to another file and move that over it",
                    target.text
                );
                out.push(Match::new(target.span, message).related(*span, "it is read here"));
            }
        }
    }
}

/// A number that the commands of one pipeline share.
fn group(number: usize, command: &Command) -> usize {
    command.place.pipe.map_or(2 * number, |pipe| 2 * pipe.pipeline + 1)
}

/// The files that a command reads.
fn inputs(command: &Command) -> impl Iterator<Item = &Word> {
    let reads = READERS.contains(&command.name());
    let operands = command.program().iter().skip(1).filter(move |_| reads);
    let redirected = command.redirects.iter().filter(|one| one.operator == "<");
    operands.chain(redirected.filter_map(|one| one.target.as_ref())).filter(|word| is_file(word))
}

fn is_file(word: &Word) -> bool {
    word.literal().is_some_and(|text| !text.starts_with(['-', '&']) && !text.starts_with("/dev/"))
}
