//! The value of `RUN --mount=…`: comma-separated options.

use crate::syntax::parsed::SyntaxError;

use super::directive::parts;
use super::kind::closest;
use super::source::invalid;
use super::tree::{Flag, Instruction, Pair, Word};

const KEYS: [&str; 19] = [
    "type",
    "from",
    "source",
    "src",
    "target",
    "dst",
    "destination",
    "readonly",
    "ro",
    "readwrite",
    "rw",
    "required",
    "size",
    "id",
    "sharing",
    "mode",
    "uid",
    "gid",
    "env",
];

/// Those that may stand without a value.
const SWITCHES: [&str; 5] = ["readonly", "ro", "readwrite", "rw", "required"];

impl Instruction {
    /// The `--mount` flags.
    pub fn mounts(&self) -> impl Iterator<Item = &Flag> {
        self.flags.iter().filter(|flag| flag.name.as_str() == "mount")
    }
}

impl Flag {
    /// The options of a `--mount` or `--device` flag, in order. Fields in quotes are not taken apart.
    pub fn options(&self) -> impl Iterator<Item = Pair> {
        self.value.iter().flat_map(options)
    }

    /// The value of the first option that has one of `names`, in any case.
    pub fn option(&self, names: &[&str]) -> Option<Word> {
        let is_it = |pair: &Pair| names.iter().any(|name| name.eq_ignore_ascii_case(pair.key.as_str()));
        self.options().find(is_it).and_then(|pair| pair.value)
    }
}

fn options(value: &Word) -> impl Iterator<Item = Pair> {
    parts(&value.text, 0, ',').map(|part| {
        let text = part.as_str();
        let equals = text.find('=');
        let key = Word::new(part.slice(0..equals.unwrap_or(text.len())));
        let value = equals.map(|at| Word::new(part.slice(at + 1..text.len())));
        Pair { key, value, legacy: false }
    })
}

/// Reports the first option that BuildKit refuses whatever the variables in it stand for.
pub(super) fn check(value: &Word, errors: &mut Vec<SyntaxError>) {
    if value.as_str().contains('"') {
        return;
    }
    errors.extend(options(value).find_map(|option| check_option(&option)));
}

fn check_option(option: &Pair) -> Option<SyntaxError> {
    let key = option.key.as_str().to_ascii_lowercase();
    let key = key.as_str();
    let error = match &option.value {
        _ if !KEYS.contains(&key) => Some((&option.key, unknown_option(key, option.value.is_some()))),
        None if SWITCHES.contains(&key) => None,
        None => Some((&option.key, format!("mount option `{key}` needs a value: write `{key}=…`"))),
        Some(value) => wrong_value(key, value.as_str()).map(|message| (value, message.to_owned())),
    };
    error.map(|(word, message)| invalid(word.span, message))
}

fn unknown_option(key: &str, has_value: bool) -> String {
    let shown = key.escape_debug();
    match closest(key, KEYS.into_iter()) {
        Some(name) => format!("a mount has no option `{shown}`: write `{name}`"),
        None if has_value => format!("a mount has no option `{shown}`: delete it"),
        None => "mount option must be `name=value`".into(),
    }
}

fn wrong_value(key: &str, value: &str) -> Option<&'static str> {
    let text = value.to_ascii_lowercase();
    if let Some(at) = value.find('$') {
        let variable = at + 1 < value.len();
        return (key == "from" && variable)
            .then_some("`from` takes no variable: name a stage, and use the variable in its `FROM`");
    }
    match key {
        "type" => (!["bind", "cache", "tmpfs", "secret", "ssh"].contains(&text.as_str()))
            .then_some("a mount is of type `bind`, `cache`, `tmpfs`, `secret` or `ssh`"),
        "sharing" => (!["shared", "private", "locked"].contains(&text.as_str()))
            .then_some("`sharing` is `shared`, `private` or `locked`"),
        "mode" => {
            u32::from_str_radix(value, 8).is_err().then_some("`mode` takes an octal number such as `0700`")
        }
        "uid" | "gid" => value.parse::<u32>().is_err().then_some("ids of users and groups are numbers here"),
        _ => None,
    }
}
