//! Where the parts of a scalar's value are written.
//!
//! Exact for values that are a slice of the text and for literal block scalars; of others, parts that are written
//! once are found again, and the rest is the whole node.

use super::{Data, Node, Style};
use crate::text::Span;

/// A part of a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Text, and where it is written.
    Literal(&'t str, Span),
    /// A template action.
    Hole(Span),
}

impl<'t> Node<'t> {
    /// Where the bytes `from..to` of [`Node::text`] are written; the whole node where that cannot be told. For an
    /// alias, the alias.
    pub fn sub_span(self, from: usize, to: usize) -> Span {
        if self.is_alias() {
            return self.span();
        }
        match self.data() {
            Some(Data::Scalar { cooked: false, start, end, .. }) => {
                self.tree().span(start, end).slice(from, to)
            }
            Some(Data::Scalar { style: Style::Literal, .. }) => {
                self.literal_span(from, to).unwrap_or_else(|| self.span())
            }
            Some(Data::Scalar { .. }) => self.only_span(from, to).unwrap_or_else(|| self.span()),
            _ => self.span(),
        }
    }

    /// Where part of an escaped or folded value is written, if the same text is written only once in the scalar.
    fn only_span(self, from: usize, to: usize) -> Option<Span> {
        let part = self.text().get(from..to).filter(|part| !part.is_empty())?;
        let span = self.span();
        let source = self.tree().text().get(span.range())?;
        let first = source.find(part)?;
        (source.rfind(part) == Some(first)).then(|| span.slice(first, first + part.len()))
    }

    /// Walks a literal block scalar and its value line by line.
    fn literal_span(self, from: usize, to: usize) -> Option<Span> {
        let (value, span) = (self.text(), self.span());
        let source = self.tree().text().get(span.range())?;
        let header = source.find('\n')? + 1;
        let indent = literal_indent(source.get(header..)?, value)?;
        let mut line = header;
        let mut at = 0;
        let mut start = None;
        loop {
            let length = value.get(at..)?.find('\n').unwrap_or(value.len() - at);
            let text = (line + indent).min(source.len());
            if start.is_none() && from <= at + length {
                start = Some(text + from.checked_sub(at)?);
            }
            if let Some(start) = start.filter(|_| to <= at + length) {
                let end = text + to.checked_sub(at)?;
                let valid =
                    end <= source.len() && source.is_char_boundary(start) && source.is_char_boundary(end);
                return valid.then(|| span.slice(start, end));
            }
            line += source.get(line..)?.find('\n')? + 1;
            at += length + 1;
        }
    }

    /// The text of a scalar as literals and template actions, by their places in the file. Between actions, text that
    /// is escaped or on several lines stays as it is written.
    pub fn pieces(self) -> Vec<Piece<'t>> {
        let tree = self.tree();
        let (start, end) = match self.data() {
            Some(Data::Scalar { cooked: false, start, end, .. }) => (start, end),
            Some(Data::Scalar { .. }) if !self.holed() => {
                return vec![Piece::Literal(self.text(), self.span())];
            }
            Some(Data::Scalar { style, .. }) => self.inside(style),
            _ => return vec![Piece::Hole(self.span())],
        };
        let mut out = Vec::new();
        let mut at = start;
        let literal = |from: u32, to: u32| {
            let span = tree.span(from, to);
            tree.text.get(span.range()).filter(|text| !text.is_empty()).map(|text| Piece::Literal(text, span))
        };
        let from = tree.holes.partition_point(|hole| hole.span.end <= start);
        for hole in tree.holes[from..].iter().take_while(|hole| hole.span.start < end) {
            out.extend(literal(at, hole.span.start.max(at)));
            out.push(Piece::Hole(hole.span));
            at = hole.span.end;
        }
        out.extend(literal(at, end.max(at)));
        out
    }

    /// Where the text is written, without quotes or block header.
    fn inside(self, style: Style) -> (u32, u32) {
        let span = self.target().unwrap_or(self).span();
        match style {
            Style::Single | Style::Double => (span.start + 1, span.end - 1),
            Style::Literal | Style::Folded => {
                let source = self.tree().text().get(span.range()).unwrap_or_default();
                let header = source.find('\n').map_or(0, |at| at as u32 + 1);
                (span.start + header, span.end)
            }
            Style::Plain | Style::Absent => (span.start, span.end),
        }
    }

    fn holed(self) -> bool {
        let target = self.target().unwrap_or(self).stored();
        self.tree().holed(target.start, target.end)
    }
}

/// How many spaces each line of a literal block scalar loses: its first text, against the value.
fn literal_indent(body: &str, value: &str) -> Option<usize> {
    let lines = body.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let (line, text) = lines.zip(value.split('\n')).find(|(_, text)| !text.is_empty())?;
    line.ends_with(text).then(|| line.len() - text.len())
}
