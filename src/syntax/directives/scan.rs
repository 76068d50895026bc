//! The scanner behind [`super::parse`].

use super::{Directive, Directives, Grammar};

/// Words that begin a section of `HAProxy`.
/// Source: the chapters of its configuration manual that introduce sections.
const SECTIONS: [&str; 17] = [
    "global",
    "defaults",
    "frontend",
    "backend",
    "listen",
    "peers",
    "resolvers",
    "userlist",
    "mailers",
    "cache",
    "program",
    "http-errors",
    "ring",
    "log-forward",
    "log-profile",
    "fcgi-app",
    "crt-store",
];

/// Directives of nginx whose block holds a program in another language.
const FOREIGN: [&str; 2] = ["_by_lua_block", "_by_njs_block"];

pub(super) struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    grammar: Grammar,
    at: usize,
    out: Directives,
    /// The directives whose blocks are open.
    open: Vec<u32>,
    /// The first word of the directive that is being read.
    first: usize,
    /// Quotes of which none closes any more: `"`, `'` and the backtick.
    spent: [bool; 3],
    /// Whether some block in another language was never closed.
    unbalanced: bool,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str, grammar: Grammar) -> Self {
        Scanner {
            text,
            bytes: text.as_bytes(),
            grammar,
            at: if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 },
            out: Directives::default(),
            open: Vec::new(),
            first: 0,
            spent: [false; 3],
            unbalanced: false,
        }
    }

    pub(super) fn run(mut self) -> Directives {
        if self.grammar == Grammar::Semicolons {
            self.statements();
        } else {
            while self.at < self.bytes.len() {
                self.line();
            }
        }
        self.finish(self.bytes.len());
        while self.close(self.bytes.len()) {}
        self.out
    }

    /// nginx.
    fn statements(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            let at = self.at;
            match byte {
                byte if byte.is_ascii_whitespace() => self.at += 1,
                b'#' => self.comment(),
                b';' => {
                    self.at += 1;
                    self.finish(at);
                }
                b'{' => {
                    self.at += 1;
                    self.block(at);
                }
                b'}' => {
                    self.at += 1;
                    // A semicolon was forgotten.
                    self.finish(at);
                    self.close(self.at);
                }
                _ => self.word(self.bytes.len()),
            }
        }
    }

    /// A `{` at `at`.
    fn block(&mut self, at: usize) {
        let name = self
            .out
            .words
            .get(self.first)
            .and_then(|(start, end)| self.text.get(*start as usize..*end as usize));
        let foreign = name.is_some_and(|name| FOREIGN.iter().any(|end| name.ends_with(end)));
        if foreign && let Some(end) = self.balanced(at) {
            self.at = end;
            self.finish(end);
        } else {
            self.finish_open(self.at);
        }
    }

    /// Where the brace that opens at `at` is closed.
    fn balanced(&mut self, at: usize) -> Option<usize> {
        if self.unbalanced {
            return None;
        }
        let mut depth = 0_usize;
        for (offset, byte) in self.bytes[at..].iter().enumerate() {
            match byte {
                b'{' => depth += 1,
                b'}' if depth == 1 => return Some(at + offset + 1),
                b'}' => depth -= 1,
                _ => {}
            }
        }
        self.unbalanced = true;
        None
    }

    /// A line, with those that a backslash at its end joins to it.
    fn line(&mut self) {
        self.spent = [false; 3];
        let mut end = self.line_end(self.at);
        loop {
            match self.bytes.get(self.at) {
                None | Some(b'\n') => break,
                Some(b'\\') if self.is_joined(self.at) => {
                    self.at = self.line_end(self.at) + 1;
                    end = self.line_end(self.at.min(self.bytes.len()));
                }
                Some(byte) if byte.is_ascii_whitespace() => self.at += 1,
                Some(b'#') if self.may_comment() => self.comment(),
                Some(_) => self.word(end),
            }
        }
        let end = self.at.min(self.bytes.len());
        self.at += 1;
        match self.grammar {
            Grammar::Braces => self.end_of_braces(end),
            Grammar::Tags => self.end_of_tag(end),
            _ => self.end_of_section(end),
        }
    }

    fn line_end(&self, from: usize) -> usize {
        memchr::memchr(b'\n', &self.bytes[from..]).map_or(self.bytes.len(), |length| from + length)
    }

    /// Whether the backslash at `at` is the last of its line.
    fn is_joined(&self, at: usize) -> bool {
        matches!(self.bytes.get(at + 1..), Some([b'\n', ..] | [b'\r', b'\n', ..]))
    }

    /// Apache knows comments at the start of a line only.
    fn may_comment(&self) -> bool {
        self.grammar != Grammar::Tags || self.out.words.len() == self.first
    }

    fn comment(&mut self) {
        let end = self.line_end(self.at);
        self.out.comments.push((self.at as u32, end as u32));
        self.at = end;
    }

    /// A word that starts here and ends before `limit`.
    fn word(&mut self, limit: usize) {
        let start = self.at;
        let close = self.closing(start, limit);
        if let Some(close) = close.filter(|close| !self.goes_on(close + 1)) {
            self.out.words.push((start as u32 + 1, close as u32));
            self.at = close + 1;
            return;
        }
        self.at = close.unwrap_or(start) + if self.bytes[start] == b'\\' { 2 } else { 1 };
        while self.at < limit {
            match self.bytes[self.at] {
                byte if byte.is_ascii_whitespace() => break,
                b'\\' if self.grammar != Grammar::Semicolons && self.is_joined(self.at) => break,
                b'\\' => self.at += 1,
                b'{' if self.grammar == Grammar::Semicolons && self.bytes[self.at - 1] != b'$' => break,
                b';' if self.grammar == Grammar::Semicolons => break,
                // A part in quotes may hold blanks.
                b'"' if self.grammar == Grammar::Sections => {
                    self.at = self.closing(self.at, limit).unwrap_or(self.at);
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.at.min(limit);
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        self.out.words.push((start as u32, self.at as u32));
    }

    /// Whether a word goes on at `at`, behind a quote that closes: `HAProxy` quotes parts of words.
    fn goes_on(&self, at: usize) -> bool {
        self.grammar == Grammar::Sections
            && self.bytes.get(at).is_some_and(|byte| !byte.is_ascii_whitespace())
    }

    /// Where the quote at `start`, if it is one, is closed.
    fn closing(&mut self, start: usize, limit: usize) -> Option<usize> {
        let kind = match self.bytes[start] {
            b'"' => 0,
            b'\'' => 1,
            b'`' if self.grammar == Grammar::Braces => 2,
            _ => return None,
        };
        if self.spent[kind] {
            return None;
        }
        let mut escaped = false;
        for (offset, &byte) in self.bytes[start + 1..limit].iter().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if kind != 2 => escaped = true,
                byte if byte == self.bytes[start] => return Some(start + 1 + offset),
                _ => {}
            }
        }
        self.spent[kind] = true;
        None
    }

    /// The directive that is being read is over.
    fn finish(&mut self, end: usize) {
        let count = self.out.words.len() - self.first;
        if count > 0 {
            let parent = self.open.last().copied();
            let (first, count) = (self.first as u32, count as u32);
            self.out.list.push(Directive { first, count, parent, end: end as u32 });
        }
        self.first = self.out.words.len();
    }

    /// The same, and a block begins: of nothing, where no word stands before it.
    fn finish_open(&mut self, end: usize) {
        if self.first == self.out.words.len() {
            self.out.words.push((end as u32, end as u32));
        }
        self.finish(end);
        self.open.push(self.out.list.len() as u32 - 1);
    }

    /// The innermost block is over, if there is one.
    fn close(&mut self, end: usize) -> bool {
        let Some(closed) = self.open.pop() else { return false };
        self.out.list[closed as usize].end = end as u32;
        true
    }

    fn end_of_braces(&mut self, end: usize) {
        let is = |place: Option<&(u32, u32)>, brace: u8| {
            place.is_some_and(|(start, end)| end - start == 1 && self.bytes[*start as usize] == brace)
        };
        if is(self.out.words.get(self.first), b'}') {
            self.close(end);
            self.first += 1;
        }
        if is(self.out.words.get(self.first..).and_then(<[_]>::last), b'{') {
            self.out.words.pop();
            self.finish_open(end);
        } else {
            self.finish(end);
        }
    }

    fn end_of_tag(&mut self, end: usize) {
        let Some(&(start, stop)) = self.out.words.get(self.first) else { return };
        let word = &self.bytes[start as usize..stop as usize];
        if word.starts_with(b"</") {
            self.first = self.out.words.len();
            self.close(end);
        } else if word.len() > 1 && word[0] == b'<' {
            self.out.words[self.first].0 += 1;
            if let Some(last) = self.out.words.last_mut()
                && self.bytes[last.0 as usize..last.1 as usize].ends_with(b">")
            {
                last.1 -= 1;
            }
            self.finish_open(end);
        } else {
            self.finish(end);
        }
    }

    fn end_of_section(&mut self, end: usize) {
        let Some(&(start, stop)) = self.out.words.get(self.first) else { return };
        let word = &self.text[start as usize..stop as usize];
        if word.starts_with('[') || SECTIONS.contains(&word) {
            self.open.pop();
            self.finish_open(end);
        } else {
            self.finish(end);
        }
        // A section goes as far as its last directive.
        if let Some(&section) = self.open.last() {
            self.out.list[section as usize].end = end as u32;
        }
    }
}
