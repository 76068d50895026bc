//! Where lines start, so that an offset becomes a line and a column.

/// Offsets of the line starts of one text. Lines end at `\n`; a `\r` before it belongs to the line.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Indexes `text` in one pass.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        LineIndex { starts }
    }

    /// Number of lines, at least 1.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Always false: an empty text has one empty line.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The 0-based line that holds the byte at `offset`.
    pub fn line(&self, offset: u32) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// Offset of the first byte of the 0-based `line`; the last start when there is no such line.
    pub fn start(&self, line: usize) -> u32 {
        *self.starts.get(line).or(self.starts.last()).unwrap_or(&0)
    }
}
