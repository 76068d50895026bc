//! The texts of a run, by number.

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
}

impl Source {
    /// A source; its lines are indexed when first asked for.
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Source { path: path.into(), text: text.into(), lines: OnceLock::new() }
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
