//! What BuildKit refuses in an instruction that could be read: flags, number of arguments, values that it
//! parses.

use crate::syntax::parsed::SyntaxError;
use crate::text::Span;

use super::expand::{Binding, Value, expand};
use super::heredoc;
use super::kind::{FlagType, Kind, closest};
use super::mount;
use super::source::invalid;
use super::tree::{Args, Flag, Instruction, Word};
use super::values::{is_duration, is_retries, is_stage_name};

/// Checks instructions and collects what is wrong.
pub(super) struct Checker<'a> {
    pub(super) escape: char,
    pub(super) errors: &'a mut Vec<SyntaxError>,
}

impl Checker<'_> {
    pub(super) fn instruction(&mut self, instruction: &Instruction) {
        self.flags(instruction);
        self.arguments(instruction);
        self.variables(instruction);
        if let (Kind::Onbuild, Some(inner)) = (instruction.kind, instruction.inner()) {
            // One that may not be triggered is a rule's.
            self.instruction(inner);
        }
    }

    fn error(&mut self, span: Span, message: impl Into<String>) {
        self.errors.push(invalid(span, message));
    }

    /// Stops at the first flag that is wrong: what follows is often the fault of the same slip.
    fn flags(&mut self, instruction: &Instruction) {
        let Some(known) = instruction.kind.flags() else { return };
        if is_none_probe(instruction) {
            return;
        }
        let mut seen: Vec<&str> = Vec::new();
        for flag in &instruction.flags {
            let name = flag.name.as_str();
            let Some(&(known_name, flag_type)) = known.iter().find(|(known, _)| *known == name) else {
                let names = known.iter().map(|(name, _)| *name);
                let message = unknown_flag(instruction.kind, name, closest(name, names));
                return self.error(flag.name.span, message);
            };
            if flag_type != FlagType::List && seen.contains(&known_name) {
                return self.error(flag.span, format!("`--{name}` is given twice: delete one of them"));
            }
            if !seen.contains(&known_name) {
                seen.push(known_name);
            }
            self.flag(instruction.kind, flag, flag_type);
        }
    }

    fn flag(&mut self, kind: Kind, flag: &Flag, flag_type: FlagType) {
        let name = flag.name.as_str();
        let Some(value) = &flag.value else {
            if flag_type != FlagType::Switch {
                self.error(flag.span, format!("`--{name}` needs a value: write `--{name}=…`"));
            }
            return;
        };
        let text = value.as_str();
        let wanted = match (kind, name) {
            _ if flag_type == FlagType::Switch => {
                (!["true", "false"].iter().any(|word| word.eq_ignore_ascii_case(text)))
                    .then_some("`true` or `false`")
            }
            (Kind::Run, "network") => {
                (!["default", "none", "host"].contains(&text)).then_some("`default`, `none` or `host`")
            }
            (Kind::Run, "security") => {
                (!["sandbox", "insecure"].contains(&text)).then_some("`sandbox` or `insecure`")
            }
            (Kind::Run, "mount") => return mount::check(value, self.errors),
            (Kind::Copy, "from") => return self.copy_from(value),
            (Kind::Healthcheck, "retries") => (!is_retries(text)).then_some("a number, 0 or more"),
            (Kind::Healthcheck, _) => (!is_duration(text)).then_some("a duration such as `30s`"),
            _ => None,
        };
        if let Some(wanted) = wanted {
            self.error(value.span, format!("`--{name}` takes {wanted}"));
        }
    }

    fn copy_from(&mut self, value: &Word) {
        let expanded = expand(value.as_str(), self.escape, &|_| Binding::Unset);
        if expanded.known() != Some(value.as_str()) {
            let message = "`--from` takes no variable: name a stage, and use the variable in its `FROM`";
            self.error(value.span, message);
        }
    }

    fn arguments(&mut self, instruction: &Instruction) {
        let kind = instruction.kind;
        let missing = match (kind, &instruction.args) {
            (Kind::Run | Kind::Cmd | Kind::Entrypoint | Kind::Unknown, _) => return,
            (Kind::From, Args::Words(words)) => return self.from(words),
            (Kind::Add | Kind::Copy, Args::Words(words) | Args::Exec(words)) => {
                return self.copy(instruction, words);
            }
            (Kind::Healthcheck, args) => return self.healthcheck(instruction.keyword, args),
            (Kind::Shell, Args::Exec(words)) if !words.is_empty() => return,
            (Kind::Shell, Args::Shell(text)) => {
                return self.error(text.whole(), "`SHELL` takes a JSON array: write `[\"/bin/sh\", \"-c\"]`");
            }
            (_, Args::Exec(words)) => words.is_empty(),
            (_, args) => *args == Args::None,
        };
        if missing {
            self.error(instruction.keyword, format!("`{}` needs {}", kind.name(), needs(kind)));
        }
        self.blanks(instruction);
    }

    /// Names and paths that must not be empty.
    fn blanks(&mut self, instruction: &Instruction) {
        for pair in instruction.pairs().iter().filter(|pair| pair.key.as_str().is_empty()) {
            self.error(pair.key.span, format!("`{}` needs a name before `=`", instruction.kind.name()));
        }
        if instruction.kind == Kind::Volume {
            for word in instruction.words().iter().filter(|word| word.as_str().trim().is_empty()) {
                self.error(word.span, "`VOLUME` needs a path, and this one is empty");
            }
        }
    }

    fn from(&mut self, words: &[Word]) {
        match words {
            [] | [_] => {}
            [_, keyword, name] if keyword.as_str().eq_ignore_ascii_case("as") => {
                if !is_stage_name(name.as_str()) {
                    let message =
                        "stage name must start with a letter and have only letters, digits, `-`, `_` and `.`";
                    self.error(name.span, message);
                }
            }
            [_, extra, ..] => {
                self.error(extra.span, "`FROM` takes an image, or `image AS name`: delete what is more");
            }
        }
    }

    fn copy(&mut self, instruction: &Instruction, words: &[Word]) {
        let [_, .., target] = words else {
            let message = format!("`{}` needs a source and a destination", instruction.kind.name());
            return self.error(instruction.keyword, message);
        };
        if heredoc::is_heredoc(&target.text) {
            self.error(target.span, "the destination cannot be a heredoc: add a path behind it");
        }
    }

    fn healthcheck(&mut self, keyword: Span, args: &Args) {
        match args {
            Args::Words(words) => match words.as_slice() {
                [none, rest @ ..] if none.as_str().eq_ignore_ascii_case("NONE") => {
                    if let Some(extra) = rest.first() {
                        self.error(extra.span, "`HEALTHCHECK NONE` takes no arguments: delete them");
                    }
                }
                [first, ..] => self.error(first.span, "`HEALTHCHECK` takes `CMD` and a command, or `NONE`"),
                [] => {}
            },
            Args::Instruction(command)
                if command.words().is_empty() && !matches!(command.args, Args::Shell(_)) =>
            {
                self.error(command.keyword, "`HEALTHCHECK CMD` needs a command");
            }
            Args::None => self.error(keyword, "`HEALTHCHECK` needs `CMD` and a command, or `NONE`"),
            _ => {}
        }
    }

    /// Reports malformed quotes and variables in the words that BuildKit expands.
    fn variables(&mut self, instruction: &Instruction) {
        match instruction.kind {
            Kind::Env | Kind::Label => {
                for pair in instruction.pairs() {
                    self.word(&pair.key);
                    pair.value.iter().for_each(|value| self.word(value));
                }
            }
            Kind::Arg => instruction
                .pairs()
                .iter()
                .filter_map(|pair| pair.value.as_ref())
                .for_each(|value| self.word(value)),
            Kind::From => {
                instruction.words().iter().take(1).for_each(|word| self.word(word));
                instruction
                    .flag("platform")
                    .and_then(|flag| flag.value.as_ref())
                    .iter()
                    .for_each(|word| self.word(word));
            }
            Kind::Add | Kind::Copy => {
                instruction
                    .words()
                    .iter()
                    .filter(|word| !heredoc::is_heredoc(&word.text))
                    .for_each(|word| self.word(word));
            }
            Kind::Expose | Kind::User | Kind::Volume | Kind::Workdir | Kind::Stopsignal => {
                instruction.words().iter().for_each(|word| self.word(word));
            }
            _ => {}
        }
    }

    fn word(&mut self, word: &Word) {
        let expanded = expand(word.as_str(), self.escape, &|_| Binding::Unknown);
        if let Value::Invalid(range, message) = expanded.value {
            self.error(word.text.span(range.start, range.end), message);
        }
    }
}

/// `HEALTHCHECK NONE`, whose flags BuildKit does not look at.
fn is_none_probe(instruction: &Instruction) -> bool {
    instruction.kind == Kind::Healthcheck
        && instruction.words().first().is_some_and(|word| word.as_str().eq_ignore_ascii_case("NONE"))
}

fn needs(kind: Kind) -> &'static str {
    match kind {
        Kind::Add | Kind::Copy => "a source and a destination",
        Kind::From => "an image",
        Kind::Onbuild => "an instruction",
        Kind::Shell => "a JSON array such as `[\"/bin/sh\", \"-c\"]`",
        Kind::Env | Kind::Label => "`name=value`",
        Kind::Arg => "a name",
        _ => "an argument",
    }
}

fn unknown_flag(kind: Kind, name: &str, closest: Option<&str>) -> String {
    let name = name.escape_debug();
    match closest {
        Some(other) => format!("`{}` has no flag `--{name}`: write `--{other}`", kind.name()),
        None => format!("`{}` has no flag `--{name}`: delete it, or write `--` before it", kind.name()),
    }
}
