//! Documents: where each starts and ends, and the directives before it.

use super::parser::{Kind, Parser, Props, State, is_blank, is_break, is_space};
use crate::syntax::tree::Document;

impl Parser<'_> {
    /// Reads every document.
    pub(super) fn stream(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.at = 3;
        }
        let mut directives_allowed = true;
        loop {
            self.handles.clear();
            self.anchors.clear();
            self.aliases = false;
            self.complete = true;
            let Some(start) = self.prologue(&mut directives_allowed) else { return };
            self.document(start);
            directives_allowed = self.suffix();
        }
    }

    /// Goes to the next document, over directives: where it starts. `None` at the end.
    fn prologue(&mut self, directives_allowed: &mut bool) -> Option<usize> {
        let mut first = None;
        let mut version = false;
        loop {
            if self.next_line() {
                let directive = self.at == self.line && self.byte(self.at) == b'%';
                if !directive || !*directives_allowed {
                    if let Some(start) = first {
                        let end = self.at;
                        self.invalid(start, end.min(start + 1), "a directive needs a `---` line after it");
                    }
                    return Some(first.unwrap_or(self.line));
                }
                first = first.or(Some(self.at));
                self.directive(&mut version);
            } else if self.at >= self.bytes.len() {
                if let Some(start) = first {
                    self.invalid(start, start + 1, "a directive needs a document after it, started by `---`");
                }
                return None;
            } else if self.byte(self.at) == b'-' {
                return Some(first.unwrap_or(self.at));
            } else {
                if let Some(start) = first {
                    self.invalid(start, start + 1, "a directive needs a `---` line after it");
                }
                self.suffix();
                *directives_allowed = true;
            }
        }
    }

    /// `%YAML` and `%TAG`; others are ignored, as the specification asks.
    fn directive(&mut self, version: &mut bool) {
        let start = self.at;
        let end = self.line_end();
        let text = self.text;
        let line = text.get(start..end).unwrap_or_default();
        let line = line.find(" #").or_else(|| line.find("\t#")).map_or(line, |at| &line[..at]);
        let mut words = line.split([' ', '\t']).filter(|word| !word.is_empty());
        let name = words.next().unwrap_or_default();
        let words: Vec<&str> = words.collect();
        match (name, words.as_slice()) {
            ("%YAML", _) if *version => self.invalid(start, end, "a second `%YAML` directive; remove it"),
            ("%YAML", [number]) if is_version(number) => *version = true,
            ("%YAML", _) => self.invalid(start, end, "write `%YAML 1.2` and nothing else on this line"),
            ("%TAG", [handle, _]) if handle.starts_with('!') && handle.ends_with('!') => {
                self.handles.push(handle);
            }
            ("%TAG", _) => self.invalid(start, end, "write `%TAG !handle! prefix`"),
            _ => {}
        }
        if let Some(hash) = text[start..end].find(" #") {
            self.at = start + hash + 1;
            return self.comment();
        }
        self.at = end;
        while !is_break(self.byte(self.at)) {
            self.at += 1;
        }
        self.skip_break();
    }

    /// Reads one document up to the marker after it.
    fn document(&mut self, start: usize) {
        let first_node = self.builder.len();
        self.frames.clear();
        self.pending.clear();
        self.outer = Props::default();
        self.push(Kind::Root, State::Value, start, 0, Props::default());
        if self.at < self.bytes.len() && self.at == self.line && self.marker(self.at) {
            self.at += 3;
            self.tab = None;
            self.actions.take_insertion();
            self.inline(false);
        } else {
            self.at = self.line;
        }
        self.lines();
        let waits = self.top().state == State::Value;
        let printed = self.actions.pending_since(start);
        if waits && (self.outer.any() || printed) {
            let at = self.at;
            let id = self.hollow(at);
            self.attach(id);
        }
        let root = self.pending.first().copied();
        self.frames.clear();
        self.check_aliases(first_node);
        let span = self.span(start, self.at);
        self.builder.document(Document { span, root, complete: self.complete });
    }

    /// Takes a `...` line; whether there was one.
    fn suffix(&mut self) -> bool {
        if self.byte(self.at) != b'.' || self.at >= self.bytes.len() {
            return false;
        }
        self.at += 3;
        self.tab = None;
        while is_blank(self.byte(self.at)) {
            self.at += 1;
        }
        if is_break(self.byte(self.at)) {
            self.skip_break();
        } else if self.comment_here() {
            self.comment();
        } else {
            let end = self.line_end();
            self.invalid(self.at, end, "nothing but a comment can follow `...`; put this on the next line");
            self.at = end;
            while self.at < self.bytes.len() && is_space(self.byte(self.at)) && !is_break(self.byte(self.at))
            {
                self.at += 1;
            }
            self.skip_break();
        }
        true
    }
}

fn is_version(word: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    word.split_once('.').is_some_and(|(major, minor)| digits(major) && digits(minor))
}
