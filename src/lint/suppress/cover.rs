//! What a comment on its own line stands above.

use crate::syntax::tree::{Comment, Node, Tree};
use crate::text::Span;

/// Document roots, entries and items of a tree by where they start, the outermost of each place only.
pub struct Covers<'t> {
    text: &'t str,
    spans: Vec<Span>,
}

impl<'t> Covers<'t> {
    /// Indexes a tree.
    pub fn of_tree(tree: &'t Tree) -> Self {
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
    pub fn new(text: &'t str, mut spans: Vec<Span>) -> Self {
        spans.retain(|span| !span.is_empty());
        spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        spans.dedup_by_key(|span| span.start);
        Covers { text, spans }
    }

    /// What starts first on the first line after the comment that is neither blank nor a comment; without any, the
    /// comment itself: it covers nothing.
    pub fn below(&self, comment: &Comment) -> Span {
        let Some((from, to)) = self.next_line(comment.span.end as usize) else { return comment.span };
        let first = self.spans.partition_point(|span| (span.start as usize) < from);
        self.spans.get(first).copied().filter(|span| (span.start as usize) < to).unwrap_or(comment.span)
    }

    fn next_line(&self, at: usize) -> Option<(usize, usize)> {
        let mut start = at + self.text.get(at..)?.find('\n')? + 1;
        loop {
            let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
            let len = rest.find('\n').unwrap_or(rest.len());
            let line = rest[..len].trim_start();
            if !line.is_empty() && !line.starts_with('#') {
                return Some((start, start + len));
            }
            start += len + 1;
        }
    }
}
