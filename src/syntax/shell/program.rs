//! Which program a command really runs: behind `sudo`, `env` and others that start another program.

use super::{Command, Word};

/// Programs that start the program named in their arguments, and their options that take a value of their own.
const STARTERS: &[(&str, &str)] = &[
    ("sudo", "ugpChrTtUDR"),
    ("doas", "uC"),
    ("env", "uCS"),
    ("exec", "a"),
    ("command", ""),
    ("nice", "n"),
    ("nohup", ""),
    ("time", "fo"),
    ("stdbuf", "ioe"),
    ("eatmydata", ""),
    ("setarch", ""),
    ("linux32", ""),
];

/// The same, but their first argument is another thing: a duration, a user.
const STARTERS_AFTER_ONE: &[(&str, &str)] =
    &[("timeout", "ks"), ("gosu", ""), ("su-exec", ""), ("setpriv", "")];

impl Command {
    /// The program and its arguments, without what starts it: `sudo -E apt-get update` gives `apt-get update`.
    pub fn program(&self) -> &[Word] {
        let mut words = self.words.as_slice();
        while let Some(rest) = words.first().and_then(|first| started(first.base_name(), &words[1..])) {
            words = rest;
        }
        words
    }

    /// The programs in front of it that only start another: `sudo` of `sudo -E apt-get update`.
    pub fn starters(&self) -> Vec<&Word> {
        let mut words = self.words.as_slice();
        let mut starters = Vec::new();
        while let Some((first, rest)) = words.split_first() {
            let Some(inner) = started(first.base_name(), rest) else { break };
            starters.push(first);
            words = inner;
        }
        starters
    }

    /// The name of the program without its folder; empty if there is none.
    pub fn name(&self) -> &str {
        self.program().first().map_or("", Word::base_name)
    }
}

impl Word {
    /// The part behind the last `/`.
    pub fn base_name(&self) -> &str {
        self.text.rsplit('/').next().unwrap_or_default()
    }
}

/// The words of the program that `name` starts, if it starts one.
fn started<'w>(name: &str, words: &'w [Word]) -> Option<&'w [Word]> {
    if name.starts_with("python") {
        return words.split_first().filter(|(flag, _)| flag.text == "-m").map(|(_, rest)| rest);
    }
    let of = |list: &'static [(&str, &str)]| {
        list.iter().find(|(known, _)| *known == name).map(|(_, values)| *values)
    };
    let (values, skip) =
        of(STARTERS).map(|values| (values, 0)).or(of(STARTERS_AFTER_ONE).map(|values| (values, 1)))?;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let text = word.text.as_str();
        if let Some(option) = text.strip_prefix('-').filter(|option| !option.is_empty()) {
            let takes_value = option.len() == 1 && values.contains(option);
            at += if takes_value { 2 } else { 1 };
        } else if is_assignment(text) {
            at += 1;
        } else {
            break;
        }
    }
    words.get(at + skip..)
}

fn is_assignment(text: &str) -> bool {
    text.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}
