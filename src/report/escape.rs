//! Makes foreign text harmless: paths, messages and values come from files that nobody vouches for.
//!
//! Escaped text is for eyes; it is not meant to be read back. Markdown has its own rules, next to its renderer.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character moves the cursor, reorders its neighbours, or shows nothing at all.
///
/// Controls (tab and line end among them), marks of direction, zero-width characters, separators of lines, tags.
pub fn is_hidden(c: char) -> bool {
    match c {
        '\u{00AD}'
        | '\u{034F}'
        | '\u{061C}'
        | '\u{180E}'
        | '\u{FEFF}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}' => true,
        _ => c.is_control(),
    }
}

/// The first character that must not go out as it is, and where it stands.
///
/// That is a hidden one, or the second `#` of `##[`, with which runners of CI jobs begin a command in mid-line.
pub(super) fn find_unsafe(text: &str) -> Option<(usize, char)> {
    let command = |at: usize| at > 0 && text.as_bytes()[at - 1] == b'#' && text[at..].starts_with("#[");
    text.char_indices().find(|&(at, c)| is_hidden(c) || (c == '#' && command(at)))
}

/// `text` on one line, each unsafe character in a visible form: `\n`, `\u{1b}`.
pub fn line(text: &str) -> Cow<'_, str> {
    let Some(mut found) = find_unsafe(text) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    loop {
        let (at, c) = found;
        out.push_str(&rest[..at]);
        push_visible(&mut out, c);
        rest = &rest[at + c.len_utf8()..];
        match find_unsafe(rest) {
            Some(next) => found = next,
            None => break,
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn push_visible(out: &mut String, c: char) {
    match c {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        // Writing to a string does not fail.
        _ => {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        }
    }
}

/// A path for the start of a line: on one line, and never like a command of a CI runner, which starts with `::`.
pub fn path(path: &str) -> Cow<'_, str> {
    let shown = line(path);
    if shown.trim_start().starts_with("::") { Cow::Owned(format!("./{shown}")) } else { shown }
}

/// `text` as the message of a GitHub workflow command.
pub fn github_data(text: &str) -> String {
    line(text).replace('%', "%25")
}

/// `text` as a property of a GitHub workflow command.
pub fn github_property(text: &str) -> String {
    github_data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A path as the path of a URI: everything but unreserved characters and `/` in percents.
pub fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// At most `limit` characters of `text`, the last one `…` if there were more.
pub fn shorten(text: &str, limit: usize) -> Cow<'_, str> {
    if text.char_indices().nth(limit).is_none() {
        return Cow::Borrowed(text);
    }
    let kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    Cow::Owned(kept + "…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_hides() {
        assert_eq!(line("a\u{1b}[31m\nb\u{7f}"), "a\\u{1b}[31m\\nb\\u{7f}");
        assert_eq!(line("x\u{202e}y\u{2028}\u{200b}\u{85}"), "x\\u{202e}y\\u{2028}\\u{200b}\\u{85}");
        assert_eq!(line("é𐐀 `x` \\"), "é𐐀 `x` \\");
    }

    #[test]
    fn breaks_commands_of_runners() {
        assert_eq!(line("a ###[error]b"), "a ##\\u{23}[error]b");
        assert_eq!(line("\n##[x]##[y]"), "\\n#\\u{23}[x]#\\u{23}[y]");
        assert_eq!(path(" ::error::x"), "./ ::error::x");
        assert_eq!(path("a\n::error::x"), "a\\n::error::x");
    }

    #[test]
    fn escapes_for_github() {
        assert_eq!(github_data("100%\r\n"), "100%25\\r\\n");
        assert_eq!(github_property("a:b,c%"), "a%3Ab%2Cc%25");
    }

    #[test]
    fn escapes_for_uris() {
        assert_eq!(uri("a b/é#?:%.yaml"), "a%20b/%C3%A9%23%3F%3A%25.yaml");
    }

    #[test]
    fn shortens_by_characters() {
        assert_eq!(shorten("éé", 2), "éé");
        assert_eq!(shorten("ééé", 2), "é…");
    }
}
