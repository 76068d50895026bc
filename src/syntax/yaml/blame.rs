//! Errors of block structure: what to say, and where to read on.

use super::parser::{Frame, Kind, Parser, is_blank, is_break, is_space};
use crate::syntax::parsed::ErrorKind;

impl Parser<'_> {
    /// The end of the current line without trailing blanks.
    pub(super) fn line_end(&self) -> usize {
        self.text_end(self.at)
    }

    /// The end of the line that holds `from`, without trailing blanks.
    pub(super) fn text_end(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        let mut end = memchr::memchr(b'\n', rest).map_or(self.bytes.len(), |found| from + found);
        while end > from && is_space(self.byte(end - 1)) {
            end -= 1;
        }
        end
    }

    /// Skips what is left of a broken line, and the lines below that belong to it.
    pub(super) fn skip_broken(&mut self) {
        self.abandoned = None;
        if self.at > 0 && self.bytes[self.at - 1] == b'\n' && self.marker(self.at) {
            return;
        }
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            self.at = memchr::memchr(b'\n', rest).map_or(self.bytes.len(), |found| self.at + found + 1);
            self.line = self.at;
            if self.at >= self.bytes.len() || self.marker(self.at) {
                return;
            }
            let mut column = 0;
            while self.byte(self.at + column) == b' ' {
                column += 1;
            }
            let first = self.at + column;
            if !is_space(self.byte(first)) && self.byte(first) != b'#' && self.resumes(column, first) {
                return;
            }
        }
    }

    /// Whether reading can go on at a line with this column.
    fn resumes(&mut self, column: usize, first: usize) -> bool {
        let Frame { kind, inner, .. } = *self.top();
        let dash = self.indicator(first, b'-');
        match kind {
            Kind::Root => false,
            _ if column + 1 < inner => true,
            Kind::Seq => column + 1 == inner && (dash || self.frames.len() > 2),
            _ => column + 1 == inner && !dash,
        }
    }

    pub(super) fn tab_error(&mut self) {
        let at = self.tab.unwrap_or(self.at);
        let mut end = at;
        while is_blank(self.byte(end)) {
            end += 1;
        }
        self.unreadable(at, end, "a tab cannot indent; use spaces");
        self.skip_broken();
    }

    /// Text after the document's node.
    pub(super) fn second_root(&mut self) {
        let root = self.pending.last().copied();
        let end = self.line_end();
        let (start, line) = (self.at, self.line);
        let percent = start == line && self.byte(start) == b'%';
        if percent {
            self.unreadable(
                start,
                end,
                "a directive stands before a document; end the one above with `...` first",
            );
        } else {
            let related = root.map(|id| {
                let span = self.span(self.builder.start(id), self.builder.end(id));
                (span, "the document's value ends here".to_owned())
            });
            let message = "text after the end of the document's value; indent it like the lines above, or start a new document with `---`";
            self.report(start, end, ErrorKind::Unreadable, message.to_owned(), related);
        }
        self.skip_broken();
    }

    /// Whether this line is in another branch of the template than the start of the collection on top.
    pub(super) fn in_other_branch(&mut self) -> bool {
        let branch = self.actions.branch();
        self.actions.any() && self.top().blocks != branch
    }

    /// Passes over a line that does not fit the collection on top, if it is in another branch of the template.
    pub(super) fn other_branch(&mut self) -> bool {
        let other = self.in_other_branch();
        if other {
            self.top().open = true;
            self.complete = false;
            self.skip_broken();
        }
        other
    }

    /// A line with more indentation than the entries it follows.
    pub(super) fn too_deep(&mut self) {
        if self.other_branch() {
            return;
        }
        let Frame { kind, inner, start, .. } = *self.top();
        let what = if kind == Kind::Seq { "item" } else { "key" };
        let (from, at) = (self.line, self.at);
        let message = format!(
            "this line is indented by {} and belongs to nothing; the {what}s here are indented by {}",
            spaces(at - from),
            spaces(inner.saturating_sub(1)),
        );
        let related = Some((self.span(start, start + 1), format!("the first {what} is here")));
        let (from, to) = if at > from { (from, at) } else { (at, at + 1) };
        self.report(from, to, ErrorKind::Unreadable, message, related);
        self.skip_broken();
    }

    /// A `:` after a key that spans lines.
    pub(super) fn key_over_lines(&mut self, start: usize, colon: usize) {
        let first_line_end = memchr::memchr(b'\n', &self.bytes[start..]).map_or(colon, |found| start + found);
        let waits_inside = self.top().kind != Kind::Root;
        let message = if waits_inside {
            "this line continues the value that starts above, so no `key: value` can stand here; fix its indentation or quote the value"
        } else {
            "a key must be on one line; is a `:` missing above?"
        };
        let related = Some((self.span(start, first_line_end), "the text starts here".to_owned()));
        self.report(colon, colon + 1, ErrorKind::Unreadable, message.to_owned(), related);
    }

    /// A line that should start with a key and does not.
    pub(super) fn not_a_key(&mut self, start: usize, end: usize, line: usize) {
        if line != self.line {
            return self.unreadable(start, end, "a key must be on one line");
        }
        if self.byte(self.at) == b':' && !is_space(self.byte(self.at + 1)) {
            let at = self.at;
            return self.unreadable(at, at + 1, "a `:` after a key needs a blank after it");
        }
        let colon = memchr::memchr(b':', &self.bytes[start..end]).map(|found| start + found);
        if let Some(colon) = colon.filter(|_| !matches!(self.byte(start), b'"' | b'\'' | b'[' | b'{' | b'*'))
        {
            return self.unreadable(colon, colon + 1, "a blank is missing after this `:`");
        }
        if is_break(self.byte(self.at)) || self.comment_here() {
            self.unreadable(start, end, "expected `key: value`; a `:` is missing after this text");
        } else {
            self.unreadable(start, end, "expected a `:` after this key");
        }
    }

    /// Reports the first control character, which YAML does not allow.
    pub(super) fn check_controls(&mut self) {
        let wrong = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r') || byte == 0x7f;
        if !self.bytes.iter().fold(false, |any, &byte| any | wrong(byte)) {
            return;
        }
        if let Some(at) = self.bytes.iter().position(|&byte| wrong(byte)) {
            let message = format!(
                "the control character U+{:04X} is not allowed here; write it as an escape in double quotes",
                self.bytes[at]
            );
            self.invalid(at, at + 1, message);
        }
    }
}

fn spaces(count: usize) -> String {
    match count {
        1 => "1 space".to_owned(),
        count => format!("{count} spaces"),
    }
}
