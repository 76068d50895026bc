//! Masks template actions `{{ … }}` without moving an offset, so that what is around them parses as YAML.
//!
//! First light: comments and strings inside actions are not yet understood.

use super::tree::Hole;
use crate::text::{FileId, Span};

/// A text of the same length with its actions replaced, and where they were.
pub fn mask(file: FileId, text: &str) -> (String, Vec<Hole>) {
    let mut out = String::with_capacity(text.len());
    let mut holes = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let mut masked = String::with_capacity(line.len());
        let mut at = 0;
        let mut found = Vec::new();
        while let Some(from) = line[at..].find("{{").map(|from| at + from) {
            let to = line[from..].find("}}").map_or(line.trim_end().len(), |to| from + to + 2);
            masked.push_str(&line[at..from]);
            masked.push_str(&"x".repeat(to - from));
            found.push((from, to));
            at = to;
        }
        masked.push_str(&line[at..]);
        let alone = !found.is_empty() && masked.trim().chars().all(|c| c == 'x' || c == ' ');
        for (from, to) in found {
            let span = Span::new(file, offset + from, offset + to);
            holes.push(Hole { span, opens: alone });
        }
        if alone {
            masked = masked.replace('x', " ");
        }
        out.push_str(&masked);
        offset += line.len();
    }
    (out, holes)
}
