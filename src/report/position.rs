//! Offsets as lines and columns, in the unit that a format asks for.
//!
//! Lines and columns count from 1; ends are exclusive. A byte-order mark takes no column.
//! Each answer costs the same, however long the line: columns are counted from the nearest of many kept counts.

use std::cell::OnceCell;

use crate::text::{FileId, Source, Sources, Span};

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points.
    CodePoint,
    /// Code units of UTF-16, as editors' protocol counts.
    Utf16,
    /// Bytes of UTF-8.
    Byte,
}

impl Unit {
    /// How many units begin in these bytes of UTF-8.
    fn count(self, bytes: &[u8]) -> u32 {
        let points = |bytes: &[u8]| bytes.iter().map(|byte| u32::from(byte & 0xC0 != 0x80)).sum::<u32>();
        match self {
            Unit::CodePoint => points(bytes),
            Unit::Utf16 => points(bytes) + bytes.iter().map(|&byte| u32::from(byte >= 0xF0)).sum::<u32>(),
            Unit::Byte => bytes.len() as u32,
        }
    }
}

/// One place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// From 1, in the unit asked for.
    pub column: usize,
    /// In bytes, from 0.
    pub offset: usize,
}

/// Where a span begins, and where it has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first character.
    pub start: Place,
    /// Just past the last character.
    pub end: Place,
}

impl Range {
    /// Whether it begins and ends on the same line.
    pub fn is_one_line(&self) -> bool {
        self.start.line == self.end.line
    }
}

/// Lines and columns of all sources, counted when first asked for.
pub struct Positions<'a> {
    sources: &'a Sources,
    unit: Unit,
    counts: Vec<OnceCell<Vec<u32>>>,
}

/// Bytes between two kept counts.
const STEP: usize = 1024;

impl<'a> Positions<'a> {
    /// Positions in `sources`, with columns in `unit`.
    pub fn new(sources: &'a Sources, unit: Unit) -> Self {
        Positions { sources, unit, counts: vec![OnceCell::new(); sources.len()] }
    }

    /// The place of an offset; one past the end of the text is the end, one inside a character is its start.
    pub fn place(&self, file: FileId, offset: usize) -> Place {
        let source = self.sources.get(file);
        let offset = source.text.floor_char_boundary(offset);
        let line = source.lines().line(offset as u32);
        let start = line_start(source, line);
        let column = self.before(file, offset).saturating_sub(self.before(file, start));
        Place { line: line + 1, column: column as usize + 1, offset }
    }

    /// Exactly the span: one that takes in a line end ends at the start of the next line.
    pub fn range(&self, span: Span) -> Range {
        let start = self.place(span.file, span.start as usize);
        Range { start, end: self.place(span.file, span.end as usize) }
    }

    /// The span as people see it: one that takes in a line end still ends on that line.
    pub fn shown(&self, span: Span) -> Range {
        self.range(without_line_end(self.sources.get(span.file), span))
    }

    /// The part of the span on its first line.
    pub fn first_line(&self, span: Span) -> Range {
        self.range(first_line(self.sources.get(span.file), span))
    }

    /// Units before `offset`, from the start of the file.
    fn before(&self, file: FileId, offset: usize) -> u32 {
        if self.unit == Unit::Byte {
            return offset as u32;
        }
        let bytes = self.sources.get(file).text.as_bytes();
        let counts = self.counts[file.0 as usize].get_or_init(|| running_counts(self.unit, bytes));
        let kept = offset / STEP;
        let near = bytes.get(kept * STEP..offset).unwrap_or_default();
        counts.get(kept).copied().unwrap_or_default() + self.unit.count(near)
    }
}

/// Units before each multiple of [`STEP`].
fn running_counts(unit: Unit, bytes: &[u8]) -> Vec<u32> {
    let mut sum = 0;
    let mut counts = vec![0];
    for block in bytes.chunks(STEP) {
        sum += unit.count(block);
        counts.push(sum);
    }
    counts
}

/// Offset of the first byte of a 0-based line that people see: after a byte-order mark.
pub(super) fn line_start(source: &Source, line: usize) -> usize {
    let mark = if line == 0 && source.text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    source.lines().start(line) as usize + mark
}

/// Offset just past the last byte of a 0-based line, its line end left out.
pub(super) fn line_end(source: &Source, line: usize) -> usize {
    let lines = source.lines();
    if line + 1 >= lines.len() {
        return source.text.len();
    }
    let end = lines.start(line + 1) as usize - 1;
    let start = lines.start(line) as usize;
    if end > start && source.text.as_bytes()[end - 1] == b'\r' { end - 1 } else { end }
}

/// The span up to the end of its first line.
pub(super) fn first_line(source: &Source, span: Span) -> Span {
    let end = line_end(source, source.lines().line(span.start)) as u32;
    Span { end: span.end.min(end).max(span.start), ..span }
}

/// The span without the line end that it may end with.
fn without_line_end(source: &Source, span: Span) -> Span {
    let lines = source.lines();
    let last = lines.line(span.end);
    if last == 0 || span.is_empty() || lines.start(last) != span.end {
        return span;
    }
    Span { end: (line_end(source, last - 1) as u32).max(span.start), ..span }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(text: &str) -> (Sources, FileId) {
        let mut sources = Sources::default();
        let file = sources.add(Source::new("f", text));
        (sources, file)
    }

    fn place(unit: Unit, text: &str, offset: usize) -> (usize, usize) {
        let (sources, file) = sources(text);
        let place = Positions::new(&sources, unit).place(file, offset);
        (place.line, place.column)
    }

    #[test]
    fn counts_each_unit() {
        let text = "a\né𐐀x";
        assert_eq!(place(Unit::CodePoint, text, 8), (2, 3));
        assert_eq!(place(Unit::Utf16, text, 8), (2, 4));
        assert_eq!(place(Unit::Byte, text, 8), (2, 7));
        assert_eq!(place(Unit::CodePoint, text, 6), (2, 2), "inside 𐐀");
        assert_eq!(place(Unit::CodePoint, text, 999), (2, 4));
    }

    #[test]
    fn far_columns_agree_with_counting() {
        let text = "é𐐀x".repeat(2000);
        for offset in (0..text.len()).step_by(7 * 601) {
            let points = text[..offset].chars().count() + 1;
            assert_eq!(place(Unit::CodePoint, &text, offset), (1, points));
            let units = text[..offset].encode_utf16().count() + 1;
            assert_eq!(place(Unit::Utf16, &text, offset), (1, units));
        }
    }

    #[test]
    fn byte_order_mark_takes_no_column() {
        assert_eq!(place(Unit::CodePoint, "\u{FEFF}ab", 4), (1, 2));
        assert_eq!(place(Unit::Byte, "\u{FEFF}ab", 0), (1, 1));
    }

    #[test]
    fn line_end_stays_on_its_line() {
        let (sources, file) = sources("ab\r\ncd\n");
        let positions = Positions::new(&sources, Unit::CodePoint);
        let end = |range: Range| (range.end.line, range.end.column);
        assert_eq!(end(positions.range(Span::new(file, 0, 2))), (1, 3));
        assert_eq!(end(positions.range(Span::new(file, 0, 4))), (2, 1));
        assert_eq!(end(positions.shown(Span::new(file, 0, 4))), (1, 3));
        assert_eq!(end(positions.shown(Span::new(file, 0, 7))), (2, 3));
        assert_eq!(end(positions.first_line(Span::new(file, 1, 6))), (1, 3));
        assert_eq!(end(positions.shown(Span::new(file, 4, 4))), (2, 1), "an empty span stays");
    }
}
