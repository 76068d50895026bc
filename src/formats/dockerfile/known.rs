//! What a word of a Dockerfile comes to in a build without `--build-arg`, byte for byte with its place.

use crate::model::Setting;
use crate::model::image::HIDDEN;
use crate::model::workload::Word as Text;
use crate::syntax::dockerfile::{Piece, Scopes, Word, expand, pieces};
use crate::text::Span;

/// A variable that makes a text longer than this, in bytes, is hidden: many long variables in one word must not add up.
const LONGEST: usize = 1 << 16;

/// An expanded word. What depends on the build is one or more [`HIDDEN`].
///
/// The default of an ARG counts as known: it is what a plain `docker build` uses. A variable that is unset does not: a
/// build that works must be given it.
pub(super) struct Known<'w> {
    pub(super) text: String,
    word: &'w Word,
    /// Where each piece starts in `text`, its bytes of the word, and whether they are copied one to one.
    parts: Vec<(usize, std::ops::Range<usize>, bool)>,
}

impl<'w> Known<'w> {
    /// Expands `word` of the instruction with this number.
    pub(super) fn new(scopes: &Scopes<'_>, escape: char, instruction: usize, word: &'w Word) -> Known<'w> {
        let raw = word.as_str();
        let mut known = Known { text: String::new(), word, parts: Vec::new() };
        let mut full = false;
        for piece in pieces(raw, escape) {
            let at = known.text.len();
            match piece {
                Piece::Literal(range) => known.literal(raw, range),
                Piece::Variable(range) => {
                    let text =
                        if full { None } else { value(scopes, escape, instruction, &raw[range.clone()]) };
                    match text {
                        Some(text) if at + text.len() <= LONGEST => known.text.push_str(&text),
                        found => {
                            full |= found.is_some();
                            known.text.push(HIDDEN);
                        }
                    }
                    known.parts.push((at, range, false));
                }
            }
        }
        known
    }

    /// Text as it is written; what a template tool will fill in, `{{ … }}`, is hidden.
    fn literal(&mut self, raw: &str, range: std::ops::Range<usize>) {
        let hole = raw[range.clone()].find("{{").map_or(range.end, |at| range.start + at);
        self.parts.push((self.text.len(), range.start..hole, true));
        self.text.push_str(&raw[range.start..hole]);
        if hole < range.end {
            self.parts.push((self.text.len(), hole..range.end, false));
            self.text.push(HIDDEN);
        }
    }

    /// Whether all of it is known.
    pub(super) fn is_known(&self) -> bool {
        !self.text.contains(HIDDEN)
    }

    /// Where the bytes `from..to` of the text are written; what a variable gives stands where the variable does.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        let end = to.max(from);
        if from == end {
            let at = self.end(from).unwrap_or(self.word.as_str().len());
            return self.word.text.span(at, at);
        }
        let start = self.start(from).unwrap_or(0);
        self.word.text.span(start, self.end(end).unwrap_or(self.word.as_str().len()))
    }

    /// All of it, without quotes around it.
    pub(super) fn whole(&self) -> Span {
        if self.text.is_empty() { self.word.span } else { self.span(0, self.text.len()) }
    }

    pub(super) fn setting(&self) -> Setting<String> {
        if self.is_known() {
            Setting::Set(self.text.clone(), self.whole())
        } else {
            Setting::Unknown(self.whole())
        }
    }

    pub(super) fn into_text(self) -> Text {
        let span = self.whole();
        Text { text: self.text, span }
    }

    /// The offset in the word of the byte at `at`.
    fn start(&self, at: usize) -> Option<usize> {
        let after = self.parts.partition_point(|(start, _, _)| *start <= at);
        let (start, range, copied) = self.parts.get(after.checked_sub(1)?)?;
        Some(if *copied { range.start + at - start } else { range.start })
    }

    /// The offset in the word just past the byte before `at`.
    fn end(&self, at: usize) -> Option<usize> {
        let Some(last) = at.checked_sub(1) else {
            return self.parts.first().map(|(_, range, _)| range.start);
        };
        let after = self.parts.partition_point(|(start, _, _)| *start <= last);
        let (start, range, copied) = self.parts.get(after.checked_sub(1)?)?;
        Some(if *copied { range.start + at - start } else { range.end })
    }
}

/// What `variable`, as written in the instruction with this number, stands for; none where that depends on the build.
fn value(scopes: &Scopes<'_>, escape: char, instruction: usize, variable: &str) -> Option<String> {
    let expanded = expand(variable, escape, &|name| scopes.lookup(instruction, name).binding);
    let missing = expanded.uses.iter().any(|used| used.missing);
    expanded.known().filter(|_| !missing).map(str::to_owned)
}
