//! Commands, and options of commands, that only bash has.

use super::Bashism;
use crate::syntax::shell::{Command, Word};

/// Commands of bash, what to do instead, and whether `BusyBox` has them.
const COMMANDS: &[(&str, &str, &str, bool)] = &[
    ("source", "`source`", "write `.`", true),
    ("let", "`let`", "write `x=$((…))`", true),
    ("declare", "`declare`", "assign without it", false),
    ("typeset", "`typeset`", "assign without it", false),
    ("pushd", "`pushd`", "use `cd` in a subshell", false),
    ("popd", "`popd`", "use `cd` in a subshell", false),
    ("shopt", "`shopt`", "run the script with bash", false),
    ("mapfile", "`mapfile`", "read in a loop", false),
    ("readarray", "`readarray`", "read in a loop", false),
    ("builtin", "`builtin`", "use `command`", false),
    ("disown", "`disown`", "use `nohup`", false),
];

/// Options of built-in commands by letter: those dash does not know, and those of them that `BusyBox` does.
const OPTIONS: &[(&str, &str, &str, &str, &str)] = &[
    ("read", "adnNstuei", "dnstu", "this option of `read`", "read without it"),
    ("export", "fn", "n", "this option of `export`", "export variables, not functions"),
    ("local", "aAfgilnrtux", "", "options of `local`", "declare without them"),
    ("printf", "v", "", "`printf -v`", "write `x=$(printf …)`"),
    ("wait", "nfp", "n", "this option of `wait`", "wait for each process by its number"),
    ("type", "aftpP", "aftpP", "options of `type`", "use `command -v`"),
];

pub(super) fn find(command: &Command, found: &mut Vec<Bashism>) {
    let Some((name, words)) = command.words.split_first() else { return };
    let own = COMMANDS.iter().find(|(known, ..)| *known == name.text);
    if let Some((_, what, instead, ash)) = own {
        found.push(Bashism::new(name.span, what, instead, *ash));
    }
    match name.text.as_str() {
        "echo" => echo(words, found),
        "set" => pipefail(command, words, found),
        "trap" => signals(words, found),
        "[" | "test" => test(words, found),
        "printf" => {
            let quoting = words.first().filter(|format| format.text.contains("%q"));
            found.extend(quoting.map(|format| Bashism::new(format.span, "`%q`", "quote by hand", false)));
        }
        _ => {}
    }
    for (_, letters, ash, what, instead) in OPTIONS.iter().filter(|(known, ..)| *known == name.text) {
        let option = words.first().filter(|word| word.text.starts_with('-') && word.text.len() > 1);
        let Some(option) = option else { continue };
        let letter = option.text[1..].chars().find(|letter| letters.contains(*letter));
        if let Some(letter) = letter {
            found.push(Bashism::new(option.span, what, instead, ash.contains(letter)));
        }
    }
}

/// `-n` is known by all.
fn echo(words: &[Word], found: &mut Vec<Bashism>) {
    let is_option = |word: &&Word| {
        let letters = word.text.strip_prefix('-').unwrap_or_default();
        !letters.is_empty() && letters.bytes().all(|letter| b"neE".contains(&letter))
    };
    let beyond = words.iter().take_while(is_option).find(|word| word.text.contains(['e', 'E']));
    found.extend(beyond.map(|word| Bashism {
        printed: true,
        ..Bashism::new(word.span, "options of `echo`", "use `printf`", true)
    }));
}

/// In a subshell, or under a condition, it may be a question whether the shell knows it.
fn pipefail(command: &Command, words: &[Word], found: &mut Vec<Bashism>) {
    if command.place.subshell || command.place.conditional {
        return;
    }
    let option = words.iter().find(|word| word.text == "pipefail");
    found.extend(option.map(|word| Bashism::new(word.span, "`pipefail`", "run the script with bash", true)));
}

fn signals(words: &[Word], found: &mut Vec<Bashism>) {
    for word in words.iter().skip(1) {
        let (what, instead, ash) = match word.text.as_str() {
            "ERR" => ("`trap … ERR`", "use `set -e` and `trap … EXIT`", true),
            "DEBUG" | "RETURN" => ("this `trap`", "use `trap … EXIT`", false),
            name if name.starts_with("SIG") => ("`SIG` in names of signals", "leave it out", true),
            _ => continue,
        };
        found.push(Bashism::new(word.span, what, instead, ash));
    }
}

fn test(words: &[Word], found: &mut Vec<Bashism>) {
    for (at, word) in words.iter().enumerate().filter(|(_, word)| word.parts.is_empty()) {
        let (what, instead, ash) = match word.text.as_str() {
            "==" if at > 0 => ("`==` in `[`", "write `=`", true),
            "-v" if at + 1 < words.len() => ("`-v` in `[`", "write `[ -n \"${x+set}\" ]`", false),
            _ => continue,
        };
        found.push(Bashism::new(word.span, what, instead, ash));
    }
}
