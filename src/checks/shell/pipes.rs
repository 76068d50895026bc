//! Commands whose output goes to another that has no good use for it.

use crate::rule::Match;
use crate::syntax::shell::{Command, Script};

/// Programs that do not read their input.
const DEAF: &[&str] = &[
    "basename", "chgrp", "chmod", "chown", "cp", "dirname", "echo", "find", "kill", "ln", "ls", "mkdir",
    "mv", "pwd", "rm", "rmdir", "sleep", "touch",
];

pub(super) fn find_to_xargs(script: &Script, out: &mut Vec<Match>) {
    for (left, right) in pairs(script, "find", "xargs") {
        let null =
            left.words.iter().any(|word| matches!(word.text.as_str(), "-print0" | "-printf" | "-fprint0"))
                || option(right, "0")
                || option(right, "null")
                || option(right, "d")
                || option(right, "delimiter");
        if !null {
            let message = "`xargs` splits names at blanks and quotes; add `-print0` here and `-0` there";
            report(left, message, out);
        }
    }
}

pub(super) fn ps_to_grep(script: &Script, out: &mut Vec<Match>) {
    for (left, _) in pairs(script, "ps", "grep") {
        if !option(left, "p") {
            report(left, "`grep` finds itself in the list as well; use `pgrep`", out);
        }
    }
}

pub(super) fn grep_to_wc(script: &Script, out: &mut Vec<Match>) {
    const OTHERWISE: &[&str] =
        &["o", "only-matching", "r", "R", "recursive", "l", "L", "q", "A", "B", "C", "c", "count"];
    for (left, right) in pairs(script, "grep", "wc") {
        let lines = right.words.iter().skip(1).map(|word| word.text.as_str()).eq(["-l"]);
        if lines && !OTHERWISE.iter().any(|name| option(left, name)) {
            report(left, "`grep -c` counts the lines itself", out);
        }
    }
}

pub(super) fn to_deaf(script: &Script, out: &mut Vec<Match>) {
    for (left, right) in script.piped() {
        if let (true, Some(name)) = (is_deaf(right), right.program().first()) {
            let message = format!("`{}` does not read what `{}` prints", name.base_name(), left.name());
            out.push(Match::new(name.span, message));
        }
    }
    for command in script.commands.iter().filter(|command| !command.place.nested && is_deaf(command)) {
        let read = command.redirects.iter().find(|redirect| redirect.input && redirect.number.is_none());
        if let Some(redirect) = read {
            let message = format!("`{}` does not read its input", command.name());
            out.push(Match::new(redirect.span, message));
        }
    }
}

/// Whether a program ignores its input: it reads none, and asks nothing.
fn is_deaf(command: &Command) -> bool {
    let asks = option(command, "i") || option(command, "interactive") || option(command, "files0-from");
    let reads = command.all_words().any(|word| word.text.starts_with("/dev/") || word.text == "-");
    DEAF.contains(&command.name()) && !asks && !reads && !command.place.nested
}

fn option(command: &Command, name: &str) -> bool {
    command.arguments().options.iter().any(|option| option.name == name)
}

fn pairs<'s>(script: &'s Script, from: &str, to: &str) -> Vec<(&'s Command, &'s Command)> {
    let mut pairs = script.piped();
    pairs.retain(|(left, right)| left.name() == from && right.name() == to && !left.place.nested);
    pairs
}

fn report(command: &Command, message: &str, out: &mut Vec<Match>) {
    if let Some(name) = command.program().first() {
        out.push(Match::new(name.span, message));
    }
}
