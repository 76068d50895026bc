//! Code from the network that an interpreter runs unseen: `curl … | sh` and its kin.

use std::collections::HashMap;

use crate::rule::Match;
use crate::syntax::shell::{Command, Dialect, Inside, Script, Substitution, Word};

/// Other interpreters that read a program from their input, and the letters of options that give them one otherwise.
const INTERPRETERS: &[(&str, &str)] = &[
    ("python", "cm"),
    ("perl", "enpi"),
    ("ruby", "enp"),
    ("node", "epr"),
    ("php", "rBRF"),
    ("lua", "e"),
    ("pwsh", "cf"),
];

pub(super) fn check(script: &Script, out: &mut Vec<Match>) {
    let downloads = Downloads::of(script);
    for (number, command) in script.commands.iter().enumerate() {
        let Some(name) = command.program().first() else { continue };
        let download = downloads.piped_into(command).or_else(|| downloads.inside(number, command));
        if let Some(download) = download {
            let message = format!(
                "`{}` runs whatever `{}` is given; download it, check it, then run it",
                name.base_name(),
                download.name()
            );
            let from = download.words.first().map_or(name.span, |word| word.span);
            out.push(Match::new(name.span, message).related(from, "the download"));
        }
    }
}

/// The downloads of a script, by where their output goes.
struct Downloads<'s> {
    /// The first one of each pipeline, with its place.
    piped: HashMap<usize, (usize, &'s Command)>,
    /// By command and word.
    inside: HashMap<(usize, usize), &'s Command>,
}

impl<'s> Downloads<'s> {
    fn of(script: &'s Script) -> Downloads<'s> {
        let mut downloads = Downloads { piped: HashMap::new(), inside: HashMap::new() };
        for command in script.commands.iter().filter(|command| is_download(command)) {
            if let Some(pipe) = command.place.pipe {
                downloads.piped.entry(pipe.pipeline).or_insert((pipe.position, command));
            }
            if let Some(Inside { command: outer, word: Some(word) }) = command.place.inside {
                downloads.inside.entry((outer, word)).or_insert(command);
            }
        }
        downloads
    }

    /// The download whose output the command reads as its program: `curl … | sh`.
    fn piped_into(&self, command: &Command) -> Option<&'s Command> {
        let pipe = command.place.pipe.filter(|_| reads_program(command.program()))?;
        self.piped
            .get(&pipe.pipeline)
            .filter(|(position, _)| *position < pipe.position)
            .map(|(_, found)| *found)
    }

    /// The download whose output is a word of the command: `sh -c "$(curl …)"`, `bash <(curl …)`.
    fn inside(&self, number: usize, command: &Command) -> Option<&'s Command> {
        let words = command.program();
        let (name, rest) = words.split_first()?;
        let name = name.base_name();
        let code = rest.iter().position(|word| word.substitution().is_some())?;
        let after_c = code.checked_sub(1).is_some_and(|before| is_short(&rest[before].text, "c"));
        let runs = match rest[code].substitution()? {
            Substitution::Command => (Dialect::of(name).is_some() && after_c) || name == "eval",
            Substitution::Process => {
                matches!(name, "." | "source") || (reads_program(&words[..1]) && code_is_first(rest, code))
            }
        };
        let word = command.words.len() - rest.len() + code;
        self.inside.get(&(number, word)).copied().filter(|_| runs)
    }
}

fn code_is_first(words: &[Word], code: usize) -> bool {
    words[..code].iter().all(|word| word.text.starts_with('-'))
}

/// Whether an interpreter with these arguments takes its program from its input.
fn reads_program(words: &[Word]) -> bool {
    let Some((name, rest)) = words.split_first() else { return false };
    let name = name.base_name();
    let shell = Dialect::of(name).is_some();
    let other = || {
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        INTERPRETERS.iter().find(|(known, _)| *known == stem).map(|(_, code)| *code)
    };
    let Some(code) = (if shell { Some("c") } else { other() }) else { return false };
    for word in rest {
        let text = word.text.as_str();
        if matches!(text, "-" | "--" | "/dev/stdin") || (shell && is_short(text, "s")) {
            return true;
        }
        if is_short(text, code) || !text.starts_with(['-', '+']) {
            return false;
        }
    }
    true
}

/// Whether `text` is a bundle of short options with one of `letters` in it.
fn is_short(text: &str, letters: &str) -> bool {
    text.strip_prefix('-')
        .is_some_and(|rest| !rest.starts_with('-') && rest.contains(|c: char| letters.contains(c)))
}

fn is_download(command: &Command) -> bool {
    matches!(command.name(), "curl" | "wget" | "wget2" | "aria2c")
        && !command.words.iter().any(|word| matches!(word.text.as_str(), "--version" | "--help"))
}
