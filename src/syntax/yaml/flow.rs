//! Flow style: `[…]` and `{…}`, over as many lines as they take.

use super::parser::{Kind, Parser, Props, State, is_blank, is_bracket, is_break, is_space};
use crate::syntax::parsed::ErrorKind;
use crate::syntax::tree::NodeId;

impl Parser<'_> {
    /// The node that starts here, other than a block scalar or block collection.
    pub(super) fn atom(&mut self, single: bool) -> Option<NodeId> {
        match self.byte(self.at) {
            b'"' | b'\'' => self.quoted(),
            b'[' | b'{' => self.flow(),
            b'*' => self.alias(),
            _ => self.plain(single, false),
        }
    }

    /// A bracketed collection with all that it holds.
    fn flow(&mut self) -> Option<NodeId> {
        let base = self.frames.len();
        let mut misindented = false;
        if !self.open_flow() {
            return None;
        }
        loop {
            if !self.flow_space(&mut misindented) {
                self.unclosed_flow(base);
                return self.unwind(base);
            }
            let byte = self.byte(self.at);
            let read = match byte {
                b']' | b'}' => {
                    let Some(id) = self.close_flow(byte) else { return self.unwind(base) };
                    if self.frames.len() == base {
                        return Some(id);
                    }
                    self.attach_flow(id, true);
                    true
                }
                b',' => self.comma(),
                b':' if self.colon_here() => self.flow_colon(),
                b'?' if self.question_here() => self.flow_question(),
                _ => self.flow_node(),
            };
            if !read {
                return self.unwind(base);
            }
        }
    }

    /// Drops the frames of a collection that cannot be read on; what was read of it is lost to the tree.
    fn unwind(&mut self, base: usize) -> Option<NodeId> {
        let mut id = None;
        while self.frames.len() > base {
            let built = self.build(None);
            if self.frames.len() > base {
                self.attach_flow(built, true);
            }
            id = Some(built);
        }
        self.outer = Props::default();
        self.abandoned = id;
        None
    }

    fn open_flow(&mut self) -> bool {
        let map = self.byte(self.at) == b'{';
        let kind = if map { Kind::FlowMap } else { Kind::FlowSeq };
        let inner = self.inner();
        let props = std::mem::take(&mut self.outer);
        let pushed = self.push(kind, State::Next, self.at, inner, props);
        if pushed {
            self.at += 1;
        }
        pushed
    }

    /// Goes over blanks, comments and line breaks; false where the document ends.
    fn flow_space(&mut self, misindented: &mut bool) -> bool {
        loop {
            while is_blank(self.byte(self.at)) {
                self.at += 1;
            }
            if self.at >= self.bytes.len() {
                return false;
            }
            match self.byte(self.at) {
                b'\n' | b'\r' => self.skip_break(),
                b'#' if self.comment_here() => self.comment(),
                _ => return true,
            }
            if self.at >= self.bytes.len() || self.marker(self.at) {
                return false;
            }
            if !self.flow_indent(misindented) {
                return false;
            }
        }
    }

    /// Checks the indentation of a line inside brackets; false where the brackets seem to be left open.
    fn flow_indent(&mut self, misindented: &mut bool) -> bool {
        let inner = self.inner();
        let mut column = 0;
        while self.byte(self.line + column) == b' ' {
            column += 1;
        }
        if column >= inner || *misindented {
            return true;
        }
        let mut first = self.line + column;
        while is_blank(self.byte(first)) {
            first += 1;
        }
        if is_break(self.byte(first)) || self.byte(first) == b'#' {
            return true;
        }
        *misindented = true;
        if !self.closes(first) {
            return false;
        }
        let message = format!("a line inside brackets must be indented by at least {inner} here");
        self.tolerated(first, first + 1, message);
        true
    }

    /// Whether the open brackets are closed further down in this document.
    fn closes(&mut self, from: usize) -> bool {
        if self.patience == 0 {
            return false;
        }
        let open = self.frames.iter().filter(|frame| matches!(frame.kind, Kind::FlowMap | Kind::FlowSeq));
        let mut depth = open.count();
        let mut at = from;
        while at < self.bytes.len() {
            match self.bytes[at] {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth -= 1,
                b'\n' if self.marker(at + 1) => break,
                _ => {}
            }
            at += 1;
            if depth == 0 {
                break;
            }
        }
        self.patience = self.patience.saturating_sub(at - from);
        depth == 0 && self.patience > 0
    }

    fn unclosed_flow(&mut self, base: usize) {
        let frame = self.frames.iter().skip(base).rev().find(|frame| frame.kind != Kind::Pair);
        let Some(start) = frame.map(|frame| frame.start) else { return };
        let close = if self.byte(start) == b'{' { '}' } else { ']' };
        let message = format!("this `{}` is never closed; add `{close}`", self.byte(start) as char);
        self.report(start, start + 1, ErrorKind::Unreadable, message, None);
        // Reading goes on at the line that shows it, which is not part of the brackets.
        let read = self.builder.last_end();
        self.at = self.line.saturating_sub(1).max(start).max(read);
    }

    /// A node inside a collection is complete.
    fn attach_flow(&mut self, id: NodeId, json: bool) {
        let props = std::mem::take(&mut self.outer);
        if props.any() && self.builder.is_alias(id) {
            let (start, end) = (self.builder.start(id), self.builder.end(id));
            self.unreadable(start, end, "an alias has no anchor or tag of its own; remove them");
        }
        self.give(id, props);
        let merge = self.builder.is_merge(id);
        let top = self.top();
        if matches!(top.kind, Kind::FlowMap | Kind::Pair) && matches!(top.state, State::Next | State::Key) {
            top.merges |= merge;
        }
        top.json = json;
        self.attach(id);
    }

    /// Whether the `:` here stands between a key and a value.
    fn colon_here(&mut self) -> bool {
        let next = self.byte(self.at + 1);
        let top = *self.top();
        let after_key = top.state == State::Colon || top.kind == Kind::FlowSeq && top.state == State::Full;
        is_space(next) || is_bracket(next) || top.json && after_key
    }

    fn question_here(&self) -> bool {
        is_space(self.byte(self.at + 1)) || is_bracket(self.byte(self.at + 1))
    }

    fn flow_colon(&mut self) -> bool {
        let at = self.at;
        let top = *self.top();
        match (top.kind, top.state) {
            (Kind::FlowSeq, State::Full) => {
                if top.line != self.line {
                    let message = "the key of a pair inside `[…]` must be on one line with its `:`";
                    self.invalid(at, at + 1, message);
                }
                let Some(key) = self.pending.pop() else { return false };
                let start = self.builder.start(key);
                self.top().state = State::Next;
                if !self.push(Kind::Pair, State::Next, start, top.inner, Props::default()) {
                    return false;
                }
                self.top().merges = self.builder.is_merge(key);
                self.attach(key);
            }
            (Kind::FlowSeq, State::Next) => {
                if !self.push(Kind::Pair, State::Next, at, top.inner, Props::default()) {
                    return false;
                }
                let id = self.hollow(at);
                self.attach(id);
            }
            (_, State::Next | State::Key) => {
                let id = self.hollow(at);
                self.attach(id);
            }
            (_, State::Colon) => {}
            _ => {
                self.unreadable(at, at + 1, "a second `:` in one entry; is a comma missing before its key?");
                return false;
            }
        }
        self.at += 1;
        let top = self.top();
        top.state = State::Value;
        top.hollow = at + 1;
        top.json = false;
        true
    }

    fn flow_question(&mut self) -> bool {
        let at = self.at;
        let top = *self.top();
        match (top.kind, top.state) {
            (Kind::FlowSeq, State::Next) => {
                if !self.push(Kind::Pair, State::Key, at, top.inner, Props::default()) {
                    return false;
                }
            }
            (Kind::FlowMap, State::Next) => {
                let top = self.top();
                top.state = State::Key;
                top.hollow = at + 1;
            }
            _ => {
                self.unreadable(at, at + 1, "a `?` key cannot stand here; is a comma missing before it?");
                return false;
            }
        }
        self.at += 1;
        true
    }

    /// Ends an entry: what is missing of it is empty. False if there is no entry at all.
    fn end_entry(&mut self) -> bool {
        if self.top().kind == Kind::Pair {
            let id = self.build(None);
            self.pending.push(id);
            self.top().state = State::Full;
            return true;
        }
        let at = self.at;
        if self.top().state == State::Next {
            if !self.outer.any() {
                return false;
            }
            let id = self.hollow(at);
            self.attach(id);
        }
        self.fill();
        true
    }

    fn comma(&mut self) -> bool {
        if !self.end_entry() {
            let at = self.at;
            self.invalid(at, at + 1, "nothing stands before this comma; remove it");
        }
        self.at += 1;
        let top = self.top();
        top.state = State::Next;
        top.json = false;
        true
    }

    fn close_flow(&mut self, byte: u8) -> Option<NodeId> {
        self.end_entry();
        let at = self.at;
        let top = *self.top();
        let wanted = if top.kind == Kind::FlowMap { b'}' } else { b']' };
        if byte != wanted {
            let message = format!("expected `{}` here", wanted as char);
            let related = Some((self.span(top.start, top.start + 1), "to close this".to_owned()));
            self.report(at, at + 1, ErrorKind::Unreadable, message, related);
            return None;
        }
        self.at += 1;
        Some(self.build(Some(at + 1)))
    }

    /// Properties, a scalar, an alias or a nested collection.
    fn flow_node(&mut self) -> bool {
        let start = self.at;
        if matches!(self.top().state, State::Full | State::Colon) {
            self.invalid(start, start + 1, "a comma is missing before this entry");
            self.end_entry();
            self.top().state = State::Next;
        }
        match self.byte(start) {
            b'&' | b'!' => {
                let mut props = std::mem::take(&mut self.outer);
                let read = self.properties(&mut props, true);
                self.outer = props;
                return read;
            }
            b'[' | b'{' => {
                let line = self.line;
                self.top().line = line;
                return self.open_flow();
            }
            _ => {}
        }
        let (line, json) = (self.line, matches!(self.byte(start), b'"' | b'\''));
        let id = match self.byte(start) {
            b'"' | b'\'' => self.quoted(),
            b'*' => self.alias(),
            _ => self.plain(false, true),
        };
        let Some(id) = id else { return false };
        self.top().line = line;
        self.attach_flow(id, json);
        true
    }
}
