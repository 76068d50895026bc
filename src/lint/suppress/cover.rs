//! What a comment on its own line stands above.

use std::collections::HashSet;

use crate::syntax::hcl;
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

    /// Indexes the attributes and blocks of HCL, and the entries of objects.
    pub fn of_hcl(file: &hcl::File) -> Self {
        let mut spans = Vec::new();
        let mut bodies = vec![&file.body];
        while let Some(body) = bodies.pop() {
            spans.extend(body.items.iter().map(hcl::Item::span));
            bodies.extend(body.blocks().map(|block| &block.body));
            let mut values: Vec<&hcl::Expr> = body.attributes().map(|attribute| &attribute.value).collect();
            while let Some(value) = values.pop() {
                match &value.kind {
                    hcl::ExprKind::Object(entries) => {
                        spans.extend(entries.iter().map(|entry| entry.key.span.to(entry.value.span)));
                        values.extend(entries.iter().map(|entry| &entry.value));
                    }
                    hcl::ExprKind::Tuple(items) => {
                        spans.extend(items.iter().map(|item| item.span));
                        values.extend(items);
                    }
                    _ => {}
                }
            }
        }
        let comments = file.comments.iter().map(|comment| comment.span.start as usize).collect();
        Covers { lines: code_lines(&file.text, Some(&comments)), ..Covers::new("", spans) }
    }

    /// Indexes any spans of `text`.
    pub fn new(text: &str, mut spans: Vec<Span>) -> Self {
        spans.retain(|span| !span.is_empty());
        spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        spans.dedup_by_key(|span| span.start);
        Covers { lines: code_lines(text, None), spans }
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

/// The lines with code on them. Comments are known by where they start, or else by their `#`.
fn code_lines(text: &str, comments: Option<&HashSet<usize>>) -> Vec<(usize, usize)> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let code = line.trim_start();
        let at = start + line.len() - code.len();
        let comment = comments.map_or(code.starts_with('#'), |starts| starts.contains(&at));
        if !code.is_empty() && !comment {
            lines.push((start, start + line.len()));
        }
        start += line.len() + 1;
    }
    lines
}
