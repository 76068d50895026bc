//! Decodes literals: numbers, and the escapes of strings and bytes.

use std::ops::Range;

use super::CelError;

/// A string or bytes literal without prefix and quotes.
pub(super) struct Body {
    /// The text between the quotes, by its place in the source.
    pub(super) range: Range<usize>,
    /// Whether backslashes must be decoded.
    pub(super) escaped: bool,
}

/// What is between the quotes of the literal at `range`.
pub(super) fn body(source: &str, range: Range<usize>) -> Body {
    let literal = &source[range.clone()];
    let quote = literal.find(['"', '\'']).unwrap_or(0);
    let raw = literal[..quote].contains(['r', 'R']);
    let rest = &literal.as_bytes()[quote..];
    let width = if rest.len() >= 6 && rest[1] == rest[0] && rest[2] == rest[0] { 3 } else { 1 };
    let range = range.start + quote + width..range.end - width;
    let escaped = !raw && source[range.clone()].contains('\\');
    Body { range, escaped }
}

/// Decodes the escapes of a string.
pub(super) fn text(source: &str, range: Range<usize>, out: &mut String) -> Result<(), CelError> {
    let mut at = range.start;
    while let Some(found) = source[at..range.end].find('\\') {
        out.push_str(&source[at..at + found]);
        let start = at + found;
        let (code, end) = escape(source, start, range.end)?;
        let bad = || CelError::new(start..end, "this escape is not a Unicode character");
        out.push(char::from_u32(code).ok_or_else(bad)?);
        at = end;
    }
    out.push_str(&source[at..range.end]);
    Ok(())
}

/// Decodes the escapes of bytes.
pub(super) fn bytes(source: &str, range: Range<usize>, out: &mut Vec<u8>) -> Result<(), CelError> {
    let mut at = range.start;
    while let Some(found) = source[at..range.end].find('\\') {
        out.extend_from_slice(&source.as_bytes()[at..at + found]);
        let start = at + found;
        if matches!(source.as_bytes().get(start + 1), Some(b'u' | b'U')) {
            return Err(CelError::new(start..start + 2, "bytes take `\\x` and octal escapes, not `\\u`"));
        }
        let (code, end) = escape(source, start, range.end)?;
        out.push(code as u8);
        at = end;
    }
    out.extend_from_slice(&source.as_bytes()[at..range.end]);
    Ok(())
}

/// The code that the escape at `start` stands for, and where it ends.
fn escape(source: &str, start: usize, limit: usize) -> Result<(u32, usize), CelError> {
    let letter = source[start + 1..limit].chars().next().unwrap_or('\\');
    let after = start + 1 + letter.len_utf8();
    let simple = match letter {
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => 10,
        'r' => 13,
        't' => 9,
        'v' => 11,
        '\\' | '\'' | '"' | '`' | '?' => letter as u32,
        'x' | 'X' => return coded(source, start, after, 2, 16, limit),
        'u' => return coded(source, start, after, 4, 16, limit),
        'U' => return coded(source, start, after, 8, 16, limit),
        '0'..='3' => return coded(source, start, start + 1, 3, 8, limit),
        _ => return Err(CelError::new(start..after, format!("`\\{letter}` is not an escape; write `\\\\`"))),
    };
    Ok((simple, after))
}

fn coded(
    source: &str,
    start: usize,
    from: usize,
    digits: usize,
    radix: u32,
    limit: usize,
) -> Result<(u32, usize), CelError> {
    let end = from + digits;
    let written = if end <= limit { source.get(from..end) } else { None };
    let code = written
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .and_then(|text| u32::from_str_radix(text, radix).ok());
    match code {
        Some(code) => Ok((code, end)),
        None => Err(CelError::new(start..from.min(limit), format!("this escape needs {digits} digits"))),
    }
}

/// An integer, with its sign, decimal or `0x`.
pub(super) fn int(text: &str, negative: bool) -> Option<i64> {
    let value = i128::from(magnitude(text)?);
    i64::try_from(if negative { -value } else { value }).ok()
}

/// An unsigned integer without its `u`.
pub(super) fn magnitude(text: &str) -> Option<u64> {
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(hex) => u64::from_str_radix(hex, 16).ok(),
        None => text.parse().ok(),
    }
}
