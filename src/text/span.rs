//! Where something stands: a file by number and a range of its bytes.

/// The number of a file in [`Sources`](super::Sources), counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A half-open range of bytes, `start..end`, 0-based, in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file the bytes are in.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset just past the last byte; never below `start`.
    pub end: u32,
}

impl Span {
    /// The span `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Span { file, start: start as u32, end: end.max(start) as u32 }
    }

    /// An empty span: a place between two bytes.
    pub fn at(file: FileId, offset: usize) -> Self {
        Span::new(file, offset, offset)
    }

    /// The same bytes as a range that can index a string.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span, in the same file.
    pub fn contains(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// The part `from..to`, counted in bytes from this span's start, and cut at its end.
    #[must_use]
    pub fn slice(self, from: usize, to: usize) -> Span {
        let start = (self.start as usize + from).min(self.end as usize);
        let end = (self.start as usize + to).min(self.end as usize);
        Span::new(self.file, start, end)
    }

    /// The shortest span that holds both; `other` must be of the same file.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_stay_inside() {
        let span = Span::new(FileId(0), 10, 15);
        assert_eq!(span.slice(1, 3), Span::new(FileId(0), 11, 13));
        assert_eq!(span.slice(3, 99), Span::new(FileId(0), 13, 15));
        assert!(span.slice(99, 100).is_empty());
    }
}
