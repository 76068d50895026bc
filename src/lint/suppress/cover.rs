//! What a comment on its own line stands above.

use crate::syntax::tree::{Comment, Node, Tree};
use crate::text::Span;

/// Document roots, entries and items of a tree by where they start, the outermost of each place only.
pub struct Covers {
    /// Start and end of every line that is neither blank nor a comment.
    lines: Vec<(usize, usize)>,
    spans: Vec<Span>,
}

impl Covers {
    /// Indexes a tree.
    pub fn of_tree(tree: &Tree) -> Self {
        let roots =
            tree.documents().iter().filter_map(|document| document.root).map(|id| tree.node(id).span());
        let mut spans: Vec<Span> = roots.collect();
        for node in tree.nodes().filter(|node| !node.is_alias()) {
            spans.extend(node.own_entries().map(|entry| entry.span()));
            spans.extend(node.items().map(Node::span));
        }
        Covers::new(tree.text(), spans)
    }

    /// Indexes any spans of `text`.
    pub fn new(text: &str, mut spans: Vec<Span>) -> Self {
        spans.retain(|span| !span.is_empty());
        spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        spans.dedup_by_key(|span| span.start);
        Covers { lines: code_lines(text), spans }
    }

    /// What starts first on the first line after the comment that is neither blank nor a comment; without any, the
    /// comment itself: it covers nothing.
    pub fn below(&self, comment: &Comment) -> Span {
        let Some((from, to)) = self.next_line(comment.span.end as usize) else { return comment.span };
        let first = self.spans.partition_point(|span| (span.start as usize) < from);
        self.spans.get(first).copied().filter(|span| (span.start as usize) < to).unwrap_or(comment.span)
    }

    /// The first line after the comment that is neither blank nor a comment; without any, the comment itself.
    pub fn line_below(&self, comment: &Comment) -> Span {
        let line = self.next_line(comment.span.end as usize);
        line.map_or(comment.span, |(from, to)| Span::new(comment.span.file, from, to))
    }

    fn next_line(&self, at: usize) -> Option<(usize, usize)> {
        self.lines.get(self.lines.partition_point(|(start, _)| *start <= at)).copied()
    }
}

fn code_lines(text: &str) -> Vec<(usize, usize)> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let code = line.trim_start();
        if !code.is_empty() && !code.starts_with('#') {
            lines.push((start, start + line.len()));
        }
        start += line.len() + 1;
    }
    lines
}
