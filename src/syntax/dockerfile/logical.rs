//! Text as BuildKit sees it, with continuations, comments, quotes or escapes taken out, that still knows
//! where each byte came from.

use std::ops::Range;

use crate::text::{FileId, Span};

/// A run of bytes of a [`Logical`] that comes from one run of bytes of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// Offset in the logical text.
    at: u32,
    /// The source bytes. Where their number differs from the logical one (an escape), they only map as a
    /// whole.
    start: u32,
    end: u32,
}

/// Text joined from pieces of a source; offsets in it map back to spans of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logical {
    text: Box<str>,
    file: FileId,
    /// Nearly every text is one piece: the others are on the heap only when there are any.
    first: Piece,
    more: Box<[Piece]>,
}

impl Logical {
    /// The joined text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The source of the logical bytes `from..to`, cut at the end of the text.
    ///
    /// It reaches over what was left out between them, such as a line continuation; not over what was left
    /// out at its ends.
    pub fn span(&self, from: usize, to: usize) -> Span {
        let len = self.text.len();
        let (from, to) = (from.min(len), to.min(len));
        if from >= to {
            return Span::at(self.file, self.point(from));
        }
        Span::new(self.file, self.point(from), self.end_of(to - 1))
    }

    /// The source of the whole text.
    pub fn whole(&self) -> Span {
        self.span(0, self.text.len())
    }

    /// The part `range`, in logical bytes; empty when that is not a range of whole characters of the text.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Logical {
        let at = self.point(range.start);
        if let Some(text) = self.linear(&range) {
            let first = Piece { at: 0, start: at as u32, end: (at + text.len()) as u32 };
            return Logical { text: text.into(), file: self.file, first, more: [].into() };
        }
        let mut builder = Builder::new(self.file);
        builder.append(self, range);
        builder.finish(at)
    }

    /// The text of `range` where it is a plain copy of source bytes, as nearly all words are.
    fn linear(&self, range: &Range<usize>) -> Option<&str> {
        let (piece, end) = self.bounds(self.index(range.start));
        let inside = range.start < range.end && range.end <= end && piece.is_linear(end);
        self.text.get(range.clone()).filter(|_| inside)
    }

    /// The part between the blanks at both ends.
    #[must_use]
    pub(super) fn trimmed(&self, from: usize) -> Logical {
        let rest = self.text.get(from..).unwrap_or_default();
        let start = self.text.len() - rest.trim_start().len();
        self.slice(start..start + rest.trim().len())
    }

    fn piece(&self, index: usize) -> Option<&Piece> {
        if index == 0 { Some(&self.first) } else { self.more.get(index - 1) }
    }

    /// The number of the piece that holds the byte at `offset`.
    fn index(&self, offset: usize) -> usize {
        self.more.partition_point(|piece| piece.at as usize <= offset)
    }

    /// The piece with this number, and its logical end.
    fn bounds(&self, index: usize) -> (Piece, usize) {
        let end = self.piece(index + 1).map_or(self.text.len(), |next| next.at as usize);
        (*self.piece(index).unwrap_or(&self.first), end)
    }

    fn point(&self, offset: usize) -> usize {
        if offset >= self.text.len() {
            return self.more.last().unwrap_or(&self.first).end as usize;
        }
        let (piece, end) = self.bounds(self.index(offset));
        if piece.is_linear(end) {
            offset - piece.at as usize + piece.start as usize
        } else {
            piece.start as usize
        }
    }

    /// The source offset just past the byte at `last`.
    fn end_of(&self, last: usize) -> usize {
        let (piece, end) = self.bounds(self.index(last));
        if piece.is_linear(end) {
            last + 1 - piece.at as usize + piece.start as usize
        } else {
            piece.end as usize
        }
    }
}

impl Piece {
    fn is_linear(self, logical_end: usize) -> bool {
        (self.end - self.start) as usize == logical_end - self.at as usize
    }
}

/// Joins pieces into a [`Logical`].
#[derive(Debug)]
pub(super) struct Builder {
    text: String,
    file: FileId,
    pieces: Vec<Piece>,
}

impl Builder {
    pub(super) fn new(file: FileId) -> Self {
        Builder { text: String::new(), file, pieces: Vec::new() }
    }

    /// For parts of `text`.
    pub(super) fn of(text: &Logical) -> Self {
        Builder::new(text.file)
    }

    /// Appends `text`, which stands in the source at `source`.
    pub(super) fn push(&mut self, text: &str, source: Range<usize>) {
        if text.is_empty() {
            return;
        }
        let (at, start, end) = (self.text.len() as u32, source.start as u32, source.end as u32);
        match self.pieces.last_mut() {
            Some(last)
                if last.end == start
                    && last.end - last.start == at - last.at
                    && source.len() == text.len() =>
            {
                last.end = end;
            }
            _ => self.pieces.push(Piece { at, start, end }),
        }
        self.text.push_str(text);
    }

    /// Appends the part `range` of `other`.
    pub(super) fn append(&mut self, other: &Logical, range: Range<usize>) {
        let mut index = other.index(range.start);
        let mut from = range.start;
        while from < range.end {
            let (_, end) = other.bounds(index);
            let to = end.min(range.end);
            let Some(text) = other.text.get(from..to) else { return };
            if to <= from {
                return;
            }
            self.push(text, other.point(from)..other.end_of(to - 1));
            from = to;
            index += 1;
        }
    }

    /// The text; an empty one stands at the source offset `place`.
    pub(super) fn finish(self, place: usize) -> Logical {
        let place = place as u32;
        let first = self.pieces.first().copied().unwrap_or(Piece { at: 0, start: place, end: place });
        let more = self.pieces.get(1..).unwrap_or_default().into();
        Logical { text: self.text.into(), file: self.file, first, more }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: usize, end: usize) -> Span {
        Span::new(FileId(0), start, end)
    }

    fn joined() -> Logical {
        let mut builder = Builder::new(FileId(0));
        builder.push("abc", 10..13);
        builder.push("de", 20..22);
        builder.push("\n", 22..24);
        builder.push("f", 24..25);
        builder.finish(0)
    }

    #[test]
    fn maps_across_pieces_without_their_gaps() {
        let text = joined();
        assert_eq!(text.as_str(), "abcde\nf");
        assert_eq!(text.span(1, 3), span(11, 13));
        assert_eq!(text.span(2, 4), span(12, 21));
        assert_eq!(text.span(3, 3), span(20, 20));
        assert_eq!(text.whole(), span(10, 25));
        assert_eq!(text.span(7, 99), span(25, 25));
    }

    #[test]
    fn maps_an_escape_as_a_whole() {
        assert_eq!(joined().span(5, 6), span(22, 24));
        assert_eq!(joined().span(6, 7), span(24, 25));
    }

    #[test]
    fn slices_keep_their_places() {
        let part = joined().slice(2..6);
        assert_eq!(part.as_str(), "cde\n");
        assert_eq!(part.span(0, 1), span(12, 13));
        assert_eq!(part.span(3, 4), span(22, 24));
        assert_eq!(joined().slice(7..7).whole(), span(25, 25));
    }
}
