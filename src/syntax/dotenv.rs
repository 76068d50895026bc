//! Files of variables that Compose reads: `.env`.
//!
//! Source of the grammar: the chapter on the syntax of `.env` files in the manual of Compose. Values are secrets until
//! somebody shows the contrary: nothing here tells of them, and errors have no text.

use std::collections::HashMap;
use std::ops::Range;

use super::interpolation::{Otherwise, Part, parse as parts};

/// Bytes of a file that are read at most, and of one value.
const MOST: usize = 1 << 20;
const LONGEST: usize = 4_096;

/// What a file says.
#[derive(Debug, Default)]
pub struct Dotenv {
    variables: HashMap<String, Assigned>,
    /// Whether some of it could not be read, so that it may set more.
    pub open: bool,
}

/// A variable with a value.
#[derive(Debug)]
struct Assigned {
    /// `None` where it depends on more than the file, or is too long.
    value: Option<String>,
    /// Where its name stands.
    name: Range<usize>,
}

/// Reads a file.
pub fn parse(text: &str) -> Dotenv {
    let mut found = Dotenv::default();
    let text = text.strip_prefix('\u{feff}').map_or((text, 0), |rest| (rest, text.len() - rest.len()));
    let (text, mark) = text;
    found.open = text.len() > MOST;
    let mut at = if found.open { text.len() } else { 0 };
    while at < text.len() {
        let line_end = text[at..].find('\n').map_or(text.len(), |length| at + length);
        let line = &text[at..line_end];
        let start = at + (line.len() - line.trim_start().len());
        at = line_end + 1;
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        let Some((name, value)) = name(text, start, line_end) else {
            found.open = true;
            continue;
        };
        let Some(value) = value else { continue };
        let (value, end) = found.value(text, value, line_end);
        found.open |= end.is_none();
        at = end.map_or(text.len(), |end| text[end..].find('\n').map_or(text.len(), |more| end + more + 1));
        let key = text[name.clone()].to_owned();
        found.variables.insert(key, Assigned { value, name: name.start + mark..name.end + mark });
    }
    found
}

/// The name that a line sets, and where its value starts: none for a name alone, which the environment has to set.
fn name(text: &str, start: usize, end: usize) -> Option<(Range<usize>, Option<usize>)> {
    let line = &text[start..end];
    let exported = line.strip_prefix("export").filter(|rest| rest.starts_with([' ', '\t']));
    let rest = exported.map_or(line, str::trim_start);
    let from = end - rest.len();
    let length = rest.find(['=', ':']).unwrap_or(rest.len());
    let name = rest[..length].trim_end();
    let fits = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'));
    let value = (length < rest.len()).then_some(from + length + 1);
    fits.then_some((from..from + name.len(), value))
}

impl Dotenv {
    /// The value at `at`, and where it ends; no end where a quote is not closed.
    fn value(&self, text: &str, at: usize, line_end: usize) -> (Option<String>, Option<usize>) {
        let rest = text[at..line_end].trim_start_matches([' ', '\t']);
        let start = line_end - rest.len();
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''));
        let Some(quote) = quote else {
            let bare = rest.find(" #").or_else(|| rest.starts_with('#').then_some(0));
            let bare = rest[..bare.unwrap_or(rest.len())].trim_end();
            return (self.expanded(bare), Some(line_end));
        };
        let Some(close) = closing(text, start + 1, quote) else { return (None, None) };
        let inside = &text[start + 1..close];
        let value = match quote {
            '\'' => Some(inside.to_owned()).filter(|_| !inside.contains('\\')),
            _ => self.expanded(inside).filter(|_| !inside.contains('\\')),
        };
        (value, Some(close))
    }

    /// A value with those put in that the file sets above it.
    fn expanded(&self, text: &str) -> Option<String> {
        let mut out = String::new();
        for part in parts(text) {
            match part {
                Part::Literal(range) => out.push_str(&text[range]),
                Part::Variable(variable) if variable.otherwise == Otherwise::Empty => {
                    out.push_str(self.get(&text[variable.name])?);
                }
                _ => return None,
            }
            if out.len() > LONGEST {
                return None;
            }
        }
        Some(out)
    }

    /// What the file gives a variable; none where that is not known.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name)?.value.as_deref()
    }

    /// Where the file sets a variable.
    pub fn place(&self, name: &str) -> Option<Range<usize>> {
        self.variables.get(name).map(|assigned| assigned.name.clone())
    }

    /// The names that it sets.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.variables.keys().map(String::as_str)
    }
}

/// Where the quote that opened before `from` is closed.
fn closing(text: &str, from: usize, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, char) in text[from..].char_indices() {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            char if char == quote => return Some(from + at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_compose_reads_them() {
        let text = "\u{feff}# ours\nA=1.2 # why\nexport B = 'x #y'\nC=\"${A}-$B\"\nD: d\nE=\nF=a#b\nG=\"two\nlines\" # end\nH=$A\r\n";
        let found = parse(text);
        let values = ["A", "B", "C", "D", "E", "F", "G", "H"].map(|name| found.get(name).unwrap_or("?"));
        assert_eq!(values, ["1.2", "x #y", "1.2-x #y", "d", "", "a#b", "two\nlines", "1.2"]);
        assert_eq!(found.place("B").and_then(|range| text.get(range)), Some("B"));
        assert!(!found.open);
    }

    #[test]
    fn what_depends_on_more_is_not_known() {
        let found = parse("A=$HOME/x\nB=\"a\\nb\"\nC=${A:-x}\nD\nE=$A");
        assert!(["A", "B", "C", "D", "E"].iter().all(|name| found.get(name).is_none()));
        assert!(found.place("A").is_some() && found.place("D").is_none() && !found.open);
    }

    #[test]
    fn what_cannot_be_read_may_set_anything() {
        for text in ["a b=c", "=x", "A='x\nB=y", "{ \"a\": 1 }"] {
            assert!(parse(text).open, "{text}");
        }
        assert_eq!(parse("A=1\n???\nB=2").get("B"), Some("2"));
        assert!(parse(&"A=1\n".repeat(MOST)).open);
    }

    #[test]
    fn open_quotes_in_a_row_take_little_time() {
        let text = "A='\nB=\"".repeat(20_000);
        assert!(parse(&text).open);
    }
}
