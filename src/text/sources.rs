//! The texts of a run, by number.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::{FileId, LineIndex, Span};

/// One file: the path people know it by, and its text.
///
/// The text is UTF-8. A file in UTF-16 is transcoded, so that offsets count bytes of its UTF-8 form;
/// a byte-order mark of a UTF-8 file stays in the text, so that offsets are those of the file.
#[derive(Debug)]
pub struct Source {
    /// Path for reports: relative to the root where it can be, with `/` between the parts.
    pub path: String,
    /// The whole text.
    pub text: Arc<str>,
    lines: OnceLock<LineIndex>,
    /// What of it no report shows; in order once all is known.
    hidden: Vec<Range<usize>>,
}

impl Source {
    /// A source; its lines are indexed when first asked for.
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Source { path: path.into(), text: text.into(), lines: OnceLock::new(), hidden: Vec::new() }
    }

    /// The parts that no report shows, in order.
    pub fn hidden(&self) -> &[Range<usize>] {
        &self.hidden
    }

    /// Whether the byte at `offset` is in such a part.
    pub fn hides(&self, offset: usize) -> bool {
        let after = self.hidden.partition_point(|range| range.start <= offset);
        self.hidden[..after].last().is_some_and(|range| offset < range.end)
    }

    /// The line starts.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// All sources of a run. From here on nobody sees a path, only a [`FileId`].
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file and returns its number; numbers count up from 0.
    pub fn add(&mut self, source: Source) -> FileId {
        self.files.push(source);
        FileId(self.files.len() as u32 - 1)
    }

    /// Hides these parts of files from reports.
    ///
    /// # Panics
    /// As [`Sources::get`].
    pub fn hide(&mut self, spans: impl IntoIterator<Item = Span>) {
        for span in spans {
            self.files[span.file.0 as usize].hidden.push(span.range());
        }
        for source in self.files.iter_mut().filter(|source| !source.hidden.is_empty()) {
            let mut parts = std::mem::take(&mut source.hidden);
            parts.sort_unstable_by_key(|part| (part.start, part.end));
            for part in parts {
                match source.hidden.last_mut().filter(|last| part.start <= last.end) {
                    Some(last) => last.end = last.end.max(part.end),
                    None => source.hidden.push(part),
                }
            }
        }
    }

    /// The file with this number.
    ///
    /// # Panics
    /// When the number is not from this set: a defect of plimsoll, not of an input.
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.0 as usize]
    }

    /// The text of a span; empty when the span does not fit the text.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// Files with their numbers, in order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.iter().enumerate().map(|(at, source)| (FileId(at as u32), source))
    }

    /// Number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl IntoIterator for Sources {
    type Item = Source;
    type IntoIter = std::vec::IntoIter<Source>;

    /// The files, in order.
    fn into_iter(self) -> Self::IntoIter {
        self.files.into_iter()
    }
}
