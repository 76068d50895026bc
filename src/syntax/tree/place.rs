//! Where the parts of a scalar's value are written.
//!
//! Exact for values that are a slice of the text; [`Trace`] finds the parts of others.

use super::trace::{Trace, Written};
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
            Some(Data::Scalar { .. }) => Trace::of(self).span(from, to),
            _ => self.span(),
        }
    }

    /// What a scalar's value is read from; `None` for an alias.
    pub(super) fn written(self) -> Option<Written<'t>> {
        if self.is_alias() {
            return None;
        }
        let Some(Data::Scalar { style, cooked, start, end, .. }) = self.data() else { return None };
        let (start, end) = if cooked { self.inside(style) } else { (start, end) };
        let text = self.tree().text().get(start as usize..end as usize)?;
        Some(Written { style, cooked, text, start: start as usize })
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
