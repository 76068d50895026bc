//! Text that is JSON, such as a policy: what it says, with the places of its parts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::engine::Engine;
use super::scope::Scope;
use super::value::{Data, Entry, Value, Via};
use crate::syntax::hcl::{Part, Template};
use crate::syntax::json;
use crate::syntax::tree::{Kind, Node};
use crate::text::{FileId, Span};

/// Stands for what is not known in the text; people do not write it.
const HOLE: char = '\u{e000}';
/// How deep documents are followed.
const MAX_DEPTH: usize = 64;

/// A text that was put together, and where its pieces stand.
#[derive(Default)]
struct Composed {
    text: String,
    /// Where each piece starts, its place, and whether it is written there as it is.
    pieces: Vec<(usize, Span, bool)>,
}

impl<'a> Engine<'a> {
    /// What a heredoc says, if it is JSON.
    pub(super) fn document(&mut self, scope: Scope<'_>, template: &'a Template) -> Option<Arc<Value>> {
        let first = template.parts.first().filter(|_| template.heredoc)?;
        let Part::Literal(start, _) = first else { return None };
        if !start.trim_start().starts_with(['{', '[']) {
            return None;
        }
        let mut composed = Composed::default();
        for part in &template.parts {
            match part {
                Part::Literal(text, span) => composed.push(text, *span, text.len() == span.len()),
                Part::Interpolation(value, span) => match self.eval(scope, value).as_text() {
                    Some(text) => composed.push(&text, *span, false),
                    None => composed.push(HOLE.encode_utf8(&mut [0; 4]), *span, false),
                },
                Part::If(..) | Part::For(..) => return None,
            }
        }
        let parsed = json::parse(FileId(0), composed.text.as_str().into());
        let is_whole = !parsed.errors.iter().any(|error| error.kind.is_incomplete());
        let root = parsed.tree.roots().next().filter(|_| is_whole)?;
        Some(Arc::new(composed.value(root, MAX_DEPTH)))
    }
}

impl Composed {
    fn push(&mut self, text: &str, span: Span, exact: bool) {
        self.pieces.push((self.text.len(), span, exact));
        self.text.push_str(text);
    }

    /// Where a part of the text stands: exactly, if all of it is in one piece.
    fn place(&self, part: Span) -> Option<Span> {
        let piece = |at: u32| {
            let after = self.pieces.partition_point(|(start, ..)| *start <= at as usize);
            self.pieces.get(after.checked_sub(1)?)
        };
        let (from, span, exact) = piece(part.start)?;
        let (last, end, _) = piece(part.end.saturating_sub(1).max(part.start))?;
        let start = part.start as usize - from;
        Some(match (from == last, exact) {
            (true, true) => span.slice(start, start + part.len()),
            (true, false) => *span,
            (false, _) => span.to(*end),
        })
    }

    fn value(&self, node: Node<'_>, depth: usize) -> Value {
        let Some(depth) = depth.checked_sub(1) else { return Value::unknown() };
        let value = match node.kind() {
            Kind::Null => Value::new(Data::Null),
            Kind::Bool => node.as_bool().map_or_else(Value::unknown, Value::bool),
            Kind::Int | Kind::Float => node.as_f64().map_or_else(Value::unknown, Value::number),
            Kind::String if node.text().contains(HOLE) => Value::unknown(),
            Kind::String => Value::text(node.text()),
            Kind::Sequence => Value::list(node.items().map(|item| self.value(item, depth)).collect()),
            Kind::Mapping => {
                let mut entries = BTreeMap::new();
                for entry in node.own_entries() {
                    let key = entry.key.short_span().and_then(|span| self.place(span));
                    let value = self.value(entry.value, depth);
                    entries.insert(entry.key.text().to_owned(), Entry { key, value });
                }
                Value::open_map(entries, false)
            }
            Kind::Unknown => Value::unknown(),
        };
        let span = node.short_span().unwrap_or_else(|| node.span());
        match self.place(span) {
            Some(place) => value.at(place, Via::Written),
            None => value,
        }
    }
}
