//! What a container runs: its program and the flags it is given, read when somebody asks.
//!
//! `command` and `args` as one list of words; of a shell that is given a script, the command in the script.

use super::component::COMPONENTS;
use super::flags::{Elsewhere, Flag, Flags};
use super::setting::is_placeholder;
use super::workload::Word;
use super::{Field, Setting, Value};
use crate::syntax::shell;
use crate::syntax::tree::{Kind, Node, Trace};
use crate::text::Span;

/// Items of one value that get a place of their own; nothing has as many.
const MAX_ITEMS: usize = 256;

/// The words that a container runs.
pub struct Words<'t> {
    list: Vec<Item<'t>>,
    /// What may add words that are not written here.
    open: Option<Span>,
    /// Whether the container says what to run, rather than the image.
    pub has_command: bool,
    near: Span,
}

/// One word, and the node it is part of.
struct Item<'t> {
    text: String,
    span: Span,
    node: Node<'t>,
}

impl Item<'_> {
    /// Where the bytes `from..to` of the text are written; all of the word where that cannot be told.
    fn part(&self, from: usize, to: usize) -> Span {
        if self.span == whole(self.node) && self.text == self.node.text() {
            let span = self.node.sub_span(from, to);
            return if span.is_empty() { self.span } else { span };
        }
        let part = self.text.get(from..to).filter(|part| !part.is_empty());
        let source = self.node.tree().text().get(self.span.range());
        let found = part.zip(source).and_then(|(part, source)| {
            let at = source.find(part)?;
            (source.rfind(part) == Some(at)).then(|| self.span.slice(at, at + part.len()))
        });
        found.unwrap_or(self.span)
    }

    /// The part behind the last `/`.
    fn base_name(&self) -> &str {
        self.text.rsplit('/').next().unwrap_or_default()
    }
}

fn whole(node: Node<'_>) -> Span {
    node.sub_span(0, node.text().len())
}

