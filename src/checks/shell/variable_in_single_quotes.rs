//! `'$x'`, which is no variable.

use std::collections::HashMap;

use crate::rule::Match;
use crate::syntax::shell::{Command, Part, PartKind, Pipe, Quotes, Script};
use crate::text::Span;

/// Programs that read `$` themselves: languages, shells, and those that take formats or run what they are given.
const READERS: &[&str] = &[
    "awk",
    "gawk",
    "mawk",
    "nawk",
    "sed",
    "gsed",
    "perl",
    "ruby",
    "node",
    "php",
    "jq",
    "yq",
    "sh",
    "bash",
    "dash",
    "ash",
    "zsh",
    "ksh",
    "fish",
    "su",
    "runuser",
    "ssh",
    "trap",
    "eval",
    "alias",
    "xargs",
    "find",
    "parallel",
    "envsubst",
    "watch",
    "docker",
    "podman",
    "kubectl",
    "helm",
    "dpkg-query",
    "rpm",
    "git",
    "psql",
    "mysql",
    "expect",
    "crontab",
    "start-stop-daemon",
    "grep",
    "egrep",
    "fgrep",
    "rg",
    "pwsh",
    "powershell",
    "make",
    "cmake",
    "ninja",
    "vim",
    "emacs",
    "tmux",
    "script",
    "flock",
    "entr",
    "chroot",
    "nginx",
    "Rscript",
    "R",
    "lua",
    "tclsh",
];

/// Programs that keep what they get, so that somebody else reads it.
const KEEPERS: &[&str] = &["tee", "cat", "dd", "base64", "gzip", "xxd", "install"];

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let mut handed = HashMap::new();
    for command in &script.commands {
        if let Some(pipe) = command.place.pipe.filter(|_| reads(command)) {
            let last: &mut usize = handed.entry(pipe.pipeline).or_default();
            *last = pipe.position.max(*last);
        }
    }
    let on = |pipe: Pipe| handed.get(&pipe.pipeline).is_some_and(|last| *last > pipe.position);
    let used = |one: &&Command| !one.place.nested && !reads(one) && !one.place.pipe.is_some_and(on);
    for command in script.commands.iter().filter(used) {
        for word in command.words.iter().skip(1) {
            for part in word.parts.iter().filter(|part| part.quotes == Quotes::Single) {
                out.extend(found(part));
            }
        }
    }
}

/// Whether the command reads `$` itself, or hands its words on to somebody who may: through a file.
fn reads(command: &Command) -> bool {
    let name = command.name();
    let name = name.trim_end_matches(|char: char| char.is_ascii_digit() || char == '.');
    let kept = command.place.redirected || command.redirects.iter().any(|redirect| !redirect.input);
    kept || READERS.contains(&name) || KEEPERS.contains(&name) || name.starts_with("python")
}

fn found(part: &Part) -> Option<Match> {
    let PartKind::Text(text) = &part.kind else { return None };
    let (start, end) = expansion(text)?;
    // A line that goes on in the next has more bytes in the file than here.
    let as_written = part.span.len() == text.len() + 2;
    let span: Span = if as_written { part.span.slice(start + 1, end + 1) } else { part.span };
    let message = format!("`{}` stays as it is in single quotes; use double quotes", &text[start..end]);
    Some(Match::new(span, message))
}

/// The first `$x`, `${x…}` or `$(…)` in the text.
fn expansion(text: &str) -> Option<(usize, usize)> {
    let starts = text.match_indices('$').map(|(at, _)| at);
    starts.into_iter().find_map(|at| {
        let rest = &text[at + 1..];
        let close = |close| rest.find(close).map(|end| (at, at + end + 2));
        match rest.chars().next()? {
            '{' => close('}'),
            '(' => close(')'),
            first if first.is_ascii_alphabetic() || first == '_' => {
                let name = |char: char| char.is_ascii_alphanumeric() || char == '_';
                let end = rest.find(|char| !name(char)).unwrap_or(rest.len());
                Some((at, at + 1 + end))
            }
            _ => None,
        }
    })
}
