//! Masks template actions `{{ … }}` without moving an offset, so that what is around them parses as YAML.
//!
//! Tells the sort of an action by its first word. Does not evaluate, and does not check the template language.

use super::parsed::{ErrorKind, SyntaxError};
use super::tree::Hole;
use crate::text::{FileId, Span};

/// Errors kept per file.
const MAX_ERRORS: usize = 200;

/// A text of the same length whose actions are masked, and the actions.
#[derive(Debug)]
pub struct Masked {
    /// Fillers and blanks instead of actions; line breaks stay.
    pub text: String,
    /// In the order of the text.
    pub actions: Vec<Action>,
    /// Actions and quotes that never end, blocks without their `end`, `end`s without a block.
    pub errors: Vec<SyntaxError>,
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
    let mut masked = Masked { text: String::new(), actions: Vec::new(), errors: Vec::new() };
    let bytes = text.as_bytes();
    let mut at = 0;
    let (mut line, mut last) = (0, 0);
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"{{") {
        let start = at + found;
        line = memchr::memrchr(b'\n', &bytes[last..start]).map_or(line, |found| last + found + 1);
        last = start;
        let (end, quote) = action_end(bytes, start);
        let error = |at: usize, length: usize, message: &str| SyntaxError {
            span: Span::new(file, at, at + length),
            message: message.to_owned(),
            related: None,
            kind: ErrorKind::Unreadable,
        };
        if !bytes[..end].ends_with(b"}}") || end < start + 4 {
            masked.errors.push(error(start, 2, "this `{{` is never closed; add `}}`"));
        } else if let Some(quote) = quote {
            masked.errors.push(error(
                quote,
                1,
                "this quote is not closed in its line of the action; close it",
            ));
        }
        masked.actions.push(action(file, text, start, end, line));
        at = end;
    }
    check_blocks(text, &masked.actions, &mut masked.errors);
    masked.errors.truncate(MAX_ERRORS);
    let mut out = bytes.to_vec();
    fill(&mut out, &mut masked.actions);
    blank_definitions(&mut out, text, &mut masked.actions);
    masked.text = String::from_utf8(out).unwrap_or_else(|_| text.to_owned());
    masked
}

/// Reports blocks that do not end, and `else` and `end` outside of any block.
fn check_blocks(text: &str, actions: &[Action], errors: &mut Vec<SyntaxError>) {
    let error = |action: &Action, message: &str| SyntaxError {
        span: first_line(text, action.span),
        message: message.to_owned(),
        related: None,
        kind: ErrorKind::Invalid,
    };
    let mut open = Vec::new();
    for action in actions {
        match action.sort {
            Sort::Open => open.push(action),
            Sort::Close if open.pop().is_none() => {
                errors.push(error(
                    action,
                    "this `end` ends no block; remove it, or add the `if` that it belongs to",
                ));
            }
            Sort::Else if open.is_empty() => errors.push(error(action, "this `else` is in no block")),
            _ => {}
        }
    }
    errors.extend(open.iter().map(|action| error(action, "this block never ends; add `{{ end }}`")));
}

fn first_line(text: &str, span: Span) -> Span {
    let length = text.get(span.range()).and_then(|text| text.find('\n'));
    length.map_or(span, |length| span.slice(0, length))
}

