//! Cuts an expression's source into tokens, on demand.
//!
//! Literals are only delimited here; [`super::literal`] decodes them.

use std::ops::Range;

use super::CelError;

/// What a token is. Names, numbers and strings are read from the source by their range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// A field name in backticks; the range includes them.
    Quoted,
    Int,
    Uint,
    Double,
    Text,
    Bytes,
    /// An operator or bracket: its ASCII bytes, the second 0 where there is none.
    Sign([u8; 2]),
    End,
}

/// A token and its bytes in the source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Token {
    pub(super) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The token that starts at or after `at`.
pub(super) fn token(source: &str, at: usize) -> Result<Token, CelError> {
    let bytes = source.as_bytes();
    let start = skip_blanks(bytes, at);
    let peek = |ahead: usize| bytes.get(start + ahead).copied().unwrap_or(0);
    let first = peek(0);
    let (kind, end) = match first {
        0 if start >= bytes.len() => (Kind::End, start),
        b'"' | b'\'' => (Kind::Text, string(source, start, start)?),
        b'r' | b'R' | b'b' | b'B' => match prefix(bytes, start) {
            Some((kind, quote)) => (kind, string(source, start, quote)?),
            None => (Kind::Word, word(bytes, start)),
        },
        b'_' | b'a'..=b'z' | b'A'..=b'Z' => (Kind::Word, word(bytes, start)),
        b'`' => (Kind::Quoted, quoted(bytes, start)?),
        b'0'..=b'9' => number(bytes, start)?,
        b'.' if peek(1).is_ascii_digit() => number(bytes, start)?,
        _ => sign(source, start, [first, peek(1)])?,
    };
    Ok(Token { kind, start: start as u32, end: end as u32 })
}

fn skip_blanks(bytes: &[u8], mut at: usize) -> usize {
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\t' | b'\n' | b'\r' | 0x0c) => at += 1,
            Some(b'/') if bytes.get(at + 1) == Some(&b'/') => {
                while bytes.get(at).is_some_and(|&byte| byte != b'\n') {
                    at += 1;
                }
            }
            _ => return at,
        }
    }
}

fn word(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|&byte| byte == b'_' || byte.is_ascii_alphanumeric()) {
        at += 1;
    }
    at
}

fn quoted(bytes: &[u8], start: usize) -> Result<usize, CelError> {
    let mut at = start + 1;
    loop {
        match bytes.get(at) {
            Some(b'`') if at > start + 1 => return Ok(at + 1),
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'-' | b'/' | b' ') => at += 1,
            _ => {
                return Err(CelError::new(
                    start..at,
                    "a name in backticks holds letters, digits and `_.-/ ` only",
                ));
            }
        }
    }
}

/// Whether string prefixes lead up to a quote: the kind of literal, and where the quote is.
fn prefix(bytes: &[u8], start: usize) -> Option<(Kind, usize)> {
    let (mut raw, mut binary, mut at) = (false, false, start);
    loop {
        match bytes.get(at) {
            Some(b'r' | b'R') if !raw => raw = true,
            Some(b'b' | b'B') if !binary => binary = true,
            Some(b'"' | b'\'') => return Some((if binary { Kind::Bytes } else { Kind::Text }, at)),
            _ => return None,
        }
        at += 1;
    }
}

/// The end of the string literal that starts at `start` and whose first quote is at `quote`.
fn string(source: &str, start: usize, quote: usize) -> Result<usize, CelError> {
    let bytes = source.as_bytes();
    let mark = bytes[quote];
    let raw = bytes[start..quote].iter().any(|byte| byte.eq_ignore_ascii_case(&b'r'));
    let triple = bytes[quote..].starts_with(&[mark; 3]);
    let mut at = quote + if triple { 3 } else { 1 };
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if !raw => at += 1,
            b'\n' | b'\r' if !triple => break,
            _ if byte == mark && !triple => return Ok(at + 1),
            _ if byte == mark && bytes[at..].starts_with(&[mark; 3]) => return Ok(at + 3),
            _ => {}
        }
        at += 1;
    }
    Err(CelError::new(start..at.min(source.len()), "this string is not closed"))
}

fn digits(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

fn number(bytes: &[u8], start: usize) -> Result<(Kind, usize), CelError> {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let (mut kind, mut end) = (Kind::Int, start);
    if byte(start) == b'0' && matches!(byte(start + 1), b'x' | b'X') && byte(start + 2).is_ascii_hexdigit() {
        end += 2;
        while byte(end).is_ascii_hexdigit() {
            end += 1;
        }
    } else {
        end = digits(bytes, start);
        if byte(end) == b'.' && byte(end + 1).is_ascii_digit() {
            kind = Kind::Double;
            end = digits(bytes, end + 1);
        }
        let signed = end + 1 + usize::from(matches!(byte(end + 1), b'+' | b'-'));
        if matches!(byte(end), b'e' | b'E') && byte(signed).is_ascii_digit() {
            kind = Kind::Double;
            end = digits(bytes, signed);
        }
    }
    if kind == Kind::Int && matches!(byte(end), b'u' | b'U') {
        kind = Kind::Uint;
        end += 1;
    }
    let after = word(bytes, end);
    if after > end {
        return Err(CelError::new(start..after, "this is not a number"));
    }
    Ok((kind, end))
}

fn sign(source: &str, start: usize, pair: [u8; 2]) -> Result<(Kind, usize), CelError> {
    match pair {
        [b'=' | b'!' | b'<' | b'>', b'='] | [b'&', b'&'] | [b'|', b'|'] => Ok((Kind::Sign(pair), start + 2)),
        [single, _] if b"!<>+-*/%()[]{},.:?".contains(&single) => Ok((Kind::Sign([single, 0]), start + 1)),
        [b'=', _] => Err(CelError::new(start..start + 1, "`=` is not an operator; write `==` to compare")),
        [b'&' | b'|', _] => {
            Err(CelError::new(start..start + 1, "`&` and `|` are not operators; write `&&` or `||`"))
        }
        _ => {
            let length = source[start..].chars().next().map_or(1, char::len_utf8);
            Err(CelError::new(start..start + length, "this character has no meaning in an expression"))
        }
    }
}
