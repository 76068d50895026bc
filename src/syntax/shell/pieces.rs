//! Cuts a long script where nothing is open, so that the parser's time and depth stay small whatever the length.

use std::ops::Range;

/// A piece ends at the first place after this many bytes.
const ENOUGH: usize = 16 * 1024;

/// So it does after this many operators: the parser gives up on longer chains of `&&`.
const MOST_JOINED: usize = 500;

/// Words that open something which `CLOSERS` closes.
const OPENERS: &[&str] = &["if", "for", "while", "until", "case", "select", "{"];
const CLOSERS: &[&str] = &["fi", "done", "esac", "}"];

/// The pieces of `text`, in order: together all of it but the operators between them. What is one command stays one
/// piece.
pub(super) fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut cutter = Cutter { text, at: 0, open: 0, start: 0, joined: 0, out: Vec::new() };
    while cutter.at < text.len() {
        cutter.step();
    }
    cutter.out.push(cutter.start..text.len());
    cutter.out
}

struct Cutter<'t> {
    text: &'t str,
    at: usize,
    /// How many brackets and keywords are open.
    open: usize,
    start: usize,
    /// How many operators the piece has so far.
    joined: usize,
    out: Vec<Range<usize>>,
}

impl Cutter<'_> {
    fn step(&mut self) {
        let bytes = self.text.as_bytes();
        match bytes[self.at] {
            b'\\' => self.at += 2,
            b'\'' => self.skip_quoted(b'\'', false),
            b'"' => self.skip_quoted(b'"', true),
            b'`' => self.skip_quoted(b'`', true),
            b'(' => self.shift(1, true),
            b')' => self.shift(1, false),
            b'&' if bytes.get(self.at + 1) == Some(&b'&') => self.cut(2),
            b'|' if bytes.get(self.at + 1) == Some(&b'|') => self.cut(2),
            // Behind a line with a heredoc comes its body: such scripts are not cut at line breaks.
            b';' if bytes.get(self.at + 1) != Some(&b';') => self.cut(1),
            byte if byte.is_ascii_alphabetic() || matches!(byte, b'{' | b'}') => self.word(),
            _ => self.at += 1,
        }
    }

    fn shift(&mut self, by: usize, opens: bool) {
        self.at += by;
        self.open = if opens { self.open + 1 } else { self.open.saturating_sub(1) };
    }

    fn word(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let length =
            rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-{}".contains(byte)).count();
        let word = &self.text[self.at..self.at + length];
        // `${if}` and `a-if` are no keywords, nor is the argument of a command; taking one for a keyword only makes a
        // piece longer.
        if OPENERS.contains(&word) {
            self.shift(length, true);
        } else if CLOSERS.contains(&word) {
            self.shift(length, false);
        } else {
            self.at += length;
        }
    }

    fn skip_quoted(&mut self, quote: u8, escapes: bool) {
        self.at += 1;
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            self.at += if byte == b'\\' && escapes { 2 } else { 1 };
            if byte == quote {
                return;
            }
        }
    }

    fn cut(&mut self, operator: usize) {
        self.joined += 1;
        if self.open == 0 && (self.at - self.start > ENOUGH || self.joined > MOST_JOINED) {
            self.out.push(self.start..self.at);
            self.start = self.at + operator;
            self.joined = 0;
        }
        self.at += operator;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_where_nothing_is_open() {
        let filler = format!("echo '{}'", "&& ".repeat(ENOUGH));
        let text = format!("{filler}; if {filler}; then b; fi && (c; d) || \"$({filler} && e)\"; f");
        let found: Vec<&str> = pieces(&text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found.len(), 4, "{:?}", found.iter().map(|piece| piece.len()).collect::<Vec<_>>());
        assert!(found[1].ends_with("fi ") && found[3] == " f");
        assert_eq!(pieces("a; b").len(), 1);
    }
}