impl<'t> Words<'t> {
    /// The words of a container that stands at `near`.
    pub fn of(container: Node<'t>, near: Span) -> Words<'t> {
        let command = container.entry("command");
        let near = command.as_ref().map_or(near, |entry| entry.key.span());
        let mut words = Words { list: Vec::new(), open: None, has_command: command.is_some(), near };
        for key in ["command", "args"] {
            match container.get(key) {
                Some(list) => words.extend(list),
                None if container.is_open() => words.open = Some(container.span()),
                None => {}
            }
        }
        words.enter_script();
        words
    }

    fn extend(&mut self, list: Node<'t>) {
        if list.is_open() || !matches!(list.kind(), Kind::Sequence | Kind::Null) {
            self.open = Some(list.span());
        }
        for node in list.items() {
            if node.style().is_none() {
                self.open = Some(node.span());
            } else {
                self.list.push(Item { text: node.text().to_owned(), span: whole(node), node });
            }
        }
    }

    /// Replaces a shell and its script with the command in the script that matters: a component, or the only one.
    fn enter_script(&mut self) {
        let found = shell::script_of(self.list.iter().map(|word| word.text.as_str()));
        let Some((dialect, at)) = found else { return };
        let Some((node, near)) = self.list.get(at).map(|script| (script.node, self.list[0].span)) else {
            return;
        };
        let trace = Trace::of(node);
        let script = shell::parse(node.text(), dialect, &|from, to| trace.span(from, to));
        let wanted = script.commands.iter().find(|command| COMPONENTS.contains(&command.name()));
        let only = if let [only] = script.commands.as_slice() { Some(only) } else { None };
        let Some(command) = wanted.or(only) else {
            self.list.truncate(1);
            self.open = Some(near);
            return;
        };
        let words = command.program().iter();
        self.list = words.map(|word| Item { text: word.text.clone(), span: word.span, node }).collect();
        if !script.complete || node.kind() == Kind::Unknown {
            self.open = Some(node.span());
        }
    }

    /// The text of each word with its place.
    pub fn texts(&self) -> impl Iterator<Item = (&str, Span)> {
        self.list.iter().map(|word| (word.base_name(), word.span))
    }

    /// The name of the program, without its folder. Nothing where the image says what to run.
    pub fn program(&self) -> Setting<String> {
        match self.list.first().filter(|_| self.has_command) {
            Some(first) if is_hidden(&first.text) => Setting::Unknown(first.span),
            Some(first) => {
                let name = first.base_name();
                let end = first.text.len();
                Setting::Set(name.to_owned(), first.part(end - name.len(), end))
            }
            None => self.open.map_or(Setting::Unset, Setting::Unknown),
        }
    }

    /// The flags among the words from this one on.
    pub fn flags(&self, from: usize) -> Flags {
        let mut flags = Flags::none(self.near);
        let mut open = self.open;
        let mut words = self.list.get(from..).unwrap_or_default().iter().peekable();
        while let Some(word) = words.next() {
            let body = word.text.trim_start_matches('-');
            let dashes = word.text.len() - body.len();
            if word.text == "--" {
                break;
            }
            let (name, value) =
                body.split_once('=').map_or((body, None), |(name, value)| (name, Some(value)));
            if is_hidden(name) {
                open = Some(word.span);
            }
            if dashes == 0 || name.is_empty() || is_hidden(name) {
                continue;
            }
            let (value, items) = match value {
                Some(_) => word.value(dashes + name.len() + 1),
                None => match words.next_if(|next| !next.text.starts_with('-')) {
                    Some(next) => {
                        if is_hidden(&next.text) {
                            // It may be more than a value.
                            open = Some(next.span);
                        }
                        next.value(0)
                    }
                    None => (Setting::Set("true".to_owned(), word.span), Vec::new()),
                },
            };
            flags.given.push(Flag { name: name.to_owned(), value, items });
        }
        flags.elsewhere = open.map_or(Elsewhere::Nowhere, Elsewhere::Any);
        flags
    }
}

impl Item<'_> {
    /// The text from `from` on as the value of a flag, and its items.
    fn value(&self, from: usize) -> (Setting<String>, Vec<Word>) {
        let text = self.text.get(from..).unwrap_or_default();
        let span = self.part(from, self.text.len());
        if is_hidden(text) || self.node.kind() == Kind::Unknown && !self.node.text().contains("{{") {
            return (Setting::Unknown(span), Vec::new());
        }
        let mut at = from;
        let items = text.split(',').take(MAX_ITEMS).map(|item| {
            let start = at;
            at += item.len() + 1;
            Word { text: item.to_owned(), span: self.part(start, start + item.len()) }
        });
        (Setting::Set(text.to_owned(), span), items.filter(|item| !item.text.is_empty()).collect())
    }
}

/// Whether another tool, the kubelet or a shell puts something in for part of the text.
fn is_hidden(text: &str) -> bool {
    is_placeholder(text)
        || text.contains([shell::HIDDEN, '$'])
        || text.starts_with('<') && text.ends_with('>')
}

/// A container's program and flags.
pub struct CommandLine {
    program: Setting<String>,
    flags: Flags,
    near: Span,
}

impl CommandLine {
    /// Reads what a container runs; it stands at `near`.
    pub fn of(container: Node<'_>, near: Span) -> CommandLine {
        let words = Words::of(container, near);
        let program = words.program();
        // Without a command the first word is an argument of the image's own program.
        let mut flags = words.flags(usize::from(words.has_command));
        flags.near = program.span().unwrap_or(words.near);
        CommandLine { program, flags, near: words.near }
    }

    /// The name of the program.
    pub fn program(&self) -> Field<'_> {
        Field::string(&self.program, self.near)
    }

    /// The flags it is given.
    pub fn flags(&self) -> Field<'_> {
        Field::Set(Value::Record(&self.flags), self.flags.near)
    }
}
