//! Replacements of spans.

use super::Span;

/// Put `text` where `span` is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to replace; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// `source` with `edits` of that one file applied; an edit that overlaps an earlier one is left out.
pub fn apply(source: &str, edits: &[Edit]) -> String {
    let mut order: Vec<&Edit> = edits.iter().collect();
    order.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = String::with_capacity(source.len());
    let mut done = 0;
    for edit in order {
        let range = edit.span.range();
        let Some(kept) = source.get(done..range.start) else { continue };
        if range.end > source.len() {
            continue;
        }
        out.push_str(kept);
        out.push_str(&edit.text);
        done = range.end;
    }
    out.push_str(source.get(done..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit { span: Span::new(FileId(0), start, end), text: text.into() }
    }

    #[test]
    fn applies_in_order_and_skips_overlaps() {
        let edits = [edit(4, 5, "Y"), edit(0, 3, "x"), edit(2, 4, "lost"), edit(5, 5, "!")];
        assert_eq!(apply("abc e", &edits), "x Y!");
    }
}
