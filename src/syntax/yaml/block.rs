//! Block style: lines, indentation, `- `, `? ` and `key: `.
//!
//! Each line first closes what its indentation ends, then is read for the frame that is left on top.

use super::parser::{Frame, Kind, Parser, Props, State, is_break, is_space};
use crate::syntax::parsed::ErrorKind;

/// What reading a part of a line came to.
pub(super) enum Step {
    /// The rest of the line holds the node now waited for; whether it may be a block collection.
    Inline(bool),
    Done,
}

impl Parser<'_> {
    /// Reads lines up to the end of the document.
    pub(super) fn lines(&mut self) {
        while self.next_line() {
            self.block_line();
            self.actions.take_insertion();
        }
        while self.frames.len() > 1 {
            self.close();
        }
    }

    /// Goes to the next text that is no comment; false at the end of the document.
    pub(super) fn next_line(&mut self) -> bool {
        let gap = self.gap.min(self.at);
        loop {
            if self.at >= self.bytes.len() {
                self.passed(gap);
                return false;
            }
            self.line = self.at;
            self.tab = None;
            while self.byte(self.at) == b' ' {
                self.at += 1;
            }
            if self.byte(self.at) == b'\t' {
                self.skip_blanks();
            }
            match self.byte(self.at) {
                b'\n' | b'\r' => self.skip_break(),
                b'#' => self.comment(),
                b'-' | b'.' if self.at == self.line && self.marker(self.at) => {
                    self.passed(gap);
                    return false;
                }
                _ => {
                    self.passed(gap);
                    return true;
                }
            }
        }
    }

    /// From a line break to the next line.
    pub(super) fn skip_break(&mut self) {
        self.at += usize::from(self.byte(self.at) == b'\r');
        self.at = (self.at + usize::from(self.byte(self.at) == b'\n')).min(self.bytes.len());
        self.line = self.at;
    }

    /// Records the comment that starts here and goes to the next line.
    pub(super) fn comment(&mut self) {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let mut end = memchr::memchr(b'\n', rest).map_or(self.bytes.len(), |found| start + found);
        self.at = end;
        if self.byte(end.saturating_sub(1)) == b'\r' {
            end -= 1;
        }
        let own_line = self.bytes[self.line..start].iter().all(|&byte| byte == b' ' || byte == b'\t');
        let span = self.span(start, end);
        self.builder.comment(span, own_line);
        self.skip_break();
    }

    /// Whether the byte at `at` is an indicator: blank or nothing follows.
    pub(super) fn indicator(&self, at: usize, byte: u8) -> bool {
        self.byte(at) == byte && is_space(self.byte(at + 1))
    }

    fn block_line(&mut self) {
        let column = match self.tab {
            Some(_) => self.bytes[self.line..].iter().take_while(|&&byte| byte == b' ').count(),
            None => self.column(self.at),
        };
        let dash = self.indicator(self.at, b'-');
        self.settle(column, dash);
        self.mark_open(column);
        let Frame { kind, state, inner, .. } = *self.top();
        let compact = true;
        match state {
            State::Key | State::Value => self.inline(compact),
            State::Colon if column + 1 == inner && self.indicator(self.at, b':') => {
                if self.tab.is_some() {
                    return self.tab_error();
                }
                self.explicit_value();
            }
            _ if kind == Kind::Root => self.second_root(),
            _ if column >= inner && !(kind == Kind::Map && self.in_other_branch()) => self.too_deep(),
            State::Colon => {
                self.fill();
                self.entry();
            }
            _ if kind == Kind::Seq && dash => self.after_dash(),
            _ if kind == Kind::Seq => {
                if self.other_branch() {
                    return;
                }
                let end = self.line_end();
                self.unreadable(self.at, end, "expected `- ` here, like the items above");
                self.skip_broken();
            }
            _ => self.entry(),
        }
    }

    /// Closes the collections that a line at this column is not part of.
    fn settle(&mut self, column: usize, dash: bool) {
        loop {
            let Frame { kind, state, inner, .. } = *self.top();
            let waits = matches!(state, State::Key | State::Value);
            if kind == Kind::Root || column >= inner {
                return;
            }
            if column + 1 == inner {
                match kind {
                    Kind::Map if waits && dash => return,
                    Kind::Seq if !dash && self.beside_map() => {
                        self.close();
                        continue;
                    }
                    _ if waits => self.fill_waiting(),
                    _ => {}
                }
                return;
            }
            self.close();
        }
    }

    fn fill_waiting(&mut self) {
        let hollow = self.top().hollow;
        let id = self.hollow(hollow);
        self.attach(id);
    }

    /// Whether the sequence on top stands at the column of the mapping that holds it.
    fn beside_map(&self) -> bool {
        let mut from_top = self.frames.iter().rev();
        let (seq, map) = (from_top.next(), from_top.next());
        seq.zip(map).is_some_and(|(seq, map)| map.kind == Kind::Map && map.inner == seq.inner)
    }

    /// Reads the rest of the line as the node that the top frame waits for.
    pub(super) fn inline(&mut self, compact: bool) {
        let mut step = Step::Inline(compact);
        while let Step::Inline(compact) = step {
            self.gap = self.at;
            self.skip_blanks();
            step = self.node(compact);
        }
    }

    fn after_dash(&mut self) {
        if self.tab.is_some() {
            return self.tab_error();
        }
        self.explicit_value();
    }

    /// Reads what follows a `-`, or a `:` that begins its line.
    fn explicit_value(&mut self) {
        self.at += 1;
        let at = self.at;
        let top = self.top();
        top.state = State::Value;
        top.hollow = at;
        self.inline(true);
    }

    /// One step of a line: properties, an indicator, or a node with what follows it.
    fn node(&mut self, compact: bool) -> Step {
        let start = self.at;
        let tab = self.tab;
        let mut props = Props::default();
        if matches!(self.byte(self.at), b'&' | b'!') {
            if !self.properties(&mut props, false) {
                return self.broken(start);
            }
            self.skip_blanks();
        }
        if is_break(self.byte(self.at)) || self.comment_here() {
            if props.any() && !self.join_outer(props) {
                return self.broken(start);
            }
            self.end_line();
            return Step::Done;
        }
        self.tab = tab;
        match self.byte(self.at) {
            b'-' | b'?' if is_space(self.byte(self.at + 1)) => self.open_block(start, compact, props),
            b'|' | b'>' => self.block_node(start, props),
            _ => self.atom_or_key(start, compact, props),
        }
    }

    /// Adds to the properties that wait for the next node.
    pub(super) fn join_outer(&mut self, props: Props) -> bool {
        let clash = match (self.outer.anchor, props.anchor, self.outer.tag, props.tag) {
            (Some(_), Some(span), ..) | (_, _, Some(_), Some(span)) => Some(span),
            _ => None,
        };
        if let Some(span) = clash {
            let message = "a node has one anchor and one tag at most; remove this one";
            self.unreadable(span.start as usize, span.end as usize, message);
            return false;
        }
        self.outer = Props { anchor: self.outer.anchor.or(props.anchor), tag: self.outer.tag.or(props.tag) };
        true
    }

    /// Opens a sequence at `- `, or a mapping at `? `.
    fn open_block(&mut self, start: usize, compact: bool, props: Props) -> Step {
        let dash = self.byte(self.at) == b'-';
        if props.any() || !compact {
            let what = if dash { "sequence" } else { "mapping" };
            let message = format!("a block {what} cannot start on this line; move it to the next line");
            self.unreadable(self.at, self.at + 1, message);
            return self.broken(start);
        }
        if self.tab.is_some() {
            self.tab_error();
            return Step::Done;
        }
        let inner = self.column(self.at) + 1;
        let props = std::mem::take(&mut self.outer);
        let (kind, state) = if dash { (Kind::Seq, State::Value) } else { (Kind::Map, State::Key) };
        if !self.push(kind, state, self.at, inner, props) {
            return Step::Done;
        }
        self.at += 1;
        Step::Inline(true)
    }

    fn block_node(&mut self, start: usize, props: Props) -> Step {
        let Some(id) = self.block_scalar() else { return self.broken(start) };
        if !self.join_outer(props) {
            return self.broken(start);
        }
        let props = std::mem::take(&mut self.outer);
        self.give(id, props);
        self.attach(id);
        self.gap = self.at;
        Step::Done
    }

    /// After a node: a comment or nothing may follow on its line.
    pub(super) fn end_line(&mut self) {
        let end = self.at;
        self.skip_blanks();
        if is_break(self.byte(self.at)) {
            return self.skip_break();
        }
        if self.byte(self.at) == b'#' {
            if !self.comment_here() {
                self.invalid(self.at, self.at + 1, "a comment needs a blank before its `#`");
            }
            return self.comment();
        }
        let start = self.at;
        let stop = self.line_end();
        let before = self.byte(end.saturating_sub(1));
        let message = match before {
            b'"' | b'\'' => "text after the closing quote; quote the whole value",
            b']' | b'}' => "text after the closing bracket; quote the whole value or put it on its own line",
            _ => "unexpected text after this value",
        };
        self.report(start, stop, ErrorKind::Unreadable, message.to_owned(), None);
        self.skip_broken();
    }

    /// Whether a comment starts here.
    pub(super) fn comment_here(&self) -> bool {
        self.byte(self.at) == b'#' && (self.at == self.line || is_space(self.byte(self.at - 1)))
    }

    /// Gives up on the node that starts at `start`: it is unknown, and reading goes on below it.
    pub(super) fn broken(&mut self, start: usize) -> Step {
        self.outer = Props::default();
        let id = self.abandoned.take();
        if let Some(id) = id {
            self.builder.open(id);
        }
        let waits = matches!(self.top().state, State::Key | State::Value);
        if waits {
            let id = id.unwrap_or_else(|| {
                let end = self.text_end(start);
                self.builder.unknown(start, end)
            });
            self.attach(id);
        }
        self.skip_broken();
        Step::Done
    }
}
