//! Tokens of JSON: blanks and comments, strings, words.

use super::Parser;
use crate::syntax::parsed::ErrorKind;
use crate::syntax::tree::{NodeId, Resolved, Scalar, Schema, Style};
use crate::text::Span;

impl Parser<'_> {
    /// Goes over blanks and comments.
    pub(super) fn skip_space(&mut self) {
        loop {
            while self.bytes.get(self.at).is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) {
                self.at += 1;
            }
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let length = if rest.starts_with(b"//") {
                memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())
            } else if rest.starts_with(b"/*") {
                memchr::memmem::find(rest, b"*/").map_or(rest.len(), |found| found + 2)
            } else {
                return;
            };
            self.comment(length);
        }
    }

    fn comment(&mut self, length: usize) {
        let (start, end) = (self.at, self.at + length);
        let before = self.bytes[..start].iter().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
        let own_line = before.is_none_or(|&byte| byte == b'\n' || byte == b'\r');
        self.builder.comment(Span::new(self.file, start, end), own_line);
        self.report(start, start + 2, ErrorKind::Invalid, "JSON has no comments; strict readers refuse this");
        self.at = end;
    }

    /// The end of the bare word that starts here, and goes there.
    pub(super) fn word(&mut self) -> usize {
        let start = self.at;
        let ends = |byte: &u8| {
            matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' | b'[' | b']' | b'{' | b'}' | b'"')
        };
        let rest = &self.bytes[start..];
        self.at = start + rest.iter().skip(1).position(ends).map_or(rest.len(), |found| found + 1);
        self.at
    }

    /// Checks a value without quotes.
    pub(super) fn literal(&mut self, start: usize, end: usize) {
        let text = self.text.get(start..end).unwrap_or_default();
        if Schema::Json.resolve(text, Style::Plain, None) == Resolved::String {
            let message = "not a JSON value; text needs double quotes, and a number is written like `-1.5e3`";
            self.report(start, end, ErrorKind::Invalid, message);
        }
    }

    /// Reads a string in double quotes, or in single quotes with a report.
    pub(super) fn string(&mut self) -> NodeId {
        let start = self.at;
        let quote = self.bytes[start];
        if quote == b'\'' {
            self.report(start, start + 1, ErrorKind::Invalid, "JSON strings need double quotes");
        }
        let mut at = start + 1;
        let mut escapes = false;
        let end = loop {
            let Some(found) = memchr::memchr3(quote, b'\\', b'\n', &self.bytes[at..]) else {
                break self.unclosed(start, self.bytes.len());
            };
            at += found;
            match self.bytes[at] {
                b'\\' => {
                    escapes = true;
                    at = (at + self.escape(at)).min(self.bytes.len());
                }
                b'\n' => break self.unclosed(start, at),
                _ => break at,
            }
        };
        self.at = (end + 1).min(self.bytes.len());
        let inside = &self.text[start + 1..end];
        if let Some(found) = inside.bytes().position(|byte| byte < b' ') {
            let at = start + 1 + found;
            let message = "a control character in a JSON string must be written as an escape";
            self.report(at, at + 1, ErrorKind::Invalid, message);
        }
        if !escapes {
            return self.builder.scalar(start, self.at, Style::Double, Scalar::Slice(start + 1, end));
        }
        let value = crate::syntax::yaml::unescape(inside);
        self.builder.scalar(start, self.at, Style::Double, Scalar::Cooked(&value))
    }

    fn unclosed(&mut self, start: usize, end: usize) -> usize {
        let message = "this quote is not closed on its line; close it";
        self.report(start, start + 1, ErrorKind::Unreadable, message);
        end
    }

    /// The length of the escape at `at`; reports a wrong one.
    fn escape(&mut self, at: usize) -> usize {
        match self.bytes.get(at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => return 2,
            Some(b'u') => {
                let hex = self.bytes.get(at + 2..at + 6).unwrap_or_default();
                if hex.len() == 4 && hex.iter().all(u8::is_ascii_hexdigit) {
                    return 6;
                }
            }
            Some(b'\n' | b'\r') | None => {
                self.report(at, at + 1, ErrorKind::Invalid, "a backslash must be written as `\\\\`");
                return 1;
            }
            Some(_) => {}
        }
        let end = self.text.ceil_char_boundary((at + 2).min(self.text.len()));
        self.report(at, end, ErrorKind::Invalid, "not a JSON escape; a backslash is written as `\\\\`");
        end - at
    }
}
