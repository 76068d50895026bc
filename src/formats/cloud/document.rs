//! Documents in JSON or YAML that are written as text inside another file, such as policies.

use std::sync::Arc;

use crate::model::cloud::{Computed, Data, Map, Text};
use crate::model::workload::Word;
use crate::syntax::tree::{Kind, Node, Schema};
use crate::syntax::{json, yaml};
use crate::text::{FileId, Span};

/// Documents are no deeper.
const MAX_DEPTH: usize = 32;

/// The document in a text that stands at `whole`; `None` if it holds none.
pub(super) fn read(text: &Text, whole: Span) -> Option<Computed> {
    let source = Arc::from(text.text.as_str());
    let tree = if text.text.trim_start().starts_with(['{', '[']) {
        let parsed = json::parse(FileId(0), source);
        if parsed.errors.iter().any(|error| error.kind.is_incomplete()) {
            return None;
        }
        parsed.tree
    } else if text.text.trim().contains('\n') {
        yaml::parse(FileId(0), source, Schema::Core).tree
    } else {
        return None;
    };
    let root = tree.roots().next()?;
    matches!(root.kind(), Kind::Mapping | Kind::Sequence).then(|| Document { text, whole }.value(root, 0))
}

struct Document<'d> {
    text: &'d Text,
    whole: Span,
}

impl Document<'_> {
    /// Where a part of the document is written.
    fn place(&self, span: Span) -> Span {
        self.text.span(span.start as usize, span.end as usize).unwrap_or(self.whole)
    }

    fn value(&self, node: Node<'_>, depth: usize) -> Computed {
        let short = node.short_span();
        let span = self.place(short.unwrap_or_else(|| node.span()));
        let inner = |node: Node<'_>| self.value(node, depth + 1);
        let data = match node.kind() {
            Kind::Null => Data::Null,
            Kind::Bool => Data::Bool(node.as_bool().unwrap_or_default()),
            Kind::Int => Data::Int(node.as_i64().unwrap_or_default()),
            Kind::Float => Data::Float(node.as_f64().unwrap_or_default()),
            Kind::String => {
                let text = node.text();
                Data::Text(Text { runs: Text::written(text, span).runs, text: text.to_owned() })
            }
            Kind::Sequence if depth < MAX_DEPTH => Data::List(node.items().map(inner).collect()),
            Kind::Mapping if depth < MAX_DEPTH => {
                let entry = |entry: crate::syntax::tree::Entry<'_>| {
                    let key = entry.key;
                    let span = self.place(key.short_span().unwrap_or_else(|| key.span()));
                    (Word { text: key.text().to_owned(), span }, inner(entry.value))
                };
                Data::Map(Map { entries: node.entries().into_iter().map(entry).collect(), open: false })
            }
            Kind::Sequence | Kind::Mapping | Kind::Unknown => Data::Unknown,
        };
        Computed { short: short.is_some(), ..Computed::new(data, span) }
    }
}