/// Where the action ends that starts at `start`: past its `}}`, strings and comments skipped. Also the first quote
/// in it that is not closed.
fn action_end(bytes: &[u8], start: usize) -> (usize, Option<usize>) {
    let mut at = start + 2;
    let inside = bytes[at..].strip_prefix(b"-").unwrap_or(&bytes[at..]);
    let blanks = inside.iter().take_while(|byte| byte.is_ascii_whitespace()).take(8).count();
    if inside[blanks..].starts_with(b"/*") {
        let close = memchr::memmem::find(&bytes[at..], b"*/").map_or(at, |found| at + found);
        let end = memchr::memmem::find(&bytes[close..], b"}}").map_or(bytes.len(), |found| close + found + 2);
        return (end, None);
    }
    let mut open_quote = None;
    while at < bytes.len() {
        match bytes[at] {
            b'}' if bytes.get(at + 1) == Some(&b'}') => return (at + 2, open_quote),
            quote @ (b'"' | b'`' | b'\'') => {
                let end = string_end(bytes, at, quote);
                if bytes[at + 1..end].last() != Some(&quote) {
                    open_quote = open_quote.or(Some(at));
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    (bytes.len(), open_quote)
}

/// Past the closing quote, or where the line ends before it.
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

fn action(file: FileId, text: &str, start: usize, end: usize, line: usize) -> Action {
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

/// Puts blanks over actions that stand alone, and a filler over those inside other text.
fn fill(out: &mut [u8], actions: &mut [Action]) {
    let mut from = 0;
    while from < actions.len() {
        let mut to = from + 1;
        while to < actions.len() && same_line(out, actions[to - 1].span.end, actions[to].span.start) {
            to += 1;
        }
        fill_line(out, &mut actions[from..to]);
        from = to;
    }
}

fn same_line(out: &[u8], from: u32, to: u32) -> bool {
    memchr::memchr(b'\n', &out[from as usize..to as usize]).is_none()
}

/// Masks the actions of one line, or of the lines that they join.
fn fill_line(out: &mut [u8], group: &mut [Action]) {
    let (start, end) = (group[0].span.start as usize, group[group.len() - 1].span.end as usize);
    let line = start - group[0].column as usize;
    let stop = memchr::memchr(b'\n', &out[end..]).map_or(out.len(), |found| end + found);
    let blank = |from: usize, to: usize| out[from..to].trim_ascii().is_empty();
    let one_line = same_line(out, start as u32, end as u32) && blank(line, start) && blank(end, stop);
    if one_line && alternative_keys(out, group) {
        out[start..end - 1].fill(b'x');
        out[end - 1] = b':';
        return;
    }
    let together = group.windows(2).all(|pair| blank(pair[0].span.end as usize, pair[1].span.start as usize));
    let ends_line = together && blank(end, stop);
    let alone = ends_line && (blank(line, start) || joins_below(out, line, start, stop, group));
    let trailing = if alone || !blank(end, stop) { 0 } else { trailing(out, group) };
    let first_trailing = group.len() - trailing;
    for (at, action) in group.iter_mut().enumerate() {
        action.alone = alone;
        let blanked = alone || at >= first_trailing;
        let range = action.span.range();
        let after_colon = range.start > line && out[range.start - 1] == b':' && action.indent.is_some();
        for byte in &mut out[range.clone()] {
            if !blanked {
                *byte = b'x';
            } else if *byte != b'\n' {
                *byte = b' ';
            }
        }
        if after_colon {
            out[range.start] = b' ';
        }
    }
}

/// Whether the actions choose between keys on one line: `{{ if x }} data: {{ else }} stringData: {{ end }}`.
fn alternative_keys(out: &[u8], group: &[Action]) -> bool {
    let sorts = group.iter().map(|action| action.sort);
    let chooses = sorts.eq([Sort::Open, Sort::Else, Sort::Close]);
    let key = |pair: &[Action]| {
        let text = out[pair[0].span.end as usize..pair[1].span.start as usize].trim_ascii();
        text.len() > 1 && text.ends_with(b":")
    };
    chooses && group.windows(2).all(key)
}

/// How many actions at the end of a line of other text print nothing: `name: x {{ end }}`.
fn trailing(out: &[u8], group: &[Action]) -> usize {
    let silent = |action: &&Action| {
        let start = action.span.start as usize;
        let before = out[..start].trim_ascii_end().last();
        let apart = out[..start].ends_with(b" ") && !matches!(before, Some(b':' | b'-' | b'\n'));
        apart && matches!(action.sort, Sort::Close | Sort::Silent)
    };
    group.iter().rev().take_while(silent).count()
}

/// Whether actions at the end of a line print lines below it: after the header of a block scalar, or where the next
/// line is indented deeper than this one although the `key:` or `-` here has no other value.
fn joins_below(out: &[u8], line: usize, start: usize, stop: usize, group: &[Action]) -> bool {
    let before = out[line..start].trim_ascii_end();
    if before.len() == start - line {
        return false;
    }
    let header = before.iter().rposition(|byte| !matches!(byte, b'+' | b'-' | b'1'..=b'9'));
    if header.is_some_and(|at| matches!(before[at], b'|' | b'>') && before[..at].ends_with(b" ")) {
        return true;
    }
    if !matches!(before.last(), Some(b':' | b'-')) || group.iter().any(|action| action.sort != Sort::Insert) {
        return false;
    }
    let column = |from: usize| out[from..].iter().take_while(|&&byte| byte == b' ').count();
    let below = stop + 1;
    if below >= out.len() || out[below + column(below)..].first().is_none_or(u8::is_ascii_whitespace) {
        return false;
    }
    let mut own = column(line);
    // In `- key:` the key's column counts, in `- ` the dash's.
    while before.len() > own + 1 && before[own..].starts_with(b"- ") {
        own += 1 + column(line + own + 1);
    }
    column(below) > own && !out[below + column(below)..].starts_with(b"{{")
}

/// A `define` prints nothing where it stands: its text is blanked and its actions do nothing.
fn blank_definitions(out: &mut [u8], text: &str, actions: &mut [Action]) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..actions.len() {
        match actions[at].sort {
            Sort::Open => open.push(at),
            Sort::Close => {
                let Some(first) = open.pop() else { continue };
                let word = text[actions[first].span.range()].trim_start_matches(['{', '-', ' ']);
                if !open.is_empty() || !word.starts_with("define") {
                    continue;
                }
                for byte in &mut out[actions[first].span.start as usize..actions[at].span.end as usize] {
                    if *byte != b'\n' {
                        *byte = b' ';
                    }
                }
                for action in &mut actions[first..=at] {
                    action.sort = Sort::Silent;
                    action.alone = true;
                }
            }
            _ => {}
        }
    }
}
