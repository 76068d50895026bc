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

/// A family of shells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `sh`, dash, ash: what POSIX says and little else.
    Sh,
    /// bash
    Bash,
    /// ksh and zsh, which have much of what bash has.
    Other,
}

impl Dialect {
    /// The dialect of the program of this name or path; `None` for what is no POSIX shell.
    pub fn of(program: &str) -> Option<Dialect> {
        let name = program.rsplit(['/', '\\']).next().unwrap_or_default();
        match name {
            "sh" | "dash" | "ash" => Some(Dialect::Sh),
            "bash" | "bash.exe" => Some(Dialect::Bash),
            "ksh" | "mksh" | "zsh" => Some(Dialect::Other),
            _ => None,
        }
    }
}

/// The shell that these words start with a script, `sh -ec 'x'`, and the number of the word that is the script.
pub fn script_of<'w>(mut words: impl Iterator<Item = &'w str>) -> Option<(Dialect, usize)> {
    let dialect = Dialect::of(words.next()?)?;
    let (mut value, mut told) = (false, false);
    for (at, word) in words.enumerate() {
        let option = word.strip_prefix(['-', '+']).filter(|option| !option.is_empty());
        match option {
            // `-o pipefail`, `-eo pipefail`
            _ if value => value = false,
            // Other options may stand behind `-c`, and `--` ends them.
            Some("-") => return told.then_some((dialect, at + 2)),
            Some(long) if long.starts_with('-') => {}
            Some(letters) => {
                told |= letters.contains('c');
                value = letters.ends_with('o');
            }
            None => return told.then_some((dialect, at + 1)),
        }
    }
    None
}

/// Whether an argument of a shell or of `set` is `errexit`, or a bundle with `e`.
pub fn sets_errexit(text: &str) -> bool {
    text == "errexit"
        || text.strip_prefix('-').is_some_and(|letters| !letters.starts_with('-') && letters.contains('e'))
}

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
