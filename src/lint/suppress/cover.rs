//! What a comment on its own line stands above.

use crate::syntax::tree::{Comment, Tree};
use crate::text::Span;

/// The outermost document root, entry or item that starts on the first line after the comment that holds one.
/// Without any, the comment itself: it covers nothing.
pub fn cover(tree: &Tree, comment: &Comment) -> Span {
    let Some((from, to)) = next_line(tree.text(), comment.span.end as usize) else { return comment.span };
    let starts_here = |span: &Span| (from..to).contains(&(span.start as usize)) && !span.is_empty();
    let roots = tree.documents().iter().filter_map(|document| document.root).map(|id| tree.node(id).span());
    let children = tree.nodes().filter(|node| !node.is_alias()).flat_map(|node| {
        let entries = node.own_entries().map(|entry| entry.span());
        entries.chain(node.items().map(|item| item.span())).collect::<Vec<_>>()
    });
    roots.chain(children).filter(starts_here).max_by_key(|span| span.len()).unwrap_or(comment.span)
}

/// The first line after `at` that is neither blank nor a comment.
fn next_line(text: &str, at: usize) -> Option<(usize, usize)> {
    let mut start = at + text.get(at..)?.find('\n')? + 1;
    loop {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let len = rest.find('\n').unwrap_or(rest.len());
        let line = rest[..len].trim_start();
        if !line.is_empty() && !line.starts_with('#') {
            return Some((start, start + len));
        }
        start += len + 1;
    }
}
