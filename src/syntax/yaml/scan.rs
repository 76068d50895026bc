//! Scalars: plain, quoted and block; where each ends, and what it says.

use super::cook;
use super::parser::{Parser, is_blank, is_bracket, is_break, is_space};
use crate::syntax::parsed::ErrorKind;
use crate::syntax::template::Sort;
use crate::syntax::tree::{NodeId, Scalar, Style};

/// Bytes that may end a plain scalar, alone or with what is next to them.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let bytes = b" \t\r\n:#,[]{}";
    let mut at = 0;
    while at < bytes.len() {
        stops[bytes[at] as usize] = true;
        at += 1;
    }
    stops
};

impl Parser<'_> {
    /// A plain scalar, on one line only if `single`. `flow` is set inside brackets.
    pub(super) fn plain(&mut self, single: bool, flow: bool) -> Option<NodeId> {
        let start = self.at;
        if !self.plain_start(flow) {
            return None;
        }
        let mut end = self.plain_line(flow);
        let first_end = end;
        if !single {
            while is_break(self.byte(self.at)) {
                let Some((line, first)) = self.continuation(flow) else { break };
                self.line = line;
                self.at = first;
                end = self.plain_line(flow).max(end);
            }
        }
        if end == first_end {
            return Some(self.builder.scalar(start, end, Style::Plain, Scalar::Slice(start, end)));
        }
        let value = cook::plain(&self.text[start..end]);
        Some(self.builder.scalar(start, end, Style::Plain, Scalar::Cooked(&value)))
    }

    /// Whether a plain scalar may begin here; reports why not.
    fn plain_start(&mut self, flow: bool) -> bool {
        let at = self.at;
        let next = self.byte(at + 1);
        let message = match self.byte(at) {
            b'-' | b'?' | b':' if is_space(next) || flow && is_bracket(next) => {
                "this indicator cannot stand here; quote the value"
            }
            b',' | b']' | b'}' => "nothing is open that this could end; quote the value",
            b'@' | b'`' => "a plain value cannot start with this character; quote the value",
            b'%' => "a plain value cannot start with `%`; quote the value",
            b'|' | b'>' => "a block scalar cannot stand here",
            b'&' | b'*' | b'!' | b'#' => "a plain value cannot start with this character; quote the value",
            _ => return true,
        };
        self.unreadable(at, at + 1, message);
        false
    }

    /// Goes to where the plain text of this line stops; its end without trailing blanks.
    fn plain_line(&mut self, flow: bool) -> usize {
        let bytes = self.bytes;
        let mut at = self.at;
        let mut end = at;
        while let Some(&byte) = bytes.get(at) {
            if !STOPS[byte as usize] {
                at += 1;
                end = at;
                continue;
            }
            match byte {
                b' ' | b'\t' => {
                    at += 1;
                    continue;
                }
                b'\n' | b'\r' => break,
                b':' if is_space(self.byte(at + 1)) || flow && is_bracket(self.byte(at + 1)) => break,
                b'#' if at > 0 && is_space(bytes[at - 1]) => break,
                b',' | b'[' | b']' | b'{' | b'}' if flow => break,
                _ => {}
            }
            at += 1;
            end = at;
        }
        self.at = at;
        end
    }

    /// From the end of a line, the next line that continues a plain scalar: its start and its first text.
    fn continuation(&mut self, flow: bool) -> Option<(usize, usize)> {
        let inner = self.inner();
        let mut at = self.at;
        loop {
            at += usize::from(self.byte(at) == b'\r');
            at += 1;
            let line = at;
            if at >= self.bytes.len() {
                return None;
            }
            while self.byte(at) == b' ' {
                at += 1;
            }
            let column = at - line;
            while is_blank(self.byte(at)) {
                at += 1;
            }
            match self.byte(at) {
                b'\n' | b'\r' if !self.actions.within(line, at).is_empty() => return None,
                b'\n' | b'\r' => {}
                b'#' => return None,
                byte if flow && is_bracket(byte) => return None,
                _ if column < inner || column == 0 && self.marker(line) => return None,
                _ => return Some((line, at)),
            }
        }
    }

    /// A quoted scalar.
    pub(super) fn quoted(&mut self) -> Option<NodeId> {
        let start = self.at;
        let quote = self.byte(start);
        let double = quote == b'"';
        let first_line = self.line;
        let mut escapes = false;
        let mut misindented = false;
        let mut at = start + 1;
        let end = loop {
            let rest = self.bytes.get(at..).unwrap_or_default();
            let second = if double { b'\\' } else { quote };
            let Some(found) = memchr::memchr3(quote, second, b'\n', rest) else {
                return self.unclosed(start, self.bytes.len());
            };
            at += found;
            match self.bytes[at] {
                b'\n' => {
                    at += 1;
                    let Some(fits) = self.quoted_line(at) else { return self.unclosed(start, at) };
                    if !fits && !misindented {
                        misindented = true;
                        let message = "a quoted value must be indented deeper than its key on every line";
                        self.invalid(at, at + 1, message);
                    }
                }
                b'\\' if double => {
                    escapes = true;
                    at += self.escape(at);
                }
                _ if !double && self.byte(at + 1) == quote => {
                    escapes = true;
                    at += 2;
                }
                _ => break at,
            }
        };
        self.at = end + 1;
        let style = if double { Style::Double } else { Style::Single };
        if !escapes && self.line == first_line {
            return Some(self.builder.scalar(start, end + 1, style, Scalar::Slice(start + 1, end)));
        }
        let inside = &self.text[start + 1..end];
        let value = if double { cook::double(inside) } else { cook::single(inside) };
        Some(self.builder.scalar(start, end + 1, style, Scalar::Cooked(&value)))
    }

    /// Whether the line of a quoted scalar that starts at `at` is indented enough; `None` at a document marker.
    fn quoted_line(&mut self, at: usize) -> Option<bool> {
        if self.marker(at) {
            return None;
        }
        self.line = at;
        let mut first = at;
        while self.byte(first) == b' ' {
            first += 1;
        }
        let column = first - at;
        if column >= self.inner() {
            return Some(true);
        }
        while is_blank(self.byte(first)) {
            first += 1;
        }
        Some(is_break(self.byte(first)))
    }

    fn unclosed(&mut self, start: usize, stop: usize) -> Option<NodeId> {
        let line = memchr::memrchr(b'\n', &self.bytes[..start]).map_or(0, |found| found + 1);
        self.line = line;
        self.at = start;
        let end = self.line_end();
        let message = "this quote is never closed; close it, or quote the value the other way";
        let related = Some((self.span(end, end), "should it end here?".to_owned()));
        self.report(start, start + 1, ErrorKind::Unreadable, message.to_owned(), related);
        self.spend(stop - start);
        None
    }

    /// Counts bytes that will be read again; without patience left the rest of the document is skipped.
    pub(super) fn spend(&mut self, bytes: usize) {
        self.patience = self.patience.saturating_sub(bytes);
        if self.patience == 0 {
            self.complete = false;
            self.at = self.document_end(self.at);
            self.line = self.at;
        }
    }

    /// The length of the escape at `at`, up to a line break; reports a wrong one.
    fn escape(&mut self, at: usize) -> usize {
        let digits = match self.byte(at + 1) {
            b'\n' | b'\r' => return 1,
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            byte if b"0abt\tnvfre \"/\\N_LP".contains(&byte) => return 2,
            _ => {
                let end = self.text.ceil_char_boundary((at + 2).min(self.text.len()));
                let message = "not an escape; write `\\\\` for a backslash, or use single quotes";
                self.invalid(at, end, message);
                return end - at;
            }
        };
        let hex = self.bytes.get(at + 2..at + 2 + digits).unwrap_or_default();
        let code = std::str::from_utf8(hex).ok().and_then(|hex| u32::from_str_radix(hex, 16).ok());
        if hex.len() == digits && code.is_some_and(|code| code <= 0x10_FFFF) {
            return 2 + digits;
        }
        self.invalid(at, at + 2, format!("this escape needs {digits} hexadecimal digits of a character"));
        2
    }

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
        let (stop, text_end) = self.block_actions(start, from, stop, text_end);
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
    fn block_actions(&self, start: usize, from: usize, stop: usize, text_end: usize) -> (usize, usize) {
        if !self.actions.any() {
            return (stop, text_end);
        }
        let inner = self.inner();
        let mut text_end = text_end;
        for action in self.actions.within(start, stop) {
            let (at, end) = (action.span.start as usize, action.span.end as usize);
            if at < text_end && at >= from {
                continue;
            }
            let width = action.indent.unwrap_or(action.column) as usize;
            let inside = width >= inner || action.indent.is_none() && text_end <= from;
            if at < from || action.sort == Sort::Insert && inside {
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
