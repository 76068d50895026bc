//! Plain and quoted scalars: where each ends, and what it says.

use super::cook;
use super::parser::{Parser, is_blank, is_bracket, is_break, is_space};
use crate::syntax::parsed::ErrorKind;
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
            b'%' => "a plain value cannot start with `%`; quote the value",
            b'|' | b'>' => "a block scalar cannot stand here",
            b'@' | b'`' | b'&' | b'*' | b'!' | b'#' => {
                "a plain value cannot start with this character; quote the value"
            }
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
        let mut misindented = None;
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
                    if !fits {
                        misindented = misindented.or(Some(at));
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
        if let Some(line) = misindented {
            // A later quote ended it: that one was meant to open another value.
            if !self.may_follow_quote() {
                return self.unclosed(start, end);
            }
            let message = "a quoted value must be indented deeper than its key on every line";
            self.tolerated(line, line + 1, message);
        }
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

    /// Whether what follows a closing quote on its line can follow a value.
    fn may_follow_quote(&self) -> bool {
        let mut at = self.at;
        while is_blank(self.byte(at)) {
            at += 1;
        }
        is_break(self.byte(at)) || matches!(self.byte(at), b'#' | b':' | b',' | b']' | b'}')
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
}
