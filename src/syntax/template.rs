//! Masks template actions `{{ … }}` without moving an offset, so that what is around them parses as YAML.
//!
//! Tells the sort of an action by its first word. Does not evaluate, and does not check the template language.

use super::tree::Hole;
use crate::text::{FileId, Span};

/// A text of the same length whose actions are masked, and the actions.
#[derive(Debug)]
pub struct Masked {
    /// Fillers and blanks instead of actions; line breaks stay.
    pub text: String,
    /// In the order of the text.
    pub actions: Vec<Action>,
}

/// What an action does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Prints a value.
    Insert,
    /// Starts a block: `if`, `range`, `with`, `define`, `block`.
    Open,
    /// Starts the other branch of a block.
    Else,
    /// Ends a block.
    Close,
    /// Prints nothing: a comment, an assignment, `break`, `continue`.
    Silent,
}

/// A template action.
#[derive(Clone, Copy, Debug)]
pub struct Action {
    /// Delimiters included.
    pub span: Span,
    /// What it does.
    pub sort: Sort,
    /// Only actions and blanks share its lines.
    pub alone: bool,
    /// Bytes before it on its line.
    pub column: u32,
    /// The number after `indent` or `nindent`.
    pub indent: Option<u32>,
}

impl Action {
    /// The hole that it leaves in the tree.
    pub fn hole(&self) -> Hole {
        Hole { span: self.span, opens: self.alone && self.sort == Sort::Insert }
    }
}

/// Masks the actions of `text`.
pub fn mask(file: FileId, text: &str) -> Masked {
    let mut actions = Vec::new();
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"{{") {
        let start = at + found;
        let end = action_end(bytes, start);
        actions.push(action(file, text, start, end));
        at = end;
    }
    fill(&mut out, &mut actions);
    Masked { text: String::from_utf8(out).unwrap_or_else(|_| text.to_owned()), actions }
}

/// Where the action ends that starts at `start`: past its `}}`, strings and comments skipped.
fn action_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 2;
    let inside = bytes[at..].strip_prefix(b"-").unwrap_or(&bytes[at..]).trim_ascii_start();
    if inside.starts_with(b"/*") {
        let close = memchr::memmem::find(&bytes[at..], b"*/").map_or(at, |found| at + found);
        return memchr::memmem::find(&bytes[close..], b"}}").map_or(bytes.len(), |found| close + found + 2);
    }
    while at < bytes.len() {
        match bytes[at] {
            b'}' if bytes.get(at + 1) == Some(&b'}') => return at + 2,
            quote @ (b'"' | b'`' | b'\'') => at = string_end(bytes, at, quote),
            _ => at += 1,
        }
    }
    bytes.len()
}

fn string_end(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote != b'`' => at += 2,
            b'\n' if quote != b'`' => return at,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn action(file: FileId, text: &str, start: usize, end: usize) -> Action {
    let line = memchr::memrchr(b'\n', &text.as_bytes()[..start]).map_or(0, |found| found + 1);
    let inside = text.get(start + 2..end).unwrap_or_default();
    let inside = inside.strip_suffix("}}").unwrap_or(inside);
    Action {
        span: Span::new(file, start, end),
        sort: sort(inside),
        alone: false,
        column: (start - line) as u32,
        indent: indent(inside),
    }
}

fn sort(inside: &str) -> Sort {
    let inside = inside.strip_prefix('-').unwrap_or(inside).trim_start();
    let word = inside.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    match word {
        "if" | "range" | "with" | "define" | "block" => Sort::Open,
        "else" => Sort::Else,
        "end" => Sort::Close,
        "break" | "continue" => Sort::Silent,
        _ if inside.starts_with("/*") => Sort::Silent,
        _ if inside.starts_with('$') && assigns(inside) => Sort::Silent,
        _ => Sort::Insert,
    }
}

/// `$name := …` or `$name = …`
fn assigns(inside: &str) -> bool {
    let rest = inside[1..].trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').trim_start();
    rest.starts_with(":=") || rest.starts_with('=')
}

/// The last `indent N` or `nindent N`.
fn indent(inside: &str) -> Option<u32> {
    let at = inside.rfind("indent ")?;
    let digits = inside[at + 7..].trim_start();
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().ok()
}

/// Puts blanks over lines of actions alone, and a filler over actions inside other text.
fn fill(out: &mut [u8], actions: &mut [Action]) {
    let mut from = 0;
    while from < actions.len() {
        let mut to = from + 1;
        while to < actions.len() && same_line(out, actions[to - 1].span.end, actions[to].span.start) {
            to += 1;
        }
        let group = &mut actions[from..to];
        let (start, end) = (group[0].span.start as usize, group[group.len() - 1].span.end as usize);
        let line = memchr::memrchr(b'\n', &out[..start]).map_or(0, |found| found + 1);
        let stop = memchr::memchr(b'\n', &out[end..]).map_or(out.len(), |found| end + found);
        let mut between = vec![(line, start), (end, stop)];
        between.extend(group.windows(2).map(|pair| (pair[0].span.end as usize, pair[1].span.start as usize)));
        let alone = between.iter().all(|&(from, to)| out[from..to].trim_ascii().is_empty());
        for action in group {
            action.alone = alone;
            let mask = if alone { b' ' } else { b'x' };
            let range = action.span.range();
            for byte in &mut out[range] {
                if *byte != b'\n' || !alone {
                    *byte = mask;
                }
            }
        }
        from = to;
    }
}

fn same_line(out: &[u8], from: u32, to: u32) -> bool {
    memchr::memchr(b'\n', &out[from as usize..to as usize]).is_none()
}
