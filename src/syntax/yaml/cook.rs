//! The value of scalars that are not a slice of the text: escapes, folded lines, block scalars.
//!
//! Gets the inside of a scalar that was found to be well formed; wrong escapes give what is left of them.

/// What becomes of the line breaks at the end of a block scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chomp {
    /// `-`: none is kept.
    Strip,
    /// One is kept.
    Clip,
    /// `+`: all are kept.
    Keep,
}

/// A plain scalar over several lines.
pub(super) fn plain(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut breaks = 0;
    for line in raw.split('\n') {
        let line = line.trim_matches([' ', '\t', '\r']);
        if line.is_empty() {
            breaks += 1;
            continue;
        }
        fold(&mut out, breaks);
        breaks = 1;
        out.push_str(line);
    }
    out
}

/// Line breaks between two texts: one becomes a blank, more lose one.
fn fold(out: &mut String, breaks: usize) {
    match breaks {
        0 => {}
        1 => out.push(' '),
        more => newlines(out, more - 1),
    }
}

fn newlines(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n('\n', count));
}

/// The inside of a single-quoted scalar.
pub(super) fn single(raw: &str) -> String {
    quoted(raw, b'\'')
}

/// The inside of a double-quoted scalar.
pub(super) fn double(raw: &str) -> String {
    quoted(raw, b'\\')
}

fn quoted(raw: &str, escape: u8) -> String {
    let bytes = raw.as_bytes();
    let mut out = String::with_capacity(raw.len());
    // Blanks before this length of `out` were escaped, so a line break does not take them.
    let mut kept = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr2(escape, b'\n', &bytes[at..]) {
        out.push_str(&raw[at..at + found]);
        at += found;
        if bytes[at] == b'\n' {
            let end = out.trim_end_matches([' ', '\t', '\r']).len().max(kept);
            out.truncate(end);
            let (next, breaks) = blank_lines(bytes, at + 1);
            fold(&mut out, breaks + 1);
            at = next;
        } else if escape == b'\'' {
            out.push('\'');
            at += 2;
        } else {
            at = escaped(raw, at + 1, &mut out);
        }
        kept = out.len();
        at = at.min(raw.len());
    }
    out.push_str(&raw[at..]);
    out
}

/// From the start of a line: where the next text is, and how many blank lines precede it.
fn blank_lines(bytes: &[u8], from: usize) -> (usize, usize) {
    let mut at = from;
    let mut breaks = 0;
    loop {
        while matches!(bytes.get(at), Some(b' ' | b'\t')) || bytes[at.min(bytes.len())..].starts_with(b"\r\n")
        {
            at += 1;
        }
        if bytes.get(at) != Some(&b'\n') {
            return (at, breaks);
        }
        at += 1;
        breaks += 1;
    }
}

/// What the escape means whose letter is at `at`; where to read on.
fn escaped(raw: &str, at: usize, out: &mut String) -> usize {
    let Some(letter) = raw.get(at..).and_then(|rest| rest.chars().next()) else { return raw.len() };
    let plain = match letter {
        'x' => return hexadecimal(raw, at + 1, 2, out),
        'u' => return hexadecimal(raw, at + 1, 4, out),
        'U' => return hexadecimal(raw, at + 1, 8, out),
        '\n' | '\r' => {
            let skip = if raw[at..].starts_with("\r\n") { 2 } else { 1 };
            let (next, breaks) = blank_lines(raw.as_bytes(), at + skip);
            newlines(out, breaks);
            return next;
        }
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        other => other,
    };
    out.push(plain);
    at + letter.len_utf8()
}

fn hexadecimal(raw: &str, at: usize, digits: usize, out: &mut String) -> usize {
    let code = |at: usize| raw.get(at..at + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    let Some(first) = code(at) else { return at };
    let next = at + digits;
    // Two escapes of a surrogate pair, as JSON writes them, are one character.
    if (0xD800..0xDC00).contains(&first)
        && raw.get(next..next + 2) == Some("\\u")
        && let Some(second @ 0xDC00..0xE000) = code(next + 2)
    {
        let joined = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        out.push(char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER));
        return next + 2 + digits;
    }
    out.push(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
    next
}

/// The lines of a block scalar, each without its indentation.
pub(super) fn block(body: &str, indent: usize, folded: bool, chomp: Chomp, out: &mut String) {
    let mut breaks = 0;
    let mut first = true;
    let mut deeper = false;
    let mut at = 0;
    while at < body.len() {
        let end = memchr::memchr(b'\n', &body.as_bytes()[at..]).map_or(body.len(), |found| at + found);
        let line = body[at..end].strip_suffix('\r').unwrap_or(&body[at..end]);
        let line = line.get(indent..).unwrap_or("");
        at = end + 1;
        if line.is_empty() {
            breaks += 1;
            continue;
        }
        let starts_deeper = folded && line.starts_with([' ', '\t']);
        if folded && !first && !deeper && !starts_deeper {
            fold(out, breaks);
        } else {
            newlines(out, breaks);
        }
        first = false;
        deeper = starts_deeper;
        breaks = 1;
        out.push_str(line);
    }
    match chomp {
        Chomp::Strip => {}
        // The end of the file ends a line too, for the specification and for kubectl; for bare libyaml it does not.
        Chomp::Clip if first => {}
        Chomp::Clip => out.push('\n'),
        Chomp::Keep => newlines(out, breaks),
    }
}
