//! Keys of block mappings: `key: `, `? ` and the node that turns out to be a key.

use super::block::Step;
use super::parser::{Kind, Parser, Props, State};
use crate::syntax::tree::{NodeId, Scalar, Style};

impl Parser<'_> {
    pub(super) fn atom_or_key(&mut self, start: usize, compact: bool, props: Props) -> Step {
        let outer = std::mem::take(&mut self.outer);
        let line = self.line;
        let atom = self.at;
        let id = if self.indicator(self.at, b':') { Some(self.no_key(start)) } else { self.atom(false) };
        self.outer = outer;
        let Some(id) = id else { return self.broken(start) };
        let end = self.at;
        self.skip_blanks();
        if self.indicator(self.at, b':') {
            return self.first_key(start, id, props, line, compact);
        }
        self.at = end;
        if props.any() && self.builder.is_alias(id) {
            self.unreadable(atom, end, "an alias has no anchor or tag of its own; remove them");
        }
        if !self.join_outer(props) {
            return self.broken(start);
        }
        let props = std::mem::take(&mut self.outer);
        self.give(id, props);
        self.attach(id);
        self.gap = end;
        self.end_line();
        Step::Done
    }

    /// The key that is not written before a `:`.
    fn no_key(&mut self, start: usize) -> NodeId {
        self.builder.scalar(start, start, Style::Absent, Scalar::Slice(start, start))
    }

    /// Opens a mapping with its first key, which has been read up to its `:`.
    fn first_key(&mut self, start: usize, id: NodeId, props: Props, line: usize, compact: bool) -> Step {
        let colon = self.at;
        if line != self.line {
            self.key_over_lines(start, colon);
            return self.broken(start);
        }
        if !compact {
            let message =
                "a value cannot hold `key: value` on one line; quote it or move the mapping to its own lines";
            self.unreadable(colon, colon + 1, message);
            return self.broken(start);
        }
        if let Some(tab) = self.tab.filter(|&tab| tab < start) {
            self.tab = Some(tab);
            self.tab_error();
            return Step::Done;
        }
        let inner = self.column(start) + 1;
        let outer = std::mem::take(&mut self.outer);
        if !self.push(Kind::Map, State::Next, start, inner, outer) {
            return Step::Done;
        }
        self.key(id, props)
    }

    /// Takes a node as the key of the mapping on top; its `:` stands here.
    fn key(&mut self, id: NodeId, props: Props) -> Step {
        if props.any() && self.builder.is_alias(id) {
            let (start, end) = (self.builder.start(id), self.builder.end(id));
            self.unreadable(start, end, "an alias has no anchor or tag of its own; remove them");
        }
        self.give(id, props);
        self.attach(id);
        let merge = self.builder.is_merge(id);
        self.at += 1;
        self.tab = None;
        let at = self.at;
        let top = self.top();
        top.state = State::Value;
        top.hollow = at;
        top.merges |= merge;
        Step::Inline(false)
    }

    /// A line that starts the next entry of the mapping on top.
    pub(super) fn entry(&mut self) {
        let start = self.at;
        if self.tab.is_some() {
            return self.tab_error();
        }
        if self.indicator(start, b'?') {
            self.at += 1;
            let top = self.top();
            top.state = State::Key;
            top.hollow = start + 1;
            return self.inline(true);
        }
        if self.indicator(start, b'-') {
            if !self.other_branch() {
                let message = "a `- ` item cannot stand between keys; fix its indentation";
                self.unreadable(start, start + 1, message);
                self.skip_broken();
            }
            return;
        }
        let mut props = Props::default();
        if matches!(self.byte(start), b'&' | b'!') {
            if !self.properties(&mut props, false) {
                return self.skip_broken();
            }
            self.skip_blanks();
        }
        let line = self.line;
        let id = if self.indicator(self.at, b':') { Some(self.no_key(start)) } else { self.atom(true) };
        let Some(id) = id else { return self.skip_broken() };
        let end = self.at;
        self.skip_blanks();
        if !self.indicator(self.at, b':') || line != self.line {
            if self.other_branch() {
                return;
            }
            self.not_a_key(start, end, line);
            return self.skip_broken();
        }
        if let Step::Inline(compact) = self.key(id, props) {
            self.inline(compact);
        }
    }
}
