//! Manifests that are written as text in a resource.

use std::sync::Arc;

use super::super::lower::MAX_DEPTH;
use crate::syntax::hcl::{Expr, ExprKind, Part};
use crate::syntax::parsed::Parsed;
use crate::syntax::tree::{Builder, Kind, Node, NodeId, Scalar, Schema, Style, Tree};
use crate::syntax::yaml;
use crate::text::{FileId, Span};

/// Larger texts are not read.
const LONGEST: usize = 1 << 20;

/// Adds the objects that the text of a node says.
pub(super) fn of(builder: &mut Builder, node: NodeId) -> Vec<NodeId> {
    let read = builder.tree().node(node);
    let Some(text) = read.as_str().filter(|text| text.len() <= LONGEST).map(str::to_owned) else {
        return Vec::new();
    };
    let lines = Lines::of(&text, builder.tree().text(), read.span());
    let parsed = yaml::parse(FileId(0), Arc::from(text.as_str()), Schema::Kubernetes);
    grafted(builder, &parsed, &lines)
}

/// Adds the objects in a heredoc, given as it is or to `yamldecode`, of which not everything is known.
pub(super) fn of_template(builder: &mut Builder, expr: &Expr) -> Vec<NodeId> {
    let Some((text, start)) = masked(expr, builder.tree().text()) else { return Vec::new() };
    let lines = Lines::plain(&text, start);
    let parsed = yaml::parse_templated(FileId(0), Arc::from(text.as_str()), Schema::Kubernetes);
    grafted(builder, &parsed, &lines)
}

/// The text of a heredoc as it is written, with template actions of the same length for what is put in, and where it
/// starts.
fn masked(expr: &Expr, source: &str) -> Option<(String, usize)> {
    let template = match &expr.kind {
        ExprKind::Template(template) if template.heredoc => template,
        ExprKind::Paren(inner) => return masked(inner, source),
        ExprKind::Call(call) if call.name.text == "yamldecode" => {
            return call.arguments.first().and_then(|text| masked(text, source));
        }
        _ => return None,
    };
    let whole = source.get(expr.span.range()).filter(|whole| whole.len() <= LONGEST)?;
    let (header, end) = (whole.find('\n')? + 1, whole.rfind('\n')? + 1);
    let start = expr.span.start as usize + header;
    let mut text = String::with_capacity(end.checked_sub(header)?);
    let mut at = start;
    for part in &template.parts {
        let span = match part {
            Part::Literal(said, span) if said.len() == span.len() => continue,
            Part::Interpolation(_, span) => span,
            _ => return None,
        };
        text.push_str(source.get(at..span.start as usize)?);
        text.push_str("{{");
        text.extend(std::iter::repeat_n(' ', span.len().saturating_sub(4)));
        text.push_str("}}");
        at = span.end as usize;
    }
    text.push_str(source.get(at..expr.span.start as usize + end)?);
    Some((text, start))
}

fn grafted(builder: &mut Builder, parsed: &Parsed<Tree>, lines: &Lines) -> Vec<NodeId> {
    if parsed.errors.iter().any(|error| error.kind.is_incomplete()) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for root in parsed.tree.roots() {
        out.push(graft(builder, root, lines, MAX_DEPTH));
    }
    out
}

/// The same node in the tree of the file.
fn graft(builder: &mut Builder, node: Node<'_>, lines: &Lines, depth: usize) -> NodeId {
    let place = lines.place(node.short_span().unwrap_or_else(|| node.span()));
    let Some(depth) = depth.checked_sub(1) else { return builder.unknown(place.0, place.1) };
    match node.kind() {
        Kind::Unknown => builder.unknown(place.0, place.1),
        Kind::Mapping => {
            let mut children = Vec::new();
            for entry in node.entries() {
                children.push(graft(builder, entry.key, lines, depth));
                children.push(graft(builder, entry.value, lines, depth));
            }
            let mapping = builder.mapping(place, &children, false, false);
            opened(builder, mapping, node)
        }
        Kind::Sequence => {
            let items: Vec<NodeId> = node.items().map(|item| graft(builder, item, lines, depth)).collect();
            let sequence = builder.sequence(place, &items, false);
            opened(builder, sequence, node)
        }
        kind => {
            let text = node.text();
            let is_written = builder.tree().text().get(place.0..place.1) == Some(text);
            let value = if is_written { Scalar::Slice(place.0, place.1) } else { Scalar::Cooked(text) };
            let style = if kind == Kind::String { Style::Double } else { Style::Plain };
            builder.scalar(place.0, place.1, style, value)
        }
    }
}

fn opened(builder: &mut Builder, node: NodeId, of: Node<'_>) -> NodeId {
    if of.is_open() {
        builder.open(node);
    }
    node
}

/// Where the lines of a text are written: a heredoc may indent them, and put values in.
struct Lines {
    lines: Vec<Line>,
    whole: (usize, usize),
}

/// A line of a text.
struct Line {
    /// Where it starts in the text.
    from: usize,
    /// How long it is, without blanks at its end.
    length: usize,
    /// Where the line that it comes from stands in the file, without blanks around it.
    written: (usize, usize),
    /// Whether that ends with the same words.
    same: bool,
}

impl Lines {
    fn of(text: &str, source: &str, whole: Span) -> Lines {
        let whole = (whole.start as usize, whole.end as usize);
        let written = source.get(whole.0..whole.1).unwrap_or_default();
        // A heredoc has a line for its marker before the text.
        let header = if written.starts_with("<<") { written.find('\n').map_or(0, |at| at + 1) } else { 0 };
        let (mut at, mut from) = (whole.0 + header, 0);
        let mut lines = Vec::new();
        for (line, source) in text.split_inclusive('\n').zip(written[header..].split_inclusive('\n')) {
            let (said, stands) = (line.trim_end(), source.trim_end());
            let start = at + (stands.len() - stands.trim_start().len());
            let written = (start, at + stands.len());
            lines.push(Line { from, length: said.len(), written, same: stands.ends_with(said) });
            from += line.len();
            at += source.len();
        }
        Lines { lines, whole }
    }

    /// Those of a text that is written as it is.
    fn plain(text: &str, start: usize) -> Lines {
        let whole = (start, start + text.len());
        Lines { lines: vec![Line { from: 0, length: text.len(), written: whole, same: true }], whole }
    }

    /// Where a part of the text is written.
    fn place(&self, span: Span) -> (usize, usize) {
        let (start, end) = (span.start as usize, span.end as usize);
        let last = start.max(end.saturating_sub(1));
        match (self.line(start), self.line(last)) {
            (Some(first), Some(last)) => {
                let from = first.place(start).unwrap_or(first.written.0);
                (from, last.place(end).unwrap_or(last.written.1).max(from))
            }
            _ => self.whole,
        }
    }

    fn line(&self, at: usize) -> Option<&Line> {
        let next = self.lines.partition_point(|line| line.from <= at);
        self.lines.get(next.checked_sub(1)?)
    }
}

impl Line {
    /// Where a byte of the text is written, if that can be told.
    fn place(&self, at: usize) -> Option<usize> {
        let column = at.checked_sub(self.from)?.min(self.length);
        self.same.then(|| self.written.1 - self.length + column)
    }
}
