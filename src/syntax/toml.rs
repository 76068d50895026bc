//! TOML → the tree that YAML and JSON have. The grammar is a library's; what it cannot read is left out and told.
//!
//! A table that is written in several places stands where its parts are: from the first to the last.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::parsed::{ErrorKind, Parsed, SyntaxError, cap};
use super::tree::{Builder, Document, NodeId, Scalar, Schema, Style, Tree};
use crate::text::{FileId, Span};

/// Tables in tables that are read.
const DEEPEST: usize = 64;

/// Reads a file.
pub fn parse(file: FileId, text: Arc<str>) -> Parsed<Tree> {
    let source = text.clone();
    let (document, broken) = DeTable::parse_recoverable(&source);
    let error = |error: toml::de::Error| {
        let range = error.span().unwrap_or(0..0);
        let span = Span::new(file, range.start, range.end);
        let message = format!("this is not TOML: {}", error.message());
        SyntaxError { span, message, related: None, kind: ErrorKind::Unreadable }
    };
    let mut errors: Vec<SyntaxError> = broken.into_iter().map(error).collect();
    cap(&mut errors);
    let mut builder = Builder::new(file, text, Schema::Json);
    let root = table(&mut builder, &source, document.get_ref(), (0, source.len()), DEEPEST);
    builder.document(Document {
        span: Span::new(file, 0, source.len()),
        root: Some(root),
        complete: errors.is_empty(),
    });
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let code = line.trim();
        if code.starts_with('#') {
            let start = at + (line.len() - line.trim_start().len());
            builder.comment(Span::new(file, start, start + code.len()), true);
        }
        at += line.len();
    }
    Parsed { tree: builder.finish(), errors }
}

fn table(
    builder: &mut Builder,
    text: &str,
    table: &DeTable<'_>,
    place: (usize, usize),
    depth: usize,
) -> NodeId {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let (mut children, mut span) = (Vec::with_capacity(2 * entries.len()), None);
    for (key, entry) in entries {
        let range = key.span();
        let key = string(builder, text, (range.start, range.end), key.get_ref());
        let entry = value(builder, text, entry, depth);
        let (start, end) = span.unwrap_or((builder.start(key), builder.end(entry)));
        span = Some((start.min(builder.start(key)), end.max(builder.end(entry)).max(range.end)));
        children.extend([key, entry]);
    }
    builder.mapping(span.unwrap_or(place), &children, false, false)
}

fn value(builder: &mut Builder, text: &str, entry: &Spanned<DeValue<'_>>, depth: usize) -> NodeId {
    let range = entry.span();
    let place = (range.start, range.end);
    match entry.get_ref() {
        DeValue::Table(_) | DeValue::Array(_) if depth == 0 => builder.unknown(place.0, place.1),
        DeValue::Table(inner) => table(builder, text, inner, place, depth - 1),
        DeValue::Array(items) => {
            let items: Vec<NodeId> = items.iter().map(|item| value(builder, text, item, depth - 1)).collect();
            builder.sequence(place, &items, true)
        }
        DeValue::String(value) => string(builder, text, place, value),
        _ => builder.scalar(place.0, place.1, Style::Plain, Scalar::Slice(place.0, place.1)),
    }
}

/// Text in one of the quotes of TOML, or a key without any.
fn string(builder: &mut Builder, text: &str, place: (usize, usize), value: &str) -> NodeId {
    let written = text.get(place.0..place.1).unwrap_or_default();
    let style = if written.starts_with('\'') { Style::Single } else { Style::Double };
    let quotes = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quotes| written.starts_with(quotes));
    let quotes = quotes.map_or(0, str::len);
    let inner = (place.0 + quotes, (place.0 + quotes).max(place.1.saturating_sub(quotes)));
    let style = if quotes == 0 { Style::Plain } else { style };
    if text.get(inner.0..inner.1) == Some(value) {
        builder.scalar(place.0, place.1, style, Scalar::Slice(inner.0, inner.1))
    } else {
        builder.scalar(place.0, place.1, style, Scalar::Cooked(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::tree::{Kind, Node};

    #[test]
    fn tables_and_texts_stand_where_they_are_written() {
        let text =
            "# ours\na.b = \"x\"\n[c]\nd = ['e', 1, true]\n[[f]]\ng = 'h'\n[[f]]\ng = \"i\\tj\"\n[c.k]\n";
        let parsed = parse(FileId(0), text.into());
        assert!(parsed.errors.is_empty());
        let root = parsed.tree.roots().next().unwrap();
        let at = |path: &[&str]| root.at(path).unwrap();
        assert_eq!((at(&["a", "b"]).as_str(), &text[at(&["a", "b"]).span().range()]), (Some("x"), "\"x\""));
        let kinds: Vec<Kind> = at(&["c", "d"]).items().map(Node::kind).collect();
        assert_eq!(kinds, [Kind::String, Kind::Int, Kind::Bool]);
        let texts: Vec<&str> = at(&["f"]).items().map(|item| item.get("g").unwrap().text()).collect();
        assert_eq!(texts, ["h", "i\tj"]);
        assert_eq!(parsed.tree.comments().len(), 1);
    }

    #[test]
    fn what_is_broken_is_told_and_read_over() {
        let parsed = parse(FileId(0), "a = \n[b]\nc = 'd'\n".into());
        assert!(!parsed.errors.is_empty());
        let deep = format!("{} = 1", vec!["a"; 10_000].join("."));
        parse(FileId(0), deep.into());
        parse(FileId(0), "a = [".repeat(10_000).into());
    }
}
