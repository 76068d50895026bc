//! Writes JSON so that it is safe to show and good to compare.
//!
//! Nothing is lost: what must not reach a terminal goes out as `\u` escapes. The elements of outer arrays
//! start a new line each, so that a changed finding is a changed line.

use std::io;

use serde::Serialize;
use serde_json::ser::Formatter;

use super::escape;

/// `value` as JSON that ends in a line end; elements of arrays at most `depth` levels down have their own lines.
pub(super) fn to_json(value: &impl Serialize, depth: usize) -> String {
    let mut out = Vec::new();
    let mut writer =
        serde_json::Serializer::with_formatter(&mut out, Lines { level: 0, depth, filled: false });
    let written = value.serialize(&mut writer);
    debug_assert!(written.is_ok(), "wire types have string keys, and memory takes every write");
    out.push(b'\n');
    String::from_utf8(out).unwrap_or_default()
}

struct Lines {
    /// How many brackets are open.
    level: usize,
    depth: usize,
    /// Whether the innermost array has an element.
    filled: bool,
}

impl Lines {
    fn opens<W: ?Sized + io::Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.level += 1;
        writer.write_all(bracket)
    }

    fn closes<W: ?Sized + io::Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.level -= 1;
        writer.write_all(bracket)
    }
}

impl Formatter for Lines {
    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.opens(writer, b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.closes(writer, b"}")
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.filled = false;
        self.opens(writer, b"[")
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        let bracket: &[u8] = if self.filled && self.level <= self.depth { b"\n]" } else { b"]" };
        self.closes(writer, bracket)
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        let between: &[u8] = match (first, self.level <= self.depth) {
            (true, true) => b"\n",
            (true, false) => b"",
            (false, true) => b",\n",
            (false, false) => b",",
        };
        writer.write_all(between)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, text: &str) -> io::Result<()> {
        let mut rest = text;
        while let Some((at, c)) = escape::find_unsafe(rest) {
            writer.write_all(&rest.as_bytes()[..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loses_nothing_and_hides_nothing() {
        let text = "\u{1b}\u{7f}\u{85}\u{202e}\u{e0041}##[error]é\"\n";
        let json = to_json(&text, 0);
        assert_eq!(json, "\"\\u001b\\u007f\\u0085\\u202e\\udb40\\udc41#\\u0023[error]é\\\"\\n\"\n",);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }

    #[test]
    fn gives_outer_elements_their_lines() {
        assert_eq!(to_json(&[vec![1, 2], vec![]], 1), "[\n[1,2],\n[]\n]\n");
        assert_eq!(to_json(&[0; 0], 1), "[]\n");
    }
}
