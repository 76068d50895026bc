//! Block scalars: the header, the indentation, where the text ends, and what it says.

use super::cook;
use super::parser::{Parser, is_blank, is_break, is_space};
use crate::syntax::template::Sort;
use crate::syntax::tree::{NodeId, Scalar, Style};

impl Parser<'_> {
    /// A literal or folded scalar: header, then lines.
    pub(super) fn block_scalar(&mut self) -> Option<NodeId> {
        let start = self.at;
        let folded = self.byte(start) == b'>';
        let (explicit, chomp) = self.block_header()?;
        let header_end = self.at;
        self.end_line_of_header()?;
        let inner = self.inner();
        let from = self.at;
        let (indent, stop, text_end) = match explicit {
            Some(digit) => self.block_extent(from, inner.max(1) - 1 + digit),
            None => self.block_detect(from, inner),
        };
        let (stop, text_end) = self.block_actions(from, stop, text_end);
        let in_header = self.actions.within(start, from).last();
        let header_end = in_header.map_or(header_end, |action| action.span.end as usize);
        self.check_tab_line(stop);
        let style = if folded { Style::Folded } else { Style::Literal };
        let end = if text_end > from { text_end } else { header_end };
        self.at = stop;
        self.line = stop;
        let mut value = std::mem::take(&mut self.builder.scratch);
        value.clear();
        cook::block(&self.text[from..stop], indent, folded, chomp, &mut value);
        let id = self.builder.scalar(start, end, style, Scalar::Cooked(&value));
        self.builder.scratch = value;
        Some(id)
    }

    fn block_header(&mut self) -> Option<(Option<usize>, cook::Chomp)> {
        let start = self.at;
        self.at += 1;
        let mut digit = None;
        let mut chomp = None;
        loop {
            match self.byte(self.at) {
                byte @ b'1'..=b'9' if digit.is_none() => digit = Some(usize::from(byte - b'0')),
                b'-' if chomp.is_none() => chomp = Some(cook::Chomp::Strip),
                b'+' if chomp.is_none() => chomp = Some(cook::Chomp::Keep),
                byte if is_space(byte) => return Some((digit, chomp.unwrap_or(cook::Chomp::Clip))),
                _ => break,
            }
            self.at += 1;
        }
        let end = self.line_end();
        let message = "only a digit from 1 to 9, `-` or `+` may follow the `|` or `>` of a block scalar; \
                       start its text on the next line, or quote the value";
        self.unreadable(self.at, end, message);
        self.at = start;
        None
    }

    fn end_line_of_header(&mut self) -> Option<()> {
        self.skip_blanks();
        if is_break(self.byte(self.at)) {
            self.skip_break();
            return Some(());
        }
        if self.comment_here() {
            self.comment();
            return Some(());
        }
        let end = self.line_end();
        self.unreadable(self.at, end, "the text of a block scalar starts on the next line");
        None
    }

    /// Finds the indentation of a block scalar by its first line, then its extent.
    fn block_detect(&mut self, from: usize, inner: usize) -> (usize, usize, usize) {
        let mut line = from;
        let mut deepest = (0, from);
        while line < self.bytes.len() {
            let mut at = line;
            while self.byte(at) == b' ' {
                at += 1;
            }
            if !is_break(self.byte(at)) {
                let column = at - line;
                if column < inner || column == 0 && self.marker(line) {
                    break;
                }
                if deepest.0 > column && !self.actions.any() {
                    let (start, end) = (deepest.1 + column, deepest.1 + deepest.0);
                    let message = "a blank line before the text has more spaces than the text; remove them";
                    self.invalid(start, end, message);
                }
                return self.block_extent(from, column);
            }
            deepest = deepest.max((at - line, line));
            line = self.next_break(at);
        }
        let indent = deepest.0.max(inner);
        (indent, line.min(self.bytes.len()), from)
    }

    /// Where a block scalar and its text end, given the actions on lines of their own that are part of it or not.
    fn block_actions(&self, from: usize, stop: usize, text_end: usize) -> (usize, usize) {
        if !self.actions.any() {
            return (stop, text_end);
        }
        let inner = self.inner();
        let mut text_end = text_end;
        for action in self.actions.within(from, stop) {
            let (at, end) = (action.span.start as usize, action.span.end as usize);
            if at < text_end {
                continue;
            }
            let width = action.indent.unwrap_or(action.column) as usize;
            let inside = width >= inner || action.indent.is_none() && text_end <= from;
            if action.sort == Sort::Insert && inside {
                text_end = text_end.max(end);
            } else if action.sort == Sort::Insert {
                return (at - action.column as usize, text_end);
            }
        }
        (stop.max(text_end), text_end)
    }

    /// A line of blanks after a block scalar that holds a tab is neither its text nor blank.
    fn check_tab_line(&mut self, line: usize) {
        let mut at = line;
        let mut tab = None;
        while is_blank(self.byte(at)) {
            if self.byte(at) == b'\t' {
                tab = tab.or(Some(at));
            }
            at += 1;
        }
        if let Some(tab) = tab.filter(|_| is_break(self.byte(at))) {
            self.invalid(tab, at, "a tab in a blank line of a block scalar; remove it");
        }
    }

    fn next_break(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        memchr::memchr(b'\n', rest).map_or(self.bytes.len(), |found| at + found + 1)
    }

    /// The indentation, the end of the last line and the end of the last text of a block scalar.
    fn block_extent(&self, from: usize, indent: usize) -> (usize, usize, usize) {
        let mut line = from;
        let mut text_end = from;
        while line < self.bytes.len() {
            let mut at = line;
            while at - line < indent && self.byte(at) == b' ' {
                at += 1;
            }
            let next = self.next_break(at);
            if at - line < indent {
                if !is_break(self.byte(at)) {
                    break;
                }
            } else if !is_break(self.byte(at)) {
                if indent == 0 && self.marker(line) {
                    break;
                }
                text_end = next;
            }
            line = next;
        }
        while text_end > from && is_break(self.bytes[text_end - 1]) {
            text_end -= 1;
        }
        (indent, line, text_end)
    }
}
