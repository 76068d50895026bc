//! Cuts the part of a source line that a label points at, and makes it safe to show.
//!
//! One character stays one character, so that carets stay under their text. The cost depends on the width of the
//! excerpt, not on the length of the line.

use super::escape::is_hidden;
use super::position::{first_line, line_end, line_start};
use crate::text::{Source, Span};

/// A part of one line, and how to find bytes of the source in it.
pub(super) struct Excerpt {
    /// What to show.
    pub(super) text: String,
    /// For each character shown, its offset in the source and its offset in `text`; the last pair is the end.
    places: Vec<(usize, usize)>,
}

impl Excerpt {
    /// The line on which `span` begins, cut to about `width` characters around it.
    pub(super) fn new(source: &Source, span: Span, width: usize) -> Excerpt {
        let line = source.lines().line(span.start);
        let (start, end) = (line_start(source, line), line_end(source, line));
        let at = source.text.floor_char_boundary(span.start as usize).clamp(start, end);
        let from = if at - start <= width / 2 { start } else { back(source, start, at, width / 4) };
        let shown = source.text.get(from..end).unwrap_or_default();
        let mut excerpt = Excerpt { text: String::new(), places: Vec::new() };
        if from > start {
            excerpt.text.push('…');
        }
        for (at, c) in shown.char_indices().take(width) {
            let hidden = source.hides(from + at) && !matches!(c, '\n' | '\r');
            excerpt.push(from + at, if hidden { HIDDEN } else { c });
        }
        let to = shown.char_indices().nth(width).map_or(end, |(at, _)| from + at);
        excerpt.places.push((to, excerpt.text.len()));
        if to < end {
            excerpt.text.push('…');
        } else if first_line(source, span).end < span.end && span.end as usize > end + LINE_END {
            excerpt.text.push_str(" …");
        }
        excerpt
    }

    fn push(&mut self, at: usize, c: char) {
        self.places.push((at, self.text.len()));
        // `##[` begins a command of a CI runner, wherever in a line it stands.
        let bad = (is_hidden(c) && c != '\t') || (c == '[' && self.text.ends_with("##"));
        self.text.push(if bad { char::REPLACEMENT_CHARACTER } else { c });
    }

    /// Whether the excerpt shows the text at this offset of the source, or ends there.
    pub(super) fn shows(&self, offset: usize) -> bool {
        let ends = |place: Option<&(usize, usize)>| place.map_or(0, |&(at, _)| at);
        (ends(self.places.first())..=ends(self.places.last())).contains(&offset)
    }

    /// Where this offset of the source is in `text`; what lies outside is at the nearest end.
    pub(super) fn find(&self, offset: usize) -> usize {
        let after = self.places.partition_point(|&(at, _)| at < offset);
        self.places.get(after).or(self.places.last()).map_or(0, |&(_, to)| to)
    }
}

/// What stands for a character that is not to be shown.
const HIDDEN: char = '*';

/// Bytes of the longest line end, which a span may take in without going on to another line.
const LINE_END: usize = 2;

/// The offset `count` characters before `at`, or `start`.
fn back(source: &Source, start: usize, at: usize, count: usize) -> usize {
    let before = source.text.get(start..at).unwrap_or_default();
    before.char_indices().rev().nth(count.saturating_sub(1)).map_or(start, |(back, _)| start + back)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    fn excerpt(text: &str, start: usize, end: usize, width: usize) -> Excerpt {
        Excerpt::new(&Source::new("f", text), Span::new(FileId(0), start, end), width)
    }

    #[test]
    fn keeps_a_short_line() {
        let excerpt = excerpt("a\nimage: x\r\nb", 9, 10, 40);
        assert_eq!(excerpt.text, "image: x");
        assert_eq!((excerpt.find(9), excerpt.find(10)), (7, 8));
    }

    #[test]
    fn keeps_carets_under_replaced_characters() {
        let excerpt = excerpt("\u{1b}\u{202e}é x", 7, 8, 40);
        assert_eq!(excerpt.text, "\u{FFFD}\u{FFFD}é x");
        assert_eq!(&excerpt.text[excerpt.find(7)..excerpt.find(8)], "x");
    }

    #[test]
    fn breaks_commands_of_runners() {
        assert_eq!(excerpt("echo ##[error]", 0, 4, 40).text, "echo ##\u{FFFD}error]");
    }

    #[test]
    fn shows_no_secret() {
        let mut sources = crate::text::Sources::default();
        let file = sources.add(Source::new("f", "pw = \"hé\"\n"));
        sources.hide([Span::new(file, 6, 7), Span::new(file, 6, 9)]);
        assert_eq!(Excerpt::new(sources.get(file), Span::new(file, 0, 2), 40).text, "pw = \"**\"");
    }

    #[test]
    fn windows_a_long_line() {
        let line = format!("{}X{}", "é".repeat(100_000), "b".repeat(100_000));
        let excerpt = excerpt(&line, 200_000, 200_001, 40);
        assert_eq!(excerpt.text, format!("…{}X{}…", "é".repeat(10), "b".repeat(29)));
        assert_eq!(&excerpt.text[excerpt.find(200_000)..excerpt.find(200_001)], "X");
        assert!(!excerpt.shows(0));
    }

    #[test]
    fn marks_a_span_that_goes_on() {
        assert_eq!(excerpt("run: |\n  a\n", 5, 10, 40).text, "run: | …");
        assert_eq!(excerpt("run: |\n  a\n", 5, 7, 40).text, "run: |");
        assert_eq!(excerpt("", 0, 0, 40).text, "");
    }
}
