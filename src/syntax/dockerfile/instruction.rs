//! From a logical line to an instruction: keyword, flags, and arguments in the shape that each instruction
//! has.

use crate::syntax::parsed::{ErrorKind, SyntaxError};
use crate::text::Span;

use super::json::{self, Exec};
use super::kind::{Kind, closest_instruction};
use super::logical::Logical;
use super::source::invalid;
use super::tree::{Args, Instruction, Pair, Word};
use super::words::{BLANKS, flags, split, split_quoted};

/// Reads instructions and collects their errors.
pub(super) struct Reader<'a> {
    pub(super) escape: char,
    pub(super) errors: &'a mut Vec<SyntaxError>,
    /// Whether the line before was no instruction either.
    pub(super) lost: bool,
}

impl Reader<'_> {
    /// The instruction of a line that is not empty. Inside ONBUILD another ONBUILD is not read: nesting is
    /// bounded.
    pub(super) fn instruction(&mut self, line: &Logical, inside: bool) -> Instruction {
        let line = line.trimmed(0);
        let text = line.as_str();
        let end = text.find(BLANKS).unwrap_or(text.len());
        let rest = text[end..].trim_start_matches(BLANKS);
        let (flags, from) = flags(&line, text.len() - rest.len(), self.escape);
        let args = line.trimmed(from);
        let keyword = line.span(0, end);
        let kind = Kind::of(&text[..end]);
        if kind == Kind::Unknown {
            self.unknown(keyword, &text[..end]);
        }
        self.lost = kind == Kind::Unknown;
        let args = self.args(kind, args, inside);
        let (heredocs, blank_lines) = (Vec::new(), Vec::new());
        Instruction { keyword, kind, span: line.whole(), flags, args, heredocs, blank_lines }
    }

    /// Reports a word that names no instruction. Of lines in a row that resemble none, only the first: they
    /// have one cause, such as a lost continuation.
    fn unknown(&mut self, keyword: Span, text: &str) {
        let message = match closest_instruction(text) {
            Some(name) => format!("no such instruction: write `{name}`"),
            None if self.lost => return,
            None => not_an_instruction(text),
        };
        self.errors.push(SyntaxError { span: keyword, message, related: None, kind: ErrorKind::Unreadable });
    }

    fn args(&mut self, kind: Kind, text: Logical, inside: bool) -> Args {
        if text.as_str().is_empty() {
            return Args::None;
        }
        match kind {
            Kind::Run | Kind::Cmd | Kind::Entrypoint | Kind::Shell => self.exec(text, Args::Shell),
            Kind::Add | Kind::Copy | Kind::Volume => self.exec(text, |text| Args::Words(split(&text))),
            Kind::From | Kind::Expose => Args::Words(split(&text)),
            Kind::Env | Kind::Label => self.assignments(kind, &text),
            Kind::Arg => Args::Pairs(self.pairs(&text)),
            Kind::Healthcheck => self.healthcheck(&text),
            Kind::Onbuild if !inside => Args::Instruction(Box::new(self.instruction(&text, true))),
            Kind::Onbuild
            | Kind::Maintainer
            | Kind::Stopsignal
            | Kind::User
            | Kind::Workdir
            | Kind::Unknown => Args::Text(Word::new(text)),
        }
    }

    /// The exec form, or what `otherwise` makes of the text.
    fn exec(&mut self, text: Logical, otherwise: impl FnOnce(Logical) -> Args) -> Args {
        match json::exec(&text) {
            Exec::Words(words) => Args::Exec(words),
            Exec::Not => otherwise(text),
            Exec::NotStrings(span) => {
                self.errors.push(invalid(span, "JSON form takes strings only: put this in double quotes"));
                Args::Text(Word::new(text))
            }
        }
    }

    /// `NONE`, or `CMD` and a command, which becomes an instruction of its own.
    fn healthcheck(&mut self, text: &Logical) -> Args {
        let all = text.as_str();
        let end = all.find(char::is_whitespace).unwrap_or(all.len());
        if !all[..end].eq_ignore_ascii_case("CMD") {
            return Args::Words(split(text));
        }
        let command = text.trimmed(end);
        let args = if command.as_str().is_empty() { Args::None } else { self.exec(command, Args::Shell) };
        Args::Instruction(Box::new(Instruction {
            keyword: text.span(0, end),
            kind: Kind::Cmd,
            span: text.whole(),
            flags: Vec::new(),
            args,
            heredocs: Vec::new(),
            blank_lines: Vec::new(),
        }))
    }

    /// `key=value …`, or the old form `key value with blanks`.
    fn assignments(&mut self, kind: Kind, text: &Logical) -> Args {
        let first = split_quoted(text, self.escape).into_iter().next().unwrap_or_default();
        if text.as_str()[first].contains('=') {
            let pairs = self.pairs(text);
            for pair in pairs.iter().filter(|pair| pair.value.is_none()) {
                let message = format!("`{}` takes `name=value`, and here is no `=`", kind.name());
                self.errors.push(invalid(pair.key.span, message));
            }
            return Args::Pairs(pairs);
        }
        let all = text.as_str();
        let end = all.find(BLANKS).unwrap_or(all.len());
        let from = all.len() - all[end..].trim_start_matches(BLANKS).len();
        let value = (end < all.len()).then(|| Word::new(text.slice(from..all.len())));
        let key = Word::new(text.slice(0..end));
        if value.is_none() {
            self.errors.push(invalid(
                key.span,
                format!("`{}` takes `name=value`, and here is no value", kind.name()),
            ));
        }
        Args::Pairs(vec![Pair { key, value, legacy: true }])
    }

    fn pairs(&self, text: &Logical) -> Vec<Pair> {
        let words = split_quoted(text, self.escape).into_iter();
        words
            .map(|word| {
                let equals = text.as_str()[word.clone()].find('=').map(|at| word.start + at);
                Pair {
                    key: Word::new(text.slice(word.start..equals.unwrap_or(word.end))),
                    value: equals.map(|at| Word::new(text.slice(at + 1..word.end))),
                    legacy: false,
                }
            })
            .collect()
    }
}

/// What to say of a word that names no instruction and resembles none.
fn not_an_instruction(text: &str) -> String {
    match text {
        _ if text.starts_with("{{") || text.starts_with("{%") => {
            "no such instruction: is this a template for a Dockerfile?".into()
        }
        "" => "continuation has nothing to continue: delete it".into(),
        _ => "no such instruction: does the line before it lack a continuation?".into(),
    }
}
